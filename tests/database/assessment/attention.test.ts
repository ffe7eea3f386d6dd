import { afterAll, beforeAll, expect, test } from 'vitest';
import { readAttention, scoreAttention } from '#lib/assessment/attention/attention.server.ts';
import { sealInspection } from '#lib/record/sealInspection.server.ts';
import { readAttentionParameters } from '../../../src/commands/startAttention.server.ts';
import { alarmHazard, cleanVisit, withHazard } from '../record/visit.ts';
import { makeNeighbourhood, type Neighbourhood } from '../support/neighbourhood.ts';
import { openTestBackend, type TestBackend } from '../support/testBackend.ts';

let opened: TestBackend;
let place: Neighbourhood;
const parameters = readAttentionParameters();

beforeAll(async () => {
	opened = await openTestBackend();
	await opened.setClock('2026-11-20T06:00:00Z');
	place = await makeNeighbourhood(opened);
});
afterAll(() => opened.close());

const scoreBehind = () => scoreAttention(opened.backend, parameters);
const scoreAround = (enterprise: string) =>
	scoreAttention(opened.backend, parameters, { around: [enterprise] });
const seen = (by = place.lin) => readAttention(place.as(by), place.restaurantId);

/** Of the restaurant's street alone: no other street's scores move with it. */
const sitesOfStreet = async () =>
	(
		await opened.sql<{ count: number }>(
			`select count(*)::int as count from public.enterprises where status = 'operating'
			and left(scope, 4) = (select left(scope, 4) from public.enterprises where id = $1)`,
			[place.restaurantId]
		)
	)[0]!.count;

test('before anybody was inspected there is no number, and it says so', async () => {
	expect(await seen()).toBeNull();
	expect(await scoreBehind()).toBeGreaterThan(0);
	expect(await seen()).toMatchObject({ score: null, inspections: 0 });
});

test('a check with a hazard counts; until its deadline nothing is overdue, after it the score is 60 at least', async () => {
	const visit = withHazard(
		cleanVisit({ street: place, at: new Date('2026-11-20T01:00:00Z') }),
		alarmHazard(place, '2026-11-30')
	);
	const sealed = await sealInspection(opened.backend, place.as(place.wang), visit);
	expect(sealed).toMatchObject({ ok: true, value: { state: 'sealed' } });
	expect(await scoreBehind()).toBe(0);
	expect(await scoreAround(place.restaurantId)).toBe(await sitesOfStreet());
	expect(await seen()).toMatchObject({ inspections: 1, weightedHazards: 1, lifted: null });
	await opened.setClock('2026-12-01T06:00:00Z');
	// The day has moved on: everybody is behind, without being asked for.
	expect(await scoreBehind()).toBeGreaterThan(0);
	expect(await scoreBehind()).toBe(0);
	const attention = (await seen())!;
	expect(attention.score).toBeGreaterThanOrEqual(60);
});

test('a year later the hazard has left the window', async () => {
	await opened.setClock('2027-11-21T06:00:00Z');
	await scoreBehind();
	expect(await seen()).toMatchObject({ inspections: 0, weightedHazards: 0 });
});

test('neither the enterprise itself nor the neighbour street reads it', async () => {
	expect(await seen(place.wang)).not.toBeNull();
	for (const stranger of [place.qian, place.sun, place.wu]) expect(await seen(stranger)).toBeNull();
});
