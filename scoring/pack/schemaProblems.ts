import type { z } from 'zod';
import { fault, faultTexts, type Fault, type FaultReason } from '../value/fault.ts';
import type { PackProblem } from './check.ts';
import { measureCodes } from './measures.ts';

type Issue = z.core.$ZodIssue;

/** Zod's issues as problems of a pack: one for each unknown key, and the branch of a union that came closest. */
export const schemaProblems = (error: z.ZodError): PackProblem[] =>
	error.issues.flatMap((issue) => problemsOf(issue, []));

function problemsOf(issue: Issue, base: readonly PropertyKey[]): PackProblem[] {
	const path = [...base, ...issue.path].map((step) => (typeof step === 'number' ? step : String(step)));
	if (issue.code === 'unrecognized_keys') {
		return issue.keys.map((field) => problem([...path, field], fault('schema_unknown', { field })));
	}
	if (issue.code === 'invalid_union' && issue.errors.length > 0) {
		// A branch that failed on the type of the whole value was not meant; a deeper fault names the mistake.
		const meant = issue.errors.filter((branch) => branch.every((inner) => !isWrongType(inner)));
		if (meant.length === 1) return meant[0]!.flatMap((inner) => problemsOf(inner, path));
	}
	return [problem(path, faultOf(issue))];
}

const problem = (path: PackProblem['path'], what: Fault): PackProblem => ({
	code: 'pack.schema',
	path,
	line: null,
	...what
});

const isWrongType = (issue: Issue): boolean => issue.code === 'invalid_type' && issue.path.length === 0;

/** The schema says by the reason what it expects; where it says nothing, the kind of issue does. */
function faultOf(issue: Issue): Fault {
	const { message } = issue;
	if (isReason(message)) return fault(message, { codes: measureCodes.join('|') });
	switch (issue.code) {
		case 'invalid_type': {
			const got = /, received (.+)$/.exec(message)?.[1] ?? 'undefined';
			const expected = issue.expected;
			return got === 'undefined'
				? fault('schema_missing', { expected })
				: fault('schema_type', { got, expected });
		}
		case 'invalid_value':
			return fault('schema_value', {
				expected: issue.values.map((value) => JSON.stringify(value)).join('|')
			});
		case 'invalid_union':
			return fault('schema_choice');
		case 'too_small': {
			const reasons = { string: 'schema_few_characters', array: 'schema_few_items' } as const;
			const reason = reasons[issue.origin as keyof typeof reasons] ?? 'schema_low';
			return fault(reason, { limit: Number(issue.minimum) });
		}
		case 'too_big': {
			const reason = issue.origin === 'string' ? 'schema_many_characters' : 'schema_high';
			return fault(reason, { limit: Number(issue.maximum) });
		}
		default:
			return fault('schema_other', { message });
	}
}

const isReason = (text: string): text is FaultReason => Object.hasOwn(faultTexts, text);
