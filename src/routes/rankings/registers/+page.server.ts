import { hasRole } from '#lib/identity/identity.ts';
import { rankForeign, readForeignRegisters } from '#lib/ranking/foreignRanking.server.ts';
import { readStreets } from '#lib/ranking/ranking.server.ts';
import { requireMember } from '../../guard.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { memberships } = requireMember(event, 'leader', 'administrator', 'inspector', 'community_worker');
	const { client } = event.locals;
	const [registers, streets] = await Promise.all([readForeignRegisters(client), readStreets(client)]);
	const source =
		registers.find((name) => name === event.url.searchParams.get('source')) ?? registers[0] ?? null;
	return {
		registers,
		source,
		rows: source === null ? [] : await rankForeign(client, source),
		mayRankStreets: streets.length > 1,
		mayRankEnterprises: hasRole(memberships, 'leader', 'administrator')
	};
};
