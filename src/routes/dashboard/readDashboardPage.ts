import type { RequestEvent } from '@sveltejs/kit';
import { shanghaiDate } from '#lib/calendar.ts';
import { expectValue } from '#lib/backend/answer.ts';
import { siteTypeNames } from '#lib/enterprise/enterprise.server.ts';
import { dashboardFilterFrom } from '#lib/tally/dashboard/dashboard.ts';
import { readDashboard } from '#lib/tally/dashboard/dashboard.server.ts';
import { periodFrom } from '#lib/tally/period.ts';
import { refuse, requireMember } from '../guard.ts';

/** What an address of the dashboard asks for: the page and its file read the same. */
export async function readDashboardPage(event: RequestEvent) {
	requireMember(event, 'leader', 'administrator', 'inspector', 'community_worker');
	const { client, locale } = event.locals;
	const query = event.url.searchParams;
	const period = periodFrom(query, shanghaiDate(new Date()));
	const filter = dashboardFilterFrom(query);
	const [dashboard, names, areas] = await Promise.all([
		readDashboard(client, period, filter),
		siteTypeNames(client, locale),
		client.from('current_areas').select('scope, name').in('level', ['street', 'community'])
	]);
	if (dashboard === null) refuse({ code: 'session.no_membership' });
	const areaNames = Object.fromEntries(
		expectValue<{ scope: string; name: string }[]>(areas).map(({ scope, name }) => [scope, name])
	);
	return { period, filter, dashboard, siteTypeNames: names, areaNames };
}
