import { shanghaiDate } from '#lib/calendar.ts';
import {
	documentContentSchema,
	documentFormat,
	type DocumentContent,
	type PrintedHazard,
	type PrintedPhoto,
	type PrintedPoints
} from '#lib/document/content.ts';
import { printedAgency } from '#lib/document/printedAgency.ts';
import type { Hazard } from '#lib/hazard/hazard.ts';
import { actContent } from './actContent.ts';
import { adoptionSchema, type Adoption } from './adoption.ts';
import { changeSentence, changesBetween } from './correction/changes.ts';
import { recordSchema, type InspectionContent, type InspectionRecord } from './content.ts';
import type { DocumentLinks, DocumentSource, SignedText, SourceCorrection } from './documentSource.ts';
import { maskPhone } from './masking.ts';
import { entriesAbout } from './provisionalPoints.ts';

/** A document of an inspection: the only ones that have a visit behind them. */
type VisitSource = DocumentSource & {
	inspectionRecord: SignedText;
	inspection: NonNullable<DocumentSource['inspection']>;
};

const isOfVisit = (source: DocumentSource): source is VisitSource =>
	source.inspectionRecord !== null && source.inspection !== null;

type Verdict = DocumentContent & { kind: 'recheck_opinion' };

/** An empty field of a form is null there, whatever the phone sent. */
const orNull = (text: string | null | undefined): string | null => text?.trim() || null;

const printHazard = (hazard: Hazard, number: number): PrintedHazard => ({
	number,
	part: hazard.part,
	description: hazard.description,
	severity: hazard.severity,
	legalBasis: orNull(hazard.legalBasis),
	acceptance: orNull(hazard.acceptance),
	measure: hazard.measure,
	deadline: hazard.deadline
});

/** Items are numbered from 1 in each paper; only a recheck keeps the numbers of the order it answers. */
const printHazards = (hazards: readonly Hazard[]): PrintedHazard[] =>
	hazards.map((hazard, index) => printHazard(hazard, index + 1));

/**
 * Numbers of the items of a recheck, by hazard. Items of a second order may carry a number that is taken; those
 * go on after the last one, because two items under one number would make 「第1项」 mean either.
 */
export function recheckNumbers(rechecked: DocumentSource['rechecked']): Map<string, number> {
	const numbers = new Map<string, number>();
	const taken = new Set<number>();
	let last = Math.max(0, ...rechecked.map(({ orderNumber }) => orderNumber));
	for (const { id, orderNumber } of rechecked) {
		const number = taken.has(orderNumber) ? ++last : orderNumber;
		taken.add(number);
		numbers.set(id, number);
	}
	return numbers;
}

/** With the clauses and points that stood there when it was signed. */
const printScored = ({ hazards, provisional }: InspectionContent) =>
	printHazards(hazards).map((hazard, index) => ({
		...hazard,
		points: printPoints(hazards[index]!.id, provisional)
	}));

const printPoints = (hazardId: string, provisional: InspectionContent['provisional']): PrintedPoints[] =>
	entriesAbout(hazardId, provisional).map(({ clause, text, points, waits }) => ({
		clause,
		text,
		points,
		waits
	}));

function printVerdicts(content: InspectionContent, source: VisitSource): Verdict['verdicts'] {
	const numbers = recheckNumbers(source.rechecked);
	const known = new Map(source.rechecked.map((hazard) => [hazard.id, hazard]));
	return content.verdicts
		.map(({ hazardId, passed, note, newDeadline }) => {
			const hazard = known.get(hazardId);
			if (!hazard) throw new Error(`documentContent: got a verdict on ${hazardId}, expected a known hazard`);
			return {
				number: numbers.get(hazardId)!,
				part: hazard.part,
				description: hazard.description,
				passed,
				note: orNull(note),
				newDeadline,
				points: printPoints(hazardId, content.provisional)
			};
		})
		.sort((a, b) => a.number - b.number);
}

/** The photos of a paper, in the order of its items. */
function printPhotos(
	content: InspectionContent,
	wanted: {
		sha256: string;
		moment: PrintedPhoto['moment'];
		hazardNumber: number | null;
		place: string | null;
	}[]
): PrintedPhoto[] {
	const taken = new Map(content.evidence.map((file) => [file.sha256, file.takenAt]));
	return wanted.map((photo) => ({
		...photo,
		// A file that was sent without its own time was taken during the visit.
		takenAt: taken.get(photo.sha256) ?? content.device.endedAt
	}));
}

