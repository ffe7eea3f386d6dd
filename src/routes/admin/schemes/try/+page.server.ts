import { fail, redirect } from '@sveltejs/kit';
import { readSchemes } from '#lib/assessment/scheme/schemes.server.ts';
import { declarationSchema, versionName, versionNamed } from '#lib/assessment/scheme/schemes.ts';
import { startTrial } from '#lib/assessment/scheme/schemeTrial.server.ts';
import { siteTypeNames } from '#lib/enterprise/enterprise.server.ts';
import { enteredText, readForm } from '#lib/identity/credentials.ts';
import { problemStatus, type Problem } from '#lib/problem.ts';
import { refuse, requireMember } from '../../../guard.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { memberships } = requireMember(event, 'administrator', 'leader');
	const { client, locale } = event.locals;
	const [book, typeNames] = await Promise.all([readSchemes(client), siteTypeNames(client, locale)]);
	if (book === null) refuse({ code: 'permission.role' });
	const query = event.url.searchParams;
	const version = versionNamed(book.packs, query.get('version'));
	return {
		today: book.today,
		versions: book.packs,
		places: book.places,
		siteTypes: Object.entries(typeNames).map(([value, label]) => ({ value, label })),
		chosen: {
			version: version && versionName(version),
			scope: query.get('scope'),
			siteType: query.get('siteType'),
			from: query.get('from')
		},
		isAdministrator: memberships.some(({ role }) => role === 'administrator')
	};
};

export const actions: Actions = {
	default: async (event) => {
		const { session } = requireMember(event, 'administrator', 'leader');
		const { client } = event.locals;
		const entered = enteredText(await event.request.formData());
		const answer = (problem: Problem) => fail(problemStatus[problem.code], { problem, entered });
		const form = readForm(declarationSchema, entered);
		if (!form.ok) return answer(form.problem);
		const book = await readSchemes(client);
		const version = book && versionNamed(book.packs, form.value.version);
		if (!version) return answer({ code: 'scheme.unknown', path: 'version' });
		if (form.value.from < book.today) return answer({ code: 'scheme.past', path: 'from' });
		const run = startTrial(client, session.userId, version, form.value);
		redirect(303, `/admin/schemes/runs/${run.id}`);
	}
};
