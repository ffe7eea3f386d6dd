import type { Problem } from '#lib/problem.ts';

/**
 * An expected reason not to start, on its way out of a start-up that can only throw. Source and bundle each have
 * their own copy of this module, so it is known by what it carries, not by its class.
 */
export const refusal = (problem: Problem): Error =>
	Object.assign(new Error(`${problem.code}: ${JSON.stringify(problem.details ?? {})}`), { problem });

/** The problem an error carries, or null: then it is a defect and goes on its way. */
export const refusedProblem = (error: unknown): Problem | null =>
	error instanceof Error && 'problem' in error ? (error.problem as Problem) : null;