const hazardPhotos = (hazards: readonly Hazard[]) =>
	hazards.flatMap(({ photos, proof, part }, index) => [
		...photos.map((sha256) => ({ sha256, moment: 'found' as const, hazardNumber: index + 1, place: part })),
		...proof.map((sha256) => ({ sha256, moment: 'put_right' as const, hazardNumber: index + 1, place: part }))
	]);

function verdictPhotos(content: InspectionContent, source: VisitSource) {
	const numbers = recheckNumbers(source.rechecked);
	return content.verdicts.flatMap(({ hazardId, photos }) =>
		photos.map((sha256) => ({
			sha256,
			moment: 'rechecked' as const,
			hazardNumber: numbers.get(hazardId) ?? null,
			place: source.rechecked.find(({ id }) => id === hazardId)?.part ?? null
		}))
	);
}

const refusalPhotos = ({ onSite }: InspectionContent) =>
	onSite?.outcome === 'refused'
		? onSite.photos.map((sha256) => ({ sha256, moment: 'refused' as const, hazardNumber: null, place: null }))
		: [];

function printOnSite({ onSite }: InspectionContent): DocumentContent['onSite'] {
	if (!onSite) return null;
	if (onSite.outcome === 'signed') {
		const { outcome, name, duty, phone, signature, at } = onSite;
		return { outcome, name, duty: orNull(duty), phone: phone ? maskPhone(phone) : null, signature, at };
	}
	const { outcome, name, reason, witness, at } = onSite;
	return {
		outcome,
		name: orNull(name),
		reason,
		witness: { name: witness.name, identity: orNull(witness.identity), signature: witness.signature },
		at
	};
}

const printSigner = ({ name, licence, signature }: InspectionContent['inspector']) => ({
	name,
	licence: orNull(licence),
	signature
});

function everyForm(source: VisitSource, { content, cosignature }: InspectionRecord, links: DocumentLinks) {
	const { enterprise } = content;
	return {
		format: documentFormat,
		track: source.track,
		number: source.numberText,
		provisionalCode: null,
		issuedOn: shanghaiDate(source.issuedAt),
		agency: printedAgency(source.agency),
		isSample: source.agency.isSample,
		enterprise: {
			name: enterprise.name,
			creditCode: orNull(enterprise.creditCode),
			address: orNull(enterprise.address) ?? '/',
			principalName: orNull(enterprise.principalName),
			principalDuty: null,
			principalPhone: enterprise.principalPhone ? maskPhone(enterprise.principalPhone) : null
		},
		inspectors: [content.inspector, cosignature].filter((signer) => signer !== null).map(printSigner),
		onSite: printOnSite(content),
		deliveryUrl: links.deliveryUrl,
		record: { sha256: source.record.sha256, verifyUrl: links.verifyUrl }
	};
}

type FormParts = Record<string, unknown>;

function recordForm(source: VisitSource, content: InspectionContent): FormParts {
	const { checkIn, device } = content;
	return {
		inspectionKind: content.kind,
		place: orNull(content.place),
		from: checkIn.at,
		// A phone whose clock was set back in between must not make a visit end before it began.
		to: Date.parse(device.endedAt) < Date.parse(checkIn.at) ? checkIn.at : device.endedAt,
		taskSource: orNull(content.taskSource),
		inspectionOfYear: content.kind === 'recheck' ? null : source.inspection.nthOfYear,
		assistants: [],
		lines: content.answers.map(({ itemCode, part, text, answer }) => ({
			code: itemCode,
			part,
			text,
			answer
		})),
		hazards: printScored(content),
		scoring:
			content.provisional?.packName && content.provisional.entries?.length
				? { rules: content.provisional.packName, points: content.provisional.points }
				: null,
		verdicts: printVerdicts(content, source),
		photos: printPhotos(content, [
			...hazardPhotos(content.hazards),
			...verdictPhotos(content, source),
			...refusalPhotos(content)
		])
	};
}

function orderForm(content: InspectionContent): FormParts {
	const hazards = content.hazards.filter(({ measure }) => measure === 'deadline');
	return {
		hazards: printHazards(hazards),
		electronicDelivery: content.electronicDelivery,
		adopts: null,
		photos: printPhotos(content, hazardPhotos(hazards))
	};
}

