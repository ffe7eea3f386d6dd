import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { readForm } from '#lib/identity/credentials.ts';
import { eventReader } from '#lib/live/eventReader.server.ts';
import {
	assignSupervision,
	readSupervisionMatter,
	type SupervisedPlace
} from '#lib/plan/supervision/supervision.server.ts';
import { assignmentSchema, supervisionKinds } from '#lib/plan/supervision/supervision.ts';
import { problemStatus } from '#lib/problem.ts';
import { refuse, requireMember } from '../../guard.ts';
import type { Actions, PageServerLoad } from './$types';

/** The place that the address names: an enterprise, or an area by its scope. */
function placeFrom({ searchParams }: URL): SupervisedPlace | null {
	const enterprise = z.uuid().safeParse(searchParams.get('enterprise'));
	if (enterprise.success) return { enterprise: enterprise.data };
	const scope = searchParams.get('scope') ?? '';
	return /^(\d{4})+$/.test(scope) ? { scope } : null;
}

/** Areas that somebody may look into: those that the client sees, its own among them. */
async function readAreas({ locals }: RequestEvent) {
	const { data, error } = await locals.client
		.from('current_areas')
		.select('scope, name, level')
		.in('level', ['district', 'street', 'community'])
		.order('scope');
	if (error) throw new Error(`current_areas: got ${error.message}, expected rows`);
	return data.map(({ scope, name }) => ({ value: scope!, label: name! }));
}

export const load: PageServerLoad = async (event) => {
	requireMember(event, 'leader', 'administrator');
	const place = placeFrom(event.url);
	if (place === null) return { id: null, matter: null, kind: null, areas: await readAreas(event) };
	const matter = await readSupervisionMatter(event.locals.client, place);
	if (!matter.ok) refuse(matter.problem);
	const asked = supervisionKinds.find((kind) => kind === event.url.searchParams.get('kind'));
	const fallback = matter.value.enterpriseId === null ? 'execution' : 'other';
	return {
		id: crypto.randomUUID() as string,
		matter: matter.value,
		kind: (asked === 'execution') === (fallback === 'execution') ? (asked ?? fallback) : fallback,
		areas: []
	};
};

export const actions: Actions = {
	default: async (event) => {
		requireMember(event, 'leader', 'administrator');
		const { backend, client } = event.locals;
		const place = placeFrom(event.url);
		if (place === null) refuse({ code: 'request.invalid' });
		const data = await event.request.formData();
		const hazards = data.getAll('hazards').map(String);
		const typed = { ...Object.fromEntries(data), hazards };
		const form = readForm(assignmentSchema, typed as never);
		const done = form.ok ? await assignSupervision(client, place, form.value) : form;
		if (!done.ok) return fail(problemStatus[done.problem.code], { problem: done.problem, entered: typed });
		eventReader(backend).poke();
		redirect(303, `/supervision/${done.value.id}`);
	}
};
