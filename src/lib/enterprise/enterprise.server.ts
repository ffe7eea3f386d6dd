import { expectValue } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import type { Locale } from '#lib/messages/index.ts';
import type { EnterpriseCard, EnterpriseHistory } from './enterprise.ts';
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

/** One enterprise; null when there is none that the client may see. */
export const readCard = async (client: Client, id: string): Promise<EnterpriseCard | null> =>
	expectValue<EnterpriseCard | null>(await client.rpc('enterprise_card', { p_enterprise: id }));

/** Its checks, newest first, and its open hazards. */
export const readHistory = async (client: Client, id: string): Promise<EnterpriseHistory | null> =>
	expectValue<EnterpriseHistory | null>(await client.rpc('enterprise_history', { p_enterprise: id }));

/** Names of the kinds of site by code, in the order of the dictionary. */
export async function siteTypeNames(client: Client, locale: Locale): Promise<Record<string, string>> {
	const rows = expectValue<{ code: string; name_zh: string; name_en: string }[]>(
		await client.from('site_types').select('code, name_zh, name_en').order('position').order('code')
	);
	return Object.fromEntries(
		rows.map(({ code, name_zh, name_en }) => [code, locale === 'en' ? name_en : name_zh])
	);
}
