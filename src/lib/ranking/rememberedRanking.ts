import type { IsoDate } from '#lib/calendar.ts';
import type { Tallies } from '#lib/tally/cube/followTallies.server.ts';
import type { Period } from '#lib/tally/period.ts';
import type { Ranking, RankingKind } from './ranking.ts';

/** Who asks, as the server knows them: what is in memory has no row-level security. */
export interface Seen {
	/** Scopes that the asker may see as staff. */
	scopes: readonly string[];
	today: IsoDate;
}

/** What of the scopes lies below an area: the area itself where it is within one of them. */
export const seenBelow = (scopes: readonly string[], area: string): string[] =>
	scopes.flatMap((scope) => (area.startsWith(scope) ? [area] : scope.startsWith(area) ? [scope] : []));

/** The same ranking as the database's `rankings`, from the sums in memory. */
export function rememberedRanking(
	{ cube, keys }: Tallies,
	by: RankingKind,
	{ from, to }: Period,
	{ scopes, today }: Seen,
	area: string
): Ranking {
	const seen = seenBelow(scopes, area);
	const labels = new Map(
		by === 'site_type'
			? keys.siteTypes.map(([code, name]) => [code, name] as const)
			: keys.places
					.filter(([scope, level]) => level === by && seen.some((outer) => scope.startsWith(outer)))
					.map(([scope, , name]) => [scope, name] as const)
	);
	const rows = cube.rank(
		by === 'site_type' ? 'site_type' : 'place',
		[...labels.keys()],
		{ from, to, today },
		seen
	);
	return {
		by,
		from,
		to,
		frozen: null,
		rows: rows.map((row) => ({ ...row, label: labels.get(row.key)!, previous: null }))
	};
}
