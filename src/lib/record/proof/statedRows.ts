import { shanghaiDate, type IsoDate } from '#lib/calendar.ts';
import { isInternalPaper } from '#lib/document/acts.ts';
import type { Track } from '#lib/document/track.ts';
import type { Hazard } from '#lib/hazard/hazard.ts';
import type { Position } from '#lib/inspection/inspection.ts';
import { actSchema, type Act } from '../act.ts';
import { adoptionSchema, type Adoption } from '../adoption.ts';
import { recordSchema, type InspectionContent, type InspectionRecord } from '../content.ts';
import { isScoredOtherwise } from '../correction/correction.ts';
import type { StatedRow } from './recordRows.ts';

/** What is read of a record to say which rows it states. */
export interface RecordToState {
	position: number;
	kind: string;
	text: string;
	sha256: string;
	/** Of the record; its text does not say it, but every row of it must have the same. */
	scope: string;
	numbersText: string;
	sealedAt: string;
	/** Of the inspection's row: who signed decided it, and the papers print it. */
	track: Track | null;
	/** Of the hazards it moved, those that are 重大: their own records state it. */
	majorHazards: string[];
	/** For an adoption: that of the inspection it names, whose own record states it. */
	enterpriseId: string | null;
	/** What corrected it since (更正), in order: the rows follow the last one. */
	laterTexts: string[];
	/** For a correction: the text in whose place it stands. */
	supersededText: string | null;
}

/** Ten minutes, as `app.clock_is_ahead`: a phone further ahead is not believed its day. */
const clockToleranceMilliseconds = 10 * 60_000;

/**
 * The rows that a sealed text states, each column by what follows from the text alone: written beside `app.seal`, not
 * taken from it, so that a mistake of the one is seen by the other.
 * @throws ZodError for a text of another format.
 */
export function statedRows(record: RecordToState): StatedRow[] {
	const text: unknown = JSON.parse(record.text);
	if (record.kind === 'inspection') return inspectionRows(record, recordSchema.parse(text));
	if (record.kind === 'adoption') return adoptionRows(record, adoptionSchema.parse(text));
	if (record.kind === 'act') return actRows(record, actSchema.parse(text));
	if (record.kind === 'correction') return correctionRows(record, text);
	return [];
}

interface Visit {
	record: RecordToState;
	content: InspectionContent;
	day: IsoDate;
	/** The contents of its line of records, its own first. */
	line: InspectionContent[];
	/** What every row of the record has. */
	of: { scope: string; enterprise_id: string };
}

function inspectionRows(
	record: RecordToState,
	{ content, contentSha256, cosignature }: InspectionRecord
): StatedRow[] {
	const { id, enterprise } = content;
	const endedAt = later(content.device.endedAt, content.checkIn.at);
	const isAhead = Date.parse(endedAt) > Date.parse(record.sealedAt) + clockToleranceMilliseconds;
	const day = shanghaiDate(isAhead ? record.sealedAt : content.checkIn.at);
	const line = [content, ...record.laterTexts.map((later) => recordSchema.parse(JSON.parse(later)).content)];
	const visit: Visit = {
		record,
		content,
		day,
		line,
		of: { scope: record.scope, enterprise_id: enterprise.id }
	};
	const standing = line.at(-1)!;
	return [
		{
			table: 'records',
			id,
			columns: { kind: 'inspection', enterprise_id: enterprise.id, content_sha256: contentSha256 }
		},
		{
			table: 'inspections',
			id,
			columns: {
				...visit.of,
				...visitColumns(content),
				inspected_on: day,
				ended_at: endedAt,
				clock_suspect: isAhead,
				companion_name: cosignature?.name ?? null
			}
		},
		...standing.answers.map(({ itemId, itemCode, part, answer }) => ({
			table: 'answers',
			id: itemId,
			columns: { ...visit.of, inspection_id: id, item_code: itemCode, part, answer }
		})),
		...content.hazards.map((hazard, index) => hazardRow(visit, lastNamed(line, hazard), index + 1)),
		...transitionRows(visit),
		...signatureRows(visit, cosignature),
		...useRows(visit),
		...documentRows(record, {
			...visit.of,
			inspection_id: id,
			agency_id: content.agencyId,
			delivery_id: content.deliveryId
		}),
		{ table: 'deliveries', id: content.deliveryId, columns: { ...visit.of, inspection_id: id } },
		...factRows(visit)
	];
}

/** As the last record that names it says; what fell away stays as it was. */
const lastNamed = (line: readonly InspectionContent[], hazard: Hazard): Hazard =>
	line.flatMap(({ hazards }) => hazards.find(({ id }) => id === hazard.id) ?? []).at(-1)!;

