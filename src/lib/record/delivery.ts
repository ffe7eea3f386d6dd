import { z } from 'zod';
import { daysBetween, type IsoDate } from '#lib/calendar.ts';
import { actKinds, type ActBody } from '#lib/document/acts.ts';
import type { Stop } from '#lib/enterprise/stop.ts';
import type { DocumentKind } from '#lib/document/document.ts';
import type { DocumentSignature } from '#lib/document/signing/signer.ts';
import type { Track } from '#lib/document/track.ts';
import type { Extension } from '#lib/hazard/extension/extension.ts';
import type { MajorStanding } from '#lib/hazard/major/major.ts';
import type { HazardSeverity, HazardState } from '#lib/hazard/hazard.ts';
import { sha256, uuid, type InspectionKind } from '#lib/inspection/inspection.ts';
import type { Problem } from '#lib/problem.ts';
import { maskName } from './masking.ts';
import type { Objection } from './objection/objection.ts';
import type { ProvisionalPoints } from './provisionalPoints.ts';

/** One hazard as the enterprise reads it. `reported`: a community told of it, the street has not taken it over. */
export interface DeliveredHazard {
	id: string;
	part: string;
	severity: HazardSeverity;
	description: string;
	legalBasis: string | null;
	/** 怎样算合格. */
	acceptance: string | null;
	measure: 'on_spot' | 'deadline';
	state: HazardState | 'reported';
	deadline: IsoDate | null;
	closedOn: IsoDate | null;
	/** Its number in the order; null for what is in none: put right on the spot, or only reported. */
	orderNumber: number | null;
	/** Found by this inspection; otherwise looked at again by it. */
	isNew: boolean;
	/** What this recheck found of it; `deadline` is the new one when it failed. */
	verdict: { passed: boolean; note: string | null; deadline: IsoDate | null } | null;
	photos: string[];
	recheckPhotos: string[];
	rectifications: { id: string; note: string; submittedAt: string; photos: string[] }[];
	/** When the enterprise was last reminded of this deadline. */
	remindedOn: IsoDate | null;
	/** 「申请延期」, the first one first. */
	extensions: Extension[];
	/** Of a 重大 one: how its life stands, and every photo and scan of it. */
	major: (Omit<MajorStanding, 'state'> & { photos: string[] }) | null;
}

export interface DeliveredDocument {
	id: string;
	kind: DocumentKind;
	track: Track;
	numberText: string;
	state: 'issued' | 'superseded' | 'voided';
	issuedAt: string;
	/** Number of the paper in its place; null unless it was superseded by one. */
	replacedBy: string | null;
	/** Null until it is rendered. */
	pdfSha256: string | null;
	/** The agency's own, on a file beside the rendered one; null without, and for a stranger. */
	signature: DocumentSignature | null;
	renderProblem: Problem | null;
	/** Who decides on a complaint against an order of track A; null for every other paper. */
	remedy: { government: string; court: string } | null;
}

/** Something that the enterprise has to put right, on whatever page or order it stands. */
export interface OpenOrder {
	id: string;
	description: string;
	part: string;
	severity: HazardSeverity;
	state: 'open' | 'rectification_submitted';
	deadline: IsoDate;
	foundOn: IsoDate;
	/** The number of its order, and its own in it. */
	orderText: string | null;
	orderNumber: number;
}

/** What was put right since the first paper, in the words of the papers. */
export interface DeliveredCorrection {
	number: number;
	at: string;
	/** Both empty for a stranger. */
	reason: string;
	changes: string[];
}

/** Everything behind one QR: `read_delivery` of the database. */
export interface Delivery {
	/** `screen`: scanned from the inspector's own screen; `paper`: from a print, which a stranger may hold. */
	means: 'screen' | 'paper';
	deliveryId: string;
	/** How often its codes were issued anew. */
	serial: number;
	expiresAt: string;
	openedAt: string | null;
	receivedAt: string | null;
	receivedBy: string | null;
	today: IsoDate;
	/** 更正, the first one first. */
	corrections: DeliveredCorrection[];
	enterprise: { id: string; name: string; address: string; stops: Stop[] };
	agency: {
		name: string;
		shortName: string;
		contact: { name: string; phone: string } | null;
		isSample: boolean;
	};
	/** A paper issued on its own, as it was signed; null for an inspection's papers. */
	act: { body: ActBody; signer: { name: string }; at: string } | null;
	/** Null for a paper issued on its own. */
	inspection: {
		id: string;
		kind: InspectionKind;
		track: Track;
		inspectedOn: IsoDate;
		/** A street inspector took the community's report over. */
		adopted: boolean;
		/** 电子送达: agreed to on site. */
		electronicDelivery: boolean;
		onSiteOutcome: 'signed' | 'refused' | null;
		inspectorName: string;
		companionName: string | null;
		/** Announced by a 任务核验码, so it can be rated. */
		hasTask: boolean;
		/** 拟记 as it was signed; null for a stranger, and where nothing is given points. */
		provisional: ProvisionalPoints | null;
	} | null;
	record: { sha256: string } | null;
	documents: DeliveredDocument[];
	hazards: DeliveredHazard[];
	/** 异议 of this page, the first one first; none for a stranger. */
	objections: Objection[];
	/** By deadline; none for a stranger. */
	openOrders: OpenOrder[];
}

