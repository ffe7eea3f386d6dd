import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import type { IsoDate } from '#lib/calendar.ts';
import type { Result } from '#lib/problem.ts';
import type {
	AdministeredArea,
	AdministrationSummary,
	EnterpriseChoice,
	InvitationRow,
	MemberDetail,
	MemberRow
} from './administration.ts';
import type { MemberRole } from './identity.ts';
import { forgetWho } from './session.server.ts';

export interface MemberFilter {
	role: MemberRole | null;
	text: string | null;
	offset: number;
	limit: number;
}

export const administrationSummary = async (client: Client): Promise<AdministrationSummary> =>
	expectValue(await client.rpc('administration_summary'));

export const administeredAreas = async (client: Client): Promise<AdministeredArea[]> =>
	expectValue(await client.rpc('administered_areas'));

export const administeredMembers = async (
	client: Client,
	{ role, text, offset, limit }: MemberFilter
): Promise<{ total: number; rows: MemberRow[] }> =>
	expectValue(
		await client.rpc('administered_members', {
			// The generated types know no nullable arguments.
			p_role: role as string,
			p_text: text as string,
			p_offset: offset,
			p_limit: limit
		})
	);

export const administeredMember = async (client: Client, id: string): Promise<MemberDetail | null> =>
	expectValue(await client.rpc('administered_member', { p_id: id }));

export const administeredInvitations = async (client: Client): Promise<InvitationRow[]> =>
	expectValue(await client.rpc('administered_invitations'));

export const administeredEnterprises = async (client: Client, text: string): Promise<EnterpriseChoice[]> =>
	expectValue(await client.rpc('administered_enterprises', { p_text: text }));

/** From the next request on the person sees nothing of what this membership opened. */
export async function endMembership(client: Client, id: string): Promise<Result<unknown>> {
	const answer = readAnswer(await client.rpc('end_membership', { p_id: id }));
	forgetWho();
	return answer;
}

export async function setLicence(
	client: Client,
	id: string,
	number: string | null,
	validUntil: IsoDate | null
): Promise<Result<unknown>> {
	const answer = readAnswer(
		await client.rpc('set_licence', {
			p_membership: id,
			p_number: number as string,
			p_valid_until: validUntil as string
		})
	);
	forgetWho();
	return answer;
}
