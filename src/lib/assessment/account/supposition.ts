import { z } from 'zod';
import { addDays, type IsoDate } from '#lib/calendar.ts';
import { failure, success, type Result } from '#lib/problem.ts';
import {
	evaluate,
	isInForce,
	toHundredths,
	whatIf,
	type Account,
	type Change,
	type Clause,
	type Condition,
	type Fact,
	type FactValue,
	type Hundredths,
	type Pack
} from '#scoring';
import { schemeBand, type SchemeBand } from './assess.ts';

/** What somebody tries on an account without anything being written: 试算. */
export interface Supposition {
	/** Until which day; points lapse on the way. */
	day: IsoDate;
	/** Entries, by their facts, that people might let count, or take back. */
	confirmed: string[];
	reversed: string[];
	/** A clause that something might happen under today; null: nothing more happens. */
	clause: string | null;
	/** Where the clause leaves a range. */
	points: number | null;
}

/** Three years: longer than any cycle that a published scheme has. */
export const furthestDays = 1096;

const emptyIsNothing = (value: unknown) => (value === '' || value === null ? undefined : value);
const ids = z.array(z.uuid()).max(200);
const schema = z.object({
	day: z.preprocess(emptyIsNothing, z.iso.date().optional()),
	confirmed: ids,
	reversed: ids,
	clause: z.preprocess(emptyIsNothing, z.string().max(20).optional()),
	points: z.preprocess(emptyIsNothing, z.coerce.number().min(-1000).max(1000).multipleOf(0.01).optional())
});

/** What an address supposes; null: nothing. A fault is told, with its field. */
export function suppositionFrom(query: URLSearchParams, today: IsoDate): Result<Supposition> | null {
	if (!query.has('suppose')) return null;
	const parsed = schema.safeParse({
		day: query.get('day'),
		confirmed: query.getAll('confirm'),
		reversed: query.getAll('reverse'),
		clause: query.get('clause'),
		points: query.get('points')
	});
	if (!parsed.success) return failure('request.invalid', undefined, String(parsed.error.issues[0]!.path[0]));
	const { day = today, clause = null, points = null, ...entries } = parsed.data;
	if (day < today || day > addDays(today, furthestDays)) return failure('request.invalid', undefined, 'day');
	return success({ day, clause, points, ...entries });
}

/** Where an account would stand. Points are 1/100. */
export interface SupposedStanding {
	points: Hundredths;
	band: SchemeBand | null;
	pendingPoints: Hundredths;
	pendingBand: SchemeBand | null;
}

export interface Supposed {
	day: IsoDate;
	before: SupposedStanding;
	after: SupposedStanding;
	/** What the band would open beyond what is open today, also if it still has to be confirmed. */
	measures: string[];
	/** How many entries that count today would have lapsed by then. */
	lapsed: number;
	/** What the supposed fact would write. */
	added: { clause: string; text: string; points: Hundredths; waits: boolean }[];
}

/**
 * The account as it would be if these things were so; nothing is written.
 * @param facts of one account · @returns a refusal where the clause is none of the pack's or wants other points
 */
export function supposed(
	pack: Pack,
	facts: readonly Fact[],
	supposition: Supposition,
	today: IsoDate
): Result<Supposed> {
	const happening = supposition.clause === null ? null : factUnder(pack, facts, supposition, today);
	if (happening && !happening.ok) return happening;
	const before = evaluate(pack, facts, today);
	const known = new Set(before.entries.map(({ fact }) => fact));
	const decided = (what: 'confirmed' | 'reversed'): Change[] =>
		supposition[what].filter((id) => known.has(id)).map((fact) => ({ what, fact }));
	const changes: Change[] = [...decided('confirmed'), ...decided('reversed')];
	if (happening) changes.push({ what: 'added', fact: happening.value });
	const { after } = whatIf(pack, facts, changes, supposition.day);
	const standing = new Map(after.entries.map((entry) => [entry.fact, entry]));
	return success({
		day: supposition.day,
		before: standingOf(before),
		after: standingOf(after),
		measures: measuresAt(pack, after).filter((name) => !measuresAt(pack, before).includes(name)),
		lapsed: before.entries.filter(
			({ fact, counts }) => counts === 'effective' && standing.get(fact)?.silent === 'lapsed'
		).length,
		added: after.entries
			.filter(({ fact }) => fact === supposedId)
			.map(({ clause, text, points, counts }) => ({ clause, text, points, waits: counts === 'pending' }))
	});
}

const supposedId = 'supposed';

const standingOf = ({ balance, band, pendingBalance, pendingBand }: Account): SupposedStanding => ({
	points: balance,
	band: band && schemeBand(band),
	pendingPoints: pendingBalance,
	pendingBand: pendingBand && schemeBand(pendingBand)
});

const measuresAt = (pack: Pack, { pendingBand, band }: Account): string[] =>
	(pack.bands.find(({ key }) => key === (pendingBand ?? band)?.key)?.measures ?? []).map(({ name }) => name);

/** Clauses that something can happen under, with what they cost. */
export const supposableClauses = (pack: Pack, today: IsoDate): Clause[] =>
	pack.clauses.filter(
		(clause) =>
			(clause.kind === 'charge' || clause.kind === 'credit') &&
			clause.points !== null &&
			isInForce(clause, today)
	);

/** A fact of today that the clause takes: the first of its patterns, with values that satisfy it. */
function factUnder(
	pack: Pack,
	facts: readonly Fact[],
	{ clause: code, points }: Supposition,
	today: IsoDate
): Result<Fact> {
	const clause = supposableClauses(pack, today).find((each) => each.code === code);
	if (!clause?.points) return failure('request.invalid', undefined, 'clause');
	const { min, max } = clause.points;
	const wanted = points === null ? null : toHundredths(points);
	if (min !== max && (wanted === null || wanted < min || wanted > max))
		return failure('request.invalid', undefined, 'points');
	const pattern = clause.patterns[0]!;
	const attributes = Object.entries(pattern.where ?? {}).map(([name, condition]): [string, FactValue] => [
		name,
		valueThatHolds(condition)
	]);
	return success({
		id: supposedId,
		subject: facts[0]?.subject ?? supposedId,
		kind: pattern.kind,
		occurredOn: today,
		recordedAt: `${today}T23:59:59+08:00`,
		data: {
			hazardId: supposedId,
			inspectionId: supposedId,
			...Object.fromEntries(attributes),
			...(min !== max && { points, clause: clause.code })
		}
	});
}

function valueThatHolds(condition: Condition): FactValue {
	if (Array.isArray(condition)) return condition[0]!;
	if (typeof condition !== 'object' || condition === null) return condition;
	return condition.at_least ?? (condition.below ?? 1) - 1;
}
