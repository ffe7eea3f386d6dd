import { describe, expect, test } from 'vitest';
import type { PackedEnterprise } from '#lib/enterprise/mapIndex/mapEnterprise.ts';
import type { Membership } from '#lib/identity/identity.ts';
import { liveMessage, maySee, visibilityOf, type FeedEvent } from '#lib/live/liveEvent.ts';

const member = (role: Membership['role'], scope: string, enterpriseId: string | null = null) =>
	({ role, scope, enterpriseId }) as Membership;
const event = (scope: string, enterpriseId: string | null = null): FeedEvent => ({
	position: 1,
	at: '2026-11-22T06:00:00.000Z',
	kind: 'account.changed',
	scope,
	enterpriseId,
	data: { inspectionId: 'i1' },
	enterprise: null
});

describe('what a stream carries', () => {
	test('a leader of one street is told nothing of another, nor of the district above', () => {
		const leader = visibilityOf([member('leader', '00010001')]);
		expect(maySee(leader, event('00010002'))).toBe(false);
		expect(maySee(leader, event('0001'))).toBe(false);
		expect(maySee(leader, event('00010001'))).toBe(true);
		expect(maySee(leader, event('000100010007'))).toBe(true);
	});

	test('a principal is told of their own enterprise and of nothing else in its scope', () => {
		const principal = visibilityOf([member('principal', '00010001', 'e1')]);
		expect(maySee(principal, event('00010001', 'e2'))).toBe(false);
		expect(maySee(principal, event('00010001'))).toBe(false);
		expect(maySee(principal, event('00010001', 'e1'))).toBe(true);
	});

	test('somebody without a membership is told nothing', () => {
		expect(maySee(visibilityOf([]), event('00010001', 'e1'))).toBe(false);
	});

	test('what goes out names the enterprise and how it looks now, not what the event holds', () => {
		expect(liveMessage(visibilityOf([member('leader', '0001')]), event('0001', 'e1'))).toEqual({
			kind: 'account.changed',
			at: '2026-11-22T06:00:00.000Z',
			enterpriseId: 'e1',
			enterprise: null,
			mapLine: null
		});
	});

	test('the line of the map, which holds 动态风险分, goes to staff and not to the enterprise', () => {
		const enterprise = { ordinal: 1, line: [] as unknown as PackedEnterprise, mapLine: '1\t0001' };
		const told = (role: Membership['role'], id: string | null) =>
			liveMessage(visibilityOf([member(role, '0001', id)]), { ...event('0001', 'e1'), enterprise }).mapLine;
		expect(told('leader', null)).toBe('1\t0001');
		expect(told('principal', 'e1')).toBeNull();
	});
});
