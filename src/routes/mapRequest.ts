import type { RequestEvent } from '@sveltejs/kit';
import { mostPastSites, readPastMap } from '#lib/assessment/past/pastMap.server.ts';
import { isIsoDate, type IsoDate } from '#lib/calendar.ts';
import { searchOrdinals } from '#lib/enterprise/mapIndex/mapLines.server.ts';
import { filterFrom, noFilter, type MapFilter } from '#lib/enterprise/mapIndex/mapFilter.ts';
import { totalOf, type MapIndex } from '#lib/enterprise/mapIndex/mapIndex.ts';
import { visibilityOf } from '#lib/live/liveEvent.ts';
import { keptMap } from '#lib/live/mapKeeper.server.ts';
import type { Problem } from '#lib/problem.ts';
import { refuse, requireMember } from './guard.ts';

/** What a request for the map is about. */
export interface MapRequest {
	index: MapIndex;
	/** Scopes that the asker may see as staff. */
	visible: string[];
	filter: MapFilter;
	/** What the words of the filter were found in. */
	found: ReadonlySet<number> | null;
}

/** Who asks, for what, and the map as it is. The map is for staff; a principal has 「我的企业」. */
export async function mapRequest(event: RequestEvent): Promise<MapRequest> {
	const { memberships } = requireMember(event);
	const visible = visibilityOf(memberships).scopes.toSorted();
	if (visible.length === 0) refuse({ code: 'permission.role' });
	const filter = filterFrom(event.url.searchParams);
	const map = keptMap();
	const [found] = await Promise.all([findOnce(event, visible, filter.q), map.settled()]);
	const day = event.url.searchParams.get('on');
	const isPast = isIsoDate(day) && day < map.index.today;
	return { index: isPast ? await pastIndex(event, visible, day) : map.index, visible, filter, found };
}

/** Who sees too much cannot have it replayed; null: they can. */
export function pastProblem(visible: readonly string[]): Problem | null {
	const got = totalOf(keptMap().index.select(visible, noFilter)).all;
	return got > mostPastSites
		? { code: 'map.past_too_many', details: { got, expected: mostPastSites } }
		: null;
}

/** The map of `?on=2026-05-01`, for who does not see too much of it. */
async function pastIndex(
	{ locals }: RequestEvent,
	visible: readonly string[],
	day: IsoDate
): Promise<MapIndex> {
	const now = keptMap().index;
	const problem = pastProblem(visible);
	if (problem) refuse(problem);
	const past = await readPastMap(locals.client, visible, day);
	// A page that shows it follows the figures around it from now on.
	past.position = now.position;
	return past;
}

/** The tiles of one view ask for the same words within a moment: they share one search. */
const keptMilliseconds = 20_000;
const searches = new Map<string, { found: Promise<Set<number> | null>; until: number }>();

function findOnce(
	{ locals }: RequestEvent,
	visible: readonly string[],
	q: string
): Promise<ReadonlySet<number> | null> {
	if (q === '') return Promise.resolve(null);
	const now = Date.now();
	for (const [key, { until }] of searches) if (until < now) searches.delete(key);
	const key = `${visible.join()}?${q}`;
	const known = searches.get(key);
	if (known) return known.found;
	const found = searchOrdinals(locals.client, q);
	searches.set(key, { found, until: now + keptMilliseconds });
	found.catch(() => searches.delete(key));
	return found;
}
