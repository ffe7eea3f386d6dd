import { fail, redirect } from '@sveltejs/kit';
import { v7 as uuidV7 } from 'uuid';
import { completeTemplate } from '#lib/document/printedAgency.ts';
import { readCard } from '#lib/enterprise/enterprise.server.ts';
import { enteredText, readForm } from '#lib/identity/credentials.ts';
import { eventReader } from '#lib/live/eventReader.server.ts';
import { draftPaper } from '#lib/plan/escalation/draftPaper.ts';
import { dropEscalation, readEscalation } from '#lib/plan/escalation/escalation.server.ts';
import { dropSchema, escalationPaper } from '#lib/plan/escalation/escalation.ts';
import { problemStatus } from '#lib/problem.ts';
import { issueAct } from '#lib/record/act.server.ts';
import { issuingMembership } from '#lib/record/act.ts';
import { readActForm } from '#lib/record/actForm.ts';
import { readAgency } from '#lib/record/agency.server.ts';
import { refuse, requireMember } from '../../guard.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** The step, and with which membership its paper would be issued. */
async function readStep(event: RequestEvent | Parameters<PageServerLoad>[0]) {
	const { session, memberships } = requireMember(event, 'inspector', 'leader', 'administrator');
	const { client } = event.locals;
	const escalation = await readEscalation(client, event.params.id);
	const card = escalation && (await readCard(client, escalation.enterpriseId));
	if (!escalation || !card) refuse({ code: 'not_found' });
	const kind = escalationPaper[escalation.step];
	return {
		userId: session.userId,
		escalation,
		card,
		kind,
		membership: issuingMembership(memberships, kind, card.scope)
	};
}

/** One step of one order: what is late, and the paper of the step as it could be issued. */
export const load: PageServerLoad = async (event) => {
	const { escalation, card, kind, membership } = await readStep(event);
	const agency = await readAgency(event.locals.client, membership?.agencyId ?? null);
	const mayIssue = escalation.mayDecide && membership !== null && escalation.late.length > 0;
	return {
		escalation,
		enterprise: { id: card.id, name: card.name, address: card.address },
		kind,
		draft: mayIssue
			? {
					/** One id for the form: sent twice, it is one paper. */
					id: uuidV7(),
					fields: draftPaper(escalation, completeTemplate(agency?.template ?? {}).reportsTo),
					signer: { name: membership.displayName, agency: membership.agencyName }
				}
			: null
	};
};

export const actions: Actions = {
	issue: async (event) => {
		const { userId, escalation, card, kind, membership } = await readStep(event);
		if (!membership) refuse({ code: 'permission.role' });
		const form = await event.request.formData();
		const body = readActForm(kind, form, {
			officers: [],
			today: escalation.today,
			checksThisYear: card.checksThisYear,
			writer: { userId, name: membership.displayName }
		});
		const { backend, client } = event.locals;
		const issued = body.ok
			? await issueAct(
					backend,
					client,
					{ userId, membership },
					{ id: String(form.get('id') ?? ''), card, body: body.value, escalation: escalation.id }
				)
			: body;
		if (!issued.ok)
			return fail(problemStatus[issued.problem.code], {
				act: 'issue' as const,
				problem: issued.problem,
				entered: enteredText(form)
			});
		redirect(303, `/documents/${issued.value.documentId}?issued`);
	},
	dropped: async (event) => {
		requireMember(event, 'inspector', 'leader', 'administrator');
		const data = await event.request.formData();
		const form = readForm(dropSchema, data);
		const done = form.ok ? await dropEscalation(event.locals.client, event.params.id, form.value.note) : form;
		if (!done.ok)
			return fail(problemStatus[done.problem.code], {
				act: 'dropped' as const,
				problem: done.problem,
				entered: enteredText(data)
			});
		eventReader(event.locals.backend).poke();
		redirect(303, event.url.pathname);
	}
};
