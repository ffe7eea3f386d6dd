import { shanghaiDate } from '#lib/calendar.ts';
import { loadTranslate } from '#lib/messages/index.ts';
import { countedRanking } from '#lib/ranking/ranking.server.ts';
import { drawFlows, drawGovernance, type ChartSize } from '#lib/tally/charts.server.ts';
import { readDailyFlows } from '#lib/tally/overview.server.ts';
import { periodFrom } from '#lib/tally/period.ts';
import { problemAnswer, requireMember } from '../../../guard.ts';
import type { RequestHandler } from './$types';

/** Beside each other the two are of one height; below each other, on a phone, the flows need less. */
const heightPixels = 314;
const phone = { widthPixels: 400, heightPixels: 240 };
const widths = { min: 280, usual: 640, max: 1200 };

/** 隐患动态 and 治理情况 of a period as pictures. */
export const GET: RequestHandler = async (event) => {
	requireMember(event);
	const { params, url, locals } = event;
	const { client, locale } = locals;
	const t = await loadTranslate(locale);
	const period = periodFrom(url.searchParams, shanghaiDate(new Date()));
	const asked = Number(url.searchParams.get('width') ?? widths.usual) || widths.usual;
	const widthPixels = Math.min(widths.max, Math.max(widths.min, asked));
	const size: ChartSize = {
		widthPixels,
		heightPixels: widthPixels < phone.widthPixels ? phone.heightPixels : heightPixels
	};
	if (params.chart === 'flows.svg') {
		const names = { found: t('tally.found'), closed: t('tally.closed'), stock: t('tally.flows.stock') };
		return picture(drawFlows(await readDailyFlows(client, period), names, size));
	}
	const ranking = await countedRanking(client, 'community', period);
	if (!ranking.ok) return problemAnswer(ranking.problem);
	const rows = ranking.value.rows.map(({ label, closed, open, overdue }) => ({
		label,
		closed,
		open: open - overdue,
		overdue
	}));
	const names = {
		closed: t('tally.governance.closed'),
		open: t('tally.governance.open'),
		overdue: t('tally.governance.overdue')
	};
	return picture(
		drawGovernance(rows, names, { ...size, heightPixels: Math.max(size.heightPixels, 50 + 22 * rows.length) })
	);
};

const picture = (svg: string): Response =>
	new Response(svg, { headers: { 'content-type': 'image/svg+xml', 'cache-control': 'private, max-age=30' } });
