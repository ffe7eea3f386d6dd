import { redirect } from '@sveltejs/kit';
import { findByCreditCode, readRound } from '#lib/plan/round.server.ts';
import { requireMember } from '../guard.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { session } = requireMember(event, 'inspector', 'community_worker');
	const { client } = event.locals;
	const code = event.url.searchParams.get('code')?.trim().toUpperCase() ?? null;
	if (code) {
		const enterpriseId = await findByCreditCode(client, code);
		if (enterpriseId) redirect(303, `/visit/new?enterprise=${enterpriseId}`);
	}
	return { tasks: await readRound(client), userId: session.userId, unknownCode: code };
};
