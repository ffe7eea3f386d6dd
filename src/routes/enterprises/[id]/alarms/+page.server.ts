import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { v7 as uuidV7 } from 'uuid';
import type { z } from 'zod';
import { shanghaiMinute } from '#lib/calendar.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import { alarmSchema, dismissalSchema } from '#lib/enterprise/alarm/deviceAlarm.ts';
import { dismissAlarm, readAlarms, recordAlarm } from '#lib/enterprise/alarm/deviceAlarm.server.ts';
import { readCard } from '#lib/enterprise/enterprise.server.ts';
import { enteredText, readForm } from '#lib/identity/credentials.ts';
import { hasRole, type MemberRole } from '#lib/identity/identity.ts';
import { problemStatus, type Result } from '#lib/problem.ts';
import { requireMember } from '../../../guard.ts';
import type { Actions, PageServerLoad } from './$types';

const staff: MemberRole[] = ['inspector', 'community_worker', 'leader', 'administrator'];
const dismissers: MemberRole[] = ['inspector', 'leader', 'administrator'];

export const load: PageServerLoad = async (event) => {
	const { memberships } = requireMember(event, ...staff);
	const { client } = event.locals;
	const [card, alarms] = await Promise.all([
		readCard(client, event.params.id),
		readAlarms(client, event.params.id)
	]);
	if (!card) error(404, { message: 'not_found', problem: { code: 'not_found' } });
	return {
		enterprise: { id: card.id, name: card.name, isSample: card.isSample },
		alarms,
		mayDismiss: hasRole(memberships, ...dismissers),
		/** For the form: a minute in Shanghai, as a browser's field takes it. */
		now: shanghaiMinute(new Date()).replace(' ', 'T'),
		/** One id for the form: sent again after a lost answer, it is the same lead. */
		newId: uuidV7()
	};
};

async function act<Schema extends z.ZodType>(
	event: RequestEvent<{ id: string }>,
	place: string | null,
	values: Record<string, string>,
	schema: Schema,
	run: (client: Client, form: z.infer<Schema>) => Promise<Result<unknown>>
) {
	const form = readForm(schema, values);
	const done = form.ok ? await run(event.locals.client, form.value) : form;
	if (!done.ok) return fail(problemStatus[done.problem.code], { problem: done.problem, place, values });
	redirect(303, event.url.pathname);
}

export const actions: Actions = {
	record: async (event) => {
		requireMember(event, ...staff);
		const values = enteredText(await event.request.formData());
		return act(event, null, values, alarmSchema, (client, alarm) =>
			recordAlarm(client, event.params.id, alarm)
		);
	},
	dismiss: async (event) => {
		requireMember(event, ...dismissers);
		const values = enteredText(await event.request.formData());
		return act(event, values.id ?? null, values, dismissalSchema, (client, { id, reason }) =>
			dismissAlarm(client, id, reason)
		);
	}
};
