import { loadTranslate } from '#lib/messages/index.ts';
import { hasRole } from '#lib/identity/identity.ts';
import { drawInline } from '#lib/tally/charts.server.ts';
import { briefText } from '#lib/tally/dashboard/briefText.ts';
import { firstCommunities } from '#lib/tally/dashboard/dashboard.ts';
import { flowsOption, tokenColours } from '#lib/tally/dashboard/flowsChart.ts';
import { lineNames } from './lineNames.ts';
import { readDashboardPage } from './readDashboardPage.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const page = await readDashboardPage(event);
	const t = await loadTranslate(event.locals.locale);
	const names = {
		found: t('tally.found'),
		closed: t('tally.closed'),
		open: t('dashboard.open_at_end'),
		overdue: t('dashboard.overdue_at_end')
	};
	const option = flowsOption(page.dashboard.flows, names, tokenColours);
	const communities = firstCommunities(page.dashboard.communities, page.filter);
	return {
		...page,
		dashboard: { ...page.dashboard, communities },
		communitiesLeftOut: page.dashboard.communities.length - communities.length,
		areaNames: Object.fromEntries(
			[page.filter.area, ...communities.map(({ key }) => key)].flatMap((scope) => {
				const name = page.areaNames[scope];
				return name === undefined ? [] : [[scope, name]];
			})
		),
		brief: briefText(t, page.dashboard, lineNames(t, page).communities),
		pictures: {
			narrow: drawInline(option, { widthPixels: 330, heightPixels: 240 }),
			wide: drawInline(option, { widthPixels: 1200, heightPixels: 300 })
		},
		mayReport: hasRole(event.locals.memberships, 'leader', 'administrator')
	};
};
