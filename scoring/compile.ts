import { effectiveBand } from './band.ts';
import { factsOfSubject, type FactColumns } from './columns.ts';
import { decisionTable } from './compileDecisions.ts';
import { sumRows, type Sums } from './compileSums.ts';
import { codesOf, flag, writerColumns } from './compileWriters.ts';
import { countsOn, lastDayIn } from './cycle.ts';
import type { IsoDay } from './day.ts';
import { dayNumber, isoDay } from './dayNumber.ts';
import { evaluate, type Account } from './evaluate.ts';
import { instantMilliseconds, type Fact } from './fact.ts';
import type { Pack } from './pack.ts';
import type { Cycle } from './packSchema.ts';

/** The accounts of many subjects on a day, as columns in the order of the facts' `subjects`. */
export interface AccountColumns {
	subjects: readonly string[];
	/** Hundredths. */
	balance: Float64Array;
	pendingBalance: Float64Array;
	/** Rank of the band in effect among the pack's `bands`; −1: 未评估. */
	band: Int8Array;
	/** Rank of the band that waits for confirmation; −1: none does. */
	pendingBand: Int8Array;
	/** What the bits of the evidence stand for: clause codes. */
	codes: readonly string[];
	/**
	 * Bit b of a subject's `words` numbers: an entry of clause `codes[b]` counts in the account, in effect or
	 * pending.
	 */
	evidence: Uint32Array;
	words: number;
	/** How many accounts took the general path, one `evaluate` each. */
	generalAccounts: number;
	/** One account in full, with its entries and what became of every fact. */
	open: (subject: number) => Account;
}

export interface ScoringOptions {
	/** Only what had been recorded by this instant (ISO 8601 with offset). Default: all facts. */
	knownAt?: string | null;
}

export type Scoring = (columns: FactColumns, asOf: IsoDay, options?: ScoringOptions) => AccountColumns;

/**
 * A pack made ready for bulk: what it returns gives for every subject the account that `evaluate` gives, at a
 * small part of the cost, and throws where `evaluate` throws. Which accounts take the general path: README.
 */
export function compile(pack: Pack): Scoring {
	const rules = writerColumns(pack);
	const codes = codesOf(pack);
	const words = Math.ceil(codes.length / 32);
	return (columns, asOf, { knownAt = null } = {}) => {
		const count = columns.subjects.length;
		const open = (subject: number, trace = true) =>
			evaluate(pack, factsOfSubject(columns, subject), asOf, { knownAt, trace });
		const sums: Sums = {
			now: new Float64Array(count),
			later: new Float64Array(count),
			flags: new Uint8Array(count),
			words,
			evidence: new Uint32Array(count * words)
		};
		// Refuses days and instants that are none, as it does for a single account.
		evaluate(pack, [], asOf, { knownAt });
		if (isRowLocal(pack.cycle)) {
			const decisions = decisionTable(pack, rules.writers, columns);
			const reading = {
				lastDay: dayNumber(asOf),
				firstCountingDay: firstCountingDay(pack.cycle, asOf),
				knownAt: knownAt === null ? Infinity : instantMilliseconds(knownAt)
			};
			sumRows(columns, decisions, rules, reading, sums);
		} else sums.flags.fill(flag.needsGeneral);
		return { subjects: columns.subjects, codes, words, open, ...accounts(pack, sums, codes, open) };
	};
}

type Cycles = Cycle['kind'];

/** Whether how long an entry counts follows from its own day alone. */
const isRowLocal = ({ kind }: { kind: Cycles }): boolean =>
	kind === 'none' || kind === 'calendar_year' || kind === 'rolling_months';

/** The earliest day whose entries still count: a later day never ends sooner, so it can be searched for. */
function firstCountingDay(cycle: Cycle, asOf: IsoDay): number {
	const lastDay = lastDayIn(cycle, []);
	const counts = (day: number) => countsOn(lastDay({ occurredOn: isoDay(day) } as Fact), asOf);
	let [ended, counting] = [firstDay - 1, dayNumber(asOf)];
	while (counting - ended > 1) {
		const middle = Math.floor((ended + counting) / 2);
		if (counts(middle)) counting = middle;
		else ended = middle;
	}
	return counting;
}

/** The first day there is for the engine. */
const firstDay = dayNumber('1000-01-01');

type Columns = Omit<AccountColumns, 'subjects' | 'codes' | 'words' | 'open'>;

/** Sums become accounts: start, floor and ceiling, bands; what the sums cannot say is evaluated one by one. */
function accounts(
	pack: Pack,
	{ now, later, flags, words, evidence }: Sums,
	codes: readonly string[],
	open: (subject: number, trace: boolean) => Account
): Columns {
	const band = new Int8Array(flags.length);
	const pendingBand = new Int8Array(flags.length);
	const { within, reachedRank, effectiveRank } = ladder(pack);
	let generalAccounts = 0;
	for (let subject = 0; subject < flags.length; subject++) {
		const flagged = flags[subject]!;
		if (flagged & flag.needsGeneral) {
			generalAccounts++;
			const account = open(subject, false);
			now[subject] = account.balance;
			later[subject] = account.pendingBalance;
			band[subject] = account.band?.rank ?? -1;
			pendingBand[subject] = account.pendingBand?.rank ?? -1;
			evidence.fill(0, subject * words, (subject + 1) * words);
			for (const { clause, counts } of account.entries) {
				const bit = codes.indexOf(clause);
				if (counts !== 'no') evidence[subject * words + (bit >>> 5)]! |= 1 << (bit & 31);
			}
			continue;
		}
		const isEvaluated = (flagged & (flag.evaluated | flag.inEffect)) !== 0;
		const isWaiting = isEvaluated || (flagged & flag.proposed) !== 0;
		now[subject] = within(now[subject]!);
		later[subject] = within(later[subject]!);
		band[subject] = isEvaluated ? effectiveRank[reachedRank(now[subject]!)]! : -1;
		const waiting = isWaiting ? reachedRank(later[subject]!) : -1;
		pendingBand[subject] = waiting === band[subject] ? -1 : waiting;
	}
	return { balance: now, pendingBalance: later, band, pendingBand, evidence, generalAccounts };
}

function ladder(pack: Pack) {
	const lowest = pack.floor ?? -Infinity;
	const highest = pack.ceiling ?? Infinity;
	const within = (sum: number) => Math.min(Math.max(sum + pack.start, lowest), highest);
	const upwards = pack.bands.toSorted((a, b) => (a.from ?? -Infinity) - (b.from ?? -Infinity));
	const from = Float64Array.from(upwards, ({ from: start }) => start ?? -Infinity);
	const rank = Int8Array.from(upwards, (band) => band.rank);
	const reachedRank = (balance: number) => {
		let place = from.length - 1;
		while (place > 0 && balance < from[place]!) place--;
		return rank[place]!;
	};
	// No confirmation is known here: a decision of that kind takes its account to the general path.
	const effectiveRank = Int8Array.from(pack.bands, (band) => effectiveBand(pack, band, new Set()).rank);
	return { within, reachedRank, effectiveRank };
}
