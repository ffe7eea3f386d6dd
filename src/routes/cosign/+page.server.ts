import { pendingOffers } from '#lib/record/cosign.server.ts';
import { requireMember } from '../guard.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { session } = requireMember(event, 'inspector');
	const offers = await pendingOffers(event.locals.client, session.userId);
	return {
		offers: offers.map(({ inspectionId, offeredAt, isSigned, content }) => ({
			inspectionId,
			offeredAt,
			isSigned,
			enterpriseName: content.enterprise.name,
			inspectorName: content.inspector.name,
			hazards: content.hazards.length
		}))
	};
};
