import { expectValue } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import type { Locale } from '#lib/messages/index.ts';
import type { EnterpriseCard, EnterpriseHistory } from './enterprise.ts';
import type { ForeignVisits } from './foreignVisit.ts';

/** One enterprise; null when there is none that the client may see. */
export const readCard = async (client: Client, id: string): Promise<EnterpriseCard | null> =>
	expectValue<EnterpriseCard | null>(await client.rpc('enterprise_card', { p_enterprise: id }));

/** Its checks, newest first, and its open hazards. */
export const readHistory = async (client: Client, id: string): Promise<EnterpriseHistory | null> =>
	expectValue<EnterpriseHistory | null>(await client.rpc('enterprise_history', { p_enterprise: id }));

const foreignDaysShown = 20;

/** What registers of others say of it. */
export const readForeignVisits = async (client: Client, id: string): Promise<ForeignVisits> =>
	expectValue<ForeignVisits>(
		await client.rpc('foreign_visits', { p_enterprise: id, p_most: foreignDaysShown })
	);

/** Names of the kinds of site by code, in the order of the dictionary. */
export async function siteTypeNames(client: Client, locale: Locale): Promise<Record<string, string>> {
	const rows = expectValue<{ code: string; name_zh: string; name_en: string }[]>(
		await client.from('site_types').select('code, name_zh, name_en').order('position').order('code')
	);
	return Object.fromEntries(
		rows.map(({ code, name_zh, name_en }) => [code, locale === 'en' ? name_en : name_zh])
	);
}
