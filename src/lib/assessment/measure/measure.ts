import { z } from 'zod';
import type { IsoDate } from '#lib/calendar.ts';
import type { Band } from '#lib/enterprise/band.ts';
import type { MemberRole } from '#lib/identity/identity.ts';

export type MeasureState = 'proposed' | 'ordered' | 'done' | 'dropped';

/** What a list of measures can be narrowed to; `open` is proposed and ordered. */
export const measureListStates = ['open', 'proposed', 'ordered', 'overdue', 'done', 'dropped'] as const;
export type MeasureListState = (typeof measureListStates)[number];

/** One measure (措施): proposed by the machine, ordered by a person, done with proof or dropped with a reason. */
export interface MeasureRow {
	id: string;
	enterpriseId: string;
	enterpriseName: string;
	community: string | null;
	code: string;
	/** In the words of its scheme. */
	name: string;
	state: MeasureState;
	proposedOn: IsoDate;
	ownerName: string | null;
	deadline: IsoDate | null;
	isMine: boolean;
	isOverdue: boolean;
	closedOn: IsoDate | null;
	/** The band that opened it; null: its scheme is not installed any more. */
	band: Band | null;
}

export interface MeasureRows {
	today: IsoDate;
	total: number;
	counts: Record<MeasureListState, number>;
	/** Who could be given some of them, with `proposed`; empty for who may not order. */
	owners: MeasureOwner[];
	rows: MeasureRow[];
}

export const measuresPerPage = 50;

export interface MeasureOwner {
	userId: string;
	name: string;
	role: MemberRole;
}

export interface MeasurePage extends MeasureRow {
	today: IsoDate;
	orderNote: string | null;
	orderedOn: IsoDate | null;
	orderedBy: string | null;
	closingNote: string | null;
	closedBy: string | null;
	mayOrder: boolean;
	mayComplete: boolean;
	photos: string[];
	/** Who could be given it, while it waits to be ordered. */
	owners: MeasureOwner[];
}

export interface MeasureFilter {
	state: MeasureListState | 'all';
	enterprise: string | null;
	community: string | null;
	mine: boolean;
	/** Words of the enterprise's, the measure's or the owner's name. */
	q: string | null;
}

/** The filter that an address names; what it says badly is not heard. */
export function measureFilterFrom(query: Pick<URLSearchParams, 'get'>): MeasureFilter {
	const scope = query.get('community') ?? '';
	const enterprise = z.uuid().safeParse(query.get('enterprise'));
	return {
		state: measureListStates.find((state) => state === query.get('state')) ?? 'open',
		enterprise: enterprise.success ? enterprise.data : null,
		community: /^\d+$/.test(scope) ? scope : null,
		mine: query.get('mine') === '1',
		q: query.get('q')?.trim() || null
	};
}

export const orderSchema = z.object({
	owner: z.uuid(),
	deadline: z.iso.date(),
	note: z.string().trim().max(500).default('')
});
/** Several at once, as a form sends them. */
export const bulkOrderSchema = orderSchema.extend({
	measures: z.array(z.uuid()).min(1).max(measuresPerPage)
});
export const completionSchema = z.object({ note: z.string().trim().min(2).max(1000) });
export const dropSchema = z.object({ reason: z.string().trim().min(2).max(1000) });
