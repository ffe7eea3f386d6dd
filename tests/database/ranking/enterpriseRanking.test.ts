/** Enterprises of one scheme by points: for who oversees, fair where points are equal, silent about who was never seen. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assessBehind } from '#lib/assessment/account/assessment.server.ts';
import { decideEntry } from '#lib/assessment/account/account.server.ts';
import type { EnterpriseRankingFilter } from '#lib/ranking/enterpriseRanking.ts';
import { readEnterpriseRanking } from '#lib/ranking/enterpriseRanking.server.ts';
import { readMatters } from '#lib/tally/overview.server.ts';
import { fourReasons, majorHazard, makeTown, type Town } from '../assessment/town.ts';
import { ids } from '../record/street.ts';
import { openTestBackend, type Person, type TestBackend } from '../support/testBackend.ts';

let opened: TestBackend;
let town: Town;
let fact: string;

const everything: EnterpriseRankingFilter = { pack: 'town', community: null, siteType: null, q: null };
const ranked = (person: Person, more: Partial<EnterpriseRankingFilter> = {}) =>
	readEnterpriseRanking(town.as(person), { ...everything, ...more }, 1);
const places = async (more: Partial<EnterpriseRankingFilter> = {}) => {
	const answer = await ranked(town.lin, more);
	if (!answer.ok) throw new Error(answer.problem.code);
	return answer.value.rows.map(({ name, place, points, pendingPoints }) => [
		name,
		place,
		points,
		pendingPoints
	]);
};

beforeAll(async () => {
	opened = await openTestBackend();
	await opened.setClock('2026-11-02T06:00:00Z');
	town = await makeTown(opened);
	fact = await majorHazard(opened, ids.restaurant);
	await opened.sql(
		`insert into public.facts (enterprise_id, scope, kind, occurred_on) select id, scope, 'inspection.completed', app.today()
		from public.enterprises`
	);
	await assessBehind(opened.backend);
});
afterAll(() => opened.close());

test('it is refused to who does not oversee, and where there is no such scheme', async () => {
	for (const person of [town.wang, town.chen, town.qian])
		expect(await ranked(person)).toMatchObject({ problem: { code: 'permission.role' } });
	expect(await ranked(town.lin, { pack: 'nobody' })).toMatchObject({ problem: { code: 'scheme.unknown' } });
});

test('the leader of another street sees none of it', async () => {
	expect(await ranked(town.tang)).toMatchObject({ value: { total: 0, notEvaluated: 0, rows: [] } });
});

test('equal points share a place; among them, who has more waiting stands first', async () => {
	expect(await places()).toEqual([
		['示例餐饮店', 1, 0, 300],
		['示例酒馆', 1, 0, 0]
	]);
});

test('the worst off stands first; a filter by name keeps the place, one by community makes a new order', async () => {
	const clause = (await opened.sql<{ clause: string }>('select clause from public.score_entries'))[0]!.clause;
	for (const person of [town.lin, town.gao]) {
		const word = { factId: fact, clause, decision: 'confirmed' as const, ...fourReasons };
		expect(await decideEntry(town.as(person), word)).toMatchObject({ ok: true });
		await assessBehind(opened.backend);
	}
	expect(await places()).toEqual([
		['示例餐饮店', 1, 300, 300],
		['示例酒馆', 2, 0, 0]
	]);
	expect(await places({ q: '酒馆' })).toEqual([['示例酒馆', 2, 0, 0]]);
	expect(await places({ community: '00010002' })).toEqual([['示例酒馆', 1, 0, 0]]);
});

test('what was decided and not told to the enterprise waits in 「需要您处理」 until it is published', async () => {
	const waiting = async () =>
		(await readMatters(town.as(town.lin), 50)).rows
			.filter(({ kind }) => kind === 'unpublished')
			.map(({ enterpriseId, count }) => [enterpriseId, count]);
	expect(await waiting()).toEqual([[ids.restaurant, 1]]);
	await opened.sql(
		`insert into public.facts (enterprise_id, scope, kind, occurred_on, data) select enterprise_id, scope, 'review.published', app.today(),
		jsonb_build_object('decision', id, 'entry', data->'entry') from public.facts where kind = 'decision.confirmed'`
	);
	expect(await waiting()).toEqual([]);
});

test('who was never evaluated has no place and is counted apart', async () => {
	await opened.sql(
		`update public.score_accounts set band = null, band_level = null, band_name = null where enterprise_id = $1`,
		[ids.tavern]
	);
	expect(await ranked(town.lin)).toMatchObject({ value: { total: 1, notEvaluated: 1 } });
});
