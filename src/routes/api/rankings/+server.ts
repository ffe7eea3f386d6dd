import { json } from '@sveltejs/kit';
import { shanghaiDate } from '#lib/calendar.ts';
import { perHundred, rankingKinds } from '#lib/ranking/ranking.ts';
import { readRanking } from '#lib/ranking/ranking.server.ts';
import { periodFrom } from '#lib/tally/period.ts';
import { problemAnswer, requireMember } from '../../guard.ts';
import type { RequestHandler } from './$types';

/** `?by=community|site_type&from=&to=`: what the charts and tables show, for other programs. */
export const GET: RequestHandler = async (event) => {
	requireMember(event);
	const { url, locals } = event;
	const by = rankingKinds.find((kind) => kind === url.searchParams.get('by'));
	if (!by) return problemAnswer({ code: 'request.invalid', path: 'by' });
	const period = periodFrom(url.searchParams, shanghaiDate(new Date()));
	if (url.searchParams.has('from') && period.kind !== 'custom')
		return problemAnswer({ code: 'request.invalid', path: 'from' });
	const ranking = await readRanking(locals.client, by, period, locals.locale);
	if (!ranking.ok) return problemAnswer(ranking.problem);
	const rows = ranking.value.rows.map((row) => ({ ...row, per100: perHundred(row) }));
	return json({ ...ranking.value, rows }, { headers: { 'cache-control': 'private, no-cache' } });
};
