import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { addPack, readSchemes, withdrawScheme } from '#lib/assessment/scheme/schemes.server.ts';
import { schemesOf, versionName } from '#lib/assessment/scheme/schemes.ts';
import { siteTypeNames } from '#lib/enterprise/enterprise.server.ts';
import { readForm } from '#lib/identity/credentials.ts';
import { problemStatus, type Problem } from '#lib/problem.ts';
import type { PackProblem } from '#scoring';
import { refuse, requireMember } from '../../guard.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { memberships } = requireMember(event, 'administrator', 'leader');
	const { client, locale } = event.locals;
	const [book, typeNames] = await Promise.all([readSchemes(client), siteTypeNames(client, locale)]);
	if (book === null) refuse({ code: 'permission.role' });
	return {
		today: book.today,
		schemes: schemesOf(book),
		activations: book.activations,
		packNames: Object.fromEntries(book.packs.map(({ sha256, name }) => [sha256, name])),
		siteTypeNames: typeNames,
		isAdministrator: memberships.some(({ role }) => role === 'administrator'),
		mayAdd: memberships.some(({ role, scope }) => role === 'administrator' && scope === ''),
		outcome: event.url.searchParams.get('outcome'),
		from: event.url.searchParams.get('from') ?? ''
	};
};

const answer = (problem: Problem, faults: PackProblem[] = []) =>
	fail(problemStatus[problem.code], { problem, faults });

const administrates = (event: RequestEvent) => void requireMember(event, 'administrator');

export const actions: Actions = {
	withdraw: async (event) => {
		administrates(event);
		const form = readForm(z.object({ activation: z.uuid() }), await event.request.formData());
		if (!form.ok) return answer(form.problem);
		const done = await withdrawScheme(event.locals.client, form.value.activation);
		if (!done.ok) return answer(done.problem);
		redirect(303, '/admin/schemes?outcome=withdrawn');
	},

	add: async (event) => {
		administrates(event);
		const file = (await event.request.formData()).get('file');
		if (!(file instanceof File)) return answer({ code: 'request.invalid', path: 'file' });
		const added = await addPack(event.locals.client, file);
		if (!added.ok) return answer(added.problem, 'faults' in added ? added.faults : []);
		redirect(303, `/admin/schemes/${added.value.id}?version=${versionName(added.value)}&outcome=added`);
	}
};
