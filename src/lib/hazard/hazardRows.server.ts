import { expectValue } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import { saidOf, type HazardFilter, type HazardRows } from './hazardRows.ts';

/** A page of hazards that the client may see, the most pressing first. */
export async function readHazardRows(
	client: Client,
	filter: HazardFilter,
	page: number
): Promise<HazardRows> {
	return expectValue<HazardRows>(await client.rpc('hazard_rows', { p_filter: saidOf(filter), p_page: page }));
}
