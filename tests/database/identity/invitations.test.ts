import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
	administeredInvitations,
	administeredMember,
	administeredMembers,
	endMembership,
	setLicence
} from '#lib/identity/administration.server.ts';
import {
	acceptInvitation,
	createInvitation,
	readInvitation,
	revokeInvitation,
	signUp
} from '#lib/identity/invitation.server.ts';
import { invitationSchema } from '#lib/identity/invitation.ts';
import { forgetWho, whoAmI } from '#lib/identity/session.server.ts';
import { openTestBackend, type TestBackend } from '../support/testBackend.ts';
import { agency, firstLinkToken, invited, makePlace, person, type Actor, type Place } from './support.ts';

let opened: TestBackend;
let place: Place;
let streetAdministrator: Actor;
let inspector: Actor;

const asksFor = (form: Record<string, string>) => invitationSchema.parse(form);
const codeOf = (result: { ok: boolean; problem?: { code: string } }) =>
	result.ok ? 'ok' : result.problem!.code;
const membershipOf = async ({ userId }: Actor): Promise<string> =>
	(await opened.sql<{ id: string }>('select id from public.memberships where user_id = $1', [userId]))[0]!.id;
const all = { role: null, text: null, offset: 0, limit: 50 };

beforeAll(async () => {
	opened = await openTestBackend();
	place = await makePlace(opened);
	streetAdministrator = await invited(opened, place.administrator, 'street@example.cn', {
		role: 'administrator',
		scope: place.scopes.street
	});
	inspector = await invited(opened, place.administrator, 'inspector@example.cn', {
		role: 'inspector',
		scope: place.scopes.street
	});
});
afterAll(() => opened.close());

describe('who may not invite', () => {
	test('a visitor without a session', async () => {
		const { error } = await opened.backend.asAnonymous().rpc('create_invitation', {
			p_token_sha256: '0'.repeat(64),
			p_invitation: { role: 'leader', scope: '' }
		});
		expect(error).not.toBeNull();
	});

	test('an account without a membership', async () => {
		const nobody = await person(opened, 'nobody@example.cn');
		expect(codeOf(await createInvitation(nobody.client, asksFor({ role: 'leader', scope: '0001' })))).toBe(
			'permission.role'
		);
	});

	test('an inspector, not even into their own street; the attempt is audited without names', async () => {
		const form = asksFor({ role: 'inspector', scope: '0001', displayName: '不应出现' });
		expect(codeOf(await createInvitation(inspector.client, form))).toBe('permission.role');
		const [row] = await opened.sql<{ succeeded: boolean; details: unknown }>(
			`select succeeded, details from public.audit_log where user_id = $1 and action = 'invitation.create'`,
			[inspector.userId]
		);
		expect(row).toEqual({ succeeded: false, details: { role: 'inspector' } });
	});

	test('the administrator of one street into another street, or above their own', async () => {
		for (const scope of [place.scopes.otherStreet, ''])
			expect(
				codeOf(await createInvitation(streetAdministrator.client, asksFor({ role: 'leader', scope })))
			).toBe('permission.area');
	});

	test('anybody for a place or an enterprise that is not there', async () => {
		const { client } = place.administrator;
		expect(codeOf(await createInvitation(client, asksFor({ role: 'leader', scope: '0009' })))).toBe(
			'request.invalid'
		);
		const stranger = '00000000-0000-4000-8000-000000000009';
		expect(
			codeOf(await createInvitation(client, asksFor({ role: 'principal', enterpriseId: stranger })))
		).not.toBe('ok');
	});

	test('with a licence for somebody who is no inspector, or half a licence', async () => {
		const half = {
			role: 'inspector',
			scope: '0001',
			displayName: null,
			enterpriseId: null,
			licenceNumber: 'A-0001',
			licenceValidUntil: null
		} as const;
		expect(codeOf(await createInvitation(place.administrator.client, half))).toBe('request.invalid');
		const leader = { ...half, role: 'leader', licenceValidUntil: '2027-01-01' } as const;
		expect(codeOf(await createInvitation(place.administrator.client, leader))).toBe('request.invalid');
	});
});

