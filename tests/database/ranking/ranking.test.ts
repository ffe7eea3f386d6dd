import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { addDays } from '#lib/calendar.ts';
import { readHazardRows } from '#lib/hazard/hazardRows.server.ts';
import { hazardFilterFrom } from '#lib/hazard/hazardRows.ts';
import { feedOf } from '#lib/live/eventReader.server.ts';
import type { FeedEvent } from '#lib/live/liveEvent.ts';
import { verifyEvents } from '#lib/live/verifyEvents.server.ts';
import { readRanking } from '#lib/ranking/ranking.server.ts';
import { rememberedRanking } from '#lib/ranking/rememberedRanking.ts';
import { TallyFollower } from '#lib/tally/cube/followTallies.server.ts';
import {
	breakdowns,
	dashboardFilterFrom,
	dashboardQuery,
	hazardsOf,
	withLine
} from '#lib/tally/dashboard/dashboard.ts';
import { readDashboard } from '#lib/tally/dashboard/dashboard.server.ts';
import type { Period } from '#lib/tally/period.ts';
import { sealInspection } from '#lib/record/sealInspection.server.ts';
import { freezeMonths } from '#lib/tally/freeze.server.ts';
import { readDailyFlows, readMatters, readOverview } from '#lib/tally/overview.server.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import { ids, makeStreet, type Street } from '../record/street.ts';
import { alarmHazard, cleanVisit, withHazard } from '../record/visit.ts';
import { openTestBackend, type TestBackend } from '../support/testBackend.ts';

let opened: TestBackend;
let street: Street;
let leader: Client;
let stranger: Client;
/** Sums that were begun before anything happened, and everything that happened. */
let early: TallyFollower;
const feed: FeedEvent[] = [];
const firstDay = '2026-08-01';
const today = '2026-11-20';

const scenario = fc.sample(
	fc.record({
		day: fc.integer({ min: 0, max: 100 }),
		isTavern: fc.boolean(),
		found: fc.constantFrom('nothing', 'on_spot', 'deadline', 'major'),
		days: fc.integer({ min: 1, max: 40 }),
		recheck: fc.constantFrom('none', 'passed', 'failed')
	}),
	{ seed: 7, numRuns: 26 }
);

async function seal(visit: ReturnType<typeof cleanVisit>): Promise<void> {
	const answer = await sealInspection(opened.backend, street.as(street.wang), visit);
	if (!answer.ok || answer.value.state !== 'sealed') throw new Error(`seal: got ${JSON.stringify(answer)}`);
}

/** A check and, where the scenario has one, its recheck on the day of the deadline. */
async function play({ day, isTavern, found, days, recheck }: (typeof scenario)[number]): Promise<void> {
	const on = addDays(firstDay, day);
	const at = new Date(`${on}T02:00:00Z`);
	await opened.setClock(`${on}T03:00:00Z`);
	const place = isTavern
		? { id: ids.tavern, name: '示例酒馆', creditCode: '91000000MA1T000215', address: '示例路2号' }
		: {};
	const visit = cleanVisit({ street, at });
	visit.enterprise = { ...visit.enterprise, ...place };
	const deadline = addDays(on, days);
	const hazard = alarmHazard(
		street,
		found === 'on_spot' ? null : deadline,
		found === 'major' ? { severity: 'major' } : {}
	);
	await seal(found === 'nothing' ? visit : withHazard(visit, hazard));
	if (recheck === 'none' || found === 'nothing' || found === 'on_spot' || deadline > today) return;
	await opened.setClock(`${deadline}T05:00:00Z`);
	const second = cleanVisit({ street, at: new Date(`${deadline}T04:00:00Z`), kind: 'recheck' });
	const passed = recheck === 'passed';
	await seal({
		...second,
		rechecks: visit.id,
		enterprise: visit.enterprise,
		checklistVersionIds: [],
		answers: [],
		verdicts: [
			{
				hazardId: hazard.id,
				passed,
				note: null,
				newDeadline: passed ? null : addDays(deadline, 5),
				photos: []
			}
		]
	});
}

