import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { packOf } from '#lib/assessment/account/accountContent.ts';
import { actOnAccount, readAccount } from '#lib/assessment/account/account.server.ts';
import {
	eventFact,
	formOf,
	previewEvent,
	type EventPreview,
	type RegisteredEvent
} from '#lib/assessment/event/registeredEvent.ts';
import {
	answerProposedEvent,
	readEvents,
	withdrawEvent
} from '#lib/assessment/event/registeredEvent.server.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import { readCard } from '#lib/enterprise/enterprise.server.ts';
import { readForm } from '#lib/identity/credentials.ts';
import { hasRole, type MemberRole } from '#lib/identity/identity.ts';
import { eventReader } from '#lib/live/eventReader.server.ts';
import { problemStatus, type Result } from '#lib/problem.ts';
import { requireMember } from '../../../../guard.ts';
import type { Actions, PageServerLoad } from './$types';

const leaders: MemberRole[] = ['leader', 'administrator'];

export const load: PageServerLoad = async (event) => {
	const { memberships } = requireMember(event);
	const { client } = event.locals;
	const { id, event: eventId } = event.params;
	const [card, events] = await Promise.all([readCard(client, id), readEvents(client, id)]);
	const found = events.find((one) => one.id === eventId);
	if (!card || !found) error(404, { message: 'not_found', problem: { code: 'not_found' } });
	const mayAct = hasRole(memberships, ...leaders);
	return {
		enterprise: { id, name: card.name, isSample: card.isSample },
		event: found,
		mayAct,
		/** What accepting a proposal would do; undefined: there is nothing to accept. */
		preview: mayAct && found.state === 'proposed' ? await previewOf(client, id, found) : undefined,
		isStaff: hasRole(memberships, ...leaders, 'inspector', 'community_worker')
	};
};

/** null: no scheme is declared there; undefined: the one that is cannot read it, and refuses it with its reason. */
async function previewOf(
	client: Client,
	enterpriseId: string,
	proposed: RegisteredEvent
): Promise<EventPreview | null | undefined> {
	const content = await readAccount(client, enterpriseId);
	if (!content?.scheme) return null;
	const pack = packOf(content.scheme);
	const at = new Date().toISOString();
	const fact = eventFact(pack, enterpriseId, formOf(proposed), proposed.conditions, at);
	return previewEvent(pack, content.facts, fact, null, content.today).preview ?? undefined;
}

const reason = z.string().trim().max(1000).default('');
const withdrawSchema = z.object({ reason: reason.pipe(z.string().min(2)) });
const answerSchema = z.object({ answer: z.enum(['accept', 'decline']), reason });

/** One act on the event of this page; afterwards the account is up with it, and open maps follow. */
async function act<Schema extends z.ZodType>(
	event: RequestEvent<{ id: string; event: string }>,
	name: string,
	schema: Schema,
	run: (form: z.infer<Schema>) => Promise<Result<unknown>>
) {
	requireMember(event, ...leaders);
	const { backend } = event.locals;
	const form = readForm(schema, await event.request.formData());
	const done = form.ok ? await actOnAccount(backend, event.params.id, () => run(form.value)) : form;
	if (!done.ok) return fail(problemStatus[done.problem.code], { act: name, problem: done.problem });
	eventReader(backend).poke();
	redirect(303, event.url.pathname);
}

export const actions: Actions = {
	withdraw: (event) =>
		act(event, 'withdraw', withdrawSchema, (form) =>
			withdrawEvent(event.locals.client, event.params.event, form.reason)
		),
	answer: (event) =>
		act(event, 'answer', answerSchema, (form) =>
			answerProposedEvent(event.locals.client, event.params.event, form.answer === 'accept', form.reason)
		)
};
