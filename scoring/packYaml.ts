import { isNode, isMap, LineCounter, parseDocument, type Document } from 'yaml';
import type { PackProblem } from './check.ts';
import { loadPack, type PackOutcome } from './pack.ts';

/**
 * A pack from its YAML text (1.2: a day stays text, no yes/no booleans). Refused with every reason found, each
 * with the line it stands on. Not for the browser: there, packs arrive as JSON and `loadPack` reads them.
 */
export function parsePack(text: string): PackOutcome {
	const lines = new LineCounter();
	const yaml = parseDocument(text, { lineCounter: lines, prettyErrors: false });
	const faults = [...yaml.errors, ...yaml.warnings];
	if (faults.length > 0) {
		return {
			ok: false,
			problems: faults.map(({ message, pos }) => ({
				code: 'pack.yaml',
				path: [],
				line: lines.linePos(pos[0]).line,
				message
			}))
		};
	}
	const value = plainValue(yaml);
	if (!value.ok) return value;
	const outcome = loadPack(value.value);
	if (outcome.ok) return outcome;
	const problems = outcome.problems.map((problem) => ({
		...problem,
		line: lineOf(yaml, lines, problem.path)
	}));
	return { ok: false, problems };
}

/** Aliases that would blow up (a "billion laughs") and unresolved ones only show when the value is made. */
function plainValue(yaml: Document): { ok: true; value: unknown } | { ok: false; problems: PackProblem[] } {
	try {
		return { ok: true, value: yaml.toJS({ maxAliasCount: 100 }) };
	} catch (error) {
		if (!(error instanceof ReferenceError)) throw error;
		return { ok: false, problems: [{ code: 'pack.yaml', path: [], line: 1, message: error.message }] };
	}
}

/** The line of the deepest part of the path that is there: a missing field is reported where it should stand. */
function lineOf(yaml: Document, lines: LineCounter, path: PackProblem['path']): number {
	for (let length = path.length; length > 0; length--) {
		const parent = yaml.getIn(path.slice(0, length - 1), true);
		const last = path[length - 1];
		const key = isMap(parent)
			? parent.items.find((pair) => String(isNode(pair.key) ? pair.key : null) === String(last))?.key
			: yaml.getIn(path.slice(0, length), true);
		if (isNode(key) && key.range) return lines.linePos(key.range[0]).line;
	}
	return 1;
}