const later = (a: string, b: string): string => (Date.parse(a) >= Date.parse(b) ? a : b);

const visitColumns = (content: InspectionContent) => ({
	agency_id: content.agencyId,
	kind: content.kind,
	outcome: content.notChecked ? 'not_checked' : 'checked',
	not_checked_kind: content.notChecked?.kind ?? null,
	rechecks: content.rechecks,
	inspector_id: content.inspector.userId,
	inspector_name: content.inspector.name,
	companion_id: content.companionId,
	checked_in_at: content.checkIn.at,
	accuracy_metres: content.checkIn.position?.accuracyMetres ?? null,
	distance_metres: content.checkIn.distanceMetres,
	position_reason: content.checkIn.reason,
	on_site_outcome: content.onSite?.outcome ?? null,
	electronic_delivery: content.electronicDelivery,
	provisional_points: content.provisional?.points ?? null
});

const placed = (position: Position | null | undefined) => ({
	longitude: position?.longitude ?? null,
	latitude: position?.latitude ?? null
});

const hazardRow = ({ content, day, of }: Visit, hazard: Hazard, position: number): StatedRow => ({
	table: 'hazards',
	id: hazard.id,
	columns: {
		...of,
		inspection_id: content.id,
		position,
		item_id: hazard.itemId,
		item_code: hazard.itemCode,
		part: hazard.part,
		severity: hazard.severity,
		cause: hazard.cause,
		description: hazard.description,
		legal_basis: hazard.legalBasis,
		clause: hazard.clause ?? null,
		acceptance: hazard.acceptance,
		measure: hazard.measure,
		found_on: day,
		...placed(hazard.position)
	}
});

function transitionRows({ record, content, day, of }: Visit): StatedRow[] {
	const made = { ...of, cause_kind: 'inspection', cause_id: content.id, day };
	const first = ({ measure }: Hazard) =>
		measure === 'on_spot' ? 'closed' : record.track === 'C' ? 'reported' : 'open';
	return [
		...content.hazards.map((hazard) => ({
			table: 'hazard_transitions',
			id: hazard.id,
			columns: {
				...made,
				hazard_id: hazard.id,
				from_state: null,
				to_state: first(hazard),
				deadline: hazard.deadline,
				note: null
			}
		})),
		...content.verdicts.map(({ hazardId, passed, note, newDeadline }) => ({
			table: 'hazard_transitions',
			id: hazardId,
			columns: {
				...made,
				hazard_id: hazardId,
				to_state: !passed ? 'open' : record.majorHazards.includes(hazardId) ? 'accepted' : 'closed',
				note,
				...(!passed && { deadline: newDeadline })
			}
		}))
	];
}

function signatureRows({ content, of }: Visit, cosignature: InspectionRecord['cosignature']): StatedRow[] {
	const { id, onSite, inspector } = content;
	const row = (role: string, columns: Record<string, unknown>): StatedRow => ({
		table: 'signatures',
		id: role,
		columns: { ...of, inspection_id: id, user_id: null, licence: null, ...columns }
	});
	const person = ({ userId, name, licence, signature, at }: InspectionContent['inspector']) => ({
		name,
		user_id: userId,
		licence,
		strokes: signature,
		signed_at: at
	});
	const rows = [row('inspector', person(inspector))];
	if (cosignature) rows.push(row('companion', person(cosignature)));
	if (onSite?.outcome === 'signed')
		rows.push(row('on_site', { name: onSite.name, strokes: onSite.signature, signed_at: onSite.at }));
	if (onSite?.outcome === 'refused' && onSite.witness.signature)
		rows.push(
			row('witness', { name: onSite.witness.name, strokes: onSite.witness.signature, signed_at: onSite.at })
		);
	return rows;
}

function useRows({ content, line, of }: Visit): StatedRow[] {
	const taken = new Map(line.flatMap(({ evidence }) => evidence).map((file) => [file.sha256, file]));
	const uses = (purpose: string, files: readonly string[], hazardId: string | null): StatedRow[] =>
		files.map((sha256, index) => ({
			table: 'evidence_uses',
			id: `${purpose}/${hazardId ?? ''}/${index + 1}`,
			columns: {
				...of,
				inspection_id: content.id,
				hazard_id: hazardId,
				sha256,
				taken_at: taken.get(sha256)?.takenAt ?? null,
				...placed(taken.get(sha256)?.position)
			}
		}));
	return [
		...content.hazards.flatMap((hazard) => {
			const { id, photos, proof } = lastNamed(line, hazard);
			return [...uses('hazard', photos, id), ...uses('proof', proof, id)];
		}),
		...line.at(-1)!.verdicts.flatMap(({ hazardId, photos }) => uses('recheck', photos, hazardId)),
		...uses('not_checked', content.notChecked?.photos ?? [], null),
		...uses('refusal', content.onSite?.outcome === 'refused' ? content.onSite.photos : [], null)
	];
}