/** What stands open elsewhere than on this page. */
export const openElsewhere = ({
	openOrders,
	hazards
}: Pick<Delivery, 'openOrders' | 'hazards'>): OpenOrder[] =>
	openOrders.filter(({ id }) => !hazards.some((hazard) => hazard.id === id));

const waitsForWork = ({ state }: DeliveredHazard) => state === 'open' || state === 'rectification_submitted';

/** What is still to be put right, and by when at the earliest. */
export interface Outstanding {
	hazards: number;
	/** Sent in, waiting for the recheck. */
	submitted: number;
	deadline: IsoDate | null;
	/** Negative when it is over; the deadline day itself is 0 and still in time (含当日). */
	daysLeft: number | null;
}

export function outstanding({ hazards, today }: Pick<Delivery, 'hazards' | 'today'>): Outstanding {
	const open = hazards.filter(({ state }) => state === 'open');
	const [deadline = null] = open.flatMap((hazard) => hazard.deadline ?? []).sort();
	return {
		hazards: open.length,
		submitted: hazards.filter(({ state }) => state === 'rectification_submitted').length,
		deadline,
		daysLeft: deadline === null ? null : daysBetween(today, deadline)
	};
}

/** 已收到 → 待整改 → 待复查 → 已销号: how far this delivery has come. */
export const deliverySteps = ['received', 'to_rectify', 'to_recheck', 'closed'] as const;
export type DeliveryStep = (typeof deliverySteps)[number];

/**
 * The step that is due now: `received` until somebody confirmed receipt or sent what they did; `null` when there
 * is nothing to put right or the street has not taken a community's report over.
 */
export function deliveryStep({
	hazards,
	receivedAt
}: Pick<Delivery, 'hazards' | 'receivedAt'>): DeliveryStep | null {
	const ordered = hazards.filter(
		({ measure, state }) => measure === 'deadline' && state !== 'reported' && state !== 'withdrawn'
	);
	if (ordered.length === 0) return null;
	// A 重大 hazard that was accepted is not 销号 yet.
	if (!ordered.some((hazard) => waitsForWork(hazard) || hazard.state === 'accepted')) return 'closed';
	if (!ordered.some(({ state }) => state === 'open')) return 'to_recheck';
	return receivedAt ? 'to_rectify' : 'received';
}

const byImportance: DocumentKind[] = [
	'rectification_order',
	'recheck_opinion',
	'inspection_record',
	'hazard_report',
	'score_sheet',
	...actKinds
];

/** The document that the page is about: what has to be acted on before what is only a record of it. */
export const mainDocument = (documents: readonly DeliveredDocument[]): DeliveredDocument | null =>
	[...documents]
		.filter(({ state }) => state === 'issued')
		.sort((a, b) => byImportance.indexOf(a.kind) - byImportance.indexOf(b.kind))[0] ?? null;

/** Files that this page may show, and no others. */
export const photosOf = ({ hazards }: Pick<Delivery, 'hazards'>): Set<string> =>
	new Set(
		hazards.flatMap(({ photos, recheckPhotos, rectifications, extensions, major }) => [
			...photos,
			...recheckPhotos,
			...[...rectifications, ...extensions].flatMap((one) => one.photos),
			...(major?.photos ?? [])
		])
	);

/** What a stranger who found the paper may read: what is wrong there, but nobody's name, no picture, no points. */
export function maskDelivery(delivery: Delivery): Delivery {
	const { inspection } = delivery;
	return {
		...delivery,
		receivedBy: delivery.receivedBy && maskName(delivery.receivedBy),
		// What an act says is for the enterprise; a stranger learns that there is one, and of which kind.
		act: null,
		inspection: inspection && {
			...inspection,
			inspectorName: maskName(inspection.inspectorName),
			companionName: inspection.companionName && maskName(inspection.companionName),
			provisional: null
		},
		enterprise: {
			...delivery.enterprise,
			stops: delivery.enterprise.stops.map((stop) => ({ ...stop, what: '' }))
		},
		openOrders: [],
		objections: [],
		// That the paper was replaced is for everybody who holds one; by what words is not.
		corrections: delivery.corrections.map((correction) => ({ ...correction, reason: '', changes: [] })),
		documents: delivery.documents.map((document) => ({
			...document,
			pdfSha256: null,
			signature: null,
			renderProblem: null
		})),
		hazards: delivery.hazards.map((hazard) => ({
			...hazard,
			photos: [],
			recheckPhotos: [],
			rectifications: [],
			extensions: [],
			major: null,
			verdict: hazard.verdict && { ...hazard.verdict, note: null }
		}))
	};
}

/** 「提交整改照片」 for one hazard. The id comes with the page, so that a form sent twice is one rectification. */
export const rectificationSchema = z.object({
	id: uuid,
	hazardId: uuid,
	note: z.string().trim().min(1).max(500),
	photos: z.array(sha256).min(1).max(9)
});
