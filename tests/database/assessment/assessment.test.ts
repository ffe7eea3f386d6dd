import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assessBehind, assessEnterprises } from '#lib/assessment/account/assessment.server.ts';
import { startAssessor } from '#lib/assessment/account/assessor.server.ts';
import { sealInspection } from '#lib/record/sealInspection.server.ts';
import { makeStreet, type Street } from '../record/street.ts';
import { alarmHazard, cleanVisit, withHazard } from '../record/visit.ts';
import { openTestBackend, type TestBackend } from '../support/testBackend.ts';

let opened: TestBackend;
let street: Street;

beforeAll(async () => {
	opened = await openTestBackend();
	await opened.setClock('2026-11-22T06:00:00Z');
	street = await makeStreet(opened);
});
afterAll(() => opened.close());

const addFact = async (enterpriseId: string, kind: string, data: object = {}): Promise<string> => {
	const [row] = await opened.sql<{ id: string }>(
		`insert into public.facts (enterprise_id, scope, kind, occurred_on, data) values ($1, '00010001', $2, app.today(), $3) returning id`,
		[enterpriseId, kind, JSON.stringify(data)]
	);
	return row!.id;
};
const account = async (enterpriseId: string) =>
	(
		await opened.sql<Record<string, unknown>>(
			'select points, pending_points, band, pending_band from public.score_accounts where enterprise_id = $1',
			[enterpriseId]
		)
	)[0];
const events = async () =>
	(
		await opened.sql<{ n: number }>(
			`select count(*)::int n from public.events where kind = 'account.changed'`
		)
	)[0]!.n;

describe('the assessor', () => {
	test('a site nobody checked has no account: 未评估, never green', async () => {
		await assessBehind(opened.backend);
		expect(await account(street.tavernId)).toBeUndefined();
	});

	test('a clean check makes an account without points, and the map is told once', async () => {
		await addFact(street.restaurantId, 'inspection.completed');
		expect(await assessBehind(opened.backend)).toBe(1);
		expect(await account(street.restaurantId)).toEqual({
			points: 0,
			pending_points: 0,
			band: 'normal',
			pending_band: null
		});
		expect(await events()).toBe(1);
		// Nothing new: nothing is told again.
		expect(await assessBehind(opened.backend)).toBe(0);
		expect(await assessEnterprises(opened.backend, [street.restaurantId])).toEqual([]);
		expect(await events()).toBe(1);
	});

	test('a major hazard waits: the band stays, the pending one shows; confirmed it counts, reversed it does not', async () => {
		const id = await addFact(street.restaurantId, 'hazard.found', { severity: 'major', cause: 'object' });
		await assessBehind(opened.backend);
		expect(await account(street.restaurantId)).toEqual({
			points: 0,
			pending_points: 300,
			band: 'normal',
			pending_band: 'warning'
		});
		// Three points change the band, so it takes two people.
		const [entry] = await opened.sql<{ people: number }>(
			'select people_to_confirm as people from public.score_entries where fact_id = $1',
			[id]
		);
		expect(entry).toEqual({ people: 2 });
		await addFact(street.restaurantId, 'decision.confirmed', { entry: id });
		await assessBehind(opened.backend);
		expect(await account(street.restaurantId)).toMatchObject({
			points: 300,
			band: 'warning',
			pending_band: null
		});
		await addFact(street.restaurantId, 'decision.reversed', { entry: id });
		await assessBehind(opened.backend);
		expect(await account(street.restaurantId)).toMatchObject({ points: 0, band: 'normal' });
	});

	test('a sealed correction on the spot relieves the very hazard it belongs to', async () => {
		const before = await account(street.restaurantId);
		const at = new Date('2026-11-22T05:00:00Z');
		const visit = withHazard(cleanVisit({ street, at }), alarmHazard(street, null));
		expect(await sealInspection(opened.backend, street.as(street.wang), visit)).toMatchObject({ ok: true });
		await assessBehind(opened.backend);
		expect(await account(street.restaurantId)).toEqual(before);
		const [entry] = await opened.sql<{ points: number }>(
			`select points from public.score_entries where enterprise_id = $1 and clause = '4.1'`,
			[street.restaurantId]
		);
		expect(entry).toEqual({ points: -50 });
	});

	test('one account that cannot be derived keeps no other waiting, and is not tried for ever', async () => {
		await addFact(street.tavernId, 'inspection.completed');
		await addFact(street.restaurantId, 'decision.confirmed', { clause: '1.1' });
		const assessor = startAssessor(opened.backend);
		await assessor.poke([street.tavernId]);
		expect(await account(street.tavernId)).toMatchObject({ band: 'normal' });
		await assessor.close();
	});
});
