import { expectValue } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import { readAreasOfPicture } from '#lib/area/boundary.server.ts';
import { shanghaiDate } from '#lib/calendar.ts';
import { lookAt } from '#lib/enterprise/mapDrawing/lookAt.ts';
import { totalOf, type MapIndex } from '#lib/enterprise/mapIndex/mapIndex.ts';
import { noFilter } from '#lib/enterprise/mapIndex/mapFilter.ts';
import type { Locale } from '#lib/messages/index.ts';
import { readSupervisions } from '#lib/plan/supervision/supervision.server.ts';
import { supervisionFilterFrom } from '#lib/plan/supervision/supervision.ts';
import { failure, success, type Result } from '#lib/problem.ts';
import { firstPlaces } from '#lib/ranking/ranking.ts';
import { readRanking } from '#lib/ranking/ranking.server.ts';
import { readDailyFlows, readOverview } from '#lib/tally/overview.server.ts';
import { periodFrom } from '#lib/tally/period.ts';
import { changesShown, rankingRowsShown, type Change, type ScreenContent } from './screen.ts';

export interface ScreenRequest {
	locale: Locale;
	place: string | null;
	version: string;
	index: MapIndex;
	/** Scopes that the client may see. */
	visible: readonly string[];
}

/** The wall of what the client may see, of the last thirty days up to today. */
export async function readScreen(
	client: Client,
	{ locale, place, version, index, visible }: ScreenRequest
): Promise<Result<ScreenContent>> {
	// Before the figures: what comes while they are read is asked for again.
	const { position } = index;
	const today = shanghaiDate(new Date());
	const period = periodFrom(new URLSearchParams(), today);
	const seen = { scopes: visible, today };
	const [overview, communities, siteTypes, flows, boundaries, supervisions, changes] = await Promise.all([
		readOverview(client, period),
		readRanking(client, 'community', period, locale, { seen }),
		readRanking(client, 'site_type', period, locale, { seen }),
		readDailyFlows(client, period),
		readAreasOfPicture(client),
		readSupervisions(client, supervisionFilterFrom(new URLSearchParams())),
		client.rpc('recent_changes', { p_limit: changesShown })
	]);
	if (overview === null) return failure('session.no_membership');
	if (!communities.ok) return communities;
	if (!siteTypes.ok) return siteTypes;
	const selection = index.select(visible, noFilter, null);
	return success({
		version,
		place,
		overview,
		supervision: { open: supervisions.counts.open, overdue: supervisions.counts.overdue },
		communities: firstPlaces(communities.value, rankingRowsShown),
		siteTypes: firstPlaces(siteTypes.value, rankingRowsShown),
		flows,
		look: lookAt(index, selection, boundaries, 'band'),
		enterprises: totalOf(selection).all,
		changes: expectValue<Change[]>(changes),
		position
	});
}
