/** How points come to count: who may say so, how many it takes, and what the enterprise may say to it. */
import type { SupabaseClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountView } from '#lib/assessment/account/account.ts';
import { readAccount } from '#lib/assessment/account/account.server.ts';
import { assessEnterprises } from '#lib/assessment/account/assessment.server.ts';
import { readCard } from '#lib/enterprise/enterprise.server.ts';
import { readLine } from '#lib/enterprise/mapIndex/mapLines.server.ts';
import { verifyEvents } from '#lib/live/verifyEvents.server.ts';
import { ids } from '../record/street.ts';
import { photographed } from '../support/neighbourhood.ts';
import { openTestBackend, type Person, type TestBackend } from '../support/testBackend.ts';
import { fourReasons, majorHazard, makeTown, type Town } from './town.ts';

let opened: TestBackend;
let town: Town;

beforeAll(async () => {
	opened = await openTestBackend();
	await opened.setClock('2026-11-02T06:00:00Z');
	town = await makeTown(opened);
});
afterAll(() => opened.close());

/** Calls as anybody with a token can, then the account follows as it does behind our own server. */
const call = async (person: Person, name: string, args: object): Promise<string> => {
	const { data, error } = await (town.as(person) as unknown as SupabaseClient).rpc(name, args);
	if (error) return `error ${error.code}`;
	if (data.ok) await assessEnterprises(opened.backend, [ids.restaurant]);
	return data.ok ? (data.value.state ?? 'ok') : data.problem.code;
};
const decide = (person: Person, fact: string, decision = 'confirmed', more: object = {}) =>
	call(person, 'decide_entry', {
		p_fact: fact,
		p_clause: '1.3',
		p_decision: decision,
		p_reasons: fourReasons,
		...more
	});
const confirmBand = (person: Person, band = 'top', more: object = {}) =>
	call(person, 'confirm_band', {
		p_enterprise: ids.restaurant,
		p_band: band,
		p_reasons: fourReasons,
		...more
	});
const appeal = (
	person: Person,
	fact: string,
	statement = '当天设备正在检修，有检修单',
	evidence: string[] = []
) => call(person, 'appeal_entry', { p_fact: fact, p_statement: statement, p_evidence: evidence });
const account = async () =>
	(
		await opened.sql<{ points: number; band: string; pending: string | null; waits: string | null }>(
			`select points, band, pending_band as pending, band_to_confirm as waits from public.score_accounts where enterprise_id = $1`,
			[ids.restaurant]
		)
	)[0];
const written = async () =>
	(await opened.sql<{ n: number }>('select count(*)::int n from public.facts'))[0]!.n;

/** Tries what must be refused: the refusal, and nothing written. */
async function refused(attempts: [what: string, refusal: string, attempt: () => Promise<string>][]) {
	const before = await written();
	for (const [what, refusal, attempt] of attempts) expect([what, await attempt()]).toEqual([what, refusal]);
	expect(await written()).toBe(before);
}

let first: string;

describe('an entry that would change the band', () => {
	beforeAll(async () => {
		first = await majorHazard(opened);
	});
	test('is not decided by who may not, nor without all four reasons', () =>
		refused([
			['an inspector', 'permission.role', () => decide(town.zhao, first)],
			['a community worker', 'permission.role', () => decide(town.chen, first)],
			['the principal', 'not_found', () => decide(town.qian, first)],
			['a leader of another street', 'not_found', () => decide(town.tang, first)],
			[
				'without 情理',
				'request.invalid',
				() => decide(town.lin, first, 'confirmed', { p_reasons: { ...fourReasons, treatment: ' ' } })
			],
			['upheld before anybody objected', 'decision.state', () => decide(town.lin, first, 'upheld')],
			['reduced to nothing said', 'request.invalid', () => decide(town.lin, first, 'reduced')],
			['reduced to more', 'decision.state', () => decide(town.lin, first, 'reduced', { p_points: 3 })],
			[
				'under another clause',
				'decision.state',
				() => decide(town.lin, first, 'confirmed', { p_clause: '1.1' })
			]
		]));
	test('takes two different people', async () => {
		expect(await decide(town.lin, first)).toBe('approved');
		expect(await account()).toMatchObject({ points: 0, pending: 'warning' });
		await refused([['the same person twice', 'decision.same_person', () => decide(town.lin, first)]]);
		expect(await decide(town.gao, first)).toBe('decided');
		expect(await account()).toMatchObject({ points: 300, band: 'warning', pending: null });
		await refused([['confirmed once more', 'decision.state', () => decide(town.gao, first)]]);
	});
	test('whoever changes their mind no longer counts for what they said first', async () => {
		const second = await majorHazard(opened);
		const third = await majorHazard(opened);
		expect(await decide(town.lin, second)).toBe('decided');
		expect(await decide(town.gao, third)).toBe('decided');
		expect(await account()).toMatchObject({ points: 900, band: 'warning' });
	});
});

