import { pendingOffer } from '#lib/record/cosign.server.ts';
import { describeHazards } from '#lib/record/inspectionPage.server.ts';
import { refuse, requireMember } from '../../guard.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { session } = requireMember(event, 'inspector');
	const offer = await pendingOffer(event.locals.client, session.userId, event.params.id);
	if (!offer.ok) refuse(offer.problem);
	const me = event.locals.memberships.find(({ role }) => role === 'inspector')!;
	const rechecked = offer.value.content.verdicts.map(({ hazardId }) => hazardId);
	return {
		offer: offer.value,
		rechecked: await describeHazards(event.locals.client, rechecked),
		me: { userId: session.userId, name: me.displayName, licence: me.licenceNumber }
	};
};
