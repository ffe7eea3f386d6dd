import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { sampleAgencyTemplate } from '#lib/document/agencyTemplate.ts';
import { credentialsSchema, enteredText, readForm } from '#lib/identity/credentials.ts';
import { homePath } from '#lib/identity/identity.ts';
import { acceptanceSchema, foundingSchema, type Invitation } from '#lib/identity/invitation.ts';
import { acceptInvitation, readInvitation, signUp } from '#lib/identity/invitation.server.ts';
import { whoAmI } from '#lib/identity/session.server.ts';
import { problemStatus, success, type Problem, type Result } from '#lib/problem.ts';
import { refuse } from '../../guard.ts';
import { writeTokens } from '../../sessionCookies.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
	setHeaders({ 'cache-control': 'no-store' });
	const invitation = await readInvitation(locals.backend, params.token);
	return { frame: 'none' as const, invitation, token: params.token };
};

type Event = RequestEvent<{ token: string }>;

export const actions: Actions = {
	/** A new account, then the membership. */
	join: async (event) => {
		const { request, locals, params, cookies, url } = event;
		const form = await request.formData();
		const refused = refusal(form);

		const invitation = await readInvitation(locals.backend, params.token);
		if (!invitation.ok) return refused(invitation.problem);
		const names = readNames(form, invitation.value);
		if (!names.ok) return refused(names.problem);
		const credentials = readForm(credentialsSchema, form);
		if (!credentials.ok) return refused(credentials.problem);

		const signedUp = await signUp(locals.backend, credentials.value);
		if (!signedUp.ok) return refused(signedUp.problem);
		writeTokens(cookies, url, signedUp.value);
		return accept(event, signedUp.value.accessToken, names.value, refused);
	},

	/** With the account one is signed in with. */
	accept: async (event) => {
		const { request, locals, params } = event;
		const form = await request.formData();
		const refused = refusal(form);
		if (!locals.session) return refused({ code: 'session.missing' });
		const invitation = await readInvitation(locals.backend, params.token);
		if (!invitation.ok) return refused(invitation.problem);
		const names = readNames(form, invitation.value);
		if (!names.ok) return refused(names.problem);
		return accept(event, locals.session.accessToken, names.value, refused);
	}
};

const refusal = (form: FormData) => (problem: Problem) =>
	fail(problemStatus[problem.code], { problem, entered: enteredText(form) });

interface Names {
	displayName: string;
	agency: { name: string; shortName: string } | null;
}

function readNames(form: FormData, { isFirst }: Invitation): Result<Names> {
	if (!isFirst) {
		const read = readForm(acceptanceSchema, form);
		return read.ok ? success({ ...read.value, agency: null }) : read;
	}
	const read = readForm(foundingSchema, form);
	if (!read.ok) return read;
	const { displayName, ...agency } = read.value;
	return success({ displayName, agency });
}

async function accept<Refusal>(
	{ locals, params }: Event,
	accessToken: string,
	{ displayName, agency }: Names,
	refused: (problem: Problem) => Refusal
): Promise<Refusal> {
	const client = locals.backend.asUser(accessToken);
	// Until its wording is set, a new agency prints the sample's, marked as such.
	const founded = agency && { ...agency, template: sampleAgencyTemplate };
	const accepted = await acceptInvitation(client, params.token, displayName, founded);
	if (!accepted.ok) return refused(accepted.problem);
	const who = await whoAmI(client, accessToken);
	if (!who.ok) refuse(who.problem);
	redirect(303, homePath(who.value.memberships));
}
