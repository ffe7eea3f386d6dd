import { describe, expect, it } from 'vitest';
import { areaOptions, licenceState } from '#lib/identity/administration.ts';
import { homePath, scopeCovers, type Membership, type MemberRole } from '#lib/identity/identity.ts';
import { invitationSchema, licenceSchema } from '#lib/identity/invitation.ts';
import { checkInLimitsSchema } from '#lib/identity/settings.ts';

const as = (...roles: MemberRole[]) =>
	roles.map((role) => ({ role, scope: '', displayName: '王芳' }) as unknown as Membership);

describe('where work begins', () => {
	it.each<[MemberRole[], string]>([
		[[], '/no-membership'],
		[['leader'], '/'],
		[['administrator'], '/'],
		[['inspector'], '/round'],
		[['community_worker'], '/round'],
		[['principal'], '/my'],
		[['principal', 'inspector'], '/round'],
		[['inspector', 'leader'], '/']
	])('for %j it is %s', (roles, path) => expect(homePath(as(...roles))).toBe(path));
});

it('a scope covers itself and what is below, never its neighbour', () => {
	expect(scopeCovers('0001', '0001')).toBe(true);
	expect(scopeCovers('0001', '00010003')).toBe(true);
	expect(scopeCovers('', '0001')).toBe(true);
	expect(scopeCovers('0001', '0002')).toBe(false);
	expect(scopeCovers('00010003', '0001')).toBe(false);
});

describe('a licence', () => {
	it.each([
		[null, 'none'],
		['2026-11-21', 'ended'],
		['2026-11-22', 'ending'],
		['2026-12-21', 'ending'],
		['2026-12-22', 'valid']
	] as const)('valid until %s is “%s” on 2026-11-22', (until, state) =>
		expect(licenceState(until, '2026-11-22')).toBe(state)
	);

	it('is given with its last day or not at all', () => {
		expect(licenceSchema.safeParse({ licenceNumber: 'A-1234', licenceValidUntil: '' }).success).toBe(false);
		expect(licenceSchema.safeParse({ licenceNumber: '', licenceValidUntil: '2027-01-01' }).success).toBe(
			false
		);
		expect(licenceSchema.parse({ licenceNumber: ' ', licenceValidUntil: '' })).toEqual({
			licenceNumber: null,
			licenceValidUntil: null
		});
	});
});

describe('an invitation', () => {
	it('of a person in charge needs an enterprise, of staff an area', () => {
		expect(invitationSchema.safeParse({ role: 'principal', scope: '0001' }).success).toBe(false);
		expect(invitationSchema.safeParse({ role: 'inspector' }).success).toBe(false);
		expect(invitationSchema.safeParse({ role: 'inspector', scope: '', displayName: '' }).success).toBe(true);
	});

	it('takes no scope that is not a path', () => {
		for (const scope of ['1', '00010', "0001'", '~'])
			expect(invitationSchema.safeParse({ role: 'leader', scope }).success, scope).toBe(false);
	});
});

it('limits of a check-in stand in order', () => {
	const limits = {
		softAccuracyMetres: 50,
		hardAccuracyMetres: 500,
		softDistanceMetres: 150,
		hardDistanceMetres: 3000
	};
	expect(checkInLimitsSchema.safeParse(limits).success).toBe(true);
	const wrong = checkInLimitsSchema.safeParse({ ...limits, hardDistanceMetres: 100 });
	expect(wrong.error?.issues[0]?.path).toEqual(['hardDistanceMetres']);
});

it('areas are indented below the one they lie in', () => {
	const area = (scope: string, name: string) => ({ scope, name, level: 'street' as const, hasAgency: false });
	expect(areaOptions([area('0001', '示例街道'), area('00010001', '一社区')], null)).toEqual([
		{ value: '0001', label: '示例街道' },
		{ value: '00010001', label: '\u3000一社区' }
	]);
});
