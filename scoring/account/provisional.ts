import type { Fact } from '../fact/fact.ts';
import type { Pack } from '../pack/pack.ts';
import type { IsoDay } from '../value/day.ts';
import type { Hundredths } from '../value/points.ts';
import { evaluate, type Account, type Entry } from './evaluate.ts';

/** 拟记: what a draft would do, before it is signed. */
export interface Provisional {
	/** How much worse the account would be with everything confirmed; negative when the draft relieves it. */
	points: Hundredths;
	/** The entries the draft's facts would write. */
	entries: Entry[];
	before: Account;
	after: Account;
}

/**
 * What draft facts would add to the account on the day of the visit, those that wait for confirmation included:
 * the person who signs is told the most it can come to. Runs on the phone.
 * @param facts known facts of the subject; as good as the phone has them (none: as if it were a new account)
 */
export function provisional(
	pack: Pack,
	facts: readonly Fact[],
	draftFacts: readonly Fact[],
	asOf: IsoDay
): Provisional {
	const before = evaluate(pack, facts, asOf);
	const after = evaluate(pack, [...facts, ...draftFacts], asOf);
	const drafted = new Set(draftFacts.map(({ id }) => id));
	const change = after.pendingBalance - before.pendingBalance;
	return {
		points: pack.direction === 'up' ? change : -change + 0,
		entries: after.entries.filter(({ fact }) => drafted.has(fact)),
		before,
		after
	};
}
