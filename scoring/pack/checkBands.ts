import type { PackProblem } from './check.ts';
import { levels, type FilledPack } from './packSchema.ts';

type BandDocument = FilledPack['scales'][number]['bands'][number] & { needs_confirmation?: boolean };

/** Bands with what they must cover, and where they stand in the document. */
interface Ladder extends Pick<FilledPack, 'direction' | 'floor' | 'ceiling'> {
	bands: readonly BandDocument[];
	path: PackProblem['path'];
}

const lower = (band: BandDocument): number => band.from ?? -Infinity;
const upper = (band: BandDocument): number => band.below ?? Infinity;

/**
 * Bands from the best to the worst must meet end to end, cover every balance there can be, and all be reachable;
 * the same goes for the bands of every further scale.
 */
export function bandProblems({ bands, scales, direction, floor, ceiling }: FilledPack): PackProblem[] {
	const limits = { direction, floor, ceiling };
	return [
		...ladderProblems({ ...limits, bands, path: ['bands'] }),
		...scales.flatMap(({ key, bands: others }, index) => [
			...repeatedScale(scales, key, index),
			...ladderProblems({ ...limits, bands: others, path: ['scales', index, 'bands'] })
		])
	];
}

function repeatedScale(scales: FilledPack['scales'], key: string, index: number): PackProblem[] {
	if (scales.findIndex((other) => other.key === key) === index) return [];
	const message = `got the scale "${key}" twice, expected it once`;
	return [{ code: 'pack.bands', path: ['scales', index, 'key'], line: null, message }];
}

const ladderProblems = (ladder: Ladder): PackProblem[] => [
	...ladder.bands.flatMap((band, index) => ownProblems(ladder, band, index)),
	...endProblems(ladder)
];

const problem = ({ path }: Ladder, index: number, field: string, message: string): PackProblem => ({
	code: 'pack.bands',
	path: [...path, index, field],
	line: null,
	message
});

function ownProblems(ladder: Ladder, band: BandDocument, index: number): PackProblem[] {
	const problems: PackProblem[] = [];
	if (lower(band) >= upper(band)) {
		problems.push(
			problem(ladder, index, 'below', `got ${band.from} to ${band.below}, expected from < below`)
		);
	}
	if (upper(band) <= (ladder.floor ?? -Infinity) || lower(band) > (ladder.ceiling ?? Infinity)) {
		problems.push(problem(ladder, index, 'from', `"${band.name}" is unreachable between floor and ceiling`));
	}
	if (ladder.bands.findIndex(({ key }) => key === band.key) < index) {
		problems.push(problem(ladder, index, 'key', `got the band "${band.key}" twice, expected it once`));
	}
	if (index === 0) {
		return band.needs_confirmation
			? [...problems, problem(ladder, 0, 'needs_confirmation', 'the best band cannot wait for confirmation')]
			: problems;
	}
	const better = ladder.bands[index - 1]!;
	if (levels.indexOf(band.level) < levels.indexOf(better.level)) {
		const message = `got ${band.level} after ${better.level}, expected the same level or a worse one`;
		problems.push(problem(ladder, index, 'level', message));
	}
	return [...problems, ...jointProblems(ladder, better, band, index)];
}

function jointProblems(
	ladder: Ladder,
	better: BandDocument,
	worse: BandDocument,
	index: number
): PackProblem[] {
	const [low, high] = ladder.direction === 'up' ? [better, worse] : [worse, better];
	if (low.below === high.from && low.below !== null) return [];
	const what = upper(low) < lower(high) ? 'a gap' : 'an overlap';
	const where = `"${low.name}" ends below ${low.below} and "${high.name}" starts from ${high.from}`;
	return [
		problem(
			ladder,
			index,
			ladder.direction === 'up' ? 'from' : 'below',
			`got ${what}: ${where}, expected the same number`
		)
	];
}

function endProblems(ladder: Ladder): PackProblem[] {
	const { bands, direction, floor, ceiling } = ladder;
	const last = bands.length - 1;
	const [lowest, highest] = direction === 'up' ? [0, last] : [last, 0];
	const problems: PackProblem[] = [];
	if (lower(bands[lowest]!) > (floor ?? -Infinity)) {
		problems.push(
			problem(ladder, lowest, 'from', `got ${bands[lowest]!.from}, expected to cover the floor ${floor}`)
		);
	}
	const top = upper(bands[highest]!);
	if (ceiling === null ? top !== Infinity : top <= ceiling) {
		const message = `got ${bands[highest]!.below}, expected null or more than the ceiling ${ceiling}`;
		problems.push(problem(ladder, highest, 'below', message));
	}
	return problems;
}
