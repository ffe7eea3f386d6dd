import { expectValue } from '#lib/backend/answer.ts';
import { siteTypeNames } from '#lib/enterprise/enterprise.server.ts';
import { renderReport } from '#lib/document/renderReport.server.ts';
import { loadTranslate } from '#lib/messages/index.ts';
import { monthlyReport } from '#lib/ranking/monthlyReport.ts';
import { readMonth } from '#lib/ranking/monthlyReport.server.ts';
import { drawInline } from '#lib/tally/charts.server.ts';
import { flowsOption, printColours } from '#lib/tally/dashboard/flowsChart.ts';
import { refuse, requireMember } from '../../../guard.ts';
import { pdfResponse } from '../../../pdfResponse.ts';
import { lineNames } from '../../lineNames.ts';
import type { RequestHandler } from './$types';

/** 月报 of a month that is frozen, of what the asker may see. */
export const GET: RequestHandler = async (event) => {
	const { memberships } = requireMember(event, 'leader', 'administrator');
	const { client, locale } = event.locals;
	const [month, names, areas, t] = await Promise.all([
		readMonth(client, event.params.month, locale),
		siteTypeNames(client, locale),
		client.from('current_areas').select('scope, name, is_sample').in('level', ['street', 'community']),
		loadTranslate(locale)
	]);
	if (!month.ok) refuse(month.problem);
	const known = expectValue<{ scope: string; name: string; is_sample: boolean }[]>(areas);
	const areaNames = Object.fromEntries(known.map(({ scope, name }) => [scope, name]));
	const chartNames = {
		found: t('tally.found'),
		closed: t('tally.closed'),
		open: t('dashboard.open_at_end'),
		overdue: t('dashboard.overdue_at_end')
	};
	const option = flowsOption(month.value.dashboard.flows, chartNames, printColours);
	const place = memberships.length === 1 ? memberships[0]!.placeName : null;
	const report = monthlyReport(t, {
		...month.value,
		place: place ?? t('tally.all_areas'),
		isSample: known.some(({ is_sample }) => is_sample),
		names: lineNames(t, { siteTypeNames: names, areaNames }),
		chart: drawInline(option, { widthPixels: 640, heightPixels: 250 })
	});
	const bytes = renderReport(report);
	if (!bytes.ok) refuse(bytes.problem);
	return pdfResponse({ bytes: bytes.value, fileName: `${report.title} ${event.params.month}.pdf` });
};
