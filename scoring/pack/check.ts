import { bandProblems } from './checkBands.ts';
import { clauseProblems } from './checkClauses.ts';
import type { FilledPack } from './packSchema.ts';

/**
 * Why a pack is refused. `path` leads to the place in the document, `line` is its line in the YAML (1-based;
 * null where the document was not read from text). `message` says got and expected.
 */
export interface PackProblem {
	code: `pack.${'yaml' | 'schema' | 'dates' | 'limits' | 'bands' | 'aspects' | 'clauses' | 'unreachable' | 'writers'}`;
	path: (string | number)[];
	line: number | null;
	message: string;
}

/** What is wrong with a pack whose every field is well-formed: the fields taken together. Empty: nothing. */
export const checkPack = (pack: FilledPack): PackProblem[] => [
	...validityProblems(pack),
	...limitProblems(pack),
	...provenanceProblems(pack),
	...bandProblems(pack),
	...aspectProblems(pack),
	...clauseProblems(pack)
];

function validityProblems({ valid }: FilledPack): PackProblem[] {
	if (valid.to === null || valid.from <= valid.to) return [];
	const message = `got ${valid.to}, expected a day not before ${valid.from}`;
	return [{ code: 'pack.dates', path: ['valid', 'to'], line: null, message }];
}

function limitProblems({ start, floor, ceiling }: FilledPack): PackProblem[] {
	const lowest = floor ?? -Infinity;
	const highest = ceiling ?? Infinity;
	if (lowest < highest && start >= lowest && start <= highest) return [];
	const message = `got floor ${floor}, start ${start}, ceiling ${ceiling}, expected floor ≤ start ≤ ceiling`;
	return [{ code: 'pack.limits', path: ['start'], line: null, message }];
}

/** In a pack that is a sample, a part that says it is none must say where it is stated. */
function provenanceProblems(pack: FilledPack): PackProblem[] {
	if (!pack.is_sample) return [];
	const parts: [PackProblem['path'], { is_sample?: boolean; source?: string }][] = [
		[['cycle'], pack.cycle],
		[['decides'], pack.decides],
		...pack.bands.map((band, index): (typeof parts)[number] => [['bands', index], band]),
		...pack.scales.map((scale, index): (typeof parts)[number] => [['scales', index], scale])
	];
	return parts.flatMap(([path, part]) => {
		if (part.is_sample !== false || part.source !== undefined) return [];
		const message = 'expected the source that states it: what no source states is a sample';
		return [{ code: 'pack.schema', path: [...path, 'is_sample'], line: null, message }];
	});
}

function aspectProblems({ aspects, clauses }: FilledPack): PackProblem[] {
	const problems: PackProblem[] = [];
	const seen = new Set<string>();
	const used = new Set(clauses.map(({ aspect }) => aspect));
	aspects.forEach(({ key }, index) => {
		const refuse = (message: string) =>
			problems.push({ code: 'pack.aspects', path: ['aspects', index, 'key'], line: null, message });
		if (seen.has(key)) refuse(`got the aspect "${key}" twice, expected it once`);
		if (!used.has(key)) refuse(`got the aspect "${key}" without a clause, expected one at least`);
		seen.add(key);
	});
	return problems;
}
