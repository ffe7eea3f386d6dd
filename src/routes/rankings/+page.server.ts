import { shanghaiDate } from '#lib/calendar.ts';
import { hasRole } from '#lib/identity/identity.ts';
import { isRankingSortKey, rankingKinds, sortRanking } from '#lib/ranking/ranking.ts';
import { readRanking } from '#lib/ranking/ranking.server.ts';
import { periodFrom } from '#lib/tally/period.ts';
import { refuse, requireMember } from '../guard.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { memberships } = requireMember(event, 'leader', 'administrator', 'inspector', 'community_worker');
	const { client, locale } = event.locals;
	const query = event.url.searchParams;
	const by = rankingKinds.find((kind) => kind === query.get('by')) ?? 'community';
	const period = periodFrom(query, shanghaiDate(new Date()));
	const asked = query.get('sort');
	const sort = {
		key: isRankingSortKey(asked) ? asked : ('found' as const),
		direction: query.get('order') === 'ascending' ? ('ascending' as const) : ('descending' as const)
	};
	const ranking = await readRanking(client, by, period, locale);
	if (!ranking.ok) refuse(ranking.problem);
	const rows = sortRanking(ranking.value.rows, sort.key, sort.direction, locale);
	return {
		by,
		period,
		sort,
		ranking: { ...ranking.value, rows },
		mayRankEnterprises: hasRole(memberships, 'leader', 'administrator')
	};
};
