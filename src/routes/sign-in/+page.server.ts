import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { credentialsSchema, enteredText, readForm } from '#lib/identity/credentials.ts';
import { homePath, type MemberRole } from '#lib/identity/identity.ts';
import { samplePassword } from '#lib/identity/password.ts';
import { whoAmI } from '#lib/identity/session.server.ts';
import { signIn } from '#lib/identity/signIn.server.ts';
import { problemStatus } from '#lib/problem.ts';
import { pathWithinSite } from '#lib/ui/pathWithinSite.ts';
import { refuse } from '../guard.ts';
import { writeTokens } from '../sessionCookies.ts';
import { visitor } from '../visitor.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
	const { locals, url } = event;
	if (locals.session) redirect(303, nextPath(url) ?? homePath(locals.memberships));
	return { frame: 'none' as const, samples: sampleAccounts(event) };
};

interface SampleAccount {
	role: MemberRole;
	name: string;
	email: string;
}

/** A demo offers its accounts to whoever sits at this machine, as its start has printed them there. */
function sampleAccounts(event: RequestEvent): SampleAccount[] {
	const { folder } = event.locals.backend;
	const file = join(folder.root, 'sample-accounts.json');
	if (folder.kind() !== 'demo' || !visitor(event).allowsSamplePassword || !existsSync(file)) return [];
	return JSON.parse(readFileSync(file, 'utf8')) as SampleAccount[];
}

export const actions: Actions = {
	default: async (event) => {
		const { request, locals, cookies, url } = event;
		const form = await request.formData();
		const { email = '', sample } = enteredText(form);
		const credentials = readForm(
			credentialsSchema,
			sample ? { email: sample, password: samplePassword } : form
		);
		if (!credentials.ok) return fail(400, { problem: credentials.problem, email });
		const signedIn = await signIn(locals.backend, credentials.value, visitor(event));
		if (!signedIn.ok) return fail(problemStatus[signedIn.problem.code], { problem: signedIn.problem, email });
		writeTokens(cookies, url, signedIn.value);
		const { accessToken } = signedIn.value;
		const who = await whoAmI(locals.backend.asUser(accessToken), accessToken);
		if (!who.ok) refuse(who.problem);
		redirect(303, nextPath(url) ?? homePath(who.value.memberships));
	}
};

/** Where they were going, if that is a page of ours. */
function nextPath(url: URL): string | null {
	const next = url.searchParams.get('next');
	return next ? pathWithinSite(next) : null;
}
