import { isReservedKind } from '../fact/fact.ts';
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

function problem(code: PackProblem['code'], index: number, rest: Path, message: string): PackProblem {
	return { code, path: ['clauses', index, ...rest], line: null, message };
}

function dateProblems({ clause, index, from, to }: Placed, pack: FilledPack): PackProblem[] {
	if (from > to) {
		return [problem('pack.dates', index, ['valid', 'to'], `got ${to}, expected a day not before ${from}`)];
	}
	if (from >= pack.valid.from && to <= (pack.valid.to ?? forever)) return [];
	const message = `"${clause.code}" is valid ${from} to ${to}, expected within the pack's own days`;
	return [problem('pack.dates', index, ['valid'], message)];
}

/** The fewest and the most points that the clause itself writes; null: a share says it. */
const endsOf = ({ points }: FilledClause): [least: number, most: number] | null =>
	points === undefined ? null : typeof points === 'number' ? [points, points] : [points.min, points.max];

function amountProblems({ clause, index }: Placed): PackProblem[] {
	const { share_percent: share, kind } = clause;
	const ends = endsOf(clause);
	if ((ends === null) === (share === undefined)) {
		return [problem('pack.clauses', index, [], `"${clause.code}": expected either points or share_percent`)];
	}
	if (ends !== null) return pointsProblems(clause, index, ends);
	if (kind !== 'reduction' && kind !== 'aggravation') {
		return [problem('pack.clauses', index, ['share_percent'], `got a share on a ${kind}, expected points`)];
	}
	if (kind === 'aggravation' || share! <= 100) return [];
	const message = `got ${share} per cent, expected at most the whole entry, 100`;
	return [problem('pack.clauses', index, ['share_percent'], message)];
}

function pointsProblems(clause: FilledClause, index: number, [least, most]: [number, number]): PackProblem[] {
	const { kind, cap } = clause;
	const refuse = (field: string, message: string) => [problem('pack.clauses', index, [field], message)];
	if (least > most) return refuse('points', `got min ${least} > max ${most}, expected min ≤ max`);
	if (least < 0 && (kind !== 'credit' || most > 0)) {
		const expected = kind === 'credit' ? 'both ends on one side of zero' : 'points from 0';
		return refuse('points', `got ${least} to ${most} on a ${kind}, expected ${expected}`);
	}
	const highest = most + repetitionOf(clause, most);
	if (cap === undefined || highest <= cap) return [];
	return refuse('cap', `got ${cap}, expected at least the ${highest} points that one entry gives`);
}

const repetitionOf = ({ repeated }: FilledClause, most: number): number =>
	repeated ? (repeated.points ?? (most * (repeated.share_percent ?? 0)) / 100) : 0;

function repetitionProblems({ clause: { repeated, kind }, index }: Placed): PackProblem[] {
	if (!repeated) return [];
	const refuse = (message: string) => [problem('pack.clauses', index, ['repeated'], message)];
	if (kind !== 'charge') return refuse(`got repeated on a ${kind}, expected a charge`);
	if ((repeated.points === undefined) !== (repeated.share_percent === undefined)) return [];
	return refuse('expected either points or share_percent');
}

/** A clause that books opinions under the clauses they name. */
function citingProblems({ clause, index }: Placed): PackProblem[] {
	const { cites, kind, points, matches } = clause;
	if (!cites) return [];
	const refuse = (rest: Path, message: string) => problem('pack.clauses', index, rest, message);
	const problems: PackProblem[] = [];
	if (kind !== 'charge' && kind !== 'credit') {
		problems.push(refuse(['cites'], `got cites on a ${kind}, expected a charge or a credit`));
	}
	if (typeof points === 'number') {
		problems.push(refuse(['points'], `got ${points}, expected { min, max }: the opinion says the points`));
	}
	matches.forEach(({ where }, at) => {
		if (where?.clause === undefined) return;
		problems.push(refuse(['matches', at, 'where'], 'got a condition on clause, which cites reads itself'));
	});
	return problems;
}

function reachProblems({ clause, index }: Placed, pack: FilledPack): PackProblem[] {
	const problems: PackProblem[] = [];
	if (!pack.aspects.some(({ key }) => key === clause.aspect)) {
		problems.push(
			problem('pack.aspects', index, ['aspect'], `got "${clause.aspect}", expected a listed aspect`)
		);
	}
	clause.matches.forEach((pattern, at) => {
		const refuse = (field: Path, message: string) =>
			problems.push(problem('pack.unreachable', index, ['matches', at, ...field], message));
		if (isReservedKind(pattern.kind)) {
			refuse(['kind'], `got "${pattern.kind}", a decision, which the engine reads itself`);
		}
		for (const [name, condition] of Object.entries(pattern.where ?? {})) {
			if (isEmptyCondition(condition)) refuse(['where', name], 'no value can meet this condition');
		}
	});
	return problems;
}

/** What a kind of clause is tied by. */
const tieFields = { reduces: 'reduction', aggravates: 'aggravation' } as const;

function tieProblems({ clause, index }: Placed, pack: FilledPack): PackProblem[] {
	return (['reduces', 'aggravates'] as const).flatMap((field) => {
		const refuse = (rest: Path, message: string) => problem('pack.clauses', index, rest, message);
		const tie = clause[field];
		if (clause.kind !== tieFields[field]) {
			return tie ? [refuse([field], `got ${field} on a ${clause.kind}, expected none`)] : [];
		}
		if (!tie) {
			return [refuse([], `"${clause.code}", kind ${clause.kind}: expected what it ${field}`)];
		}
		return tie.clauses.flatMap((code, at) => {
			const isCharge = pack.clauses.some((other) => other.code === code && other.kind === 'charge');
			if (isCharge) return [];
			const message = `got "${code}", expected the code of a charge in this pack`;
			return [problem('pack.unreachable', index, [field, 'clauses', at], message)];
		});
	});
}

const daysMeet = (a: Placed, b: Placed): boolean => a.from <= b.to && b.from <= a.to;

/** Two clauses that may both be asked about one fact: the fact must have exactly one writer. */
function pairProblems(one: Placed, other: Placed): PackProblem[] {
	if (!daysMeet(one, other)) return [];
	if (one.clause.code === other.clause.code) {
		const message = `got the code "${other.clause.code}" twice for the same days, expected it once`;
		return [problem('pack.clauses', other.index, ['code'], message)];
	}
	const meets = one.clause.matches.some((a) => other.clause.matches.some((b) => patternsMeet(a, b)));
	if (!meets) return [];
	if (one.clause.priority === other.clause.priority) {
		const message =
			`"${one.clause.code}" and "${other.clause.code}" can both write one fact, ` +
			'expected different priorities';
		return [problem('pack.writers', other.index, ['matches'], message)];
	}
	const [high, low] = one.clause.priority > other.clause.priority ? [one, other] : [other, one];
	const isHidden =
		high.from <= low.from &&
		high.to >= low.to &&
		low.clause.matches.every((b) => high.clause.matches.some((a) => patternCovers(a, b)));
	if (!isHidden) return [];
	const message = `"${low.clause.code}" is unreachable: "${high.clause.code}" takes all its facts first`;
	return [problem('pack.unreachable', low.index, ['matches'], message)];
}
