import { expectValue } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import type { IsoDate } from '#lib/calendar.ts';
import type { Track } from '#lib/document/track.ts';
import { uuid } from '#lib/inspection/inspection.ts';
import { failure, success, type ProblemCode, type Result } from '#lib/problem.ts';
import { recordSchema, type InspectionRecord } from '../content.ts';
import { changeSentence, changesBetween, type Change } from './changes.ts';
import type { HazardCourse } from './correction.ts';

/** One step of the line of records of a visit. */
export interface SealedCorrection {
	id: string;
	/** 第N次更正. */
	number: number;
	reason: string;
	byName: string;
	byRole: 'officer' | 'supervisor';
	at: string;
	position: number;
	sha256: string;
	link: string;
	/** Of the record that held before. */
	supersededSha256: string;
	changes: Change[];
}

/** The line of records of a visit, and what may be done about it now. */
export interface CorrectionLine {
	today: IsoDate;
	track: Track;
	/** Where the visit was, and whose papers they are. */
	scope: string;
	agencyId: string;
	/** Why the asking person may not correct it; null when they may. */
	obstacle: ProblemCode | null;
	/** As what they would. */
	by: 'officer' | 'supervisor';
	/** The record that holds. */
	standing: { subjectId: string; sha256: string; record: InspectionRecord };
	corrections: SealedCorrection[];
	/** All records of the line: the first is the visit's own, the last one holds. */
	records: { sha256: string; record: InspectionRecord }[];
	hazards: Record<string, HazardCourse>;
}

type CorrectionRow = Omit<SealedCorrection, 'changes'> & { text: string; supersededText: string };
type LineRow = Omit<CorrectionLine, 'standing' | 'corrections' | 'records'> & {
	standing: { subjectId: string; sha256: string; text: string };
	corrections: CorrectionRow[];
};

const recordOf = (text: string): InspectionRecord => recordSchema.parse(JSON.parse(text));

const changesOf = ({ text, supersededText }: { text: string; supersededText: string }): Change[] =>
	changesBetween(recordOf(supersededText).content, recordOf(text).content);

/** @returns `not_found` when there is no such visit, or none that the asking person may see. */
export async function readCorrections(client: Client, inspectionId: string): Promise<Result<CorrectionLine>> {
	if (!uuid.safeParse(inspectionId).success) return failure('not_found');
	const row = expectValue<LineRow | null>(await client.rpc('corrections_of', { p_inspection: inspectionId }));
	if (!row) return failure('not_found');
	const { standing, corrections, ...rest } = row;
	const [first] = corrections;
	const last = { sha256: standing.sha256, text: standing.text };
	const texts = [
		first ? { sha256: first.supersededSha256, text: first.supersededText } : last,
		...corrections.map(({ sha256, text }) => ({ sha256, text }))
	];
	return success({
		...rest,
		standing: {
			subjectId: standing.subjectId,
			sha256: standing.sha256,
			record: recordOf(standing.text)
		},
		records: texts.map(({ sha256, text }) => ({ sha256, record: recordOf(text) })),
		corrections: corrections.map(({ text, supersededText, ...correction }) => ({
			...correction,
			changes: changesOf({ text, supersededText })
		}))
	});
}

/** For the enterprise's page: sentences, and nothing else of the two texts. An act says its reason only. */
export const correctionInWords = ({
	number,
	at,
	reason,
	text,
	supersededText
}: {
	number: number;
	at: string;
	reason: string;
	text: string;
	supersededText: string;
}): { number: number; at: string; reason: string; changes: string[] } => ({
	number,
	at,
	reason,
	changes:
		(JSON.parse(text) as { format: string }).format === 'mingcha.record/1'
			? changesOf({ text, supersededText }).map(changeSentence)
			: []
});
