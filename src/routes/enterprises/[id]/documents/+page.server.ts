import { error } from '@sveltejs/kit';
import { actKinds } from '#lib/document/acts.ts';
import { readCard } from '#lib/enterprise/enterprise.server.ts';
import { scopeCovers } from '#lib/identity/identity.ts';
import { issuingMembership } from '#lib/record/act.ts';
import { readActs } from '#lib/record/act.server.ts';
import { requireMember } from '../../../guard.ts';
import type { PageServerLoad } from './$types';

/** 出具文书: what may be issued to this enterprise on its own, and what was. */
export const load: PageServerLoad = async (event) => {
	const { memberships } = requireMember(event);
	const { client } = event.locals;
	const [card, acts] = await Promise.all([
		readCard(client, event.params.id),
		readActs(client, event.params.id)
	]);
	if (!card) error(404, { message: 'not_found', problem: { code: 'not_found' } });
	return {
		enterprise: { id: card.id, name: card.name, isSample: card.isSample, stops: card.stops },
		acts,
		mayPlan: memberships.some(({ role, scope }) => role === 'inspector' && scopeCovers(scope, card.scope)),
		kinds: actKinds.filter((kind) => issuingMembership(memberships, kind, card.scope) !== null)
	};
};
