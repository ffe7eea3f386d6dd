/** 主要负责人记分: one account of the person, shown by every enterprise they lead, made of what happened while they led. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
	actOnAccount,
	confirmBand,
	decideEntry,
	readAccount
} from '#lib/assessment/account/account.server.ts';
import { accountView, type AccountView } from '#lib/assessment/account/account.ts';
import { assessBehind } from '#lib/assessment/account/assessment.server.ts';
import { readMatters } from '#lib/tally/overview.server.ts';
import { ids } from '../record/street.ts';
import { openTestBackend, type Person, type TestBackend } from '../support/testBackend.ts';
import { fourReasons, majorHazard, makeTown, type Town } from './town.ts';

let opened: TestBackend;
let town: Town;

const lead = (enterprise: string, name: string, phone: string) =>
	opened.sql(`select app.put_principal(id, scope, $2, $3) from public.enterprises where id = $1`, [
		enterprise,
		name,
		phone
	]);
const stored = () =>
	opened.sql<{ id: string; points: number; pending: number; level: string | null }>(
		`select enterprise_id as id, points, pending_points as pending, band_level as level from public.score_accounts order by 1`
	);
const of = async (enterprise: string) => (await stored()).find(({ id }) => id === enterprise);
const view = async (person: Person, enterprise: string): Promise<AccountView> =>
	accountView(enterprise, (await readAccount(town.as(person), enterprise))!)!;
const decide = (person: Person, factId: string, clause: string) =>
	actOnAccount(opened.backend, ids.restaurant, () =>
		decideEntry(town.as(person), { factId, clause, decision: 'confirmed', ...fourReasons })
	);
const measures = () =>
	opened.sql<{ at: string; code: string }>(
		`select enterprise_id as at, code from public.measures order by 1, 2`
	);

beforeAll(async () => {
	opened = await openTestBackend();
	await opened.setClock('2026-11-02T06:00:00Z');
	town = await makeTown(opened, 'principal');
	await opened.sql('delete from public.enterprise_principals');
});
afterAll(() => opened.close());

describe('an account of the person who leads', () => {
	let first: string;

	test('stands for the enterprise alone as long as nobody is on record', async () => {
		first = await majorHazard(opened, ids.restaurant);
		expect(await stored()).toMatchObject([{ id: ids.restaurant, points: 0, pending: 300 }]);
		expect((await view(town.lin, ids.restaurant)).principal).toBeNull();
	});

	test('is one for all that the person leads, also for what was never visited', async () => {
		await lead(ids.restaurant, '郑一鸣', '13800000001');
		await lead(ids.tavern, '郑一鸣', '13800000001');
		expect(await assessBehind(opened.backend)).toBe(1);
		expect(await stored()).toMatchObject([
			{ id: ids.restaurant, pending: 300 },
			{ id: ids.tavern, pending: 300 }
		]);
		const account = await view(town.lin, ids.tavern);
		expect(account.principal).toEqual({
			name: '郑一鸣',
			others: [{ id: ids.restaurant, name: '示例餐饮店' }]
		});
		expect(account.lines[0]!.source!.elsewhere).toEqual({ id: ids.restaurant, name: '示例餐饮店' });
	});

	test('tells nobody of an enterprise they may not read', async () => {
		// The tavern's principal reads the points, not what was found at the restaurant.
		const account = await view(town.zhou, ids.tavern);
		expect(account.pendingBalance).toBe(300);
		expect(account.principal!.others).toEqual([]);
		expect(account.lines[0]!.source).toBeNull();
	});

	test('is asked about once in 「需要您处理」, where it happened', async () => {
		const { rows } = await readMatters(town.as(town.lin), 50);
		expect(rows.filter(({ kind }) => kind === 'pending').map(({ enterpriseId }) => enterpriseId)).toEqual([
			ids.restaurant
		]);
	});

	test('changes everywhere with a decision made where it happened; the measures are opened there only', async () => {
		const { clause } = (await view(town.lin, ids.restaurant)).lines[0]!;
		expect(await decide(town.lin, first, clause)).toMatchObject({ value: { state: 'approved', missing: 1 } });
		expect(await decide(town.gao, first, clause)).toMatchObject({ value: { state: 'decided' } });
		expect(await stored()).toMatchObject([
			{ id: ids.restaurant, points: 300, level: 'warning' },
			{ id: ids.tavern, points: 300, level: 'warning' }
		]);
		expect((await measures()).map(({ at }) => at)).toEqual([ids.restaurant, ids.restaurant]);
		expect((await view(town.lin, ids.tavern)).lines[0]!.decisions).toHaveLength(1);
		// Who may not read the restaurant reads that it counts, and none of the words about it.
		const unread = await readAccount(town.as(town.zhou), ids.tavern);
		expect(accountView(ids.tavern, unread!)!.lines[0]).toMatchObject({
			standing: 'confirmed',
			decisions: []
		});
		expect(JSON.stringify(unread)).not.toContain(fourReasons.facts);
	});

	test('has its band confirmed by two, whichever of the enterprises they stand in', async () => {
		for (const fact of [
			await majorHazard(opened, ids.tavern),
			await majorHazard(opened, ids.tavern),
			await majorHazard(opened, ids.restaurant)
		])
			await opened.sql(
				`insert into public.facts (enterprise_id, scope, kind, occurred_on, data)
				select enterprise_id, scope, 'decision.confirmed', app.today(), jsonb_build_object('entry', id) from public.facts where id = $1`,
				[fact]
			);
		await assessBehind(opened.backend);
		const { bandReview } = await view(town.lin, ids.tavern);
		expect(bandReview).toMatchObject({ people: 2, band: { key: 'top' } });
		const confirm = (person: Person, enterprise: string) =>
			actOnAccount(opened.backend, enterprise, () =>
				confirmBand(town.as(person), enterprise, { band: 'top', ...fourReasons })
			);
		expect(await confirm(town.lin, ids.tavern)).toMatchObject({ value: { state: 'approved' } });
		expect(await confirm(town.lin, ids.restaurant)).toMatchObject({
			problem: { code: 'decision.same_person' }
		});
		expect(await confirm(town.gao, ids.restaurant)).toMatchObject({ value: { state: 'decided' } });
		expect((await stored()).map(({ points, level }) => [points, level])).toEqual([
			[1200, 'highest'],
			[1200, 'highest']
		]);
	});

	test('goes with the person: a successor begins anew, and later facts are theirs', async () => {
		await opened.setClock('2026-11-20T06:00:00Z');
		await lead(ids.tavern, '孙立', '13800000002');
		await assessBehind(opened.backend);
		expect(await of(ids.tavern)).toMatchObject({ points: 0, level: null });
		expect(await of(ids.restaurant)).toMatchObject({ points: 1200, level: 'highest' });
		await majorHazard(opened, ids.tavern);
		expect(await of(ids.tavern)).toMatchObject({ pending: 300 });
		expect(await of(ids.restaurant)).toMatchObject({ pending: 1200 });
	});

	test('is derived again alike from all facts', async () => {
		const before = await stored();
		await opened.sql('delete from public.score_accounts');
		await assessBehind(opened.backend);
		expect(await stored()).toEqual(before);
	});
});
