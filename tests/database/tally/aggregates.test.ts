/** Months frozen once they are over: who reads them, that they never change, and what comes in afterwards. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readRanking } from '#lib/ranking/ranking.server.ts';
import { sealInspection } from '#lib/record/sealInspection.server.ts';
import { freezeMonths } from '#lib/tally/freeze.server.ts';
import { ids } from '../record/street.ts';
import { alarmHazard, cleanVisit, withHazard } from '../record/visit.ts';
import { makeNeighbourhood, type Neighbourhood } from '../support/neighbourhood.ts';
import { openTestBackend, type TestBackend } from '../support/testBackend.ts';

let opened: TestBackend;
let place: Neighbourhood;
const october = { from: '2026-10-01', to: '2026-10-31' };

beforeAll(async () => {
	opened = await openTestBackend();
	await opened.setClock('2026-10-05T04:00:00Z');
	place = await makeNeighbourhood(opened);
});
afterAll(() => opened.close());

/** A visit of that morning, sealed when the phone finds a network again. @returns the hazard found, if any. */
async function check(day: string, hasHazard: boolean, sealedOn = day): Promise<void> {
	await opened.setClock(`${sealedOn}T04:00:00Z`);
	const visit = cleanVisit({ street: place, at: new Date(`${day}T01:00:00Z`) });
	const content = hasHazard ? withHazard(visit, alarmHazard(place, `${day.slice(0, 8)}30`)) : visit;
	const sealed = await sealInspection(opened.backend, place.as(place.wang), content);
	expect(sealed).toMatchObject({ ok: true, value: { state: 'sealed' } });
}

const freeze = () => freezeMonths(opened.backend);
const rankingOf = async (period = october) => {
	const ranking = await readRanking(place.as(place.lin), 'community', period, 'zh-CN');
	if (!ranking.ok) throw new Error(ranking.problem.code);
	return { frozen: ranking.value.frozen, row: ranking.value.rows.find(({ key }) => key === '00010001')! };
};
const drift = async () => {
	const { data } = await opened.backend.asService('start-up').rpc('recount_months');
	return (data as unknown as { value: { drift: { table: string; key: unknown[] }[] } }).value.drift;
};

describe('refused', () => {
	test('freezing, to everybody but the server', async () => {
		for (const person of [place.gao, place.lin, place.wang, place.qian]) {
			const { error } = await place.as(person).rpc('freeze_month');
			expect(error?.code).toBe('42501');
		}
	});

	test('writing, to everybody', async () => {
		const row = { month: '2026-09-01', known_until: '2026-10-01T00:00:00Z', attributes: [] };
		const { error } = await place.as(place.gao).from('frozen_months').insert(row);
		expect(error?.code).toBe('42501');
	});

	test('the frozen ranking to a principal, the recount to a leader, happenings to an inspector', async () => {
		const ranking = await place
			.as(place.qian)
			.rpc('monthly_ranking', { p_by: 'community', p_month: october.from });
		expect(ranking.data).toMatchObject({ ok: false, problem: { code: 'session.no_membership' } });
		const recount = await place.as(place.lin).rpc('recount_months');
		expect(recount.data).toMatchObject({ ok: false, problem: { code: 'permission.role' } });
		expect((await place.as(place.wang).rpc('occurrences_of_months', { p_months: 12 })).data).toBeNull();
		const beside = { p_enterprise: ids.restaurant, p_months: 12 };
		for (const stranger of [place.qian, place.sun])
			expect((await place.as(stranger).rpc('rate_beside_kind', beside)).data).toBeNull();
	});
});

test('before anything happened nothing is frozen, and a month that is not over is not', async () => {
	expect(await freeze()).toEqual([]);
	await check('2026-10-12', true);
	await check('2026-10-20', true);
	await opened.setClock('2026-10-31T15:59:00Z');
	expect(await freeze()).toEqual([]);
	expect((await rankingOf()).frozen).toBeNull();
	// Midnight in Shanghai; who began a seal before it has finished ten minutes later.
	await opened.setClock('2026-10-31T16:05:00Z');
	expect(await freeze()).toEqual([]);
	await opened.setClock('2026-10-31T16:15:00Z');
	expect(await freeze()).toEqual(['2026-10-01']);
	expect(await freeze()).toEqual([]);
});

test('the month is ranked from what was frozen, open and overdue as of its end', async () => {
	const { frozen, row } = await rankingOf();
	expect(frozen).toEqual({ month: '2026-10-01', on: '2026-11-01', lateFound: 0, lateInspections: 0 });
	expect(row).toMatchObject({ found: 2, inspections: 2, sites: 1, closed: 0, open: 2, overdue: 2 });
});