describe('a link', () => {
	test('that nobody made opens nothing', async () => {
		expect(codeOf(await readInvitation(opened.backend, 'A'.repeat(43)))).toBe('invitation.unknown');
		expect(codeOf(await readInvitation(opened.backend, '../x'))).toBe('invitation.unknown');
	});

	test('cannot be read by users, who would learn whom it is for', async () => {
		const { error } = await inspector.client.rpc('read_invitation', { p_token_sha256: '0'.repeat(64) });
		expect(error?.code).toBe('42501');
	});

	test('says what it is for, and makes the membership that was offered, whatever is asked for', async () => {
		const created = await createInvitation(
			streetAdministrator.client,
			asksFor({ role: 'community_worker', scope: place.scopes.community, displayName: '陈社工' })
		);
		if (!created.ok) throw new Error(created.problem.code);
		const { token } = created.value;
		expect(await readInvitation(opened.backend, token)).toMatchObject({
			ok: true,
			value: {
				role: 'community_worker',
				displayName: '陈社工',
				placeName: '示例00010001',
				agencyName: agency.name,
				isFirst: false
			}
		});
		const chen = await person(opened, 'chen@example.cn');
		expect(codeOf(await acceptInvitation(chen.client, token, '', agency))).toBe('ok');
		const who = await whoAmI(chen.client, chen.accessToken);
		expect(who.ok && who.value.memberships).toMatchObject([
			{ role: 'community_worker', scope: '00010001', displayName: '陈社工', placeName: '示例00010001' }
		]);
		expect(await opened.sql('select count(*)::int as agencies from public.agencies')).toEqual([
			{ agencies: 1 }
		]);

		// The same person may repeat it (a lost answer); another finds it used.
		expect(codeOf(await acceptInvitation(chen.client, token, '陈社工', null))).toBe('ok');
		const other = await person(opened, 'other@example.cn');
		expect(codeOf(await acceptInvitation(other.client, token, '别人', null))).toBe('invitation.used');
		expect(codeOf(await readInvitation(opened.backend, token))).toBe('invitation.used');
	});

	test('opens nothing after fourteen days, nor after it was withdrawn', async () => {
		const { client } = streetAdministrator;
		const expiring = await createInvitation(
			client,
			asksFor({ role: 'leader', scope: '0001', displayName: '过期者' })
		);
		const withdrawn = await createInvitation(
			client,
			asksFor({ role: 'leader', scope: '0001', displayName: '撤回者' })
		);
		if (!expiring.ok || !withdrawn.ok) throw new Error('expected two links');
		const rows = await administeredInvitations(client);
		const id = rows.find(({ displayName }) => displayName === '撤回者')!.id;
		expect(codeOf(await revokeInvitation(inspector.client, id))).toBe('not_found');
		expect(codeOf(await revokeInvitation(client, id))).toBe('ok');
		expect(codeOf(await readInvitation(opened.backend, withdrawn.value.token))).toBe('invitation.unknown');

		await opened.setClock(new Date(Date.now() + 15 * 86_400_000));
		const late = await person(opened, 'late@example.cn');
		expect(codeOf(await acceptInvitation(late.client, expiring.value.token, '过期者', null))).toBe(
			'invitation.expired'
		);
		await opened.setClock(null);
		expect(await administeredInvitations(client)).toMatchObject([
			{ displayName: '过期者', isExpired: false }
		]);
		expect((await administeredInvitations(inspector.client)).length).toBe(0);
	});

	test('for a person in charge opens their enterprise and no area', async () => {
		const principal = await invited(opened, streetAdministrator, 'principal@example.cn', {
			role: 'principal',
			enterpriseId: place.enterpriseId
		});
		const { data: enterprises } = await principal.client.from('enterprises').select('name');
		expect(enterprises).toEqual([{ name: '示例小厨' }]);
		const { data: areas } = await principal.client.from('current_areas').select('scope');
		expect(areas).toEqual([]);
	});
});

