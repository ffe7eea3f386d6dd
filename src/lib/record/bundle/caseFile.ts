import type { IsoDate } from '#lib/calendar.ts';
import type { DocumentKind } from '#lib/document/document.ts';
import type { DocumentSignature } from '#lib/document/signing/signer.ts';
import type { Track } from '#lib/document/track.ts';
import type { HazardSeverity, HazardState } from '#lib/hazard/hazard.ts';
import type { MajorStep } from '#lib/hazard/major/major.ts';
import type { InspectionKind } from '#lib/inspection/inspection.ts';
import type { Problem } from '#lib/problem.ts';

/** A record of the chain as the case holds it. */
export interface CaseRecord {
	position: number;
	/** `inspection`, `adoption`, `correction`, or what later versions seal. */
	kind: string;
	subjectId: string;
	text: string;
	sha256: string;
	signature: string;
	keyId: string;
	numbersText: string;
	sealedAt: string;
	previousLink: string;
	link: string;
}

export interface CaseInspection {
	id: string;
	kind: InspectionKind;
	outcome: 'checked' | 'not_checked';
	track: Track;
	rechecks: string | null;
	inspectedOn: IsoDate;
	checkedInAt: string;
	endedAt: string;
	/** When the server heard of the check-in; null when the phone had no network then. */
	checkInHeardAt: string | null;
	clockSuspect: boolean;
	nthOfYear: number;
	inspectorName: string;
	companionName: string | null;
}

export interface CaseDocument {
	id: string;
	inspectionId: string;
	recordPosition: number;
	kind: DocumentKind;
	track: Track;
	numberText: string;
	state: 'issued' | 'superseded' | 'voided';
	/** Number of the paper in its place; null unless a correction replaced it by one. */
	replacedBy: string | null;
	issuedAt: string;
	pdfSha256: string | null;
	pdfBytes: number | null;
	/** The agency's own, on a further file; null without. */
	signature: DocumentSignature | null;
	renderProblem: Problem | null;
}

export interface CaseHazard {
	id: string;
	inspectionId: string;
	part: string;
	severity: HazardSeverity;
	description: string;
	legalBasis: string | null;
	acceptance: string | null;
	measure: 'on_spot' | 'deadline';
	state: HazardState | 'reported';
	deadline: IsoDate | null;
	foundOn: IsoDate;
	closedOn: IsoDate | null;
	recurrence: boolean;
	reopened: number;
	longitude: number | null;
	latitude: number | null;
}

export interface CaseTransition {
	hazardId: string;
	at: string;
	day: IsoDate;
	from: string | null;
	to: string;
	cause: 'inspection' | 'adoption' | 'rectification' | 'extension' | 'major' | 'correction';
	causeId: string;
	deadline: IsoDate | null;
	note: string | null;
}

export interface CaseRectification {
	id: string;
	hazardId: string;
	note: string;
	submittedAt: string;
	means: 'delivery' | 'account';
}

/** 「申请延期」 of one hazard and what was decided about it. */
export interface CaseExtension {
	id: string;
	hazardId: string;
	askedBy: string;
	askedAt: string;
	standing: IsoDate;
	wished: IsoDate;
	reason: string;
	state: 'asked' | 'granted' | 'refused' | 'lapsed';
	until: IsoDate | null;
	note: string | null;
	decidedBy: string | null;
	decidedAt: string | null;
}

/** 更正 of a visit: which record stands in the place of which. */
export interface CaseCorrection {
	id: string;
	inspectionId: string;
	supersedes: string;
	number: number;
	reason: string;
	byName: string;
	at: string;
}

/** A step in the life of a 重大 hazard: plan, stop, 挂牌督办, 销号. */
export interface CaseMajorStep extends Pick<
	MajorStep,
	'id' | 'number' | 'act' | 'at' | 'byName' | 'means' | 'says'
> {
	hazardId: string;
}

/** A paper signed by hand, scanned back. */
export interface CasePaper {
	id: string;
	deliveryId: string;
	signedBy: string;
	signedOn: IsoDate;
	note: string | null;
	recordedBy: string;
	recordedAt: string;
}

