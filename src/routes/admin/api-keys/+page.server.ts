import { fail } from '@sveltejs/kit';
import { z } from 'zod';
import { addDays, shanghaiDate } from '#lib/calendar.ts';
import { enteredText, readForm } from '#lib/identity/credentials.ts';
import { createApiKey, readApiKeys, revokeApiKey } from '#lib/interop/apiKey.server.ts';
import { newKeySchema } from '#lib/interop/apiKey.ts';
import { problemStatus } from '#lib/problem.ts';
import { requireMember } from '../../guard.ts';
import type { Actions, PageServerLoad } from './$types';

const usualDays = 180;

export const load: PageServerLoad = async (event) => {
	const { memberships } = requireMember(event, 'administrator');
	const { client } = event.locals;
	const [keys, areas] = await Promise.all([
		readApiKeys(client),
		client
			.from('current_areas')
			.select('scope, name')
			.in('level', ['district', 'street', 'community'])
			.order('scope')
	]);
	if (areas.error) throw new Error(`current_areas: got ${areas.error.message}, expected rows`);
	const today = shanghaiDate(new Date());
	const own = memberships.map(({ scope, placeName }) => ({ value: scope, label: placeName }));
	const below = areas.data
		.map(({ scope, name }) => ({ value: scope!, label: name }))
		.filter(({ value }) => own.every((one) => one.value !== value));
	return {
		keys,
		areas: [...own, ...below],
		today,
		usualDay: addDays(today, usualDays),
		address: `${event.url.origin}/ogc`
	};
};

export const actions: Actions = {
	create: async (event) => {
		requireMember(event, 'administrator');
		const data = await event.request.formData();
		const entered = enteredText(data);
		const form = readForm(newKeySchema, { ...entered, collections: data.getAll('collections') } as never);
		const made = form.ok ? await createApiKey(event.locals.client, form.value) : form;
		if (!made.ok)
			return fail(problemStatus[made.problem.code], { problem: made.problem, entered, secret: null });
		return { problem: null, entered: null, secret: made.value };
	},
	revoke: async (event) => {
		requireMember(event, 'administrator');
		const form = readForm(z.object({ id: z.uuid() }), await event.request.formData());
		const done = form.ok ? await revokeApiKey(event.locals.client, form.value.id) : form;
		if (!done.ok)
			return fail(problemStatus[done.problem.code], { problem: done.problem, entered: null, secret: null });
		return { problem: null, entered: null, secret: null };
	}
};
