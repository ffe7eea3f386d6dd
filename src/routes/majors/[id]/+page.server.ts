import { randomUUID } from 'node:crypto';
import { error, fail, redirect } from '@sveltejs/kit';
import { readMajor, takeMajorStep } from '#lib/hazard/major/major.server.ts';
import { majorActs } from '#lib/hazard/major/major.ts';
import { stepFrom } from '#lib/hazard/major/majorForm.ts';
import { uuid } from '#lib/inspection/inspection.ts';
import { putPapers } from '#lib/inspection/evidence.server.ts';
import { photoMediaTypes } from '#lib/inspection/receiveEvidence.server.ts';
import { eventReader } from '#lib/live/eventReader.server.ts';
import { problemStatus } from '#lib/problem.ts';
import { requireMember } from '../../guard.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { memberships } = requireMember(event);
	const id = uuid.safeParse(event.params.id);
	const major = id.success ? await readMajor(event.locals.client, id.data) : null;
	if (!major) error(404, { message: 'not_found', problem: { code: 'not_found' } });
	return {
		major,
		isStaff: memberships.some(({ role }) => role !== 'principal'),
		/** One id a form for this look at the page: sent twice, it is one step. */
		formIds: Object.fromEntries(majorActs.map((act) => [act, randomUUID()]))
	};
};

export const actions: Actions = {
	step: async (event) => {
		requireMember(event);
		const { backend, client } = event.locals;
		const data = await event.request.formData();
		const photos = await putPapers(backend, client, data.getAll('photo'), photoMediaTypes);
		const said = stepFrom(data, photos.ok ? photos.value : []);
		const done = photos.ok ? await takeMajorStep(client, event.params.id, said) : photos;
		if (!done.ok)
			return fail(problemStatus[done.problem.code], {
				act: String(said.act ?? ''),
				problem: done.problem,
				entered: said.says as Record<string, string>
			});
		eventReader(backend).poke();
		redirect(303, event.url.pathname);
	}
};
