import { expectValue } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import { unpackEnterprise, type MapEnterprise, type PackedEnterprise } from './mapEnterprise.ts';
import { wordsOf } from './mapFilter.ts';

/** Enterprises by their ordinals, in that order; those that the client may not see are left out. */
export async function readLines(client: Client, ordinals: readonly number[]): Promise<MapEnterprise[]> {
	if (ordinals.length === 0) return [];
	const lines = expectValue<PackedEnterprise[]>(
		await client.rpc('enterprise_lines', { p_ordinals: [...ordinals] })
	);
	return lines.map(unpackEnterprise);
}

/** How one enterprise stands; null when there is none that the client may see. */
export async function readLine(client: Client, id: string): Promise<MapEnterprise | null> {
	const line = expectValue<PackedEnterprise | null>(await client.rpc('map_enterprise', { p_enterprise: id }));
	return line && unpackEnterprise(line);
}

/** More than so many answers to a search are not told apart on a map. */
const mostFound = 5_000;

/** Ordinals of the enterprises that a search finds, the first 5,000; null: nothing was searched for. */
export async function searchOrdinals(client: Client, q: string): Promise<Set<number> | null> {
	const words = wordsOf(q);
	if (words.length === 0) return null;
	return new Set(
		expectValue<number[]>(await client.rpc('search_enterprises', { p_words: words, p_limit: mostFound }))
	);
}