beforeAll(async () => {
	opened = await openTestBackend();
	street = await makeStreet(opened);
	await opened.sql(
		`insert into public.areas (scope, level) values ('00010001', 'community'), ('00010002', 'community'), ('00020001', 'community')`
	);
	await opened.sql(
		`insert into public.area_versions (area_id, scope, name, valid_from)
		select id, scope, case level when 'street' then '街道' else '社区' end || scope, '2020-01-01' from public.areas`
	);
	const person = await opened.signUp('leader@example.cn');
	await opened.sql(
		`insert into public.memberships (user_id, role, agency_id, scope, display_name) values ($1, 'leader', $2, '0001', '周主任')`,
		[person.userId, street.agencyId]
	);
	early = new TallyFollower(opened.backend);
	await early.load();
	for (const each of scenario) await play(each);
	for (
		let page = await feedOf(opened.backend)(0);
		page.events.length > 0;
		page = await feedOf(opened.backend)(feed.at(-1)!.position)
	)
		feed.push(...page.events);
	await opened.setClock(`${today}T06:00:00Z`);
	leader = street.as(person);
	stranger = street.as(street.sun);
}, 240_000);
afterAll(() => opened.close());

const one = async <Row>(text: string, params: unknown[]): Promise<Row> =>
	(await opened.sql<Row>(text, params))[0]!;
const ofScope = (scope: string) => `scope like '${scope}%'`;

/** The same figures by looking at every hazard and inspection. */
async function recount(where: string, from: string, to: string) {
	const flows = await one<Record<string, number>>(
		`select count(*) filter (where found_on between $1 and $2)::int as found,
			count(*) filter (where found_on between $1 and $2 and severity = 'major')::int as "foundMajor",
			count(*) filter (where closed_on between $1 and $2)::int as closed,
			count(*) filter (where state in ('open', 'rectification_submitted', 'reported', 'accepted'))::int as open,
			count(*) filter (where state in ('open', 'rectification_submitted') and deadline < $3)::int as overdue
		from public.hazards where ${where}`,
		[from, to, today]
	);
	const visits = await one<Record<string, number>>(
		`select count(*)::int as inspections, count(distinct enterprise_id)::int as sites
		from public.inspections where outcome = 'checked' and inspected_on between $1 and $2 and ${where}`,
		[from, to]
	);
	return { ...flows, ...visits };
}

const windows = fc.sample(
	fc.tuple(fc.integer({ min: -5, max: 112 }), fc.integer({ min: 0, max: 90 })).map(([start, length]) => {
		const from = addDays(firstDay, start);
		return { from, to: addDays(from, length) };
	}),
	{ seed: 11, numRuns: 12 }
);

describe('a ranking', () => {
	test('of communities equals a recount of every hazard and inspection, whatever the period', async () => {
		for (const { from, to } of windows) {
			const ranking = await readRanking(leader, 'community', { from, to }, 'zh-CN');
			if (!ranking.ok) throw new Error(ranking.problem.code);
			expect(ranking.value.rows.map(({ key }) => key).sort()).toEqual(['00010001', '00010002']);
			for (const row of ranking.value.rows)
				expect(row).toMatchObject(await recount(ofScope(row.key), from, to));
		}
	});

	test('of kinds of site equals a recount too, and names them in the language asked for', async () => {
		for (const { from, to } of windows.slice(0, 5)) {
			const ranking = await readRanking(leader, 'site_type', { from, to }, 'en');
			if (!ranking.ok) throw new Error(ranking.problem.code);
			const expected = await recount(ofScope('0001'), from, to);
			const isNothing = expected.found! + expected.inspections! + expected.open! === 0;
			expect(ranking.value.rows).toMatchObject(
				isNothing ? [] : [{ key: 'restaurant', label: 'Restaurant', ...expected }]
			);
		}
	});

	test('of streets equals a recount, and drills down to the communities of one', async () => {
		for (const { from, to } of windows.slice(5)) {
			const streets = await readRanking(leader, 'street', { from, to }, 'zh-CN');
			if (!streets.ok) throw new Error(streets.problem.code);
			expect(streets.value.rows).toMatchObject([{ key: '0001', label: '街道0001' }]);
			expect(streets.value.rows[0]).toMatchObject(await recount(ofScope('0001'), from, to));
		}
		const period = { from: firstDay, to: today };
		const [below, one, elsewhere] = await Promise.all(
			['0001', '00010002', '0002'].map((area) => readRanking(leader, 'community', period, 'zh-CN', { area }))
		);
		const keys = (ranking: typeof below) =>
			ranking!.ok ? ranking!.value.rows.map(({ key }) => key).sort() : null;
		expect(keys(below)).toEqual(['00010001', '00010002']);
		expect(keys(one)).toEqual(['00010002']);
		expect(keys(elsewhere)).toEqual([]);
	});

	test('has the period before beside it when asked, as a recount of that one has it', async () => {
		const [from, to] = ['2026-09-05', '2026-10-04'];
		const ranking = await readRanking(leader, 'community', { from, to }, 'zh-CN', { isCompared: true });
		if (!ranking.ok) throw new Error(ranking.problem.code);
		for (const { key, previous } of ranking.value.rows) {
			const before = await recount(ofScope(key), '2026-08-06', '2026-09-04');
			expect(before).toMatchObject(previous!);
		}
	});

	test('shows nobody the communities of another street', async () => {
		const ranking = await readRanking(stranger, 'community', { from: firstDay, to: today }, 'zh-CN');
		if (!ranking.ok) throw new Error(ranking.problem.code);
		expect(ranking.value.rows).toMatchObject([{ key: '00020001', found: 0, inspections: 0, open: 0 }]);
	});

	test('is refused to a principal, who sees no community', async () => {
		const ranking = await readRanking(
			street.as(street.qian),
			'community',
			{ from: firstDay, to: today },
			'zh-CN'
		);
		expect(ranking).toMatchObject({ ok: false, problem: { code: 'session.no_membership' } });
	});
});

