import { fail } from '@sveltejs/kit';
import { z } from 'zod';
import { enteredText, readForm } from '#lib/identity/credentials.ts';
import { eventReader } from '#lib/live/eventReader.server.ts';
import { tipoffFormSchema } from '#lib/plan/tipoff/tipoff.ts';
import { readTipoffPlaces, submitTipoff } from '#lib/plan/tipoff/tipoff.server.ts';
import { problemStatus } from '#lib/problem.ts';
import type { Actions, PageServerLoad } from './$types';

/** `?enterprise=` of a plate, `?area=` of a poster. */
export const load: PageServerLoad = async ({ locals, url }) => {
	const asked = z.uuid().safeParse(url.searchParams.get('enterprise'));
	const { enterprise, areas } = await readTipoffPlaces(locals.backend, asked.data ?? null);
	return {
		frame: 'none' as const,
		id: crypto.randomUUID() as string,
		enterprise,
		areas: areas.map(({ scope, name, level }) => ({
			value: scope,
			label: level === 'street' ? name : `\u3000${name}`
		})),
		area: areas.find(({ scope }) => scope === url.searchParams.get('area'))?.scope ?? ''
	};
};

export const actions: Actions = {
	default: async ({ request, locals, getClientAddress }) => {
		const data = await request.formData();
		const entered = enteredText(data);
		const form = readForm(tipoffFormSchema, entered);
		const done = form.ok
			? await submitTipoff(locals.backend, form.value, {
					files: data.getAll('photo'),
					address: getClientAddress()
				})
			: form;
		if (!done.ok)
			return fail(problemStatus[done.problem.code], { problem: done.problem, entered, code: null });
		eventReader(locals.backend).poke();
		// Shown where it was sent from: an address with the code in it would stay in histories and logs.
		return { problem: null, entered: {}, code: done.value.code };
	}
};
