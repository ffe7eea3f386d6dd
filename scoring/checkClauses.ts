import type { PackProblem } from './check.ts';
import { isReservedKind } from './fact.ts';
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
			...reductionProblems(one, pack)
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

function amountProblems({ clause, index }: Placed): PackProblem[] {
	const { points, share_percent: share, cap, kind } = clause;
	if ((points === undefined) === (share === undefined)) {
		return [problem('pack.clauses', index, [], `"${clause.code}": expected either points or share_percent`)];
	}
	if (share !== undefined && kind !== 'reduction') {
		return [problem('pack.clauses', index, ['share_percent'], `got a share on a ${kind}, expected points`)];
	}
	if (points === undefined) return [];
	const [least, most] = typeof points === 'number' ? [points, points] : [points.min, points.max];
	if (least > most) {
		return [problem('pack.clauses', index, ['points'], `got min ${least} > max ${most}, expected min ≤ max`)];
	}
	if (cap === undefined || most <= cap) return [];
	const message = `got ${cap}, expected at least the ${most} points that one entry gives`;
	return [problem('pack.clauses', index, ['cap'], message)];
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

function reductionProblems({ clause, index }: Placed, pack: FilledPack): PackProblem[] {
	const refuse = (rest: Path, message: string) => problem('pack.clauses', index, rest, message);
	if (clause.kind !== 'reduction') {
		return clause.reduces ? [refuse(['reduces'], `got reduces on a ${clause.kind}, expected none`)] : [];
	}
	if (!clause.reduces) return [refuse([], `"${clause.code}" is a reduction, expected what it reduces`)];
	return clause.reduces.clauses.flatMap((code, at) => {
		const isCharge = pack.clauses.some((other) => other.code === code && other.kind === 'charge');
		if (isCharge) return [];
		const message = `got "${code}", expected the code of a charge in this pack`;
		return [problem('pack.unreachable', index, ['reduces', 'clauses', at], message)];
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
