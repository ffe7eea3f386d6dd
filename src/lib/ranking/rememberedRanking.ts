import type { IsoDate } from '#lib/calendar.ts';
import type { Tallies } from '#lib/tally/cube/followTallies.server.ts';
import type { TallyKeys } from '#lib/tally/cube/tallyCube.ts';
import type { Period } from '#lib/tally/period.ts';
import type { Ranking, RankingKind, RankingRow } from './ranking.ts';

/** Who asks, as the server knows them: what is in memory has no row-level security. */
export interface Seen {
	/** Scopes that the asker may see as staff. */
	scopes: readonly string[];
	today: IsoDate;
}

/** What of the scopes lies below an area: the area itself where it is within one of them. */
export const seenBelow = (scopes: readonly string[], area: string): string[] =>
	scopes.flatMap((scope) => (area.startsWith(scope) ? [area] : scope.startsWith(area) ? [scope] : []));

interface Keys {
	keys: string[];
	labels: string[];
}

/** Who ranks what is asked again and again; remembered as long as no place and no name changes. */
const remembered = new WeakMap<TallyKeys, Map<string, Keys>>();
const mostRemembered = 500;

function keysFor(all: TallyKeys, by: RankingKind, seen: readonly string[]): Keys {
	let known = remembered.get(all);
	if (!known) remembered.set(all, (known = new Map<string, Keys>()));
	const name = by === 'site_type' ? by : `${by} ${seen.join()}`;
	const found = known.get(name);
	if (found) return found;
	const pairs: (readonly [string, string])[] =
		by === 'site_type'
			? all.siteTypes.map(([code, nameZh]) => [code, nameZh])
			: all.places
					.filter(([scope, level]) => level === by && seen.some((outer) => scope.startsWith(outer)))
					.map(([scope, , label]) => [scope, label]);
	const keys = { keys: pairs.map(([key]) => key), labels: pairs.map(([, label]) => label) };
	if (known.size >= mostRemembered) known.clear();
	known.set(name, keys);
	return keys;
}

/** The same ranking as the database's `rankings`, from the sums in memory. */
export function rememberedRanking(
	{ cube, keys: all }: Tallies,
	by: RankingKind,
	{ from, to }: Period,
	{ scopes, today }: Seen,
	area: string
): Ranking {
	const seen = seenBelow(scopes, area);
	const { keys, labels } = keysFor(all, by, seen);
	const counted = cube.rank(by === 'site_type' ? 'site_type' : 'place', keys, { from, to, today }, seen);
	const rows = counted.map((row, index): RankingRow => ({ ...row, label: labels[index]!, previous: null }));
	return { by, from, to, frozen: null, rows };
}
