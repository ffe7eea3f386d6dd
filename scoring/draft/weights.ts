import { clauseFor } from '../account/checkFact.ts';
import type { Fact, FactValue } from '../fact/fact.ts';
import type { Clause, Pack } from '../pack/pack.ts';
import type { IsoDay } from '../value/day.ts';
import type { Hundredths } from '../value/points.ts';

/** What happened in a window of frozen months, told by what packs ask of facts. */
export interface Occurrences {
	kind: string;
	attributes: Readonly<Record<string, FactValue>>;
	/** How often. */
	occurrences: number;
	/** At how many different sites. */
	sites: number;
	/** In how many months a site had it that had had it before in the window. */
	again: number;
}

/**
 * Why a drafted value is what it is. `few`: too little happened to change anything · `range`: people decide the
 * points · `none`: it gives no points, or is no charge · `ends`: the clause ends before the draft begins · `unseen`,
 * `seldom`, `usual`: as it was · `often`, `very_often`: raised.
 */
export type WeightReason =
	'few' | 'range' | 'none' | 'ends' | 'unseen' | 'seldom' | 'usual' | 'often' | 'very_often';

/** One clause of the draft. Points are 1/100. */
export interface ClauseWeight extends Pick<Clause, 'code' | 'text' | 'aspect' | 'kind' | 'points'> {
	occurrences: number;
	sites: number;
	again: number;
	/** Of all that happened under charges of the pack, 0–1. */
	share: number;
	/** Equal to the present points where nothing is changed; null: people decide, or a share says it. */
	drafted: Hundredths | null;
	reason: WeightReason;
	/** Raised once more, since it came back at the same sites. */
	cameBack: boolean;
	/** A cap, twice the present points, or the next heavier clause kept it from rising further. */
	isLimited: boolean;
}

export interface WeightDraft {
	/** The finest difference between the scheme's own points, 1/100. */
	step: Hundredths;
	/** How often something happened under a charge of the pack. */
	occurrences: number;
	/** As written. */
	clauses: ClauseWeight[];
}

/** Sample parameters of ours (示例): no source states how a scheme's weights follow from its year. */
export const weightRule = {
	/** Fewer occurrences than these under all charges that could move change nothing. */
	fewest: 30,
	/** Load beside the mean of the clauses that occurred: occurrences × points. */
	often: 2,
	veryOften: 4,
	seldom: 0.25,
	/** Share of site-months in which it came back. */
	cameBack: 0.3,
	mostSteps: 2,
	/** Times the present points, at most. */
	most: 2
} as const;

interface Counted {
	clause: Clause;
	occurrences: number;
	sites: number;
	again: number;
}

/**
 * A draft of next year's points, clause by clause, from what happened. Only charges with fixed points move, by steps
 * of the scheme: the more often a clause is broken and the heavier it is, the more it rises, at most to twice its
 * points, its caps, and the next heavier clause, so that the scheme's own order of gravity holds. Nothing is lowered:
 * what was not found may only not have been looked for, and lowering is for people to propose.
 * @param asOf last day of the window; the clauses in force on it are counted
 * @param begins first day of the draft
 */
export function draftWeights(
	pack: Pack,
	rows: readonly Occurrences[],
	asOf: IsoDay,
	begins: IsoDay
): WeightDraft {
	const counted = countedBy(pack, rows, asOf);
	const charges = counted.filter(({ clause }) => clause.kind === 'charge');
	const all = charges.reduce((sum, { occurrences }) => sum + occurrences, 0);
	const moving = counted.filter(({ clause }) => fixedPoints(clause) !== null && lastsUntil(clause, begins));
	const some = moving.reduce((sum, { occurrences }) => sum + occurrences, 0);
	const occurring = moving.filter(({ occurrences }) => occurrences > 0);
	const mean = occurring.reduce((sum, one) => sum + loadOf(one), 0) / Math.max(1, occurring.length);
	const ladder = moving.map(({ clause }) => fixedPoints(clause)!);
	const step = stepOf(ladder);
	const clauses = counted.map((one): ClauseWeight => {
		const { clause, occurrences, sites, again } = one;
		const { code, text, aspect, kind, points } = clause;
		const share = all > 0 && kind === 'charge' ? occurrences / all : 0;
		return {
			...{ code, text, aspect, kind, points, occurrences, sites, again, share },
			...draftOf(pack, one, { isFew: some < weightRule.fewest, mean, step, ladder, begins })
		};
	});
	return { step, occurrences: all, clauses };
}