describe('a band that its scheme lets nobody change alone', () => {
	test('waits while the points already count', async () => {
		const fourth = await majorHazard(opened);
		expect(await decide(town.lin, fourth)).toBe('decided');
		expect(await account()).toEqual({ points: 1200, band: 'warning', pending: 'top', waits: 'top' });
		await refused([
			['an inspector', 'permission.role', () => confirmBand(town.wang)],
			['the principal', 'not_found', () => confirmBand(town.qian)],
			['a leader of another street', 'not_found', () => confirmBand(town.tang)],
			['a band nobody reached', 'decision.state', () => confirmBand(town.lin, 'normal')],
			['without reasons', 'request.invalid', () => confirmBand(town.lin, 'top', { p_reasons: {} })]
		]);
	});
	test('is confirmed by two, and its measures open', async () => {
		expect(await confirmBand(town.lin)).toBe('approved');
		await refused([['the same person twice', 'decision.same_person', () => confirmBand(town.lin)]]);
		expect(await account()).toMatchObject({ band: 'warning' });
		expect(await confirmBand(town.gao)).toBe('decided');
		expect(await account()).toEqual({ points: 1200, band: 'top', pending: null, waits: null });
		const measures = await opened.sql(
			`select code from public.measures where enterprise_id = $1 and band = 'top' and state = 'proposed'`,
			[ids.restaurant]
		);
		expect(measures.length).toBeGreaterThan(0);
		await refused([['confirmed once more', 'decision.state', () => confirmBand(town.gao)]]);
	});
	test('map, card and account page say the same: the level fills, the word is the scheme’s', async () => {
		const expected = { level: 'highest', name: 'A' };
		const client = town.as(town.qian);
		expect(await readLine(client, ids.restaurant)).toMatchObject({
			band: expected,
			pendingBand: null,
			points: 1200
		});
		expect((await readCard(client, ids.restaurant))!.account).toMatchObject({ band: expected });
		const view = accountView(ids.restaurant, (await readAccount(client, ids.restaurant))!)!;
		expect(view.band).toEqual({ key: 'top', ...expected });
		expect(view.bandDecisions).toMatchObject([
			{ by: '高主任', agreed: [{ by: '林书记' }], data: fourReasons, publishedOn: null }
		]);
	});
});