describe('an account', () => {
	test('is not made with a weak password or an address that is taken', async () => {
		const weak = await signUp(opened.backend, { email: 'zhao@example.cn', password: '1234567890' });
		expect(codeOf(weak)).toBe('password.too_weak');
		const taken = await signUp(opened.backend, { email: 'inspector@example.cn', password: 'Quiet-river-77' });
		expect(codeOf(taken)).toBe('invitation.address_taken');
	});
});

describe('the first administrator', () => {
	test('is invited only while there is none', async () => {
		expect(await firstLinkToken(opened)).toBeNull();
	});
});

describe('a membership', () => {
	test('is listed to administrators of its scope only', async () => {
		expect((await administeredMembers(inspector.client, all)).total).toBe(0);
		const street = await administeredMembers(streetAdministrator.client, all);
		expect(street.rows.map(({ displayName }) => displayName)).not.toContain('周管理');
		const everyone = await administeredMembers(place.administrator.client, all);
		expect(everyone.total).toBeGreaterThan(street.total);
		const found = await administeredMembers(place.administrator.client, { ...all, text: 'INSPECTOR@' });
		expect(found.rows.map(({ email }) => email)).toEqual(['inspector@example.cn']);
	});

	test('of an administrator is not ended by themselves, nor by one below them', async () => {
		const own = await membershipOf(place.administrator);
		expect(codeOf(await endMembership(place.administrator.client, own))).toBe('permission.denied');
		expect(codeOf(await endMembership(streetAdministrator.client, own))).toBe('not_found');
		expect(codeOf(await endMembership(inspector.client, await membershipOf(streetAdministrator)))).toBe(
			'not_found'
		);
	});

	test('takes a licence of an inspector, whole or not at all', async () => {
		const id = await membershipOf(inspector);
		const { client } = streetAdministrator;
		expect(codeOf(await setLicence(inspector.client, id, 'A-0001', '2027-01-01'))).toBe('not_found');
		expect(codeOf(await setLicence(client, id, 'A-0001', null))).toBe('request.invalid');
		expect(codeOf(await setLicence(client, id, 'A', '2027-01-01'))).toBe('request.invalid');
		expect(
			codeOf(await setLicence(client, await membershipOf(streetAdministrator), 'A-0001', '2027-01-01'))
		).toBe('permission.licence');
		expect(codeOf(await setLicence(client, id, ' A-0001 ', '2027-01-01'))).toBe('ok');
		expect(await administeredMember(client, id)).toMatchObject({
			licenceNumber: 'A-0001',
			licenceValidUntil: '2027-01-01'
		});
		expect(codeOf(await setLicence(client, id, null, null))).toBe('ok');
	});

	test('that ended shows nothing any more, at once, to a token that is still valid', async () => {
		const leaving = await invited(opened, streetAdministrator, 'leaving@example.cn', {
			role: 'inspector',
			scope: '0001'
		});
		const sees = async () => ({
			enterprises: (await leaving.client.from('enterprises').select('id')).data,
			areas: (await leaving.client.from('current_areas').select('scope')).data,
			members: (await leaving.client.from('memberships').select('id').is('ended_at', null)).data
		});
		const before = await sees();
		expect(before.enterprises).toHaveLength(1);
		expect(before.areas).toHaveLength(2);
		expect(codeOf(await endMembership(streetAdministrator.client, await membershipOf(leaving)))).toBe('ok');
		expect(await sees()).toEqual({ enterprises: [], areas: [], members: [] });
		const who = await whoAmI(leaving.client, leaving.accessToken);
		expect(who.ok && who.value.memberships).toEqual([]);
	});

	test('is never written past the functions', async () => {
		const { userId } = inspector;
		const inserted = await inspector.client
			.from('memberships')
			.insert({ user_id: userId, role: 'administrator', scope: '', display_name: '自封' });
		expect(inserted.error?.code).toBe('42501');
		const updated = await inspector.client.from('memberships').update({ scope: '' }).eq('user_id', userId);
		expect(updated.error?.code).toBe('42501');
		forgetWho();
		const who = await whoAmI(inspector.client, inspector.accessToken);
		expect(who.ok && who.value.memberships.map(({ role, scope }) => [role, scope])).toEqual([
			['inspector', '0001']
		]);
	});
});
