import { randomUUID } from 'node:crypto';
import { fail, redirect } from '@sveltejs/kit';
import { publicUrlOf } from '#lib/backend/publicUrl.ts';
import { enteredText, readForm } from '#lib/identity/credentials.ts';
import { putPapers } from '#lib/inspection/evidence.server.ts';
import { eventReader } from '#lib/live/eventReader.server.ts';
import { failure, problemStatus, type Result } from '#lib/problem.ts';
import {
	readService,
	recordPaperReceipt,
	reissueDelivery,
	revokeDelivery,
	serviceCodes
} from '#lib/record/service/service.server.ts';
import { paperReceiptSchema, reasonSchema, type Service } from '#lib/record/service/service.ts';
import { refuse, requireMember } from '../../../guard.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

async function serviceOf({ locals, params }: RequestEvent | Parameters<PageServerLoad>[0]): Promise<Service> {
	const service = await readService(locals.client, params.id);
	return service ?? refuse({ code: 'not_found' });
}

export const load: PageServerLoad = async (event) => {
	requireMember(event, 'inspector', 'community_worker', 'leader', 'administrator');
	// The codes open the enterprise's page: nothing may keep them.
	event.setHeaders({ 'cache-control': 'no-store' });
	const service = await serviceOf(event);
	return {
		service,
		codes: serviceCodes(event.locals.backend, service, publicUrlOf(process.env)),
		paperId: randomUUID()
	};
};

type Act = 'reissue' | 'revoke' | 'paper';

/** One act on the delivery; afterwards the page shows what it did. */
async function take(
	event: RequestEvent,
	act: Act,
	run: (service: Service, data: FormData) => Promise<Result<unknown>>
) {
	requireMember(event, 'inspector', 'community_worker', 'leader');
	const data = await event.request.formData();
	const done = await run(await serviceOf(event), data);
	if (!done.ok)
		return fail(problemStatus[done.problem.code], {
			act,
			problem: done.problem,
			entered: enteredText(data)
		});
	eventReader(event.locals.backend).poke();
	redirect(303, event.url.pathname);
}

export const actions: Actions = {
	reissue: (event) =>
		take(event, 'reissue', async ({ id }, data) => {
			const form = readForm(reasonSchema, data);
			const seen = Number(data.get('seen'));
			if (!form.ok) return form;
			if (!Number.isInteger(seen)) return failure('request.invalid', {}, 'seen');
			const { backend, client } = event.locals;
			return reissueDelivery(backend, client, { deliveryId: id, seen, reason: form.value.reason });
		}),
	revoke: (event) =>
		take(event, 'revoke', async ({ id }, data) => {
			const form = readForm(reasonSchema, data);
			return form.ok ? revokeDelivery(event.locals.client, id, form.value.reason) : form;
		}),
	paper: (event) =>
		take(event, 'paper', async ({ id }, data) => {
			const { backend, client } = event.locals;
			const files = await putPapers(backend, client, data.getAll('file'));
			if (!files.ok) return files;
			const form = readForm(paperReceiptSchema, { ...enteredText(data), files: files.value } as never);
			return form.ok ? recordPaperReceipt(client, id, form.value) : form;
		})
};
