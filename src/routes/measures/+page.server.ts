import { fail, redirect } from '@sveltejs/kit';
import { readCommunities } from '#lib/area/boundary.server.ts';
import { bulkOrderSchema, measureFilterFrom } from '#lib/assessment/measure/measure.ts';
import { orderMeasures, readMeasures } from '#lib/assessment/measure/measure.server.ts';
import { pageFrom } from '#lib/hazard/hazardRows.ts';
import { eventReader } from '#lib/live/eventReader.server.ts';
import { failure, problemStatus } from '#lib/problem.ts';
import { requireMember } from '../guard.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	requireMember(event, 'leader', 'administrator', 'inspector', 'community_worker');
	const { client } = event.locals;
	const query = event.url.searchParams;
	const filter = measureFilterFrom(query);
	const page = pageFrom(query);
	const [measures, communities] = await Promise.all([
		readMeasures(client, filter, page),
		readCommunities(client)
	]);
	return {
		filter,
		page,
		measures,
		communities: communities.features.map(({ properties }) => ({
			value: properties.scope,
			label: properties.name
		}))
	};
};

export const actions: Actions = {
	/** 下达 of several to one person. */
	order: async (event) => {
		requireMember(event, 'leader', 'administrator');
		const { backend, client } = event.locals;
		const data = await event.request.formData();
		const form = bulkOrderSchema.safeParse({
			...Object.fromEntries(data),
			measures: data.getAll('measures')
		});
		const done = form.success
			? await orderMeasures(client, form.data)
			: failure('request.invalid', undefined, String(form.error.issues[0]!.path[0]));
		if (!done.ok) return fail(problemStatus[done.problem.code], { problem: done.problem });
		eventReader(backend).poke();
		redirect(303, '/measures?state=ordered');
	}
};