/** By the lines that entered the link: `kind=number`. */
const documentRows = (
	{ position, numbersText, sealedAt }: RecordToState,
	of: Record<string, unknown>
): StatedRow[] =>
	(numbersText === '' ? [] : numbersText.split('\n')).map((line) => {
		const [kind, ...rest] = line.split('=') as [string, ...string[]];
		const numberText = rest.join('=');
		const year = Number(shanghaiDate(sealedAt).slice(0, 4));
		return {
			table: 'documents',
			id: kind,
			columns: { ...of, record_position: position, kind, number_text: numberText, year, issued_at: sealedAt }
		};
	});

/** What counts for the account: of an authority's check only (tracks A and B). */
function factRows(visit: Visit): StatedRow[] {
	const { record, content, day, of } = visit;
	if (record.track === 'C') return [];
	const made = { ...of, inspection_id: content.id, occurred_on: day, decided_by: content.inspector.userId };
	const row = (kind: string, hazardId: string | null, columns: Record<string, unknown>): StatedRow => ({
		table: 'facts',
		id: `${kind}/${hazardId ?? ''}`,
		columns: { ...made, kind, hazard_id: hazardId, ...columns }
	});
	if (content.notChecked)
		return content.notChecked.kind === 'entry_refused' ? [row('entry.refused', null, { data: {} })] : [];
	return [
		row('inspection.completed', null, { data: { kind: content.kind } }),
		...content.hazards.flatMap((hazard) =>
			findingsOf(visit, hazard).flatMap(({ finding, by, takenBackBy }) => {
				const told = takenBackBy ? `${hazard.id}/${takenBackBy}` : hazard.id;
				const said = (kind: string, columns: Record<string, unknown>) =>
					row(kind, told, { hazard_id: hazard.id, decided_by: by, ...columns });
				const { severity, itemCode, measure } = finding;
				return [
					said('hazard.found', foundData(finding, content.provisional?.pack)),
					...(measure === 'on_spot'
						? [
								said('hazard.corrected_on_spot', {
									'data.severity': severity,
									'data.itemCode': itemCode
								})
							]
						: [])
				];
			})
		),
		...content.verdicts.map(({ hazardId, passed }) =>
			row(passed ? 'hazard.rectified' : 'hazard.failed_recheck', hazardId, { 'data.hazardId': hazardId })
		)
	];
}

interface Finding {
	finding: Hazard;
	by: string;
	/** The correction that took it back; null while it counts. */
	takenBackBy: string | null;
}

/** Each time a correction says otherwise what clauses read of a finding, one fact is taken back and another one told. */
function findingsOf({ line }: Visit, hazard: Hazard): Finding[] {
	const findings: Finding[] = [{ finding: hazard, by: line[0]!.inspector.userId, takenBackBy: null }];
	for (const { id, inspector, hazards } of line.slice(1)) {
		const last = findings.at(-1)!;
		if (last.takenBackBy) break;
		const now = hazards.find((one) => one.id === hazard.id);
		if (!isScoredOtherwise(last.finding, now)) continue;
		last.takenBackBy = id;
		if (now) findings.push({ finding: now, by: inspector.userId, takenBackBy: null });
	}
	return findings;
}

const foundData = (
	{ id, severity, cause, itemCode, measure, clause }: Hazard,
	scheme: string | undefined
) => ({
	'data.hazardId': id,
	'data.severity': severity,
	'data.cause': cause,
	'data.itemCode': itemCode,
	'data.measure': measure,
	'data.clause': clause ?? null,
	'data.scheme': clause ? (scheme ?? null) : null
});

