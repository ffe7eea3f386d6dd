import { publicUrlOf } from '#lib/backend/publicUrl.ts';
import { readCard } from '#lib/enterprise/enterprise.server.ts';
import { hasRole } from '#lib/identity/identity.ts';
import { readDocumentPage, screenCode, voidDocument } from '#lib/record/documentPage.server.ts';
import { issuingMembership } from '#lib/record/act.ts';
import { isActKind } from '#lib/document/acts.ts';
import { enteredText, readForm } from '#lib/identity/credentials.ts';
import { reissueDelivery, revokeDelivery } from '#lib/record/service/service.server.ts';
import { reasonSchema } from '#lib/record/service/service.ts';
import { fail, redirect } from '@sveltejs/kit';
import { refuse, requireMember } from '../../guard.ts';
import { failure, problemStatus, type Result } from '#lib/problem.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** One paper: what it is, how it stands, and the QR to hand it over with. */
export const load: PageServerLoad = async (event) => {
	const { memberships } = requireMember(event);
	const { backend, client } = event.locals;
	const read = await readDocumentPage(client, event.params.id);
	if (!read.ok) refuse(read.problem);
	const { delivery, act } = read.value;
	const mayHandOver = act !== null && hasRole(memberships, 'inspector', 'leader', 'administrator');
	const code =
		mayHandOver && delivery && read.value.state === 'issued' && !delivery.isRevoked
			? screenCode(backend, delivery)
			: null;
	const { kind, state, scope, enterprise } = read.value;
	const card = await readCard(client, enterprise.id);
	const mayIssue = act !== null && isActKind(kind) && issuingMembership(memberships, kind, scope) !== null;
	return {
		document: read.value,
		stops: card?.stops ?? [],
		/** 更正: another one in its place, by who may issue such a paper there. */
		mayCorrect: mayIssue && state === 'issued',
		mayServe: mayHandOver && delivery !== null && state === 'issued',
		handOver: code && { address: new URL(code.path, publicUrlOf(process.env)).href, code: code.code },
		isNew: event.url.searchParams.has('issued')
	};
};

/** One act on the codes of a paper that was issued on its own. */
async function serve(
	event: RequestEvent,
	act: 'reissue' | 'revoke',
	run: (delivery: { id: string; serial: number }, data: FormData, reason: string) => Promise<Result<unknown>>
) {
	requireMember(event, 'inspector', 'leader', 'administrator');
	const data = await event.request.formData();
	const form = readForm(reasonSchema, data);
	const read = await readDocumentPage(event.locals.client, event.params.id);
	const delivery = read.ok ? read.value.delivery : null;
	if (!delivery) refuse({ code: 'not_found' });
	const done = form.ok ? await run(delivery, data, form.value.reason) : form;
	if (!done.ok)
		return fail(problemStatus[done.problem.code], { act, problem: done.problem, entered: enteredText(data) });
	redirect(303, `/documents/${event.params.id}`);
}

export const actions: Actions = {
	reissue: (event) =>
		serve(event, 'reissue', async ({ id }, data, reason) => {
			const seen = Number(data.get('seen'));
			if (!Number.isInteger(seen)) return failure('request.invalid', {}, 'seen');
			return reissueDelivery(event.locals.backend, event.locals.client, { deliveryId: id, seen, reason });
		}),
	revoke: (event) =>
		serve(event, 'revoke', async ({ id }, _, reason) => revokeDelivery(event.locals.client, id, reason)),
	void: async (event) => {
		requireMember(event, 'leader', 'administrator');
		const reason = String((await event.request.formData()).get('reason') ?? '');
		const done = await voidDocument(event.locals.client, event.params.id, reason);
		if (!done.ok)
			return fail(problemStatus[done.problem.code], { act: 'void', problem: done.problem, reason });
		redirect(303, `/documents/${event.params.id}`);
	}
};
