import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { accountSupposition } from '#lib/assessment/account/accountSupposition.ts';
import { accountView } from '#lib/assessment/account/account.ts';
import {
	actOnAccount,
	appealEntry,
	confirmBand,
	decideEntry,
	publishDecision,
	readAccount
} from '#lib/assessment/account/account.server.ts';
import { readMeasures } from '#lib/assessment/measure/measure.server.ts';
import { measureFilterFrom } from '#lib/assessment/measure/measure.ts';
import { readReduction } from '#lib/assessment/account/reduction.server.ts';
import { mayRegister } from '#lib/assessment/event/registeredEvent.ts';
import { readEvents } from '#lib/assessment/event/registeredEvent.server.ts';
import { appealSchema, bandDecisionSchema, decisionSchema } from '#lib/assessment/account/review.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import { readCard } from '#lib/enterprise/enterprise.server.ts';
import { readForm } from '#lib/identity/credentials.ts';
import { hasRole, type MemberRole } from '#lib/identity/identity.ts';
import { putPapers } from '#lib/inspection/evidence.server.ts';
import { eventReader } from '#lib/live/eventReader.server.ts';
import { problemStatus, type Result } from '#lib/problem.ts';
import { requireMember } from '../../../guard.ts';
import type { Actions, PageServerLoad } from './$types';

const reviewers: MemberRole[] = ['leader', 'administrator'];

export const load: PageServerLoad = async (event) => {
	const { memberships } = requireMember(event);
	const { client, locale } = event.locals;
	const { id } = event.params;
	const itsMeasures = measureFilterFrom(new URLSearchParams({ enterprise: id }));
	const [card, content, measures, events] = await Promise.all([
		readCard(client, id),
		readAccount(client, id),
		readMeasures(client, { ...itsMeasures, state: 'all' }),
		readEvents(client, id)
	]);
	if (!card || !content) error(404, { message: 'not_found', problem: { code: 'not_found' } });
	const account = accountView(id, content);
	const mayDecide = hasRole(memberships, ...reviewers);
	return {
		enterprise: { id, name: card.name, community: card.community, isSample: card.isSample },
		account,
		supposition: accountSupposition(id, content, event.url.searchParams),
		reduction: mayDecide ? await readReduction(client, id, content, account, locale) : null,
		measures: measures.rows,
		events,
		mayRegister: mayRegister(memberships),
		factCount: content.facts.length,
		mayDecide,
		isPrincipal: !hasRole(memberships, ...reviewers, 'inspector', 'community_worker'),
		isOwn: memberships.some(({ enterpriseId }) => enterpriseId === id)
	};
};

type Place = 'band' | `entry-${string}`;

/** One act on the account of this page; afterwards the page shows what it did, and open maps follow at once. */
async function act<Schema extends z.ZodType>(
	event: RequestEvent,
	schema: Schema,
	run: (client: Client, form: z.infer<Schema>, data: FormData) => Promise<Result<unknown>>
) {
	const { backend, client } = event.locals;
	const data = await event.request.formData();
	const factId = data.get('factId');
	const place: Place = factId === null ? 'band' : `entry-${String(factId)}`;
	const form = readForm(schema, data);
	if (!form.ok) return fail(400, { problem: form.problem, place });
	const done = await actOnAccount(backend, event.params.id!, () => run(client, form.value, data));
	if (!done.ok) return fail(problemStatus[done.problem.code], { problem: done.problem, place });
	eventReader(backend).poke();
	redirect(303, `${event.url.pathname}#${place}`);
}

export const actions: Actions = {
	decide: (event) => {
		requireMember(event, ...reviewers);
		return act(event, decisionSchema, decideEntry);
	},
	band: (event) => {
		requireMember(event, ...reviewers);
		return act(event, bandDecisionSchema, (client, form) => confirmBand(client, event.params.id, form));
	},
	publish: (event) => {
		requireMember(event, ...reviewers);
		return act(event, z.object({ decisionId: z.uuid() }), (client, { decisionId }) =>
			publishDecision(client, decisionId)
		);
	},
	appeal: (event) => {
		requireMember(event, 'principal');
		return act(event, appealSchema, async (client, form, data) => {
			const evidence = await putPapers(event.locals.backend, client, data.getAll('paper'));
			return evidence.ok ? appealEntry(client, form, evidence.value) : evidence;
		});
	}
};
