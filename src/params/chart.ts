import type { ParamMatcher } from '@sveltejs/kit';

export const match = ((name): name is 'flows.svg' | 'governance.svg' =>
	name === 'flows.svg' || name === 'governance.svg') satisfies ParamMatcher;
