import { isLeadKind, isReservedKind } from '../fact/fact.ts';
import { fault, type Fault } from '../value/fault.ts';
import type { PackProblem } from './check.ts';
import type { FilledClause, FilledPack } from './packSchema.ts';
import { isEmptyCondition, patternCovers, patternsMeet } from './pattern.ts';

type Path = (string | number)[];

/** A clause with where it stands, and the days on which it can apply. */
interface Placed {
	clause: FilledClause;
	index: number;
	from: string;
	to: string;
}

const forever = '9999-12-31';

export function clauseProblems(pack: FilledPack): PackProblem[] {
	const placed = pack.clauses.map((clause, index): Placed => {
		const valid = clause.valid ?? pack.valid;
		return { clause, index, from: valid.from, to: valid.to ?? forever };
	});
	return [
		...placed.flatMap((one) => [
			...dateProblems(one, pack),
			...amountProblems(one),
			...reachProblems(one, pack),
			...tieProblems(one, pack),
			...repetitionProblems(one),
			...citingProblems(one)
		]),
		...placed.flatMap((one) => placed.slice(one.index + 1).flatMap((other) => pairProblems(one, other)))
	];
}

function problem(code: PackProblem['code'], index: number, rest: Path, what: Fault): PackProblem {
	return { code, path: ['clauses', index, ...rest], line: null, ...what };
}

function dateProblems({ clause, index, from, to }: Placed, pack: FilledPack): PackProblem[] {
	if (from > to) {
		return [problem('pack.dates', index, ['valid', 'to'], fault('ends_before_start', { got: to, from }))];
	}
	if (from >= pack.valid.from && to <= (pack.valid.to ?? forever)) return [];
	return [problem('pack.dates', index, ['valid'], fault('clause_days', { code: clause.code, from, to }))];
}

/** The fewest and the most points that the clause itself writes; null: a share says it. */
const endsOf = ({ points }: FilledClause): [least: number, most: number] | null =>
	points === undefined ? null : typeof points === 'number' ? [points, points] : [points.min, points.max];

function amountProblems({ clause, index }: Placed): PackProblem[] {
	const { share_percent: share, kind } = clause;
	const ends = endsOf(clause);
	if ((ends === null) === (share === undefined)) {
		return [problem('pack.clauses', index, [], fault('clause_amount', { code: clause.code }))];
	}
	if (ends !== null) return pointsProblems(clause, index, ends);
	if (kind !== 'reduction' && kind !== 'aggravation') {
		return [problem('pack.clauses', index, ['share_percent'], fault('share_on', { kind }))];
	}
	if (kind === 'aggravation' || share! <= 100) return [];
	return [problem('pack.clauses', index, ['share_percent'], fault('share_over', { got: share }))];
}

function pointsProblems(clause: FilledClause, index: number, [least, most]: [number, number]): PackProblem[] {
	const { kind, cap } = clause;
	const refuse = (field: string, what: Fault) => [problem('pack.clauses', index, [field], what)];
	const ends = { min: least, max: most };
	if (least > most) return refuse('points', fault('points_upside_down', ends));
	if (least < 0 && (kind !== 'credit' || most > 0)) {
		const reason = kind === 'credit' ? 'points_sides' : 'points_below_zero';
		return refuse('points', fault(reason, { ...ends, kind }));
	}
	const highest = most + repetitionOf(clause, most);
	if (cap === undefined || highest <= cap) return [];
	return refuse('cap', fault('cap_low', { got: cap, highest }));
}

const repetitionOf = ({ repeated }: FilledClause, most: number): number =>
	repeated ? (repeated.points ?? (most * (repeated.share_percent ?? 0)) / 100) : 0;

function repetitionProblems({ clause: { repeated, kind }, index }: Placed): PackProblem[] {
	if (!repeated) return [];
	const refuse = (what: Fault) => [problem('pack.clauses', index, ['repeated'], what)];
	if (kind !== 'charge') return refuse(fault('repeated_on', { kind }));
	if ((repeated.points === undefined) !== (repeated.share_percent === undefined)) return [];
	return refuse(fault('repeated_amount'));
}

