import { acceptInvitation, createInvitation } from '#lib/identity/invitation.server.ts';
import { inviteFirstAdministrator } from '#lib/identity/firstAdministrator.server.ts';
import { invitationSchema } from '#lib/identity/invitation.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import type { TestBackend } from '../support/testBackend.ts';

export interface Actor {
	userId: string;
	accessToken: string;
	client: Client;
}

/** A street with two communities, a second street, and an administrator of everything. */
export interface Place {
	administrator: Actor;
	scopes: { street: string; community: string; otherStreet: string };
	enterpriseId: string;
}

export async function person(opened: TestBackend, email: string): Promise<Actor> {
	const signedUp = await opened.signUp(email);
	return { ...signedUp, client: opened.backend.asUser(signedUp.accessToken) };
}

/** The token of the link that the first start prints. */
export async function firstLinkToken(opened: TestBackend): Promise<string | null> {
	let printed = '';
	await inviteFirstAdministrator(opened.backend, { PUBLIC_URL: 'https://mingcha.example' }, (line) => {
		printed = line;
	});
	return /https:\/\/mingcha\.example\/invite\/([\w-]{43})/.exec(printed)?.[1] ?? null;
}

export const agency = { name: '示例街道安全办', shortName: '示例', template: {} };

/** Signs somebody up and makes them a member by an invitation of `inviter`. */
export async function invited(
	opened: TestBackend,
	inviter: Actor,
	email: string,
	form: Record<string, string>
): Promise<Actor> {
	const created = await createInvitation(inviter.client, invitationSchema.parse(form));
	if (!created.ok) throw new Error(`invitation: got ${created.problem.code}, expected one`);
	const someone = await person(opened, email);
	const accepted = await acceptInvitation(someone.client, created.value.token, email.split('@')[0]!, null);
	if (!accepted.ok) throw new Error(`acceptance: got ${accepted.problem.code}, expected a membership`);
	return someone;
}

export async function makePlace(opened: TestBackend): Promise<Place> {
	const administrator = await person(opened, 'administrator@example.cn');
	const token = await firstLinkToken(opened);
	if (!token) throw new Error('first start: got no link, expected one');
	const accepted = await acceptInvitation(administrator.client, token, '周管理', agency);
	if (!accepted.ok) throw new Error(`acceptance: got ${accepted.problem.code}, expected a membership`);
	await opened.sql(`
		with a as (insert into public.areas (scope, level) values ('0001', 'street'), ('00010001', 'community'), ('0002', 'street') returning *)
		insert into public.area_versions (area_id, scope, name, valid_from) select id, scope, '示例' || scope, '2024-01-01' from a`);
	await opened.sql(
		`insert into public.site_types (code, name_zh, name_en) values ('restaurant', '餐饮场所', 'Restaurant') on conflict do nothing`
	);
	const [enterprise] = await opened.sql<{ id: string }>(
		`insert into public.enterprises (scope, name, credit_code_absence, site_type) values ('00010001', '示例小厨', '个体户未领取', 'restaurant') returning id`
	);
	return {
		administrator,
		scopes: { street: '0001', community: '00010001', otherStreet: '0002' },
		enterpriseId: enterprise!.id
	};
}
