import { fail } from '@sveltejs/kit';
import { enteredText } from '#lib/identity/credentials.ts';
import { followTipoff } from '#lib/plan/tipoff/tipoff.server.ts';
import { problemStatus } from '#lib/problem.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = () => ({ frame: 'none' as const });

export const actions: Actions = {
	// Asked by POST: a code in an address would stay in histories and logs.
	default: async ({ request, locals, getClientAddress }) => {
		const { code = '' } = enteredText(await request.formData());
		const followed = await followTipoff(locals.backend, code, getClientAddress());
		if (!followed.ok)
			return fail(problemStatus[followed.problem.code], {
				problem: followed.problem,
				entered: code,
				tipoff: null
			});
		return { problem: null, entered: code, tipoff: followed.value };
	}
};
