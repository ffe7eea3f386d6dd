import { evaluate, type Account } from '../account/evaluate.ts';
import { instantMilliseconds, withdrawnKind, type EntryDecisionKind, type Fact } from '../fact/fact.ts';
import type { Pack } from '../pack/pack.ts';
import { assertDay, type IsoDay } from '../value/day.ts';
import { fromHundredths, type Hundredths } from '../value/points.ts';
import { entryChanges, type EntryChange } from './entries.ts';

/**
 * One thing that might be otherwise: another fact, or what people might decide on an entry (named by its fact), or
 * a fact that had never been written.
 */
export type Change =
	| { what: 'added'; fact: Fact }
	| { what: 'confirmed' | 'upheld' | 'reversed' | 'withdrawn'; fact: string }
	| { what: 'reduced'; fact: string; points: Hundredths };

export interface WhatIf {
	before: Account;
	after: Account;
	/** How much worse the balance in effect would be; negative when better. */
	points: Hundredths;
	/** The same with everything that waits confirmed. */
	pendingPoints: Hundredths;
	isOtherBand: boolean;
	entries: EntryChange[];
}

/**
 * What one account would be if something were otherwise. Decisions are taken on the day asked for, after all that
 * is known; nothing is written. Throws (RangeError) on a change about a fact that is not there.
 */
export function whatIf(pack: Pack, facts: readonly Fact[], changes: readonly Change[], asOf: IsoDay): WhatIf {
	assertDay(asOf, 'asOf');
	const before = evaluate(pack, facts, asOf);
	const added = changes.flatMap((change) => (change.what === 'added' ? [change.fact] : []));
	const known = [...facts, ...added];
	const decided = changes.flatMap((change, place) => decisionOn(change, known, asOf, place));
	const after = evaluate(pack, [...known, ...decided], asOf);
	const worse = (change: Hundredths): Hundredths => (pack.direction === 'up' ? change : -change + 0);
	return {
		before,
		after,
		points: worse(after.balance - before.balance),
		pendingPoints: worse(after.pendingBalance - before.pendingBalance),
		isOtherBand: after.band?.key !== before.band?.key,
		entries: entryChanges(before, after)
	};
}

function decisionOn(change: Change, known: readonly Fact[], asOf: IsoDay, place: number): Fact[] {
	if (change.what === 'added') return [];
	const about = known.find(({ id }) => id === change.fact);
	if (!about)
		throw new RangeError(`whatIf: got a change of fact "${change.fact}", expected one of the account`);
	const latest = known.reduce((last, { recordedAt }) => Math.max(last, instantMilliseconds(recordedAt)), 0);
	const decision = {
		id: `what-if ${place}`,
		subject: about.subject,
		// Later than all that is known: the latest decision stands.
		recordedAt: new Date(latest + 1 + place).toISOString(),
		occurredOn: asOf
	};
	if (change.what === 'withdrawn') {
		return [{ ...decision, kind: withdrawnKind, occurredOn: about.occurredOn, data: { fact: about.id } }];
	}
	const kind: EntryDecisionKind = `decision.${change.what}`;
	const data = {
		entry: about.id,
		...(change.what === 'reduced' && { points: fromHundredths(change.points) })
	};
	return [{ ...decision, kind, data }];
}