/** A clause that books opinions under the clauses they name. */
function citingProblems({ clause, index }: Placed): PackProblem[] {
	const { cites, kind, points, matches } = clause;
	if (!cites) return [];
	const refuse = (rest: Path, what: Fault) => problem('pack.clauses', index, rest, what);
	const problems: PackProblem[] = [];
	if (kind !== 'charge' && kind !== 'credit') problems.push(refuse(['cites'], fault('cites_on', { kind })));
	if (typeof points === 'number') problems.push(refuse(['points'], fault('cites_points', { got: points })));
	matches.forEach(({ where }, at) => {
		if (where?.clause === undefined) return;
		problems.push(refuse(['matches', at, 'where'], fault('cites_condition')));
	});
	return problems;
}

function reachProblems({ clause, index }: Placed, pack: FilledPack): PackProblem[] {
	const problems: PackProblem[] = [];
	if (!pack.aspects.some(({ key }) => key === clause.aspect)) {
		problems.push(
			problem('pack.aspects', index, ['aspect'], fault('clause_aspect', { aspect: clause.aspect }))
		);
	}
	clause.matches.forEach((pattern, at) => {
		const refuse = (field: Path, what: Fault) =>
			problems.push(problem('pack.unreachable', index, ['matches', at, ...field], what));
		const { kind } = pattern;
		if (isReservedKind(kind)) refuse(['kind'], fault('matches_decision', { kind }));
		if (isLeadKind(kind)) refuse(['kind'], fault('matches_lead', { kind }));
		for (const [name, condition] of Object.entries(pattern.where ?? {})) {
			if (isEmptyCondition(condition)) refuse(['where', name], fault('condition_empty'));
		}
	});
	return problems;
}

/** What a kind of clause is tied by. */
const tieFields = { reduces: 'reduction', aggravates: 'aggravation' } as const;

function tieProblems({ clause, index }: Placed, pack: FilledPack): PackProblem[] {
	return (['reduces', 'aggravates'] as const).flatMap((field) => {
		const refuse = (rest: Path, what: Fault) => problem('pack.clauses', index, rest, what);
		const { kind } = clause;
		const tie = clause[field];
		if (clause.kind !== tieFields[field]) {
			return tie ? [refuse([field], fault('tie_on', { field, kind }))] : [];
		}
		if (!tie) return [refuse([], fault('tie_missing', { code: clause.code, kind, field }))];
		return tie.clauses.flatMap((code, at) => {
			const isCharge = pack.clauses.some((other) => other.code === code && other.kind === 'charge');
			if (isCharge) return [];
			return [problem('pack.unreachable', index, [field, 'clauses', at], fault('tie_target', { code }))];
		});
	});
}

const daysMeet = (a: Placed, b: Placed): boolean => a.from <= b.to && b.from <= a.to;

/** Two clauses that may both be asked about one fact: the fact must have exactly one writer. */
function pairProblems(one: Placed, other: Placed): PackProblem[] {
	if (!daysMeet(one, other)) return [];
	if (one.clause.code === other.clause.code) {
		return [problem('pack.clauses', other.index, ['code'], fault('code_twice', { code: other.clause.code }))];
	}
	const meets = one.clause.matches.some((a) => other.clause.matches.some((b) => patternsMeet(a, b)));
	if (!meets) return [];
	if (one.clause.priority === other.clause.priority) {
		const codes = { one: one.clause.code, other: other.clause.code };
		return [problem('pack.writers', other.index, ['matches'], fault('two_writers', codes))];
	}
	const [high, low] = one.clause.priority > other.clause.priority ? [one, other] : [other, one];
	const isHidden =
		high.from <= low.from &&
		high.to >= low.to &&
		low.clause.matches.every((b) => high.clause.matches.some((a) => patternCovers(a, b)));
	if (!isHidden) return [];
	const codes = { hidden: low.clause.code, by: high.clause.code };
	return [problem('pack.unreachable', low.index, ['matches'], fault('clause_hidden', codes))];
}