/** Occurrences under each clause that writes for them; a citation counts for the clause that it names. */
function countedBy(pack: Pack, rows: readonly Occurrences[], asOf: IsoDay): Counted[] {
	const counted = new Map(
		pack.clauses.map((clause) => [clause, { clause, occurrences: 0, sites: 0, again: 0 }])
	);
	// A code stands once on a day; an opinion's entry stands under the clause that it cites.
	const inForce = new Map(
		pack.clauses
			.filter((clause) => clause.validFrom <= asOf && lastsUntil(clause, asOf))
			.map((clause) => [clause.code, clause])
	);
	for (const { kind, attributes, occurrences, sites, again } of rows) {
		const fact: Fact = {
			id: 'an occurrence',
			subject: 'a site',
			kind,
			occurredOn: asOf,
			recordedAt: `${asOf}T00:00:00Z`,
			data: attributes
		};
		const writer = clauseFor(pack, fact);
		const sum = writer && counted.get(inForce.get(writer.code)!);
		if (!sum) continue;
		sum.occurrences += occurrences;
		sum.sites += sites;
		sum.again += again;
	}
	// Additions about earlier months may take away more than a window holds.
	return [...counted.values()].map(({ clause, occurrences, sites, again }) => ({
		clause,
		occurrences: Math.max(0, occurrences),
		sites: Math.max(0, sites),
		again: Math.max(0, again)
	}));
}

/** The points of a charge that are a number of their own; null: nothing that a draft could move. */
function fixedPoints({ kind, points, isConfirmedOpinion }: Clause): Hundredths | null {
	if (kind !== 'charge' || isConfirmedOpinion || !points || points.min !== points.max) return null;
	return points.min > 0 ? points.min : null;
}

const lastsUntil = ({ validTo }: Clause, day: IsoDay): boolean => validTo === null || validTo >= day;

const loadOf = ({ clause, occurrences }: Counted): number => occurrences * (fixedPoints(clause) ?? 0);

const stepOf = (points: readonly Hundredths[]): Hundredths => {
	const common = (a: number, b: number): number => (b === 0 ? a : common(b, a % b));
	return points.reduce(common, 0) || 50;
};

interface Measure {
	isFew: boolean;
	mean: number;
	step: Hundredths;
	/** Points of all clauses that may move. */
	ladder: readonly Hundredths[];
	begins: IsoDay;
}

type Drafted = Pick<ClauseWeight, 'drafted' | 'reason' | 'cameBack' | 'isLimited'>;

function draftOf(pack: Pack, one: Counted, { isFew, mean, step, ladder, begins }: Measure): Drafted {
	const present = fixedPoints(one.clause);
	const as = (drafted: Hundredths | null, reason: WeightReason): Drafted => ({
		drafted,
		reason,
		cameBack: false,
		isLimited: false
	});
	if (!lastsUntil(one.clause, begins)) return as(null, 'ends');
	if (present === null) {
		const { points, kind } = one.clause;
		const isRange = kind === 'charge' && points !== null && points.max > 0;
		return as(points && points.min === points.max ? points.min : null, isRange ? 'range' : 'none');
	}
	if (isFew) return as(present, 'few');
	const ratio = loadOf(one) / mean;
	if (ratio < weightRule.seldom) return as(present, one.occurrences === 0 ? 'unseen' : 'seldom');
	const cameBack = ratio >= 1 && one.again >= weightRule.cameBack * (one.again + one.sites);
	const byLoad = ratio >= weightRule.veryOften ? 2 : ratio >= weightRule.often ? 1 : 0;
	const steps = Math.min(weightRule.mostSteps, byLoad + (cameBack ? 1 : 0));
	const heavier = Math.min(...ladder.filter((points) => points > present));
	const most = Math.min(mostFor(pack, one.clause, present, step), heavier);
	const drafted = Math.min(present + steps * step, most);
	const reason = byLoad === 2 ? 'very_often' : byLoad === 1 ? 'often' : 'usual';
	return { drafted, reason, cameBack, isLimited: present + steps * step > most };
}

/** The most that a clause may give: twice the present, and no more than its caps leave room for. */
function mostFor(pack: Pack, clause: Clause, present: Hundredths, step: Hundredths): Hundredths {
	const aspect = pack.aspects.find(({ key }) => key === clause.aspect);
	const caps = [clause.cap, aspect?.cap ?? null, pack.cap].filter((cap) => cap !== null);
	const highestOf = (points: Hundredths): number => {
		const { repeated } = clause;
		if (!repeated) return points;
		return points + (repeated.points ?? (points * (repeated.sharePercent ?? 0)) / 100);
	};
	let most = present;
	while (most + step <= weightRule.most * present && caps.every((cap) => highestOf(most + step) <= cap))
		most += step;
	return most;
}
