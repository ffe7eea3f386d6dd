import { error, fail, redirect } from '@sveltejs/kit';
import { readForm } from '#lib/identity/credentials.ts';
import { hasRole } from '#lib/identity/identity.ts';
import { putPapers } from '#lib/inspection/evidence.server.ts';
import { photoMediaTypes } from '#lib/inspection/receiveEvidence.server.ts';
import { eventReader } from '#lib/live/eventReader.server.ts';
import { readSupervision, stepSupervision } from '#lib/plan/supervision/supervision.server.ts';
import {
	isOwnersAct,
	stepSchema,
	type Step,
	type SupervisionAct
} from '#lib/plan/supervision/supervision.ts';
import { problemStatus, type Result } from '#lib/problem.ts';
import { requireMember } from '../../guard.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	requireMember(event, 'leader', 'administrator', 'inspector', 'community_worker');
	const supervision = await readSupervision(event.locals.client, event.params.id);
	if (!supervision) error(404, { message: 'not_found', problem: { code: 'not_found' } });
	return {
		supervision,
		mayVisit: hasRole(event.locals.memberships, 'inspector', 'community_worker')
	};
};

async function take(
	{ locals: { backend, client }, params }: RequestEvent,
	act: SupervisionAct,
	form: Step,
	files: FormDataEntryValue[]
): Promise<Result<unknown>> {
	const photos = await putPapers(backend, client, files, photoMediaTypes);
	return photos.ok ? stepSupervision(client, params.id, act, form, photos.value) : photos;
}

/** One step; afterwards the page shows what it did. */
async function step(event: RequestEvent, act: SupervisionAct) {
	if (isOwnersAct(act)) requireMember(event, 'leader', 'administrator', 'inspector', 'community_worker');
	else requireMember(event, 'leader', 'administrator');
	const data = await event.request.formData();
	const texts = Object.fromEntries([...data].filter(([, value]) => typeof value === 'string'));
	const form = readForm(stepSchema, texts as Record<string, string>);
	const done = form.ok ? await take(event, act, form.value, data.getAll('photo')) : form;
	if (!done.ok) return fail(problemStatus[done.problem.code], { act, problem: done.problem });
	eventReader(event.locals.backend).poke();
	redirect(303, event.url.pathname);
}

export const actions: Actions = {
	answer: (event) => step(event, 'answer'),
	ask_extension: (event) => step(event, 'ask_extension'),
	grant_extension: (event) => step(event, 'grant_extension'),
	decline_extension: (event) => step(event, 'decline_extension'),
	accept: (event) => step(event, 'accept'),
	return: (event) => step(event, 'return'),
	withdraw: (event) => step(event, 'withdraw')
};