test('what a late phone brings changes nothing frozen; the next month carries it as an addition', async () => {
	await check('2026-10-28', true, '2026-11-05');
	await check('2026-11-10', false);
	const before = await rankingOf();
	expect(before.row).toMatchObject({ found: 2, inspections: 2 });
	expect(await drift()).toEqual([]);
	await opened.setClock('2026-12-01T04:00:00Z');
	expect(await freeze()).toEqual(['2026-11-01']);
	const after = await rankingOf();
	expect(after.row).toEqual(before.row);
	expect(after.frozen).toMatchObject({ lateFound: 1, lateInspections: 1 });
	// November itself has its own check only, and three hazards open.
	const november = await rankingOf({ from: '2026-11-01', to: '2026-11-30' });
	expect(november.row).toMatchObject({ found: 0, inspections: 1, open: 3, overdue: 3 });
	expect(await drift()).toEqual([]);
});

test('a fact withdrawn after its month was frozen is taken back by a later month', async () => {
	const [fact] = await opened.sql<{ id: string }>(
		`select id from public.facts where kind = 'hazard.found' and occurred_on = '2026-10-12'`
	);
	await opened.setClock('2026-12-10T04:00:00Z');
	await opened.sql(
		`insert into public.facts (enterprise_id, scope, kind, occurred_on, data)
		select enterprise_id, scope, 'fact.withdrawn', occurred_on, jsonb_build_object('fact', id) from public.facts where id = $1`,
		[fact!.id]
	);
	await opened.setClock('2027-01-01T04:00:00Z');
	expect(await freeze()).toEqual(['2026-12-01']);
	const rows = await opened.sql<{ month: string; occurrences: number }>(
		`select month::text, sum(occurrences)::int as occurrences from public.monthly_occurrences
		where kind = 'hazard.found' and about_month = '2026-10-01' group by 1 order by 1`
	);
	expect(rows).toEqual([
		{ month: '2026-10-01', occurrences: 2 },
		{ month: '2026-11-01', occurrences: 1 },
		{ month: '2026-12-01', occurrences: -1 }
	]);
	expect(await drift()).toEqual([]);
});

test('what happened is told by what packs ask of it, for leaders and administrators, in their scope', async () => {
	const { data } = await place.as(place.lin).rpc('occurrences_of_months', { p_months: 12 });
	const { rows, ...rest } = data as unknown as { rows: Record<string, unknown>[]; checks: number };
	expect(rest).toMatchObject({ from: '2026-10-01', to: '2026-12-01', months: 3, checks: 4 });
	expect(rows).toContainEqual({
		kind: 'hazard.found',
		attributes: { severity: 'general', recurrence: false },
		occurrences: 2,
		sites: 1,
		again: 0
	});
	const elsewhere = await place.as(place.sun).rpc('occurrences_of_months', { p_months: 12 });
	expect(elsewhere.data).toBeNull();
});

test('a site as it is today stands beside the frozen others of its kind in its street, itself left out', async () => {
	const beside = async () =>
		(await place.as(place.lin).rpc('rate_beside_kind', { p_enterprise: ids.restaurant, p_months: 12 })).data;
	const frozen = await beside();
	await check('2027-01-05', true);
	expect(await beside()).toEqual({
		...(frozen as object),
		own: { checks: 5, general: 3, major: 0 }
	});
	expect(frozen).toEqual({
		from: '2026-10-01',
		to: '2026-12-31',
		months: 3,
		siteType: 'restaurant',
		own: { checks: 4, general: 2, major: 0 },
		others: { checks: 0, general: 0, major: 0 }
	});
});

test('nothing frozen is changed or taken away, not even by the owner', async () => {
	for (const table of ['frozen_months', 'monthly_visits', 'monthly_hazards', 'monthly_occurrences'])
		await expect(opened.sql(`delete from public.${table}`)).rejects.toThrow();
});

test('a row that no longer fits what it counted is named by the recount', async () => {
	await opened.sql(
		`insert into public.monthly_visits (month, about_month, scope, site_type, inspections, checks, sites, operating)
		values ('2026-12-01', '2026-11-01', '00010002', 'restaurant', 7, 7, 7, 0)`
	);
	expect(await drift()).toMatchObject([
		{ table: 'monthly_visits', key: ['2026-11-01', 'total', '00010002', 'restaurant'] }
	]);
});
