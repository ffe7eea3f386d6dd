import type { Problem } from '#lib/problem.ts';

/** Why a form of this page was not taken, and what had been typed into it. */
export interface Refusal {
	problem: Problem;
	entered: Record<string, string>;
}
