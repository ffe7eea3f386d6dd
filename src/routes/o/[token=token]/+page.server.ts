import { randomUUID } from 'node:crypto';
import { fail, redirect } from '@sveltejs/kit';
import { taskToken } from '#lib/plan/task/taskToken.server.ts';
import { problemStatus, type Problem } from '#lib/problem.ts';
import {
	objectToDelivery,
	readDelivery,
	receiveDelivery,
	requestExtension,
	submitRectification,
	unlockDelivery
} from '#lib/record/delivery.server.ts';
import { refuse } from '../../guard.ts';
import { admit, keepProof, privateHeaders, readProof } from '../access.ts';
import { receivePhotos } from './receivePhotos.ts';
import type { Actions, PageServerLoad } from './$types';

/** Looking changes nothing: the page itself says by a POST that somebody opened it (static/opened.js). */
export const load: PageServerLoad = async (event) => {
	event.setHeaders(privateHeaders);
	admit(event);
	const { token } = event.params;
	const opened = await readDelivery(event.locals.backend, token, readProof(event));
	if (!opened.ok) refuse(opened.problem);
	const { delivery, isLocked } = opened.value;
	return {
		frame: 'none' as const,
		token,
		delivery,
		isLocked,
		/** Where this check is rated; a stranger with the paper is not led there. */
		ratingHref:
			delivery.inspection?.hasTask && !isLocked
				? `/t/${taskToken(event.locals.backend.keys.deliverySecret, delivery.inspection.id)}#rating`
				: null,
		/** Two ids a hazard for this look at the page: a form sent twice is one rectification, or one request. */
		formIds: Object.fromEntries(
			delivery.hazards.map(({ id }): [string, [string, string]] => [id, [randomUUID(), randomUUID()]])
		),
		done: event.url.searchParams.get('done')
	};
};

type Form = 'unlock' | 'receive' | 'object' | `${'rectify' | 'extend'}-${string}`;

/** The form says itself what was wrong; what was typed is given back. */
const refused = (form: Form, problem: Problem, entered: Record<string, string> = {}) =>
	fail(problemStatus[problem.code], { form, problem, entered });

const textOf = (form: FormData, name: string): string => {
	const value = form.get(name);
	return typeof value === 'string' ? value : '';
};

export const actions: Actions = {
	unlock: async (event) => {
		admit(event);
		const { token } = event.params;
		const code = textOf(await event.request.formData(), 'code');
		const answer = await unlockDelivery(event.locals.backend, token, code);
		if (!answer.ok) return refused('unlock', answer.problem);
		keepProof(event, token, answer.value.proof);
		redirect(303, `/o/${token}`);
	},
	receive: async (event) => {
		admit(event);
		const { token } = event.params;
		const name = textOf(await event.request.formData(), 'name');
		const answer = await receiveDelivery(event.locals.backend, token, { name, proof: readProof(event) });
		if (!answer.ok) return refused('receive', answer.problem, { name });
		redirect(303, `/o/${token}#receipt`);
	},
	object: async (event) => {
		admit(event);
		const { token } = event.params;
		const form = await event.request.formData();
		const [name, note] = [textOf(form, 'name'), textOf(form, 'note')];
		const answer = await objectToDelivery(event.locals.backend, token, {
			name,
			note,
			proof: readProof(event)
		});
		if (!answer.ok) return refused('object', answer.problem, { name, note });
		redirect(303, `/o/${token}?done=objected#objection`);
	},
	rectify: async (event) => {
		admit(event);
		const { token } = event.params;
		const form = await event.request.formData();
		const [id, hazardId, note] = ['id', 'hazardId', 'note'].map((name) => textOf(form, name)) as [
			string,
			string,
			string
		];
		const photos = await receivePhotos(event, token, form);
		const answer = photos.ok
			? await submitRectification(event.locals.backend, token, {
					id,
					hazardId,
					note,
					photos: photos.value,
					proof: readProof(event)
				})
			: photos;
		if (!answer.ok) return refused(`rectify-${hazardId}`, answer.problem, { note });
		redirect(303, `/o/${token}?done=rectified#hazard-${hazardId}`);
	},
	extend: async (event) => {
		admit(event);
		const { token } = event.params;
		const form = await event.request.formData();
		const [id, wished, reason, name] = ['id', 'wished', 'reason', 'name'].map((field) =>
			textOf(form, field)
		) as [string, string, string, string];
		const hazards = [...new Set(form.getAll('hazards').map(String))];
		const photos = await receivePhotos(event, token, form);
		const answer = photos.ok
			? await requestExtension(event.locals.backend, token, {
					...{ id, hazards, wished, reason, name, photos: photos.value },
					proof: readProof(event)
				})
			: photos;
		const entered = { wished, reason, name, hazards: hazards.join(' ') };
		if (!answer.ok) return refused(`extend-${hazards[0]}`, answer.problem, entered);
		redirect(303, `/o/${token}?done=extended#hazard-${hazards[0]}`);
	}
};
