import { shanghaiDate } from '#lib/calendar.ts';
import { hasRole } from '#lib/identity/identity.ts';
import { rankingQueryFrom } from '#lib/ranking/measure.ts';
import { rankingKinds } from '#lib/ranking/ranking.ts';
import { readForeignRegisters } from '#lib/ranking/foreignRanking.server.ts';
import { readStreets } from '#lib/ranking/ranking.server.ts';
import { readRankingPage } from '#lib/ranking/rankingPage.server.ts';
import { pageFrom } from '#lib/hazard/hazardRows.ts';
import { periodFrom } from '#lib/tally/period.ts';
import { refuse, requireMember } from '../guard.ts';
import { seenBy } from '../seenBy.ts';
import type { PageServerLoad } from './$types';

const rowsPerPage = 100;

export const load: PageServerLoad = async (event) => {
	const { memberships } = requireMember(event, 'leader', 'administrator', 'inspector', 'community_worker');
	const { client, locale } = event.locals;
	const parameters = event.url.searchParams;
	const by = rankingKinds.find((kind) => kind === parameters.get('by')) ?? 'community';
	const period = periodFrom(parameters, shanghaiDate(new Date()));
	const query = rankingQueryFrom(parameters);
	const page = pageFrom(parameters);
	const [ranking, streets, registers] = await Promise.all([
		readRankingPage(client, { by, period, query, seen: seenBy(event) }, locale, {
			from: (page - 1) * rowsPerPage,
			most: rowsPerPage
		}),
		readStreets(client),
		readForeignRegisters(client)
	]);
	if (!ranking.ok) refuse(ranking.problem);
	return {
		by,
		period,
		query,
		page,
		pageCount: Math.max(1, Math.ceil(ranking.value.total / rowsPerPage)),
		firstPlace: (page - 1) * rowsPerPage + 1,
		ranking: ranking.value,
		street: streets.find(({ scope }) => scope === query.area) ?? null,
		mayRankStreets: streets.length > 1,
		hasRegisters: registers.length > 0,
		mayRankEnterprises: hasRole(memberships, 'leader', 'administrator')
	};
};
