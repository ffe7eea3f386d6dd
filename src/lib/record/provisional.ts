import { factsOf } from '#lib/assessment/account/assess.ts';
import { shanghaiDate } from '#lib/calendar.ts';
import { loadPack, provisional, whatIf, type Account, type Entry, type Fact, type Pack } from '#scoring';
import type { Draft } from './draft.ts';
import { draftFacts, rectifiedInTime } from './draftFacts.ts';
import type { ProvisionalEntry, ProvisionalPoints } from './provisionalPoints.ts';
import type { VisitBundle } from './visitBundle.ts';

export interface ProvisionalResult extends Required<ProvisionalPoints> {
	isSample: boolean;
	direction: Pack['direction'];
	/** The account as the phone knows it, without and with this visit. */
	before: Account;
	after: Account;
	/** By hazard: what rectifying it in time would give back (减免); nothing for those it would give nothing. */
	relief: Record<string, number>;
	/** The balance with all of them rectified in time and everything confirmed. */
	relieved: number;
}

/** The scheme that was declared here when the visit began, ready for use; null where there is none. */
export function packOfBundle({ scheme }: VisitBundle): Pack | null {
	if (!scheme) return null;
	const known = packs.get(scheme);
	if (known) return known;
	const loaded = loadPack(scheme.document);
	if (!loaded.ok) {
		throw new Error(
			`scheme ${scheme.packId}: got ${loaded.problems.length} problems, expected an installed pack`
		);
	}
	packs.set(scheme, loaded.pack);
	return loaded.pack;
}

/** A bundle is pinned for its visit, and reading a pack for every letter that is typed would be felt. */
const packs = new WeakMap<object, Pack>();

/** A community worker's report costs nothing before it is adopted, and a place without a scheme has no points. */
export const schemeThatCounts = (bundle: VisitBundle): Pack | null =>
	bundle.inspector.role === 'community_worker' ? null : packOfBundle(bundle);

/** What the visit would cost under the scheme declared here; null where it costs nothing by its nature. */
export function provisionalOf(draft: Draft, bundle: VisitBundle, at: string): ProvisionalResult | null {
	const pack = schemeThatCounts(bundle);
	if (!pack) return null;
	const { scheme, enterprise } = bundle;
	const known = factsOf(enterprise.id, bundle.facts);
	const drafted = draftFacts(draft, bundle, at);
	const day = shanghaiDate(draft.checkIn?.at ?? at);
	const { points, entries, before, after } = provisional(pack, known, drafted, day);
	const inTime = draft.notChecked ? [] : rectifiedInTime(draft, bundle, at);
	const added = (facts: readonly Fact[]) =>
		whatIf(
			pack,
			[...known, ...drafted],
			facts.map((fact) => ({ what: 'added', fact })),
			day
		);
	const relief = inTime.map((fact) => [fact.data.hazardId, -added([fact]).pendingPoints] as const);
	return {
		pack: scheme!.packId,
		packSha256: scheme!.packSha256,
		packName: pack.name,
		points,
		entries: entries.toSorted(chargesFirst).map((entry) => entryOf(entry, drafted)),
		isSample: scheme!.isSample,
		direction: pack.direction,
		account: {
			before: before.balance,
			after: after.balance,
			pendingAfter: after.pendingBalance,
			bandBefore: before.band?.name ?? null,
			bandAfter: after.band?.name ?? null
		},
		before,
		after,
		relief: Object.fromEntries(relief.filter(([, points]) => points > 0)),
		relieved: added(inTime).after.pendingBalance
	};
}

const chargesFirst = (a: Entry, b: Entry): number =>
	Number(b.kind === 'charge') - Number(a.kind === 'charge');

function entryOf(entry: Entry, drafted: readonly Fact[]): ProvisionalEntry {
	const hazardId = drafted.find(({ id }) => id === entry.fact)!.data.hazardId;
	return {
		hazardId: typeof hazardId === 'string' ? hazardId : null,
		clause: entry.clause,
		text: entry.text,
		kind: entry.kind,
		points: entry.points,
		waits: entry.counts === 'pending',
		isSample: entry.isSample
	};
}
