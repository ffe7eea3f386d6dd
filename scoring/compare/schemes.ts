import { unreadableFacts } from '../account/checkFact.ts';
import { evaluate, type Account } from '../account/evaluate.ts';
import { columnsOf, type FactColumns } from '../compile/columns.ts';
import { compile, type AccountColumns } from '../compile/compile.ts';
import type { Fact } from '../fact/fact.ts';
import type { Band, Pack } from '../pack/pack.ts';
import { levels } from '../pack/packSchema.ts';
import type { IsoDay } from '../value/day.ts';
import { FactFaultError, type FactFault } from '../value/fault.ts';
import { entryChanges, type EntryChange } from './entries.ts';

/**
 * Why an account stands elsewhere: its entries differ · the schemes count from another start, the other way or
 * within other limits · their bands lie elsewhere or wait for confirmation differently · one takes it as 未评估.
 */
export type Cause = 'entries' | 'start' | 'bands' | 'evaluation';

export interface ReplayOptions {
	/** Only what had been recorded by this instant (ISO 8601 with offset). Default: all facts. */
	knownAt?: string | null;
}

/** A subject whose band another scheme, or another version, changes. */
export interface BandChange {
	subject: string;
	before: Account;
	after: Account;
	/** By the common levels of bands; null: from or to 未评估, or another band of the same level. */
	direction: 'worse' | 'better' | null;
	causes: Cause[];
	/** The facts that both take differently, also where that alone would not change the band. */
	entries: EntryChange[];
}

/** How many subjects go from one band to another; null: 未评估. Those that stay are counted too. */
export interface BandFlow {
	before: Band | null;
	after: Band | null;
	subjects: number;
}

/** A subject with facts that a pack cannot read: it stands nowhere under that pack, so it is not compared. */
export interface UnreadableSubject {
	subject: string;
	before: FactFault[];
	after: FactFault[];
}

export interface SchemeComparison {
	asOf: IsoDay;
	/** How many were compared. */
	subjects: number;
	/** Those that were not, with every fact that stands in the way, in the order of the subjects given. */
	unreadable: UnreadableSubject[];
	/** In the order of the subjects given. */
	changes: BandChange[];
	/** From the best band before to the worst, and so within it. */
	flows: BandFlow[];
}

/**
 * Replays the facts of all subjects under two packs and says who changes band, and why. Versions of one scheme are
 * compared band by band; different schemes by the common levels of their bands, which is all they share. Only
 * the subjects that change are opened, so that a province can be tried. One whose facts a pack cannot read is named
 * and keeps nobody else waiting.
 * @param facts by subject; a subject without facts is left out
 */
export function diff(
	packBefore: Pack,
	packAfter: Pack,
	facts: ReadonlyMap<string, readonly Fact[]>,
	asOf: IsoDay,
	options: ReplayOptions = {}
): SchemeComparison {
	const { columns, before, after, unreadable } = replayed(packBefore, packAfter, facts, asOf, options);
	const changes: BandChange[] = [];
	const flows = new Map<string, BandFlow>();
	columns.subjects.forEach((subject, place) => {
		const [from, to] = [bandAt(packBefore, before, place), bandAt(packAfter, after, place)];
		const flow = flows.get(`${from?.rank} ${to?.rank}`) ?? { before: from, after: to, subjects: 0 };
		flow.subjects++;
		flows.set(`${from?.rank} ${to?.rank}`, flow);
		if (isSameBand(packBefore, packAfter, from, to)) return;
		const own = facts.get(subject);
		if (!own) throw new RangeError(`facts: got facts of ${subject} under another subject, expected its own`);
		changes.push(changeOf(packBefore, packAfter, subject, own, asOf, options));
	});
	return {
		asOf,
		subjects: columns.subjects.length,
		unreadable,
		changes,
		flows: [...flows.values()].sort(byBands)
	};
}

interface Replay {
	columns: FactColumns;
	before: AccountColumns;
	after: AccountColumns;
	unreadable: UnreadableSubject[];
}

/** All at once; only where that meets a fact that cannot be read is every account asked for its own. */
function replayed(
	packBefore: Pack,
	packAfter: Pack,
	facts: ReadonlyMap<string, readonly Fact[]>,
	asOf: IsoDay,
	options: ReplayOptions
): Replay {
	const replay = (readable: ReadonlyMap<string, readonly Fact[]>, unreadable: UnreadableSubject[]) => {
		const columns = columnsOf([...readable.values()].flat());
		const before = compile(packBefore)(columns, asOf, options);
		return { columns, before, after: compile(packAfter)(columns, asOf, options), unreadable };
	};
	try {
		return replay(facts, []);
	} catch (error) {
		if (!(error instanceof FactFaultError)) throw error;
	}
	const unreadable = [...facts].flatMap(([subject, own]): UnreadableSubject[] => {
		const under = (pack: Pack) => unreadableFacts(pack, own, asOf, options.knownAt ?? null);
		const [before, after] = [under(packBefore), under(packAfter)];
		return before.length + after.length > 0 ? [{ subject, before, after }] : [];
	});
	const refused = new Set(unreadable.map(({ subject }) => subject));
	return replay(new Map([...facts].filter(([subject]) => !refused.has(subject))), unreadable);
}

const bandAt = (pack: Pack, accounts: AccountColumns, place: number): Band | null =>
	pack.bands[accounts.band[place]!] ?? null;

function isSameBand(packBefore: Pack, packAfter: Pack, before: Band | null, after: Band | null): boolean {
	if (!before || !after) return before === after;
	return packBefore.id === packAfter.id ? before.key === after.key : before.level === after.level;
}

function changeOf(
	packBefore: Pack,
	packAfter: Pack,
	subject: string,
	facts: readonly Fact[],
	asOf: IsoDay,
	options: ReplayOptions
): BandChange {
	const before = evaluate(packBefore, facts, asOf, options);
	const after = evaluate(packAfter, facts, asOf, options);
	const entries = entryChanges(before, after);
	const causes: Cause[] = [
		...(entries.length > 0 ? (['entries'] as const) : []),
		...(countsAlike(packBefore, packAfter) ? [] : (['start'] as const)),
		...(ladderOf(packBefore) === ladderOf(packAfter) ? [] : (['bands'] as const)),
		...(before.band === null || after.band === null ? (['evaluation'] as const) : [])
	];
	return { subject, before, after, direction: directionOf(before.band, after.band), causes, entries };
}

function directionOf(before: Band | null, after: Band | null): BandChange['direction'] {
	if (!before || !after) return null;
	const steps = levels.indexOf(after.level) - levels.indexOf(before.level);
	return steps === 0 ? null : steps > 0 ? 'worse' : 'better';
}

const countsAlike = (one: Pack, other: Pack): boolean =>
	one.direction === other.direction &&
	one.start === other.start &&
	one.floor === other.floor &&
	one.ceiling === other.ceiling;

const ladderOf = ({ bands }: Pack): string =>
	JSON.stringify(
		bands.map(({ key, level, from, below, needsConfirmation }) => [
			key,
			level,
			from,
			below,
			needsConfirmation
		])
	);

const byBands = (one: BandFlow, other: BandFlow): number =>
	rankOf(one.before) - rankOf(other.before) || rankOf(one.after) - rankOf(other.after);

const rankOf = (band: Band | null): number => band?.rank ?? -1;
