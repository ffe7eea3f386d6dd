import type { IsoDate } from '#lib/calendar.ts';
import type { Band } from '#lib/enterprise/band.ts';

export interface EnterpriseRankingFilter {
	/** Id of the scheme; places are only ever compared within one. */
	pack: string;
	community: string | null;
	siteType: string | null;
	q: string | null;
}

/** One enterprise under a scheme. Points are 1/100. */
export interface RankedEnterprise {
	enterpriseId: string;
	name: string;
	community: string | null;
	siteType: string;
	/** Equal points share a place. */
	place: number;
	points: number;
	/** With everything that waits confirmed. */
	pendingPoints: number;
	band: Band;
	bandSince: IsoDate | null;
	lastInspectedOn: IsoDate | null;
}

export interface EnterpriseRanking {
	today: IsoDate;
	total: number;
	/** 未评估: without a place. */
	notEvaluated: number;
	rows: RankedEnterprise[];
}

export const rankedPerPage = 50;

/** The filter that an address names; what it says badly is not heard. */
export function enterpriseRankingFilter(
	query: Pick<URLSearchParams, 'get'>,
	packs: readonly string[]
): EnterpriseRankingFilter | null {
	const pack = packs.find((id) => id === query.get('pack')) ?? packs[0];
	if (pack === undefined) return null;
	const community = query.get('community') ?? '';
	return {
		pack,
		community: /^\d+$/.test(community) ? community : null,
		siteType: query.get('siteType') || null,
		q: query.get('q')?.trim() || null
	};
}
