import { error } from '@sveltejs/kit';
import { readAccount } from '#lib/assessment/account/account.server.ts';
import { accountView } from '#lib/assessment/account/account.ts';
import { packOf } from '#lib/assessment/account/accountContent.ts';
import { packView } from '#lib/assessment/scheme/packView.ts';
import { readCard } from '#lib/enterprise/enterprise.server.ts';
import { hasRole } from '#lib/identity/identity.ts';
import { requireMember } from '../../../guard.ts';
import type { PageServerLoad } from './$types';

/** 履责清单: every clause of the scheme in force, which is what the enterprise answers for (金山, JS-11). */
export const load: PageServerLoad = async (event) => {
	const { memberships } = requireMember(event);
	const { client } = event.locals;
	const { id } = event.params;
	const [card, content] = await Promise.all([readCard(client, id), readAccount(client, id)]);
	if (!card || !content) error(404, { message: 'not_found', problem: { code: 'not_found' } });
	const counting = (accountView(id, content)?.lines ?? []).filter(({ counts }) => counts === 'effective');
	return {
		enterprise: { id, name: card.name, isSample: card.isSample },
		pack: content.scheme && packView(packOf(content.scheme)),
		/** Entries that count today, by clause: the first of them and how many. */
		entries: Object.fromEntries(
			[...Map.groupBy(counting, ({ clause }) => clause)].map(([clause, lines]) => [
				clause,
				{ count: lines.length, factId: lines[0]!.factId }
			])
		),
		isPrincipal: !hasRole(memberships, 'leader', 'administrator', 'inspector', 'community_worker')
	};
};
