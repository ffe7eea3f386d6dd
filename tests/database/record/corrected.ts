import { randomUUID } from 'node:crypto';
import type { Client } from '#lib/backend/backend.server.ts';
import { readCorrections } from '#lib/record/correction/corrections.server.ts';
import { correctedParts, draftOf, type CorrectionDraft } from '#lib/record/correction/correction.ts';
import { sealCorrection } from '#lib/record/correction/sealCorrection.server.ts';
import type { InspectionContent } from '#lib/record/content.ts';
import type { Hazard } from '#lib/hazard/hazard.ts';
import type { TestBackend } from '../support/testBackend.ts';
import { drawn } from './visit.ts';

export type EditDraft = (draft: CorrectionDraft & { hazards: Map<string, Hazard> }) => void;

export interface Corrector {
	userId: string;
	name: string;
	licence: string | null;
	by?: 'officer' | 'supervisor';
	at: Date;
}

/** What somebody sends who puts the record of a visit right that holds; `reader` is anybody who may read it. */
export async function correctionOf(
	reader: Client,
	inspectionId: string,
	{ by = 'officer', at, ...person }: Corrector,
	edit: EditDraft,
	reason = '整改期限录入错误'
): Promise<InspectionContent> {
	const line = await readCorrections(reader, inspectionId);
	if (!line.ok) throw new Error(`corrections: got ${line.problem.code}`);
	const { standing, corrections } = line.value;
	const { content } = standing.record;
	const draft = draftOf(content);
	const wished = { ...draft, hazards: new Map(draft.hazards) };
	edit(wished);
	return {
		...content,
		...correctedParts(content, wished),
		id: randomUUID(),
		supersedes: standing.subjectId,
		correction: { inspectionId, number: corrections.length + 1, reason, by },
		onSite: null,
		inspector: { ...person, signature: drawn, at: at.toISOString() },
		companionId: null
	};
}

/** Seals it; fails the test when it is not sealed. */
export async function sealCorrected(
	{ backend }: TestBackend,
	client: Client,
	content: InspectionContent
): Promise<void> {
	const answer = await sealCorrection(backend, client, content, content.correction!.inspectionId);
	if (!answer.ok || answer.value.state !== 'sealed')
		throw new Error(`correct: got ${JSON.stringify(answer)}, expected sealed`);
}