describe('the dashboard', () => {
	const period = { from: '2026-09-10', to: today };
	const noFilter = dashboardFilterFrom(new URLSearchParams());
	const read = async (query = '', of = leader) =>
		(await readDashboard(of, period, dashboardFilterFrom(new URLSearchParams(query))))!;
	const rowsBehind = async (href: string) =>
		(await readHazardRows(leader, hazardFilterFrom(new URL(href, 'http://x').searchParams), 1)).total;

	test('says what a recount says, part by part and at the end of each', async () => {
		const { flows, pace, register } = await read();
		for (const { from, to, ...part } of flows) {
			const { found, closed } = await recount(ofScope('0001'), from, to);
			const [open, overdue] = await standingAfter(ofScope('0001'), to, '<');
			expect(part).toEqual({ found, closed, open, overdue });
		}
		const whole = await recount(ofScope('0001'), period.from, period.to);
		expect(pace).toMatchObject({ found: whole.found, closed: whole.closed });
		expect(register).toMatchObject({
			inspections: whole.inspections,
			seen: whole.sites,
			sites: 2,
			withType: 2,
			withPosition: 2
		});
		const rectified = (await readOverview(leader, period))!.rectified;
		expect({ due: pace.due, inTime: pace.inTime }).toEqual(rectified);
	});

	test('breaks down into lines that add up, each with as many rows behind it as it says', async () => {
		const dashboard = await read();
		for (const breakdown of breakdowns) {
			expect(dashboard[breakdown].reduce((sum, { found }) => sum + found, 0)).toBe(dashboard.pace.found);
			for (const { key, found, overdue } of dashboard[breakdown]) {
				const filter = withLine(noFilter, breakdown, key);
				expect(await rowsBehind(hazardsOf(filter, { state: 'all', ...period }))).toBe(found);
				expect(await rowsBehind(hazardsOf(filter, { state: 'overdue', ...period }))).toBe(overdue);
				const narrowed = new URLSearchParams();
				for (const [name, value] of Object.entries(dashboardQuery(filter)))
					if (value) narrowed.set(name, value);
				const { pace, flows } = await read(narrowed.toString());
				expect(pace.found).toBe(found);
				expect(flows.reduce((sum, part) => sum + part.found, 0)).toBe(found);
			}
		}
		for (const { code, found } of dashboard.items)
			expect(await rowsBehind(hazardsOf(noFilter, { state: 'all', ...period, item: code }))).toBe(found);
	});

	test('shows another street nothing of it, and a principal nothing at all', async () => {
		expect((await read('', stranger)).pace).toMatchObject({ found: 0, closed: 0, medianDays: null });
		expect(await read('', street.as(street.qian))).toBeNull();
		expect((await read('area=0002')).pace.found).toBe(0);
	});
});

