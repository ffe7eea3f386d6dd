import { redirect } from '@sveltejs/kit';
import { readCard, readHistory } from '#lib/enterprise/enterprise.server.ts';
import { homePath } from '#lib/identity/identity.ts';
import { readOwnNotices } from '#lib/plan/notice/ownNotices.server.ts';
import { requireMember } from '../guard.ts';
import { channelsFrom } from '../notices/channels.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { memberships } = requireMember(event);
	const ids = memberships.flatMap(({ enterpriseId }) => (enterpriseId === null ? [] : [enterpriseId]));
	if (ids.length === 0) redirect(303, homePath(memberships));
	const { client, locale } = event.locals;
	// One person may lead two firms.
	const own = await Promise.all(
		[...new Set(ids)].map(async (id) => ({
			card: await readCard(client, id),
			history: await readHistory(client, id)
		}))
	);
	const { devices } = await readOwnNotices(client);
	return {
		pushKey: channelsFrom(process.env).push && event.locals.backend.keys.push.publicKey,
		devices,
		own: own.flatMap(({ card, history }) =>
			card && history ? [{ card, history, siteTypeName: card.siteTypeName[locale] }] : []
		)
	};
};
