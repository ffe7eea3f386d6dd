import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import { completionSchema, dropSchema, orderSchema } from '#lib/assessment/measure/measure.ts';
import {
	completeMeasure,
	dropMeasure,
	orderMeasure,
	readMeasure
} from '#lib/assessment/measure/measure.server.ts';
import { readForm } from '#lib/identity/credentials.ts';
import { hasRole } from '#lib/identity/identity.ts';
import { putPapers } from '#lib/inspection/evidence.server.ts';
import { photoMediaTypes } from '#lib/inspection/receiveEvidence.server.ts';
import { eventReader } from '#lib/live/eventReader.server.ts';
import { problemStatus, type Result } from '#lib/problem.ts';
import { requireMember } from '../../guard.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { memberships } = requireMember(event);
	const measure = await readMeasure(event.locals.client, event.params.id);
	if (!measure) error(404, { message: 'not_found', problem: { code: 'not_found' } });
	return {
		measure,
		isStaff: hasRole(memberships, 'leader', 'administrator', 'inspector', 'community_worker')
	};
};

/** One act on the measure of this page; afterwards the page shows what it did. */
async function act<Schema extends z.ZodType>(
	event: RequestEvent,
	name: string,
	schema: Schema,
	run: (form: z.infer<Schema>, data: FormData) => Promise<Result<unknown>>
) {
	const data = await event.request.formData();
	const texts = Object.fromEntries([...data].filter(([, value]) => typeof value === 'string'));
	const form = readForm(schema, texts as Record<string, string>);
	const done = form.ok ? await run(form.value, data) : form;
	if (!done.ok) return fail(problemStatus[done.problem.code], { act: name, problem: done.problem });
	eventReader(event.locals.backend).poke();
	redirect(303, event.url.pathname);
}

export const actions: Actions = {
	order: (event) => {
		requireMember(event, 'leader', 'administrator');
		return act(event, 'order', orderSchema, (form) =>
			orderMeasure(event.locals.client, event.params.id, form)
		);
	},
	complete: (event) => {
		requireMember(event, 'leader', 'administrator', 'inspector', 'community_worker');
		return act(event, 'complete', completionSchema, async ({ note }, data) => {
			const { backend, client } = event.locals;
			const photos = await putPapers(backend, client, data.getAll('photo'), photoMediaTypes);
			return photos.ok ? completeMeasure(client, event.params.id, note, photos.value) : photos;
		});
	},
	drop: (event) => {
		requireMember(event, 'leader', 'administrator');
		return act(event, 'drop', dropSchema, ({ reason }) =>
			dropMeasure(event.locals.client, event.params.id, reason)
		);
	}
};
