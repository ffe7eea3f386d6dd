import type { APIResponse, BrowserContext } from '@playwright/test';
import { v7 as uuidV7 } from 'uuid';
import { buildContent, fixContent } from '#lib/record/buildContent.ts';
import type { Draft, FixedContent } from '#lib/record/draft.ts';
import type { Hazard } from '#lib/hazard/hazard.ts';
import { provisionalOf } from '#lib/record/provisional.ts';
import { startVisit } from '#lib/record/startVisit.ts';
import {
	addFreeHazard,
	answer,
	changeHazard,
	checkIn,
	checklistOf,
	fail,
	itemsOf,
	passRemaining,
	readResult,
	recheckable,
	setDelivery,
	setVerdict,
	signInspector,
	signOnSite
} from '#lib/record/visit.ts';

/** A name in two strokes, long enough to count. */
export const someStrokes = {
	widthPixels: 300,
	heightPixels: 140,
	strokes: [
		[
			{ x: 40, y: 30, t: 0 },
			{ x: 90, y: 100, t: 120 }
		],
		[
			{ x: 140, y: 30, t: 300 },
			{ x: 210, y: 110, t: 480 }
		]
	]
};

/** `fetch` with the person's own session. */
export const fetchAs =
	(context: BrowserContext): typeof fetch =>
	async (input) => {
		const response = await context.request.get(String(input));
		return new Response(new Uint8Array(await response.body()), { status: response.status() });
	};

export interface SignedVisit extends FixedContent {
	id: string;
	draft: Draft;
}

/**
 * What the phone would send after a visit without a second inspector: the phone's own steps, without its screen.
 * `failing` items get a deadline; none of them has a photo. `citing` adds hazards that no item asks about, one
 * under each clause; `finding` adds others in their own words. What `rechecks` an inspection finds all of it mended.
 */
export async function signVisit(
	context: BrowserContext,
	enterpriseId: string,
	{
		failing = 1,
		id = uuidV7() as string,
		clockMilliseconds = 0,
		citing = [] as string[],
		finding = [] as Partial<Hazard>[],
		rechecks = null as string | null
	} = {}
): Promise<SignedVisit> {
	const begun = await startVisit(
		{ id, userId: '', enterpriseId, rechecks, isTriggered: false },
		fetchAs(context)
	);
	if (!begun.ok) throw new Error(`visit: got ${JSON.stringify(begun.problem)}, expected a bundle`);
	const { bundle } = begun.value;
	const at = new Date(Date.now() + clockMilliseconds).toISOString();
	const items = itemsOf(checklistOf(begun.value.draft, bundle));
	const { longitude, latitude } = bundle.enterprise;
	const position = {
		longitude: longitude!,
		latitude: latitude!,
		accuracyMetres: 8,
		fixedAt: at,
		source: 'device' as const
	};
	let draft = checkIn(begun.value.draft, { at, position, distanceMetres: 0, reason: null });
	for (const item of items.slice(0, failing)) draft = fail(draft, item, { id: uuidV7(), position, at });
	const cited = citing.map((clause, count) => ({
		part: '车间',
		description: `示例隐患 ${count + 1}`,
		clause
	}));
	for (const words of [...cited, ...finding]) {
		const start = { id: uuidV7() as string, position, at };
		draft = changeHazard(addFreeHazard(draft, start), start.id, words, bundle.today);
	}
	for (const { id: hazardId } of rechecks ? recheckable(bundle, bundle.today) : [])
		draft = setVerdict(draft, { hazardId, passed: true, note: null, newDeadline: null, photos: [] });
	if (failing === 0 && items.length > 0) draft = answer(draft, items[0]!.id, 'pass');
	draft = passRemaining(
		draft,
		items.map((item) => item.id)
	);
	draft = readResult(setDelivery(draft, true));
	draft = signOnSite(draft, { name: '周示例', signature: someStrokes }, at);
	draft = signInspector(draft, someStrokes, at);
	const content = buildContent(draft, bundle, provisionalOf(draft, bundle, at), at);
	return { id, draft, ...(await fixContent(content)) };
}

export const sealSigned = (
	context: BrowserContext,
	visit: { id: string; text: string }
): Promise<APIResponse> =>
	context.request.post(`/api/inspections/${visit.id}/seal`, {
		headers: { 'content-type': 'application/json' },
		data: visit.text
	});
