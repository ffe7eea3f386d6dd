import { shanghaiDate } from '#lib/calendar.ts';
import { loadTranslate } from '#lib/messages/index.ts';
import { rankingQueryFrom } from '#lib/ranking/measure.ts';
import { rankingKinds } from '#lib/ranking/ranking.ts';
import { readRankingPage } from '#lib/ranking/rankingPage.server.ts';
import { rankingSheet } from '#lib/ranking/rankingSheet.ts';
import { periodFrom } from '#lib/tally/period.ts';
import { sheetFile, sheetFormats } from '#lib/tally/sheet.server.ts';
import { refuse, requireMember } from '../../guard.ts';
import { seenBy } from '../../seenBy.ts';
import type { RequestHandler } from './$types';

/** The whole ranking that an address of the page shows, as a file: `?format=csv|xlsx`. */
export const GET: RequestHandler = async (event) => {
	requireMember(event, 'leader', 'administrator', 'inspector', 'community_worker');
	const { client, locale } = event.locals;
	const parameters = event.url.searchParams;
	const format = sheetFormats.find((each) => each === parameters.get('format')) ?? 'xlsx';
	const by = rankingKinds.find((kind) => kind === parameters.get('by')) ?? 'community';
	const query = rankingQueryFrom(parameters);
	const period = periodFrom(parameters, shanghaiDate(new Date()));
	const ranking = await readRankingPage(client, { by, period, query, seen: seenBy(event) }, locale);
	if (!ranking.ok) refuse(ranking.problem);
	const t = await loadTranslate(locale);
	const sheet = rankingSheet(t, ranking.value, ranking.value.rows, query.measure);
	return sheetFile(`${t(`ranking.${by}`)} ${period.from} ${period.to}`, [sheet], format);
};
