import type { z } from 'zod';
import type { PackProblem } from './check.ts';

type Issue = z.core.$ZodIssue;

/** Zod's issues as problems of a pack: one for each unknown key, and the branch of a union that came closest. */
export const schemaProblems = (error: z.ZodError): PackProblem[] =>
	error.issues.flatMap((issue) => problemsOf(issue, []));

function problemsOf(issue: Issue, base: readonly PropertyKey[]): PackProblem[] {
	const path = [...base, ...issue.path].map((step) => (typeof step === 'number' ? step : String(step)));
	if (issue.code === 'unrecognized_keys') {
		return issue.keys.map((key) => ({
			code: 'pack.schema',
			path: [...path, key],
			line: null,
			message: `got an unknown field "${key}"`
		}));
	}
	if (issue.code === 'invalid_union' && issue.errors.length > 0) {
		// A branch that failed on the type of the whole value was not meant; a deeper fault names the mistake.
		const meant = issue.errors.filter((branch) => branch.every((inner) => !isWrongType(inner)));
		if (meant.length === 1) return meant[0]!.flatMap((inner) => problemsOf(inner, path));
	}
	return [{ code: 'pack.schema', path, line: null, message: gotExpected(issue.message) }];
}

const isWrongType = (issue: Issue): boolean => issue.code === 'invalid_type' && issue.path.length === 0;

/** "Invalid input: expected string, received undefined" → "got nothing, expected string". */
function gotExpected(message: string): string {
	const [, expected, received] = /^Invalid input: expected (.+), received (.+)$/.exec(message) ?? [];
	if (expected && received)
		return `got ${received === 'undefined' ? 'nothing' : received}, expected ${expected}`;
	const plain = message.replace(/^Invalid (input|option): /, '');
	return plain.charAt(0).toLowerCase() + plain.slice(1);
}
