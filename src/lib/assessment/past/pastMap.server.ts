import { expectValue } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import type { IsoDate } from '#lib/calendar.ts';
import type { MapIndex } from '#lib/enterprise/mapIndex/mapIndex.ts';
import type { Pack } from '#scoring';
import { readPack } from '../scheme/schemes.server.ts';
import { pastMap, type PastDeclaration, type PastSite } from './pastMap.ts';

interface PastPage {
	last: number | null;
	declared: PastDeclaration[] | null;
	sites: PastSite[];
}

/** What happened everywhere in what somebody sees, and the days that were looked at. */
interface Past {
	sites: PastSite[];
	declarations: PastDeclaration[];
	packs: Map<string, Pack>;
	days: Map<IsoDate, MapIndex>;
}

const sitesPerPage = 500;
/** A street is read within a second; a city is not, and is looked at a street at a time. */
export const mostPastSites = 20_000;
/** What is sealed meanwhile is seen after so long. */
const keptMilliseconds = 10 * 60_000;
const pastsKept = 3;
const daysKept = 40;

const pasts = new Map<string, { past: Promise<Past>; until: number }>();

async function readPast(client: Client): Promise<Past> {
	const past: Past = { sites: [], declarations: [], packs: new Map(), days: new Map() };
	for (let after = 0; ;) {
		const page = expectValue<PastPage>(
			await client.rpc('past_sites', { p_after: after, p_limit: sitesPerPage })
		);
		if (page.declared) past.declarations = page.declared;
		past.sites.push(...page.sites);
		if (page.last === null) break;
		after = page.last;
	}
	for (const { packSha256 } of past.declarations)
		if (!past.packs.has(packSha256)) past.packs.set(packSha256, await readPack(client, packSha256));
	return past;
}

/**
 * The map of a past day of what the client may see. Everything is read once for a while, so that days follow each other
 * quickly.
 * @param visible the client's scopes: whose past it is
 */
export async function readPastMap(
	client: Client,
	visible: readonly string[],
	day: IsoDate
): Promise<MapIndex> {
	const past = await pastOf(client, visible);
	let index = past.days.get(day);
	if (!index) {
		index = pastMap(past.sites, past.declarations, past.packs, day);
		past.days.set(day, index);
		if (past.days.size > daysKept) past.days.delete(past.days.keys().next().value!);
	}
	return index;
}

function pastOf(client: Client, visible: readonly string[]): Promise<Past> {
	const now = Date.now();
	for (const [key, { until }] of pasts) if (until < now) pasts.delete(key);
	const key = visible.join();
	const known = pasts.get(key);
	if (known) return known.past;
	const past = readPast(client);
	pasts.set(key, { past, until: now + keptMilliseconds });
	// An outage must not be remembered as an answer.
	past.catch(() => pasts.delete(key));
	if (pasts.size > pastsKept) pasts.delete(pasts.keys().next().value!);
	return past;
}
