import { isMap, isNode, LineCounter, parseDocument, visit, type Alias, type Document } from 'yaml';
import { fault } from '../value/fault.ts';
import type { PackProblem } from './check.ts';
import { loadPack, type PackOutcome } from './loadPack.ts';

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
				...fault('yaml', { message })
			}))
		};
	}
	const value = plainValue(yaml, lines);
	if (!value.ok) return value;
	const outcome = loadPack(value.value);
	if (outcome.ok) return outcome;
	const placed = outcome.problems.map((problem) => ({ ...problem, line: lineOf(yaml, lines, problem.path) }));
	return { ok: false, problems: placed.toSorted((one, other) => one.line - other.line) };
}

type Plain = { ok: true; value: unknown } | { ok: false; problems: PackProblem[] };

/** Aliases that lead nowhere, or that would grow without end, only show when the value is made. */
function plainValue(yaml: Document, lines: LineCounter): Plain {
	try {
		return { ok: true, value: yaml.toJS({ maxAliasCount: 100 }) };
	} catch (error) {
		if (!(error instanceof ReferenceError)) throw error;
		const at = firstSuspectAlias(yaml)?.range?.[0] ?? 0;
		const line = lines.linePos(at).line;
		return {
			ok: false,
			problems: [{ code: 'pack.yaml', path: [], line, ...fault('yaml', { message: error.message }) }]
		};
	}
}

/** The first alias without an anchor; when all have one, the first of all. */
function firstSuspectAlias(yaml: Document): Alias | undefined {
	const aliases: Alias[] = [];
	visit(yaml, { Alias: (_, alias) => void aliases.push(alias) });
	return aliases.find((alias) => !alias.resolve(yaml)) ?? aliases[0];
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
