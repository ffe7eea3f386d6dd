import { isLeadKind } from '../fact/fact.ts';
import { fault, type Fault } from '../value/fault.ts';
import { bandProblems } from './checkBands.ts';
import { clauseProblems } from './checkClauses.ts';
import type { FilledPack } from './packSchema.ts';

/**
 * Why a pack is refused. `path` leads to the place in the document, `line` is its line in the YAML (1-based;
 * null where the document was not read from text).
 */
export interface PackProblem extends Fault {
	code: `pack.${'yaml' | 'schema' | 'dates' | 'limits' | 'bands' | 'aspects' | 'clauses' | 'unreachable' | 'writers'}`;
	path: (string | number)[];
	line: number | null;
}

/** What is wrong with a pack whose every field is well-formed: the fields taken together. Empty: nothing. */
export const checkPack = (pack: FilledPack): PackProblem[] => [
	...validityProblems(pack),
	...limitProblems(pack),
	...leadProblems(pack),
	...provenanceProblems(pack),
	...bandProblems(pack),
	...aspectProblems(pack),
	...clauseProblems(pack)
];

function validityProblems({ valid }: FilledPack): PackProblem[] {
	if (valid.to === null || valid.from <= valid.to) return [];
	const ends = fault('ends_before_start', { got: valid.to, from: valid.from });
	return [{ code: 'pack.dates', path: ['valid', 'to'], line: null, ...ends }];
}

function limitProblems({ start, floor, ceiling }: FilledPack): PackProblem[] {
	const lowest = floor ?? -Infinity;
	const highest = ceiling ?? Infinity;
	if (lowest < highest && start >= lowest && start <= highest) return [];
	return [
		{ code: 'pack.limits', path: ['start'], line: null, ...fault('limits', { floor, start, ceiling }) }
	];
}

/** Who was only reported by a device has not been looked at. */
const leadProblems = ({ evaluated_by: kinds }: FilledPack): PackProblem[] =>
	kinds.flatMap((kind, index) => {
		if (!isLeadKind(kind)) return [];
		const what = fault('matches_lead', { kind });
		return [{ code: 'pack.unreachable', path: ['evaluated_by', index], line: null, ...what }];
	});

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
		return [{ code: 'pack.schema', path: [...path, 'is_sample'], line: null, ...fault('schema_source') }];
	});
}

function aspectProblems({ aspects, clauses }: FilledPack): PackProblem[] {
	const problems: PackProblem[] = [];
	const seen = new Set<string>();
	const used = new Set(clauses.map(({ aspect }) => aspect));
	aspects.forEach(({ key }, index) => {
		const refuse = (reason: 'aspect_twice' | 'aspect_unused') =>
			problems.push({
				code: 'pack.aspects',
				path: ['aspects', index, 'key'],
				line: null,
				...fault(reason, { key })
			});
		if (seen.has(key)) refuse('aspect_twice');
		if (!used.has(key)) refuse('aspect_unused');
		seen.add(key);
	});
	return problems;
}
