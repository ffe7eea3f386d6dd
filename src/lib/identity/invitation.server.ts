import { readAnswer } from '#lib/backend/answer.ts';
import type { Backend, Client } from '#lib/backend/backend.server.ts';
import { failure, success, type Result } from '#lib/problem.ts';
import type { Credentials } from './credentials.ts';
import type { MemberRole } from './identity.ts';
import type { Invitation, InvitationForm } from './invitation.ts';
import { hashInvitationToken, isInvitationToken, newInvitationToken } from './invitationToken.server.ts';
import { checkPassword } from './password.ts';
import { forgetWho, isOutage, tokensOf, type Tokens } from './session.server.ts';

/** What the link is for. Asked with the secret key: visitors have no right to ask the database anything. */
export async function readInvitation(backend: Backend, token: string): Promise<Result<Invitation>> {
	if (!isInvitationToken(token)) return failure('invitation.unknown');
	return readAnswer<Invitation>(
		await backend
			.asService('invitations')
			.rpc('read_invitation', { p_token_sha256: hashInvitationToken(token) })
	);
}

/** Makes an invitation in the administrator's own name. @returns its token, which is told only now. */
export async function createInvitation(
	client: Client,
	form: InvitationForm
): Promise<Result<{ token: string }>> {
	const token = newInvitationToken();
	const answer = readAnswer(
		await client.rpc('create_invitation', {
			p_token_sha256: hashInvitationToken(token),
			p_invitation: form.role === 'principal' ? { ...form, scope: null } : form
		})
	);
	return answer.ok ? success({ token }) : answer;
}

/** A new account; nothing belongs to it until it accepts. */
export async function signUp(backend: Backend, { email, password }: Credentials): Promise<Result<Tokens>> {
	const checked = checkPassword(password, email);
	if (!checked.ok) return checked;
	const { data, error } = await backend.asAnonymous().auth.signUp({ email, password });
	if (data.session) return success(tokensOf(data.session));
	if (error && isOutage(error)) return failure('backend.unavailable');
	if (error?.code === 'weak_password') return failure('password.too_weak', undefined, 'password');
	// Without an error but also without a session: Supabase hides that the address is taken.
	if (!error || ['user_already_exists', 'email_exists'].includes(error.code ?? ''))
		return failure('invitation.address_taken', undefined, 'email');
	throw new Error(`signUp: got ${error.code ?? error.status}: ${error.message}, expected a session`);
}

/** Makes the membership, in the name of the person who accepts. The same person may repeat it. */
export async function acceptInvitation(
	client: Client,
	token: string,
	displayName: string,
	agency: { name: string; shortName: string; template: object } | null
): Promise<Result<{ role: MemberRole }>> {
	const answer = readAnswer<{ role: MemberRole }>(
		await client.rpc('accept_invitation', {
			p_token_sha256: hashInvitationToken(token),
			p_display_name: displayName,
			...(agency && { p_agency: { ...agency, template: agency.template as never } })
		})
	);
	forgetWho();
	return answer;
}

export const revokeInvitation = async (client: Client, id: string): Promise<Result<unknown>> =>
	readAnswer(await client.rpc('revoke_invitation', { p_id: id }));
