import { randomUUID } from 'node:crypto';
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { majorActs } from '#lib/hazard/major/major.ts';
import { stepFrom } from '#lib/hazard/major/majorForm.ts';
import { eventReader } from '#lib/live/eventReader.server.ts';
import { problemStatus } from '#lib/problem.ts';
import { fileMajorStep, readDeliveredMajor } from '#lib/record/deliveredMajor.server.ts';
import { refuse } from '../../../../guard.ts';
import { admit, privateHeaders, readProof } from '../../../access.ts';
import { receivePhotos } from '../../receivePhotos.ts';
import type { Actions, PageServerLoad } from './$types';

const pageOf = (event: RequestEvent<{ token: string; id: string }>) => ({
	token: event.params.token,
	hazardId: event.params.id,
	proof: readProof(event)
});

/** A 重大 hazard for its enterprise: what it has to file, and all that happened. A stranger with the paper is sent to the code. */
export const load: PageServerLoad = async (event) => {
	event.setHeaders(privateHeaders);
	admit(event);
	const read = await readDeliveredMajor(event.locals.backend, pageOf(event));
	if (!read.ok && read.problem.code === 'delivery.code_wrong') redirect(303, `/o/${event.params.token}`);
	if (!read.ok) refuse(read.problem);
	return {
		frame: 'none' as const,
		token: event.params.token,
		...read.value,
		formIds: Object.fromEntries(majorActs.map((act) => [act, randomUUID()]))
	};
};

export const actions: Actions = {
	step: async (event) => {
		admit(event);
		const { backend } = event.locals;
		const data = await event.request.formData();
		const photos = await receivePhotos(event, event.params.token, data);
		const said = stepFrom(data, photos.ok ? photos.value : []);
		const done = photos.ok ? await fileMajorStep(backend, pageOf(event), said) : photos;
		if (!done.ok)
			return fail(problemStatus[done.problem.code], {
				act: String(said.act ?? ''),
				problem: done.problem,
				entered: { ...(said.says as Record<string, string>), name: said.name }
			});
		eventReader(backend).poke();
		redirect(303, event.url.pathname);
	}
};
