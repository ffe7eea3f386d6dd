import { daysBetween, type IsoDate } from '#lib/calendar.ts';
import type { AccountLine } from './ledger.ts';

/** Checks that looked for something new, and confirmed hazards (一般, 重大). */
export interface CheckedRecord {
	checks: number;
	general: number;
	major: number;
}

/**
 * A site, from `from` to today, beside the others of its kind in its street, itself left out, as the months from `from`
 * to `to` were frozen.
 */
export interface RateBesideKind {
	from: IsoDate;
	to: IsoDate;
	months: number;
	siteType: string;
	own: CheckedRecord;
	others: CheckedRecord;
}

/**
 * When aggregates may speak for a site at all (design.md): its own rate at most half of what its kind lets expect,
 * over three checks or more. The other figures are samples of ours (示例).
 */
export const reductionRule = {
	fewestChecks: 3,
	mostShare: 0.5,
	/** Checks of others without which there is no expectation worth the name. */
	fewestChecksOfOthers: 10,
	/** A 重大 hazard weighs as much as in 动态风险分. */
	weights: { general: 1, major: 5 },
	/** Frozen numbers older than this say nothing of today. */
	validDays: 62,
	/** What is left of an entry's points. */
	left: 0.5
} as const;

/** 建议减免: entries that reviewers may reduce, and why. Never done by itself. */
export interface ReductionProposal {
	/** Weighted hazards a check. */
	ownRate: number;
	expectedRate: number;
	basis: RateBesideKind;
	/** Points that would be left, 1/100, by the fact of the entry. */
	left: Record<string, number>;
}

const rateOf = ({ checks, general, major }: CheckedRecord): number =>
	(general * reductionRule.weights.general + major * reductionRule.weights.major) / checks;

/**
 * The only way in which aggregates enter 记分: as a proposal to the reviewers, where a site is found with at most
 * half the hazards that its kind of site lets expect. General hazards that are no recurrence, whose points nobody has
 * decided on yet and against which nothing was said. null: there is nothing to propose.
 * @param recurrences facts that are 屡查屡犯
 * @param asOf the day on which it is read
 */
export function proposeReduction(
	basis: RateBesideKind | null,
	lines: readonly ReducibleLine[],
	recurrences: ReadonlySet<string>,
	asOf: IsoDate
): ReductionProposal | null {
	if (!basis || daysBetween(basis.to, asOf) > reductionRule.validDays) return null;
	const { own, others } = basis;
	if (own.checks < reductionRule.fewestChecks || others.checks < reductionRule.fewestChecksOfOthers)
		return null;
	const [ownRate, expectedRate] = [rateOf(own), rateOf(others)];
	if (expectedRate === 0 || ownRate > reductionRule.mostShare * expectedRate) return null;
	const left = Object.fromEntries(
		lines
			.filter((line) => isReducible(line) && !recurrences.has(line.factId))
			.map((line) => [line.factId, leftOf(Math.abs(line.points))])
	);
	return Object.keys(left).length > 0 ? { ownRate, expectedRate, basis, left } : null;
}

/** What the rule reads of a line of the ledger. */
export type ReducibleLine = Pick<
	AccountLine,
	| 'factId'
	| 'factKind'
	| 'isCharge'
	| 'points'
	| 'counts'
	| 'decisions'
	| 'approvals'
	| 'isAppealed'
	| 'possible'
> & { source: Pick<NonNullable<AccountLine['source']>, 'hazard' | 'elsewhere'> | null };

const isReducible = (line: ReducibleLine): boolean =>
	line.factKind === 'hazard.found' &&
	line.isCharge &&
	line.points !== 0 &&
	line.counts !== 'no' &&
	line.decisions.length + line.approvals.length === 0 &&
	!line.isAppealed &&
	line.possible.includes('reduced') &&
	line.source?.elsewhere === null &&
	line.source.hazard?.severity === 'general';

/** Half, a fraction of 1/100 point dropped in the site's favour. */
const leftOf = (points: number): number => Math.floor(points * reductionRule.left);
