import { expectValue } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import { addDays, type IsoDate } from '#lib/calendar.ts';
import { failure, success, type Result } from '#lib/problem.ts';
import type { Locale } from '#lib/messages/index.ts';
import type { Dashboard } from '#lib/tally/dashboard/dashboard.ts';
import { readDashboard } from '#lib/tally/dashboard/dashboard.server.ts';
import { dashboardFilterFrom } from '#lib/tally/dashboard/dashboard.ts';
import type { MeasuredRow } from './measure.ts';
import { measureRanking, withIntervals } from './measureRanking.ts';
import type { Ranking } from './ranking.ts';
import { readRanking } from './ranking.server.ts';

export interface MonthRead {
	communities: Ranking & { rows: MeasuredRow[] };
	siteTypes: Ranking;
	isAllChance: boolean;
	dashboard: Dashboard;
}

/** The months that are frozen, the latest first. */
export async function readFrozenMonths(client: Client): Promise<{ month: IsoDate; frozenAt: string }[]> {
	const rows = expectValue<{ month: IsoDate; frozen_at: string }[]>(
		await client
			.from('frozen_months')
			.select('month, frozen_at')
			.order('month', { ascending: false })
			.limit(36)
	);
	return rows.map(({ month, frozen_at }) => ({ month, frozenAt: frozen_at }));
}

/** What a monthly report is made of. @param month as `2026-10`; `not_found` where it is not frozen */
export async function readMonth(client: Client, month: string, locale: Locale): Promise<Result<MonthRead>> {
	const from = `${month}-01`;
	const period = { from, to: addDays(`${addDays(from, 31).slice(0, 7)}-01`, -1) };
	const [communities, siteTypes, dashboard] = await Promise.all([
		readRanking(client, 'community', period, locale),
		readRanking(client, 'site_type', period, locale),
		readDashboard(client, period, dashboardFilterFrom(new URLSearchParams()))
	]);
	if (!communities.ok) return communities;
	if (!siteTypes.ok) return siteTypes;
	if (communities.value.frozen === null || dashboard === null) return failure('not_found');
	const { rows, prior } = measureRanking(communities.value.rows, 'smoothed');
	return success({
		communities: { ...communities.value, rows: withIntervals(rows, prior) },
		siteTypes: siteTypes.value,
		isAllChance: prior?.variance === 0,
		dashboard
	});
}