describe('the sums in memory', () => {
	const seenBy = async (client: Client, by: 'community' | 'street' | 'site_type', period: Period) => {
		const answer = await readRanking(client, by, period, 'zh-CN');
		if (!answer.ok) throw new Error(answer.problem.code);
		return answer.value.rows.map(({ key, ...row }) => [key, { ...row }] as const).sort();
	};
	const remembered = (
		follower: TallyFollower,
		by: 'community' | 'street' | 'site_type',
		period: Period,
		scopes: string[]
	) =>
		rememberedRanking(follower.tallies!, by, period, { scopes, today }, '')
			.rows.filter(({ found, inspections, open }) => by !== 'site_type' || found + inspections + open > 0)
			.map(({ key, ...row }) => [key, { ...row }] as const)
			.sort();

	test('that followed every event, those read at the end, and those read half-way all say what SQL says', async () => {
		const atTheEnd = new TallyFollower(opened.backend);
		await atTheEnd.load();
		for (const follower of [early, atTheEnd]) {
			for (const event of feed) await follower.tell([event]);
			for (const period of windows)
				for (const by of ['community', 'street', 'site_type'] as const)
					expect(remembered(follower, by, period, ['0001'])).toEqual(await seenBy(leader, by, period));
		}
		expect(remembered(early, 'community', windows[0]!, ['0002']).map(([key]) => key)).toEqual(['00020001']);
	});

	test('come through events that hold, and tell places, kinds and days only', async () => {
		const told = feed.flatMap(({ data }) => ('tally' in data ? [data.tally as object] : []));
		expect(told.length).toBeGreaterThan(scenario.length);
		for (const each of told)
			expect(Object.keys(each).every((key) => ['flows', 'deadlines', 'visits'].includes(key)));
		expect(JSON.stringify(told)).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}|示例/);
		expect((await verifyEvents(opened.backend)).defects).toEqual([]);
	});

	test('are read anew after a repair, and are for the server only', async () => {
		await opened.sql(`update public.tally_flows set found = found + 1 where scope = '00010001'`);
		await opened.backend.asService('start-up').rpc('recount_tallies', { p_repair: true });
		const after = await feedOf(opened.backend)(feed.at(-1)!.position);
		expect(after.events.map(({ kind }) => kind)).toEqual(['tally.repaired']);
		await early.tell(after.events);
		expect(remembered(early, 'community', windows[0]!, ['0001'])).toEqual(
			await seenBy(leader, 'community', windows[0]!)
		);
		for (const client of [leader, street.as(street.wang)])
			expect((await client.rpc('tally_page', { p_from: '', p_places: 1 })).error?.code).toBe('42501');
	});
});

describe('a month that is over', () => {
	test('is frozen as a recount of every hazard and inspection has it, and ranked from that', async () => {
		const months = await freezeMonths(opened.backend);
		expect(months).toEqual(['2026-08-01', '2026-09-01', '2026-10-01']);
		expect(await freezeMonths(opened.backend)).toEqual([]);
		for (const from of months) {
			const to = addDays(addDays(from, 31).replace(/..$/, '01'), -1);
			const ranking = await readRanking(leader, 'community', { from, to }, 'zh-CN');
			if (!ranking.ok) throw new Error(ranking.problem.code);
			expect(ranking.value.frozen).toMatchObject({ month: from, lateFound: 0, lateInspections: 0 });
			for (const row of ranking.value.rows) {
				const { found, foundMajor, closed, inspections, sites } = await recount(ofScope(row.key), from, to);
				expect(row).toMatchObject({ found, foundMajor, closed, inspections, sites });
				expect([row.open, row.overdue]).toEqual(await standingAfter(ofScope(row.key), to));
			}
		}
		const drift = await opened.backend.asService('start-up').rpc('recount_months');
		expect(drift.data).toEqual({ ok: true, value: { drift: [], months: 3 } });
	});
});