describe('the enterprise states its case', () => {
	const decisionOn = async (entry: string) =>
		(
			await opened.sql<{ id: string }>(
				`select id from public.facts where kind like 'decision.%' and data->>'entry' = $1 order by ordinal desc limit 1`,
				[entry]
			)
		)[0]!.id;
	const publish = async (person: Person) =>
		call(person, 'publish_decision', { p_decision: await decisionOn(first) });

	test('a decision is published by a leader, once', async () => {
		await refused([
			['by an inspector', 'permission.role', () => publish(town.wang)],
			['by the principal', 'not_found', () => publish(town.qian)],
			['by a leader of another street', 'not_found', () => publish(town.tang)]
		]);
		expect(await publish(town.lin)).toBe('ok');
		await refused([['twice', 'decision.state', () => publish(town.gao)]]);
	});
	test('nobody else does, and not after the time', async () => {
		const papers = await photographed(opened, town, town.wang, 7);
		await refused([
			['the principal of another enterprise', 'not_found', () => appeal(town.zhou, first)],
			['an inspector', 'permission.role', () => appeal(town.wang, first)],
			['a leader', 'permission.role', () => appeal(town.lin, first)],
			['with nothing to say', 'request.invalid', () => appeal(town.qian, first, ' ')],
			[
				'with a paper that is another’s',
				'evidence.not_found',
				() => appeal(town.qian, first, '见检修单', [papers])
			]
		]);
		await opened.setClock('2026-11-08T06:00:00Z');
		await assessEnterprises(opened.backend, [ids.restaurant]);
		await refused([['on the sixth day', 'appeal.over', () => appeal(town.qian, first)]]);
	});
	test('on the last day it may, once; its effect is not suspended', async () => {
		await opened.setClock('2026-11-07T15:00:00Z');
		const own = await photographed(opened, town, town.qian, 8);
		expect(await appeal(town.qian, first, '当天设备正在检修，有检修单', [own])).toBe('ok');
		await refused([['twice', 'decision.state', () => appeal(town.qian, first)]]);
		expect(await account()).toMatchObject({ points: 1200, band: 'top' });
		const view = accountView(ids.restaurant, (await readAccount(town.as(town.lin), ids.restaurant))!)!;
		const line = view.lines.find(({ factId }) => factId === first)!;
		expect(line).toMatchObject({ isAppealed: true, possible: ['upheld', 'reduced', 'reversed'] });
		expect(line.decisions.at(-1)).toMatchObject({
			by: '钱总',
			data: { statement: '当天设备正在检修，有检修单' },
			evidence: [{ sha256: own, mediaType: 'image/png' }]
		});
		const seen = async (person: Person) =>
			(await town.as(person).from('evidence').select('sha256').eq('sha256', own)).data;
		expect(await seen(town.lin)).toHaveLength(1);
		expect(await seen(town.zhou)).toEqual([]);
	});
	test('reversed by two, because the band falls; the map’s colour returns', async () => {
		expect(await decide(town.lin, first, 'reversed')).toBe('approved');
		await refused([
			['the same person twice', 'decision.same_person', () => decide(town.lin, first, 'reversed')]
		]);
		expect(await decide(town.gao, first, 'reversed')).toBe('decided');
		expect(await account()).toEqual({ points: 900, band: 'warning', pending: null, waits: null });
		await refused([
			['what was answered is not appealed again', 'decision.state', () => appeal(town.qian, first)],
			['nor decided again', 'decision.state', () => decide(town.lin, first, 'confirmed')]
		]);
	});
	test('nobody decides on an account that is behind its facts', async () => {
		await opened.sql(
			`insert into public.facts (enterprise_id, scope, kind, occurred_on) values ($1, '00010001', 'inspection.completed', app.today())`,
			[ids.restaurant]
		);
		await refused([['by a leader', 'decision.behind', () => decide(town.lin, first, 'reversed')]]);
	});
	test('every step is an event, and says no name', async () => {
		const events = await opened.sql<{ kind: string; data: string }>(
			`select kind, data::text from public.events where kind like 'account.%' and kind <> 'account.changed'`
		);
		expect(new Set(events.map(({ kind }) => kind))).toEqual(
			new Set(['account.reviewed', 'account.decided', 'account.published', 'account.appealed'])
		);
		expect(events.filter(({ data }) => /林|检修|事|查明/.test(data))).toEqual([]);
	});
	test('every step is in the chain: a changed reason, a missing fact, a changed event are found and named', async () => {
		const before = await verifyEvents(opened.backend);
		expect(before.defects).toEqual([]);
		expect(before.steps).toBeGreaterThan(6);
		const [step] = await opened.sql<{ id: string; position: number }>(
			`select (data->>'fact')::text as id, position::int from public.events where kind = 'account.decided' order by position limit 1`
		);
		const defects = async () =>
			(await verifyEvents(opened.backend)).defects.map(({ kind, position }) => [kind, position]);
		const tampering = async (table: string, change: string) => {
			await opened.sql(`alter table public.${table} disable trigger ${table}_append_only`);
			await opened.sql(change);
			await opened.sql(`alter table public.${table} enable trigger ${table}_append_only`);
		};
		await tampering(
			'facts',
			`update public.facts set data = data || '{"facts":"另有隐情"}' where id = '${step!.id}'`
		);
		expect(await defects()).toEqual([['step_changed', step!.position]]);
		await tampering('facts', `delete from public.facts where id = '${step!.id}'`);
		expect(await defects()).toEqual([['step_missing', step!.position]]);
		await tampering(
			'events',
			`update public.events set data = data - 'fact' - 'factSha256' where position = ${step!.position}`
		);
		expect(await defects()).toEqual([['hash', step!.position]]);
	});
});
