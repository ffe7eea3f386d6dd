import { readAnswer } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import { nameInitials } from '#lib/enterprise/register/nameInitials.ts';
import type { Result } from '#lib/problem.ts';
import type { NewPlace } from './newPlace.ts';

/** Registers a place found on the spot, with the phone's own id for it: sent twice, it is one. */
export async function addPlace(
	client: Client,
	place: NewPlace,
	absenceText: string | null
): Promise<Result<{ id: string }>> {
	return readAnswer<{ id: string }>(
		await client.rpc('add_enterprise', {
			p_enterprise: {
				id: place.id,
				name: place.name,
				nameInitials: nameInitials(place.name),
				siteType: place.siteType,
				address: place.address,
				creditCode: place.creditCode,
				creditCodeAbsence: absenceText,
				contactName: place.contactName,
				contactPhone: place.contactPhone,
				...(place.position && { ...place.position, locationSource: 'device' })
			}
		})
	);
}
