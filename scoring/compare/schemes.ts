import { unreadableFacts } from '../account/checkFact.ts';
import { evaluate, type Account } from '../account/evaluate.ts';
import { columnsOf } from '../compile/columns.ts';
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

export interface ComparisonOptions extends ReplayOptions {
	/**
	 * What the pack after reads of the same subjects, where its accounts are made of other facts: those of the person
	 * who leads instead of one enterprise's. Default: the same facts.
	 */
	factsAfter?: FactsBySubject;
}

export type FactsBySubject = ReadonlyMap<string, readonly Fact[]>;

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
	facts: FactsBySubject,
	asOf: IsoDay,
	{ factsAfter = facts, ...options }: ComparisonOptions = {}
): SchemeComparison {
	for (const given of new Set([facts, factsAfter])) assertOwn(given);
	const [one, other] = [
		{ pack: packBefore, facts },
		{ pack: packAfter, facts: factsAfter }
	];
	const { before, after, unreadable } = replayed(one, other, asOf, options);
	const changes: BandChange[] = [];
	const flows = new Map<string, BandFlow>();
	const subjects = new Set([...before.keys(), ...after.keys()]);
	for (const subject of subjects) {
		const [from, to] = [before.get(subject) ?? null, after.get(subject) ?? null];
		const flow = flows.get(`${from?.rank} ${to?.rank}`) ?? { before: from, after: to, subjects: 0 };
		flow.subjects++;
		flows.set(`${from?.rank} ${to?.rank}`, flow);
		if (!isSameBand(packBefore, packAfter, from, to))
			changes.push(changeOf(one, other, subject, asOf, options));
	}
	return { asOf, subjects: subjects.size, unreadable, changes, flows: [...flows.values()].sort(byBands) };
}

function assertOwn(facts: FactsBySubject): void {
	for (const [subject, own] of facts) {
		const strange = own.find((fact) => fact.subject !== subject);
		if (strange)
			throw new RangeError(`facts: got facts of ${strange.subject} under ${subject}, expected its own`);
	}
}

/** A pack and what it reads of every subject. */
interface Side {
	pack: Pack;
	facts: FactsBySubject;
}

interface Replay {
	before: Map<string, Band | null>;
	after: Map<string, Band | null>;
	unreadable: UnreadableSubject[];
}

/** All at once; only where that meets a fact that cannot be read is every account asked for its own. */
function replayed(one: Side, other: Side, asOf: IsoDay, options: ReplayOptions): Replay {
	const replay = (facts: FactsBySubject, factsAfter: FactsBySubject): Omit<Replay, 'unreadable'> => {
		const columns = columnsOf([...facts.values()].flat());
		const columnsAfter = factsAfter === facts ? columns : columnsOf([...factsAfter.values()].flat());
		return {
			before: bandsOf(one.pack, compile(one.pack)(columns, asOf, options)),
			after: bandsOf(other.pack, compile(other.pack)(columnsAfter, asOf, options))
		};
	};
	try {
		return { ...replay(one.facts, other.facts), unreadable: [] };
	} catch (error) {
		if (!(error instanceof FactFaultError)) throw error;
	}
	const faultsIn = ({ pack, facts }: Side, subject: string): FactFault[] =>
		unreadableFacts(pack, facts.get(subject) ?? [], asOf, options.knownAt ?? null);
	const subjects = new Set([...one.facts.keys(), ...other.facts.keys()]);
	const unreadable = [...subjects].flatMap((subject): UnreadableSubject[] => {
		const [before, after] = [faultsIn(one, subject), faultsIn(other, subject)];
		return before.length + after.length > 0 ? [{ subject, before, after }] : [];
	});
	const refused = new Set(unreadable.map(({ subject }) => subject));
	const readable = (facts: FactsBySubject) =>
		new Map([...facts].filter(([subject]) => !refused.has(subject)));
	return { ...replay(readable(one.facts), readable(other.facts)), unreadable };
}

const bandsOf = (pack: Pack, { subjects, band }: AccountColumns): Map<string, Band | null> =>
	new Map(subjects.map((subject, place) => [subject, pack.bands[band[place]!] ?? null]));

function isSameBand(packBefore: Pack, packAfter: Pack, before: Band | null, after: Band | null): boolean {
	if (!before || !after) return before === after;
	return packBefore.id === packAfter.id ? before.key === after.key : before.level === after.level;
}

function changeOf(one: Side, other: Side, subject: string, asOf: IsoDay, options: ReplayOptions): BandChange {
	const accountOn = ({ pack, facts }: Side) => evaluate(pack, facts.get(subject) ?? [], asOf, options);
	const [before, after] = [accountOn(one), accountOn(other)];
	const entries = entryChanges(before, after);
	const causes: Cause[] = [
		...(entries.length > 0 ? (['entries'] as const) : []),
		...(countsAlike(one.pack, other.pack) ? [] : (['start'] as const)),
		...(ladderOf(one.pack) === ladderOf(other.pack) ? [] : (['bands'] as const)),
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
