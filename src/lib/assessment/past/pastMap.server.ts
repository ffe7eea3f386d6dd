import { expectValue } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import type { IsoDate } from '#lib/calendar.ts';
import type { MapIndex } from '#lib/enterprise/mapIndex/mapIndex.ts';
import type { Pack } from '#scoring';
import { readPack } from '../scheme/schemes.server.ts';
import { beginningOf, pastDay, type PastDay, type PastDeclaration, type PastSite } from './pastMap.ts';

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
	/** The first day of which anything is known. */
	beginsOn: IsoDate | null;
	days: Map<IsoDate, PastDay>;
}

const sitesPerPage = 500;
/** A street is read within a second; a city is not, and is looked at a street at a time. */
export const mostPastSites = 20_000;
/** What is sealed meanwhile is seen after so long. */
const keptMilliseconds = 10 * 60_000;
const keptTillNowMilliseconds = 20_000;
const pastsKept = 3;
const daysKept = 40;

const pasts = new Map<string, { past: Promise<Past>; readAt: number }>();

async function readPast(client: Client): Promise<Past> {
	const past: Past = { sites: [], declarations: [], packs: new Map(), beginsOn: null, days: new Map() };
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
	past.beginsOn = beginningOf(past.sites);
	return past;
}

/**
 * Days as they were, of what the client may see: their maps and points. Everything is read once for a while, so that
 * days follow each other quickly.
 * @param visible the client's scopes: whose past it is
 * @param isTillNow today is among them: what was read is soon read again
 */
export async function readPastDays(
	client: Client,
	visible: readonly string[],
	days: readonly IsoDate[],
	{ isTillNow = false } = {}
): Promise<{ days: PastDay[]; beginsOn: IsoDate | null }> {
	const past = await pastOf(client, visible, isTillNow ? keptTillNowMilliseconds : keptMilliseconds);
	return { days: days.map((day) => dayOf(past, day)), beginsOn: past.beginsOn };
}

function dayOf(past: Past, day: IsoDate): PastDay {
	let known = past.days.get(day);
	if (!known) {
		known = pastDay(past.sites, past.declarations, past.packs, day);
		past.days.set(day, known);
		if (past.days.size > daysKept) past.days.delete(past.days.keys().next().value!);
	}
	return known;
}

/** The map of one of them. */
export async function readPastMap(
	client: Client,
	visible: readonly string[],
	day: IsoDate
): Promise<MapIndex> {
	const { days } = await readPastDays(client, visible, [day]);
	return days[0]!.index;
}

function pastOf(client: Client, visible: readonly string[], milliseconds: number): Promise<Past> {
	const now = Date.now();
	for (const [key, { readAt }] of pasts) if (readAt + keptMilliseconds < now) pasts.delete(key);
	const key = visible.join();
	const known = pasts.get(key);
	if (known && known.readAt + milliseconds >= now) return known.past;
	// Set anew, it is the last to be forgotten.
	pasts.delete(key);
	const past = readPast(client);
	pasts.set(key, { past, readAt: now });
	// An outage must not be remembered as an answer.
	past.catch(() => pasts.delete(key));
	if (pasts.size > pastsKept) pasts.delete(pasts.keys().next().value!);
	return past;
}