/** The order of an adoption: the report's hazards with the street inspector's deadlines, to be signed on paper. */
function adoptedForm(source: VisitSource, content: InspectionContent, adoption: Adoption): FormParts {
	const deadlines = new Map(adoption.hazards.map(({ id, deadline }) => [id, deadline]));
	const hazards = content.hazards
		.filter(({ id }) => deadlines.has(id))
		.map((hazard) => ({ ...hazard, deadline: deadlines.get(hazard.id)! }));
	if (!source.report)
		throw new Error(`documentContent: got ${source.id} without a report, expected its number`);
	return {
		inspectors: [printSigner(adoption.inspector)],
		// The person on site signed the report, not this order.
		onSite: null,
		hazards: printHazards(hazards),
		electronicDelivery: content.electronicDelivery,
		adopts: {
			number: source.report.numberText,
			reporter: [source.community, content.inspector.name].filter(Boolean).join(''),
			reportedOn: shanghaiDate(source.report.issuedAt)
		},
		photos: printPhotos(content, hazardPhotos(hazards))
	};
}

function opinionForm(source: VisitSource, content: InspectionContent): FormParts {
	if (!source.order)
		throw new Error(`documentContent: got opinion ${source.id} without an order, expected one`);
	return {
		order: { number: source.order.numberText, issuedOn: shanghaiDate(source.order.issuedAt) },
		recheckedOn: source.inspection.inspectedOn,
		verdicts: printVerdicts(content, source),
		photos: printPhotos(content, verdictPhotos(content, source))
	};
}

const reportForm = (source: VisitSource, content: InspectionContent): FormParts => ({
	community: source.community ?? source.agency.name,
	foundAt: content.checkIn.at,
	hazards: printHazards(content.hazards),
	photos: printPhotos(content, hazardPhotos(content.hazards))
});

/** 拟记 as it was read on site: each line beside what it is about. */
function scoreForm(source: VisitSource, content: InspectionContent): FormParts {
	const { provisional } = content;
	if (!provisional?.entries?.length || !source.recordNumber)
		throw new Error(`documentContent: got score sheet ${source.id} without lines or record, expected both`);
	const findings = new Map([
		...source.rechecked.map(({ id, description }) => [id, description] as const),
		...content.hazards.map(({ id, description }) => [id, description] as const)
	]);
	return {
		isSample: source.agency.isSample || provisional.entries.some(({ isSample }) => isSample),
		inspectedOn: source.inspection.inspectedOn,
		recordNumber: source.recordNumber,
		rules: provisional.packName ?? provisional.pack,
		lines: provisional.entries.map(({ hazardId, clause, text, points, waits }, index) => ({
			number: index + 1,
			finding: hazardId === null ? null : (findings.get(hazardId) ?? null),
			clause,
			text,
			points,
			waits
		})),
		points: provisional.points,
		account: provisional.account ?? null,
		photos: []
	};
}

/** The words are made of the two sealed texts, so that the paper cannot say another change than they do. */
const printCorrection = (
	{ number, reason, byRole, officers, superseded, replaces }: SourceCorrection,
	content: InspectionContent
) => ({
	ordinal: number,
	replaces: replaces?.numberText ?? null,
	isSameKind: replaces?.isSameKind ?? false,
	reason,
	changes: changesBetween(recordSchema.parse(JSON.parse(superseded.text)).content, content).map(
		changeSentence
	),
	officers,
	by: byRole
});

function formOf(source: VisitSource, content: InspectionContent): FormParts {
	switch (source.kind) {
		case 'inspection_record':
			return recordForm(source, content);
		case 'rectification_order':
			return source.record.kind === 'adoption'
				? adoptedForm(source, content, adoptionSchema.parse(JSON.parse(source.record.text)))
				: orderForm(content);
		case 'recheck_opinion':
			return opinionForm(source, content);
		case 'hazard_report':
			return reportForm(source, content);
		case 'score_sheet':
			return scoreForm(source, content);
		default:
			throw new Error(`documentContent: got ${source.kind} of an inspection, expected one of its papers`);
	}
}

/**
 * A sealed record → what one of its documents prints. Everything comes from the sealed text, the number and the
 * agency as they were at the seal, so the same document is printed the same in ten years.
 * @throws when the record does not yield this document: the database gave a number to what may not be issued.
 */
export function documentContent(source: DocumentSource, links: DocumentLinks): DocumentContent {
	if (!isOfVisit(source)) return actContent(source, links);
	const record = recordSchema.parse(JSON.parse(source.inspectionRecord.text));
	return documentContentSchema.parse({
		...everyForm(source, record, links),
		...(source.correction && { correction: printCorrection(source.correction, record.content) }),
		kind: source.kind,
		...formOf(source, record.content)
	});
}