/** 「采纳并出具」: the hazards open with the street's deadlines, and only now are they findings of an authority. */
function adoptionRows(record: RecordToState, adoption: Adoption): StatedRow[] {
	const { id, inspectionId, hazards, inspector } = adoption;
	const of = { scope: record.scope, enterprise_id: record.enterpriseId };
	return [
		{
			table: 'records',
			id,
			columns: { kind: 'adoption', enterprise_id: record.enterpriseId, content_sha256: record.sha256 }
		},
		...hazards.map((hazard) => ({
			table: 'hazard_transitions',
			id: hazard.id,
			columns: {
				...of,
				cause_kind: 'adoption',
				cause_id: id,
				day: shanghaiDate(record.sealedAt),
				from_state: 'reported',
				to_state: 'open',
				deadline: hazard.deadline,
				note: null
			}
		})),
		...documentRows(record, { ...of, inspection_id: inspectionId }),
		...hazards.map((hazard) => ({
			table: 'facts',
			id: `hazard.found/${hazard.id}`,
			columns: {
				...of,
				inspection_id: inspectionId,
				decided_by: inspector.userId,
				'data.hazardId': hazard.id
			}
		}))
	];
}

/** 更正 of a visit, or of a paper issued on its own: the steps of the hazards that it moves, and its papers. */
function correctionRows(record: RecordToState, text: unknown): StatedRow[] {
	const superseded: unknown = JSON.parse(record.supersededText ?? 'null');
	const act = actSchema.safeParse(text);
	if (act.success) return actRows(record, act.data, superseded);
	const { content, contentSha256 } = recordSchema.parse(text);
	const { id, enterprise, correction, supersedes } = content;
	if (!correction) throw new Error('got no correction, expected what it corrects');
	const of = { scope: record.scope, enterprise_id: enterprise.id };
	return [
		{
			table: 'records',
			id,
			columns: { kind: 'correction', enterprise_id: enterprise.id, content_sha256: contentSha256 }
		},
		{
			table: 'corrections',
			id,
			columns: {
				...of,
				subject_id: correction.inspectionId,
				supersedes,
				number: correction.number,
				is_internal: false,
				reason: correction.reason,
				by_id: content.inspector.userId,
				by_name: content.inspector.name,
				by_role: correction.by,
				at: record.sealedAt
			}
		},
		...correctedSteps(record, content, recordSchema.parse(superseded).content),
		...documentRows(record, {
			...of,
			inspection_id: correction.inspectionId,
			agency_id: content.agencyId,
			delivery_id: content.deliveryId
		})
	];
}

function correctedSteps(
	record: RecordToState,
	content: InspectionContent,
	before: InspectionContent
): StatedRow[] {
	const step = (hazardId: string, columns: Record<string, unknown>): StatedRow => ({
		table: 'hazard_transitions',
		id: hazardId,
		columns: {
			hazard_id: hazardId,
			cause_kind: 'correction',
			cause_id: content.id,
			day: shanghaiDate(record.sealedAt),
			note: content.correction?.reason,
			...columns
		}
	});
	const known = new Map(content.hazards.map((hazard) => [hazard.id, hazard]));
	return [
		...before.hazards.flatMap(({ id, deadline }) => {
			const now = known.get(id);
			if (!now) return [step(id, { to_state: 'withdrawn' })];
			return now.deadline === deadline ? [] : [step(id, { deadline: now.deadline })];
		}),
		...content.verdicts.flatMap(({ hazardId, newDeadline }, index) =>
			newDeadline === before.verdicts[index]?.newDeadline ? [] : [step(hazardId, { deadline: newDeadline })]
		)
	];
}

/**
 * A paper issued on its own: its record, its document, and the delivery of the same id unless it is internal. One that
 * corrects another stays with the delivery that began the line, whose id its text does not say.
 */
function actRows(record: RecordToState, act: Act, superseded: unknown = null): StatedRow[] {
	const { id, agencyId, enterprise, body, signer, supersedes, correction } = act;
	const isInternal = isInternalPaper(body.kind);
	const of = { scope: record.scope, enterprise_id: enterprise.id };
	const corrects = superseded !== null && correction;
	return [
		{
			table: 'records',
			id,
			columns: {
				kind: corrects ? 'correction' : 'act',
				enterprise_id: enterprise.id,
				content_sha256: record.sha256
			}
		},
		...(corrects
			? [
					{
						table: 'corrections',
						id,
						columns: {
							...of,
							supersedes,
							number: correction.number,
							is_internal: isInternal,
							reason: correction.reason,
							by_id: signer.userId,
							by_name: signer.name,
							by_role: signer.role === 'inspector' ? 'officer' : 'supervisor',
							at: record.sealedAt
						}
					}
				]
			: []),
		...(isInternal || corrects ? [] : [{ table: 'deliveries', id, columns: { ...of, inspection_id: null } }]),
		...documentRows(record, {
			...of,
			inspection_id: null,
			...((isInternal || !corrects) && { delivery_id: isInternal ? null : id }),
			agency_id: agencyId,
			track: 'B'
		})
	];
}
