import { json } from '@sveltejs/kit';
import { shanghaiDate } from '#lib/calendar.ts';
import { rankingQueryFrom } from '#lib/ranking/measure.ts';
import { perHundred, rankingKinds } from '#lib/ranking/ranking.ts';
import { readRankingPage } from '#lib/ranking/rankingPage.server.ts';
import { periodFrom } from '#lib/tally/period.ts';
import { problemAnswer, requireMember } from '../../guard.ts';
import { seenBy } from '../../seenBy.ts';
import type { RequestHandler } from './$types';

/** Nobody reads more lines at once; `offset` leads on. */
const mostRows = 5_000;

/**
 * `?by=community|street|site_type&from=&to=`: what the charts and tables show, for other programs. Also `area` (only below
 * this place), `measure`, `sort`, `order`, `limit` and `offset`; `total` is the number of all rows.
 */
export const GET: RequestHandler = async (event) => {
	requireMember(event);
	const { url, locals } = event;
	const by = rankingKinds.find((kind) => kind === url.searchParams.get('by'));
	if (!by) return problemAnswer({ code: 'request.invalid', path: 'by' });
	const period = periodFrom(url.searchParams, shanghaiDate(new Date()));
	if (url.searchParams.has('from') && period.kind !== 'custom')
		return problemAnswer({ code: 'request.invalid', path: 'from' });
	const query = rankingQueryFrom(url.searchParams);
	const ranking = await readRankingPage(
		locals.client,
		{ by, period, query, seen: seenBy(event) },
		locals.locale,
		{
			from: numberOf(url.searchParams.get('offset'), 0),
			most: Math.min(mostRows, numberOf(url.searchParams.get('limit'), mostRows))
		}
	);
	if (!ranking.ok) return problemAnswer(ranking.problem);
	const rows = ranking.value.rows.map((row) => ({ ...row, per100: perHundred(row) }));
	return json(
		{ ...ranking.value, measure: query.measure, rows },
		{ headers: { 'cache-control': 'private, no-cache' } }
	);
};

const numberOf = (text: string | null, otherwise: number): number =>
	text !== null && /^\d{1,9}$/.test(text) ? Number(text) : otherwise;
