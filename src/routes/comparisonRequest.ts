import type { RequestEvent } from '@sveltejs/kit';
import { readComparison } from '#lib/assessment/past/comparison.server.ts';
import { isIsoDate } from '#lib/calendar.ts';
import {
	comparisonFilterFrom,
	daysCompared,
	type Comparison
} from '#lib/enterprise/comparison/comparison.ts';
import type { Bounds } from '#lib/enterprise/mapIndex/mapFilter.ts';
import { keptMap } from '#lib/live/mapKeeper.server.ts';
import { success, type Result } from '#lib/problem.ts';
import { pastProblem, type MapRequest } from './mapRequest.ts';

/** The two days of `?on=2026-11-01&against=2026-05-01` (without `on`: today); null when nothing is compared. */
export async function comparisonOf(
	{ url, locals }: RequestEvent,
	{ visible, filter, found }: Pick<MapRequest, 'visible' | 'filter' | 'found'>,
	page: { bounds: Bounds | null; offset: number; limit: number }
): Promise<Result<Comparison> | null> {
	const [day, against] = ['on', 'against'].map((name) => {
		const text = url.searchParams.get(name);
		return isIsoDate(text) ? text : null;
	});
	const { today } = keptMap().index;
	const days = daysCompared(day!, against!, today);
	if (days === null) return null;
	const problem = pastProblem(visible);
	if (problem) return { ok: false, problem };
	const asked = comparisonFilterFrom(url.searchParams);
	const question = { visible, filter, found, ...days, today, asked, ...page };
	return success(await readComparison(locals.client, question));
}
