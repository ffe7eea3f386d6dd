import { expectValue } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import { previousPeriod, type Period } from '../period.ts';
import { dashboardQuery, type Dashboard, type DashboardFilter } from './dashboard.ts';

/** Everything on the dashboard, of what the client may see; null for somebody who sees no scope. */
export const readDashboard = async (
	client: Client,
	period: Period,
	filter: DashboardFilter
): Promise<Dashboard | null> =>
	expectValue<Dashboard | null>(
		await client.rpc('dashboard', {
			p_from: period.from,
			p_to: period.to,
			p_before: previousPeriod(period).from,
			p_filter: dashboardQuery(filter)
		})
	);
