import { readCommunities } from '#lib/area/boundary.server.ts';
import { readDeclaredSchemes } from '#lib/assessment/scheme/schemes.server.ts';
import { siteTypeNames } from '#lib/enterprise/enterprise.server.ts';
import { pageFrom } from '#lib/hazard/hazardRows.ts';
import { enterpriseRankingFilter } from '#lib/ranking/enterpriseRanking.ts';
import { readEnterpriseRanking } from '#lib/ranking/enterpriseRanking.server.ts';
import { readForeignRegisters } from '#lib/ranking/foreignRanking.server.ts';
import { readStreets } from '#lib/ranking/ranking.server.ts';
import { refuse, requireMember } from '../../guard.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	requireMember(event, 'leader', 'administrator');
	const { client, locale } = event.locals;
	const query = event.url.searchParams;
	const [schemes, names, communities, streets, registers] = await Promise.all([
		readDeclaredSchemes(client),
		siteTypeNames(client, locale),
		readCommunities(client),
		readStreets(client),
		readForeignRegisters(client)
	]);
	const filter = enterpriseRankingFilter(
		query,
		schemes.map(({ packId }) => packId)
	);
	const page = pageFrom(query);
	const ranking = filter && (await readEnterpriseRanking(client, filter, page));
	if (ranking && !ranking.ok) refuse(ranking.problem);
	return {
		filter,
		page,
		ranking: ranking?.value ?? null,
		schemes: schemes.map(({ packId, name }) => ({ value: packId, label: name })),
		siteTypeNames: names,
		mayRankStreets: streets.length > 1,
		hasRegisters: registers.length > 0,
		communities: communities.features.map(({ properties }) => ({
			value: properties.scope,
			label: properties.name
		}))
	};
};
