import { countsOn, lastDayIn } from '../account/cycle.ts';
import { evaluate, type Account } from '../account/evaluate.ts';
import { instantMilliseconds, type Fact } from '../fact/fact.ts';
import type { Pack } from '../pack/pack.ts';
import type { Cycle } from '../pack/packSchema.ts';
import type { IsoDay } from '../value/day.ts';
import { climb, ladderOf } from './bands.ts';
import { factsOfSubject, type FactColumns } from './columns.ts';
import { dayNumber, isoDay } from './dayNumber.ts';
import { decisionTable } from './decisions.ts';
import { sumRows } from './sums.ts';
import type { Sums } from './vessels.ts';
import { codesOf, flag, writerColumns } from './writerColumns.ts';

/** The accounts of many subjects on a day, as columns in the order of the facts' `subjects`. */
export interface AccountColumns {
	subjects: readonly string[];
	/** Hundredths. */
	balance: Float64Array;
	/** The same column as `balance` under a pack whose every entry takes effect at once. */
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

export interface BulkOptions {
	/** Only what had been recorded by this instant (ISO 8601 with offset). Default: all facts. */
	knownAt?: string | null;
	/**
	 * Accounts of as many subjects, of the same compiled pack and no longer needed: their columns are written over.
	 * A replay of many days then asks for no fresh memory, which costs more than the scoring.
	 */
	into?: AccountColumns | null;
}

export type Scoring = (columns: FactColumns, asOf: IsoDay, options?: BulkOptions) => AccountColumns;

/**
 * A pack made ready for bulk: what it returns gives for every subject the account that `evaluate` gives, at a
 * small part of the cost, and throws where `evaluate` throws. Which accounts take the general path: README.
 */
export function compile(pack: Pack): Scoring {
	const rules = writerColumns(pack);
	const ladder = ladderOf(pack);
	const codes = codesOf(pack);
	const words = Math.ceil(codes.length / 32);
	const mayWait = pack.writers.some(({ takesEffect }) => takesEffect === 'confirmation');
	let flags = new Uint8Array(0);
	return (columns, asOf, { knownAt = null, into = null } = {}) => {
		// Refuses days and instants that are none, as it does for a single account.
		evaluate(pack, [], asOf, { knownAt });
		const count = columns.subjects.length;
		const results = into ? reused(into, count, codes) : freshColumns(count, words, mayWait);
		if (flags.length !== count) flags = new Uint8Array(count);
		const { balance: now, pendingBalance: later, evidence } = results;
		const sums: Sums = { now, later, flags, words, evidence };
		let raised: number = flag.needsGeneral;
		if (isRowLocal(pack.cycle)) {
			const decisions = decisionTable(pack, rules.writers, columns);
			const reading = {
				lastDay: dayNumber(asOf),
				firstCountingDay: firstCountingDay(pack.cycle, asOf),
				knownAt: knownAt === null ? Infinity : instantMilliseconds(knownAt)
			};
			raised = sumRows(pack, columns, decisions, rules, reading, sums);
			climb(ladder, sums, results);
		} else flags.fill(flag.needsGeneral);
		const open = (subject: number, trace = true) =>
			evaluate(pack, factsOfSubject(columns, subject), asOf, { knownAt, trace });
		const accounts = { ...results, subjects: columns.subjects, codes, words };
		const needsGeneral = (raised & flag.needsGeneral) !== 0;
		const generalAccounts = needsGeneral
			? evaluateGeneral(accounts, flags, (subject) => open(subject, false))
			: 0;
		return { ...accounts, generalAccounts, open };
	};
}

type Results = Pick<AccountColumns, 'balance' | 'pendingBalance' | 'band' | 'pendingBand' | 'evidence'>;

function freshColumns(count: number, words: number, mayWait: boolean): Results {
	const balance = new Float64Array(count);
	return {
		balance,
		pendingBalance: mayWait ? new Float64Array(count) : balance,
		band: new Int8Array(count),
		pendingBand: new Int8Array(count),
		evidence: new Uint32Array(count * words)
	};
}

function reused(into: AccountColumns, count: number, codes: readonly string[]): Results {
	const isOfThisPack = into.codes === codes;
	if (into.subjects.length !== count || !isOfThisPack) {
		const got = `${into.subjects.length} accounts of ${isOfThisPack ? 'this' : 'another'} compiled pack`;
		throw new RangeError(`into: got ${got}, expected ${count} of this one`);
	}
	const { balance, pendingBalance, band, pendingBand, evidence } = into;
	return { balance, pendingBalance, band, pendingBand, evidence };
}

/** Accounts that the sums cannot tell, one by one; returns how many. */
function evaluateGeneral(
	{
		balance,
		pendingBalance,
		band,
		pendingBand,
		evidence,
		words,
		codes
	}: Omit<AccountColumns, 'generalAccounts' | 'open'>,
	flags: Uint8Array,
	accountOf: (subject: number) => Account
): number {
	let accounts = 0;
	for (let subject = 0; subject < flags.length; subject++) {
		if (!(flags[subject]! & flag.needsGeneral)) continue;
		accounts++;
		const account = accountOf(subject);
		balance[subject] = account.balance;
		pendingBalance[subject] = account.pendingBalance;
		band[subject] = account.band?.rank ?? -1;
		pendingBand[subject] = account.pendingBand?.rank ?? -1;
		evidence.fill(0, subject * words, (subject + 1) * words);
		for (const { clause, counts } of account.entries) {
			const bit = codes.indexOf(clause);
			if (counts !== 'no') evidence[subject * words + (bit >>> 5)]! |= 1 << (bit & 31);
		}
	}
	return accounts;
}

/** Whether how long an entry counts follows from its own day alone. */
const isRowLocal = ({ kind }: { kind: Cycle['kind'] }): boolean =>
	kind === 'none' || kind === 'calendar_year' || kind === 'rolling_months';

/** The first day there is for the engine. */
const firstDay = dayNumber('1000-01-01');

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
