import { fail } from '@sveltejs/kit';
import { currentCertificate } from '#lib/document/signing/certificateFolder.server.ts';
import { problemStatus } from '#lib/problem.ts';
import { publishedKeys, rotateKey } from '#lib/record/rotateKey.server.ts';
import { requireMember } from '../../guard.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { memberships } = requireMember(event, 'administrator');
	return {
		keys: publishedKeys(event.locals.backend),
		certificate: currentCertificate(event.locals.backend.folder.keysFolder),
		mayRotate: memberships.some(({ scope }) => scope === '')
	};
};

export const actions: Actions = {
	/** The database decides again and notes it. */
	default: async (event) => {
		requireMember(event, 'administrator');
		const { backend, client } = event.locals;
		const rotated = await rotateKey(backend, client, new Date());
		if (!rotated.ok)
			return fail(problemStatus[rotated.problem.code], { problem: rotated.problem, rotated: null });
		return { problem: null, rotated: rotated.value };
	}
};
