import { z } from 'zod';
import type { IsoDate } from '#lib/calendar.ts';
import {
	evaluate,
	type Account,
	type Band,
	type Entry,
	type Fact,
	type FactValue,
	type Pack
} from '#scoring';

/** 四理: what every decision says. 事理 the facts · 法理 the law · 道理 the discretion · 情理 what the party said. */
export const reasonKeys = ['facts', 'law', 'discretion', 'treatment'] as const;
export type ReasonKey = (typeof reasonKeys)[number];
export type Reasons = Record<ReasonKey, string>;

const reason = z.string().trim().min(2).max(1000);
export const reasonsSchema = z.object({ facts: reason, law: reason, discretion: reason, treatment: reason });

export const entryDecisions = ['confirmed', 'upheld', 'reduced', 'reversed'] as const;
export type EntryDecision = (typeof entryDecisions)[number];

export const decisionSchema = reasonsSchema.extend({
	factId: z.uuid(),
	clause: z.string().min(1).max(20),
	decision: z.enum(entryDecisions),
	/** Points that are left, with `reduced`. */
	points: z.preprocess(
		(value) => (value === '' ? undefined : value),
		z.coerce.number().min(0).max(1000).multipleOf(0.01).optional()
	)
});
export type Decision = z.infer<typeof decisionSchema>;

export const bandDecisionSchema = reasonsSchema.extend({ band: z.string().min(1).max(40) });
export type BandDecision = z.infer<typeof bandDecisionSchema>;

export const appealSchema = z.object({ factId: z.uuid(), statement: z.string().trim().min(2).max(2000) });
export type Appeal = z.infer<typeof appealSchema>;

/** Something a person did about an account: `decision.*` stands, `review.*` is on the way to it or makes it known. */
export interface Step {
	id: string;
	kind: string;
	on: IsoDate;
	userId: string | null;
	/** Name of who did it; null: it is not known any more. */
	by: string | null;
	isMine: boolean;
	data: Record<string, FactValue>;
	/** What came with it. */
	evidence: { sha256: string; mediaType: string }[];
}

/** A decision with who agreed to it before, and the day it was published to the enterprise (null: not yet). */
export interface PublishedStep extends Step {
	agreed: Step[];
	publishedOn: IsoDate | null;
}

export interface AppealWindow {
	/** The last day; null: there is no end yet. */
	until: IsoDate | null;
	isOpen: boolean;
	isOver: boolean;
}

/** Each one's latest word among these steps. */
const latestApprovals = (steps: readonly Step[]): Step[] => [
	...new Map(
		steps.filter(({ kind }) => kind === 'review.approved').map((step) => [step.userId, step])
	).values()
];

const isDecision = ({ kind }: Step): boolean => kind.startsWith('decision.');

/** Decisions of a subject in their order, and who has approved the next one. The same rule as `app.approvers`. */
export function reviewOf(
	steps: readonly Step[],
	subject: { entry: string } | { band: string }
): { decisions: PublishedStep[]; approvals: Step[] } {
	const [key, value] = Object.entries(subject)[0]!;
	const own = steps.filter(({ data }) => data[key] === value);
	const publishedOn = (id: string) =>
		steps.find(({ kind, data }) => kind === 'review.published' && data.decision === id)?.on ?? null;
	const decisions: PublishedStep[] = [];
	let begin = 0;
	for (const [index, step] of own.entries()) {
		if (!isDecision(step)) continue;
		const agreed = latestApprovals(own.slice(begin, index)).filter(
			({ data }) => `decision.${data.decision}` === step.kind
		);
		decisions.push({ ...step, agreed, publishedOn: publishedOn(step.id) });
		begin = index + 1;
	}
	return { decisions, approvals: latestApprovals(own.slice(begin)) };
}

/** The band that the points in effect have reached and that waits for people; null where none does. */
export function bandToConfirm(pack: Pack, { balance, band }: Account): Band | null {
	if (band === null) return null;
	const reached = pack.bands.find(
		({ from, below }) => balance >= (from ?? -Infinity) && balance < (below ?? Infinity)
	);
	return reached && reached.key !== band.key ? reached : null;
}

/** How many different people a decision takes that changes the band. */
export const peopleForBand = (pack: Pack): number => pack.decides.people;

/**
 * How many people it takes to let a pending entry count, and to take one back that counts: those of the pack
 * where the band in effect would change, else one.
 */
export function peopleNeeded(
	pack: Pack,
	facts: readonly Fact[],
	account: Account,
	entry: Entry
): { toConfirm: number; toReverse: number } {
	const needed = (kind: string): number =>
		bandAfter(pack, facts, account, { kind, entry: entry.fact }) === (account.band?.key ?? null)
			? 1
			: peopleForBand(pack);
	return {
		toConfirm: entry.counts === 'pending' ? needed('decision.confirmed') : 1,
		toReverse: entry.counts === 'effective' ? needed('decision.reversed') : 1
	};
}

/** Later than any instant that is ever recorded: a decision not made yet comes after all that were. */
const afterEverything = '9999-12-31T00:00:00Z';

function bandAfter(
	pack: Pack,
	facts: readonly Fact[],
	{ asOf }: Account,
	{ kind, entry }: { kind: string; entry: string }
): string | null {
	const decision: Fact = {
		id: 'hypothesis',
		subject: facts[0]!.subject,
		kind,
		occurredOn: asOf,
		recordedAt: afterEverything,
		data: { entry }
	};
	return evaluate(pack, [...facts, decision], asOf).band?.key ?? null;
}

/** What reviewers may do with an entry now. The same rule as `app.may_become`. */
export function possibleDecisions({
	standing,
	isAppealed,
	points
}: {
	standing: 'proposed' | 'confirmed' | 'reversed';
	isAppealed: boolean;
	points: number;
}): EntryDecision[] {
	if (standing === 'reversed') return [];
	const first: EntryDecision[] = isAppealed ? ['upheld'] : standing === 'proposed' ? ['confirmed'] : [];
	return [...first, ...(points === 0 ? [] : (['reduced'] as const)), 'reversed'];
}
