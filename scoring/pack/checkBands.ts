import { fault, type Fault } from '../value/fault.ts';
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
	return [
		{ code: 'pack.bands', path: ['scales', index, 'key'], line: null, ...fault('scale_twice', { key }) }
	];
}

const ladderProblems = (ladder: Ladder): PackProblem[] => [
	...ladder.bands.flatMap((band, index) => ownProblems(ladder, band, index)),
	...endProblems(ladder)
];

const problem = ({ path }: Ladder, index: number, field: string, what: Fault): PackProblem => ({
	code: 'pack.bands',
	path: [...path, index, field],
	line: null,
	...what
});

function ownProblems(ladder: Ladder, band: BandDocument, index: number): PackProblem[] {
	const problems: PackProblem[] = [];
	if (lower(band) >= upper(band)) {
		const { from, below } = band;
		problems.push(problem(ladder, index, 'below', fault('band_upside_down', { from, below })));
	}
	if (upper(band) <= (ladder.floor ?? -Infinity) || lower(band) > (ladder.ceiling ?? Infinity)) {
		problems.push(problem(ladder, index, 'from', fault('band_unreachable', { name: band.name })));
	}
	if (ladder.bands.findIndex(({ key }) => key === band.key) < index) {
		problems.push(problem(ladder, index, 'key', fault('band_twice', { key: band.key })));
	}
	if (index === 0) {
		return band.needs_confirmation
			? [...problems, problem(ladder, 0, 'needs_confirmation', fault('band_waits'))]
			: problems;
	}
	const better = ladder.bands[index - 1]!;
	if (levels.indexOf(band.level) < levels.indexOf(better.level)) {
		const levels = { got: band.level, better: better.level };
		problems.push(problem(ladder, index, 'level', fault('band_level', levels)));
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
	const what = fault(upper(low) < lower(high) ? 'band_gap' : 'band_overlap', {
		low: low.name,
		below: low.below,
		high: high.name,
		from: high.from
	});
	return [problem(ladder, index, ladder.direction === 'up' ? 'from' : 'below', what)];
}

function endProblems(ladder: Ladder): PackProblem[] {
	const { bands, direction, floor, ceiling } = ladder;
	const last = bands.length - 1;
	const [lowest, highest] = direction === 'up' ? [0, last] : [last, 0];
	const problems: PackProblem[] = [];
	if (lower(bands[lowest]!) > (floor ?? -Infinity)) {
		const got = bands[lowest]!.from;
		problems.push(problem(ladder, lowest, 'from', fault('band_floor', { got, floor })));
	}
	const top = upper(bands[highest]!);
	if (ceiling === null ? top !== Infinity : top <= ceiling) {
		const got = bands[highest]!.below;
		problems.push(problem(ladder, highest, 'below', fault('band_ceiling', { got, ceiling })));
	}
	return problems;
}
