import { fail, redirect } from '@sveltejs/kit';
import { decideExtensions, readExtensions } from '#lib/hazard/extension/extension.server.ts';
import { extensionDecisionSchema, extensionFilterFrom } from '#lib/hazard/extension/extension.ts';
import { pageFrom } from '#lib/hazard/hazardRows.ts';
import { readForm } from '#lib/identity/credentials.ts';
import { eventReader } from '#lib/live/eventReader.server.ts';
import { problemStatus } from '#lib/problem.ts';
import { requireMember } from '../guard.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	requireMember(event, 'inspector', 'community_worker', 'leader', 'administrator');
	const query = event.url.searchParams;
	const filter = extensionFilterFrom(query);
	const page = pageFrom(query);
	return { filter, page, extensions: await readExtensions(event.locals.client, filter, page) };
};

export const actions: Actions = {
	default: async (event) => {
		requireMember(event, 'inspector', 'leader');
		const { backend, client } = event.locals;
		const data = await event.request.formData();
		const typed = Object.fromEntries(data) as Record<string, string>;
		const form = readForm(extensionDecisionSchema, {
			...typed,
			extensions: data.getAll('extensions').map(String)
		} as never);
		const done = form.ok ? await decideExtensions(client, form.value) : form;
		if (!done.ok)
			return fail(problemStatus[done.problem.code], {
				request: typed.request ?? '',
				problem: done.problem,
				entered: { until: typed.until ?? '', note: typed.note ?? '' }
			});
		eventReader(backend).poke();
		redirect(303, event.url.pathname + event.url.search);
	}
};
