import { fail, redirect } from '@sveltejs/kit';
import { v7 as uuidV7 } from 'uuid';
import { siteTypeNames } from '#lib/enterprise/enterprise.server.ts';
import { loadTranslate } from '#lib/messages/index.ts';
import { problemStatus } from '#lib/problem.ts';
import { addPlace } from '#lib/record/addPlace.server.ts';
import { readNewPlace } from '#lib/record/newPlace.ts';
import { requireMember } from '../../guard.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	requireMember(event, 'inspector', 'community_worker');
	// One id for the form: posted again after a lost answer, it is the same place.
	return { id: uuidV7(), siteTypes: await siteTypeNames(event.locals.client, event.locals.locale) };
};

export const actions: Actions = {
	default: async (event) => {
		requireMember(event, 'inspector', 'community_worker');
		const form = await event.request.formData();
		const values = Object.fromEntries([...form].filter(([, value]) => typeof value === 'string')) as Record<
			string,
			string
		>;
		const place = readNewPlace(form);
		if (!place.ok) return fail(problemStatus[place.problem.code], { problem: place.problem, values });
		// Stands in the register, which is Chinese whatever the screen says.
		const t = await loadTranslate('zh-CN');
		const { absence } = place.value;
		const added = await addPlace(
			event.locals.client,
			place.value,
			absence && t(`inspection.place.no_code.${absence}`)
		);
		if (!added.ok) return fail(problemStatus[added.problem.code], { problem: added.problem, values });
		redirect(303, `/visit/new?enterprise=${added.value.id}`);
	}
};
