import { describe, expect, test } from 'vitest';
import {
	decidable,
	extensionDays,
	extensionDecisionSchema,
	extensionFilterFrom,
	extensionObstacle,
	type ExtensionRow,
	type ExtensionState
} from '#lib/hazard/extension/extension.ts';

const today = '2026-11-24';
const asked = (state: ExtensionState) => [{ state }];

describe('more time can be asked for', () => {
	test.each([
		['while the deadline runs', 'open', '2026-11-30', [], null],
		['on the day of the deadline itself', 'open', today, [], null],
		['again after a refusal', 'open', '2026-11-30', asked('refused'), null],
		['again after it was granted once', 'open', '2026-12-05', asked('granted'), null],
		['not the day after', 'open', '2026-11-23', [], 'extension.late'],
		['not while one waits for its answer', 'open', '2026-11-30', asked('asked'), 'extension.pending'],
		['not for what was sent in', 'rectification_submitted', '2026-11-30', [], 'hazard.state'],
		['not for what is closed', 'closed', '2026-11-30', [], 'hazard.state'],
		['not for a report of a community', 'reported', '2026-11-30', [], 'hazard.state'],
		['not for what was put right on the spot', 'closed', null, [], 'hazard.state']
	] as const)('%s', (_, state, deadline, extensions, expected) =>
		expect(extensionObstacle({ state, deadline, extensions }, today)).toBe(expected)
	);
});

test('the days that can be chosen begin after the latest deadline and not before today', () => {
	expect(extensionDays(['2026-11-27', '2026-12-01'], today).min).toBe('2026-12-02');
	expect(extensionDays(['2026-11-20'], today).min).toBe(today);
	expect(extensionDays(['2026-11-27'], today).max).toBe('2027-11-25');
});

describe('an answer', () => {
	const extensions = ['00000000-0000-4000-8000-000000000001'];
	const read = (more: object) => extensionDecisionSchema.safeParse({ extensions, ...more }).success;
	test.each([
		['granted with its day', { outcome: 'granted', until: '2026-12-01' }, true],
		['granted until nobody knows when', { outcome: 'granted', until: '' }, false],
		['refused with reasons', { outcome: 'refused', until: '', note: '可先停用该设备' }, true],
		['refused without a word', { outcome: 'refused', until: '', note: ' ' }, false],
		['about nothing', { outcome: 'refused', note: '不同意', extensions: [] }, false]
	])('%s', (_, decision, expected) => expect(read(decision)).toBe(expected));
});

test('of a request only what waits and is the reader’s can be decided', () => {
	const hazard = (hazardId: string, state: ExtensionState, obstacle: string | null) =>
		({ hazardId, obstacle, extension: { state } }) as unknown as ExtensionRow['hazards'][number];
	const row = {
		hazards: [
			hazard('a', 'asked', null),
			hazard('b', 'asked', 'extension.leader'),
			hazard('c', 'granted', null)
		]
	} as ExtensionRow;
	expect(decidable(row).map(({ hazardId }) => hazardId)).toEqual(['a']);
});

test('an address that says nonsense asks for what waits, of everybody', () => {
	const query = new URLSearchParams({ state: 'x', enterprise: "1' or true" });
	expect(extensionFilterFrom(query)).toEqual({ state: 'asked', enterprise: null });
});