export interface CaseDelivery {
	id: string;
	inspectionId: string;
	expiresAt: string;
	revokedAt: string | null;
	openedAt: string | null;
	receivedAt: string | null;
	receivedBy: string | null;
	receivedMeans: string | null;
}

export interface CaseDeliveryEvent {
	deliveryId: string;
	kind: string;
	at: string;
	byName: string | null;
	means: string | null;
	note: string | null;
}

export interface CasePhoto {
	sha256: string;
	mediaType: string;
	purpose: string;
	hazardId: string | null;
	inspectionId: string | null;
	rectificationId: string | null;
	extensionId: string | null;
	paperReceiptId: string | null;
	majorStepId: string | null;
	takenAt: string | null;
	longitude: number | null;
	latitude: number | null;
}

/** Everything of one inspection and of what followed from it, as `open_case` of the database gives it. */
export interface CaseFile {
	enterprise: {
		id: string;
		name: string;
		creditCode: string | null;
		address: string;
		siteType: string;
		longitude: number | null;
		latitude: number | null;
	};
	agency: { name: string; shortName: string; isSample: boolean };
	/** The inspection that the case began with stands first. */
	inspections: CaseInspection[];
	records: CaseRecord[];
	documents: CaseDocument[];
	hazards: CaseHazard[];
	transitions: CaseTransition[];
	rectifications: CaseRectification[];
	extensions: CaseExtension[];
	majorSteps: CaseMajorStep[];
	papers: CasePaper[];
	corrections: CaseCorrection[];
	deliveries: CaseDelivery[];
	deliveryEvents: CaseDeliveryEvent[];
	photos: CasePhoto[];
}

/**
 * The last moment at which something of the case changed: the same case has the same one, whenever it is asked for.
 * (A revocation or an end of validity that lies ahead is no change yet.)
 */
export function lastChangeOf(file: CaseFile): string {
	const instants = [
		...file.records.map(({ sealedAt }) => sealedAt),
		...file.documents.map(({ signature }) => signature?.signedAt ?? null),
		...file.transitions.map(({ at }) => at),
		...file.rectifications.map(({ submittedAt }) => submittedAt),
		...file.deliveryEvents.map(({ at }) => at),
		...file.extensions.flatMap(({ askedAt, decidedAt }) => [askedAt, decidedAt]),
		...file.papers.map(({ recordedAt }) => recordedAt),
		...file.majorSteps.map(({ at }) => at),
		...file.deliveries.flatMap(({ openedAt, receivedAt, revokedAt }) => [openedAt, receivedAt, revokedAt])
	];
	const last = instants
		.filter((instant) => instant !== null)
		.sort()
		.at(-1);
	if (!last) throw new Error('case: got no record, expected one at least');
	return last;
}

const fileEndings: Record<string, string> = {
	'image/jpeg': 'jpg',
	'image/png': 'png',
	'image/webp': 'webp',
	'application/pdf': 'pdf'
};

/** Paths are plain ASCII: every unpacking program and every file system keeps them as they are. */
export const pathOf = {
	record: ({ position, kind }: Pick<CaseRecord, 'position' | 'kind'>) =>
		`records/${String(position).padStart(8, '0')}-${kind}.json`,
	document: (document: Pick<CaseDocument, 'recordPosition' | 'kind' | 'id'>) =>
		`documents/${String(document.recordPosition).padStart(8, '0')}-${document.kind}-${document.id.slice(0, 8)}.pdf`,
	signedDocument: (document: Pick<CaseDocument, 'recordPosition' | 'kind' | 'id'>) =>
		pathOf.document(document).replace(/\.pdf$/, '-signed.pdf'),
	photo: ({ sha256, mediaType }: Pick<CasePhoto, 'sha256' | 'mediaType'>) =>
		`photos/${sha256}.${fileEndings[mediaType] ?? 'bin'}`,
	signature: (position: number, role: string) => `signatures/${String(position).padStart(8, '0')}-${role}.svg`
};