/** Hazards open when a day ended, and those of them whose deadline was over, from the course of each. */
async function standingAfter(where: string, day: string, over: '<=' | '<' = '<='): Promise<[number, number]> {
	const hazards = await opened.sql<{ id: string }>(`select id from public.hazards where ${where}`);
	const counts: [number, number] = [0, 0];
	for (const { id } of hazards) {
		const [last] = await opened.sql<{ state: string; deadline: string | null }>(
			`select to_state as state, deadline::text from public.hazard_transitions where hazard_id = $1 and day <= $2 order by id desc limit 1`,
			[id, day]
		);
		if (!last || !['reported', 'open', 'rectification_submitted', 'accepted'].includes(last.state)) continue;
		counts[0]++;
		const deadline = ['open', 'rectification_submitted'].includes(last.state) ? last.deadline : null;
		if (deadline !== null && (over === '<=' ? deadline <= day : deadline < day)) counts[1]++;
	}
	return counts;
}

describe('the overview', () => {
	test('says the same as a recount, and each figure has as many rows behind it as it says', async () => {
		const period = { from: '2026-10-22', to: today };
		const overview = (await readOverview(leader, period))!;
		const expected = await recount(ofScope('0001'), period.from, period.to);
		expect(overview).toMatchObject({
			found: expected.found,
			closed: expected.closed,
			open: expected.open,
			overdue: expected.overdue,
			inspections: expected.inspections,
			inspectedSites: expected.sites,
			enterprises: 2
		});
		const rowsBehind = async (query: string) =>
			(await readHazardRows(leader, hazardFilterFrom(new URLSearchParams(query)), 1)).total;
		expect(await rowsBehind('state=overdue')).toBe(overview.overdue);
		expect(await rowsBehind('state=open')).toBe(overview.open);
		expect(await rowsBehind('state=major')).toBe(overview.openMajor);
		expect(await rowsBehind(`state=all&from=${period.from}&to=${period.to}`)).toBe(overview.found);
		expect(await rowsBehind(`state=closed&from=${period.from}&to=${period.to}`)).toBe(overview.closed);
	});

	test('of somebody else shows none of it; a principal has none', async () => {
		const period = { from: firstDay, to: today };
		expect(await readOverview(stranger, period)).toMatchObject({
			found: 0,
			open: 0,
			inspections: 0,
			enterprises: 0
		});
		expect(await readOverview(street.as(street.qian), period)).toBeNull();
		expect((await readMatters(stranger, 5)).rows).toEqual([]);
		expect(
			(await readHazardRows(stranger, hazardFilterFrom(new URLSearchParams('state=all')), 1)).total
		).toBe(0);
	});

	test('by day adds up: the stock of a day is that of the day before, plus found, less closed', async () => {
		const flows = await readDailyFlows(leader, { from: firstDay, to: today });
		flows.slice(1).forEach((day, i) => expect(day.open).toBe(flows[i]!.open + day.found - day.closed));
		expect(flows.at(-1)!.open).toBe((await recount(ofScope('0001'), firstDay, today)).open);
	});

	test('counts in time only what was put right at the first look by its deadline', async () => {
		const { rectified } = (await readOverview(leader, { from: firstDay, to: today }))!;
		const expected = await one<{ due: number; inTime: number }>(
			`select count(*)::int as due, count(*) filter (where state in ('closed', 'accepted') and reopened = 0 and coalesce(accepted_on, closed_on) <= deadline)::int as "inTime"
			from public.hazards where measure = 'deadline' and deadline between $1 and $2`,
			[firstDay, addDays(today, -1)]
		);
		expect(rectified).toEqual(expected);
	});
});

test('what needs a leader: one line an enterprise and kind, the oldest first', async () => {
	const matters = await readMatters(leader, 5);
	const overdue = await opened.sql<{ enterprise_id: string; n: number; since: string }>(
		`select enterprise_id, count(*)::int n, min(deadline)::text since from public.hazards
		where state in ('open', 'rectification_submitted') and deadline < $1 and severity <> 'major' group by 1 order by 3`,
		[today]
	);
	expect(
		matters.rows
			.filter(({ kind }) => kind === 'overdue')
			.map(({ enterpriseId, count, since }) => ({ enterprise_id: enterpriseId, n: count, since }))
	).toEqual(overdue);
	expect(matters.totals.overdue ?? 0).toBe(overdue.length);
});
