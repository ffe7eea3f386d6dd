import type { PackProblem } from './check.ts';
import type { FilledPack } from './packSchema.ts';

type BandDocument = FilledPack['bands'][number];

const lower = (band: BandDocument): number => band.from ?? -Infinity;
const upper = (band: BandDocument): number => band.below ?? Infinity;

/** Bands from the best to the worst must meet end to end, cover every balance there can be, and all be reachable. */
export function bandProblems(pack: FilledPack): PackProblem[] {
	return [...pack.bands.flatMap((band, index) => ownProblems(pack, band, index)), ...endProblems(pack)];
}

function problem(index: number, field: string, message: string): PackProblem {
	return { code: 'pack.bands', path: ['bands', index, field], line: null, message };
}

function ownProblems(pack: FilledPack, band: BandDocument, index: number): PackProblem[] {
	const problems: PackProblem[] = [];
	if (lower(band) >= upper(band)) {
		problems.push(problem(index, 'below', `got ${band.from} to ${band.below}, expected from < below`));
	}
	if (upper(band) <= (pack.floor ?? -Infinity) || lower(band) > (pack.ceiling ?? Infinity)) {
		problems.push(problem(index, 'from', `"${band.name}" is unreachable between floor and ceiling`));
	}
	if (pack.bands.findIndex(({ key }) => key === band.key) < index) {
		problems.push(problem(index, 'key', `got the band "${band.key}" twice, expected it once`));
	}
	if (index === 0) {
		return band.needs_confirmation
			? [...problems, problem(0, 'needs_confirmation', 'the best band cannot wait for confirmation')]
			: problems;
	}
	return [...problems, ...jointProblems(pack, pack.bands[index - 1]!, band, index)];
}

function jointProblems(
	{ direction }: FilledPack,
	better: BandDocument,
	worse: BandDocument,
	index: number
): PackProblem[] {
	const [low, high] = direction === 'up' ? [better, worse] : [worse, better];
	if (low.below === high.from && low.below !== null) return [];
	const what = upper(low) < lower(high) ? 'a gap' : 'an overlap';
	const where = `"${low.name}" ends below ${low.below} and "${high.name}" starts from ${high.from}`;
	return [
		problem(index, direction === 'up' ? 'from' : 'below', `got ${what}: ${where}, expected the same number`)
	];
}

function endProblems({ bands, direction, floor, ceiling }: FilledPack): PackProblem[] {
	const last = bands.length - 1;
	const [lowest, highest] = direction === 'up' ? [0, last] : [last, 0];
	const problems: PackProblem[] = [];
	if (lower(bands[lowest]!) > (floor ?? -Infinity)) {
		problems.push(
			problem(lowest, 'from', `got ${bands[lowest]!.from}, expected to cover the floor ${floor}`)
		);
	}
	const top = upper(bands[highest]!);
	if (ceiling === null ? top !== Infinity : top <= ceiling) {
		const message = `got ${bands[highest]!.below}, expected null or more than the ceiling ${ceiling}`;
		problems.push(problem(highest, 'below', message));
	}
	return problems;
}
