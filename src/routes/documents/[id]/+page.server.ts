import { publicUrlOf } from '#lib/backend/publicUrl.ts';
import { hasRole } from '#lib/identity/identity.ts';
import { readDocumentPage, screenCode, voidDocument } from '#lib/record/documentPage.server.ts';
import { fail, redirect } from '@sveltejs/kit';
import { refuse, requireMember } from '../../guard.ts';
import { problemStatus } from '#lib/problem.ts';
import type { Actions, PageServerLoad } from './$types';

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
	return {
		document: read.value,
		handOver: code && { address: new URL(code.path, publicUrlOf(process.env)).href, code: code.code },
		isNew: event.url.searchParams.has('issued')
	};
};

export const actions: Actions = {
	void: async (event) => {
		requireMember(event, 'leader', 'administrator');
		const reason = String((await event.request.formData()).get('reason') ?? '');
		const done = await voidDocument(event.locals.client, event.params.id, reason);
		if (!done.ok) return fail(problemStatus[done.problem.code], { problem: done.problem, reason });
		redirect(303, `/documents/${event.params.id}`);
	}
};
