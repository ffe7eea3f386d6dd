/** Measures: the machine proposes, a person orders, somebody does it and shows it, or says why not. */
import type { SupabaseClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assessEnterprises } from '#lib/assessment/account/assessment.server.ts';
import { measureFilterFrom } from '#lib/assessment/measure/measure.ts';
import { readMeasure, readMeasures } from '#lib/assessment/measure/measure.server.ts';
import { readMatters } from '#lib/tally/overview.server.ts';
import { ids } from '../record/street.ts';
import { photographed } from '../support/neighbourhood.ts';
import { openTestBackend, type Person, type TestBackend } from '../support/testBackend.ts';
import { majorHazard, makeTown, type Town } from './town.ts';

let opened: TestBackend;
let town: Town;
/** 提示单 and 增加检查频次 of band C. */
let reminder: string;
let more: string;

const assess = () => assessEnterprises(opened.backend, [ids.restaurant]);
const addDecision = (kind: string, fact: string) =>
	opened.sql(
		`insert into public.facts (enterprise_id, scope, kind, occurred_on, data) select enterprise_id, scope, $2, app.today(), jsonb_build_object('entry', id)
		from public.facts where id = $1`,
		[fact, kind]
	);
const measures = async () =>
	opened.sql<{ id: string; code: string; state: string; since: string }>(
		`select id, code, state, proposed_on::text as since from public.measures where enterprise_id = $1 order by code, proposed_on`,
		[ids.restaurant]
	);

beforeAll(async () => {
	opened = await openTestBackend();
	await opened.setClock('2026-11-02T06:00:00Z');
	town = await makeTown(opened);
	const fact = await majorHazard(opened);
	await addDecision('decision.confirmed', fact);
	await assess();
	const proposed = await measures();
	expect(proposed.map(({ code, state }) => [code, state])).toEqual([
		['more_inspections', 'proposed'],
		['reminder', 'proposed']
	]);
	more = proposed[0]!.id;
	reminder = proposed[1]!.id;
});
afterAll(() => opened.close());

const call = async (person: Person, name: string, args: object): Promise<string> => {
	const { data, error } = await (town.as(person) as unknown as SupabaseClient).rpc(name, args);
	if (error) return `error ${error.code}`;
	return data.ok ? data.value.state : data.problem.code;
};
const order = (person: Person, args: object = {}) =>
	call(person, 'order_measure', {
		p_measure: reminder,
		p_owner: town.wang.userId,
		p_deadline: '2026-11-10',
		p_note: '当面送达',
		...args
	});
const orderBoth = (person: Person, args: object = {}) =>
	call(person, 'order_measures', {
		p_measures: [reminder, more],
		p_owner: town.wang.userId,
		p_deadline: '2026-11-10',
		p_note: '',
		...args
	});
const complete = (person: Person, args: object = {}) =>
	call(person, 'complete_measure', {
		p_measure: reminder,
		p_note: '已当面送达，负责人签收',
		p_photos: [],
		...args
	});
const drop = (person: Person, args: object = {}) =>
	call(person, 'drop_measure', { p_measure: more, p_reason: '本年已安排专项检查', ...args });

const counts = async () =>
	(
		await opened.sql(
			'select (select count(*) from public.facts) f, (select count(*) from public.events) e, (select count(*) from public.evidence_uses) u'
		)
	)[0];
async function refused(attempts: [what: string, refusal: string, attempt: () => Promise<string>][]) {
	const before = [await counts(), await measures()];
	for (const [what, refusal, attempt] of attempts) expect([what, await attempt()]).toEqual([what, refusal]);
	expect([await counts(), await measures()]).toEqual(before);
}

test('what the machine proposes is not yet the enterprise’s to read', async () => {
	expect(await readMeasure(town.as(town.qian), reminder)).toBeNull();
	expect(
		(await readMeasures(town.as(town.qian), { ...measureFilterFrom(new URLSearchParams()), state: 'all' }))
			.rows
	).toEqual([]);
	expect((await town.as(town.qian).from('measures').select('id')).data).toEqual([]);
});

test('nobody orders a measure who may not, nor gives it to whom it is none of their business', () =>
	refused([
		['an inspector', 'permission.role', () => order(town.wang)],
		['a community worker', 'permission.role', () => order(town.chen)],
		['the principal', 'not_found', () => order(town.qian)],
		['a leader of another street', 'not_found', () => order(town.tang)],
		[
			'to an inspector of another street',
			'measure.owner',
			() => order(town.lin, { p_owner: town.sun.userId })
		],
		['to the principal', 'measure.owner', () => order(town.lin, { p_owner: town.qian.userId })],
		['to nobody', 'measure.owner', () => order(town.lin, { p_owner: null })],
		['for yesterday', 'measure.deadline', () => order(town.lin, { p_deadline: '2026-11-01' })],
		['without a deadline', 'measure.deadline', () => order(town.lin, { p_deadline: null })],
		['done before it is ordered', 'measure.state', () => complete(town.lin)]
	]));

test('several are ordered together: all or none', () =>
	refused([
		['by an inspector', 'permission.role', () => orderBoth(town.wang)],
		['none', 'request.invalid', () => orderBoth(town.lin, { p_measures: [] })],
		[
			'one of them unknown',
			'not_found',
			() => orderBoth(town.lin, { p_measures: [reminder, ids.restaurant] })
		],
		['to nobody of the street', 'measure.owner', () => orderBoth(town.lin, { p_owner: town.sun.userId })]
	]));

test('who could be given them is told to who may order, and to nobody else', async () => {
	const owners = async (person: Person) =>
		(
			await readMeasures(town.as(person), measureFilterFrom(new URLSearchParams({ state: 'proposed' })))
		).owners.map(({ name }) => name);
	expect(await owners(town.lin)).toContain('王检');
	expect(await owners(town.lin)).not.toContain('钱总');
	expect(await owners(town.wang)).toEqual([]);
});

test('a leader orders it, once, and its owner finds it', async () => {
	expect(await order(town.lin)).toBe('ordered');
	await refused([
		['once more', 'measure.state', () => order(town.gao)],
		['done by another inspector', 'permission.role', () => complete(town.zhao)],
		['done by the principal', 'not_found', () => complete(town.qian)],
		['done without a word', 'request.invalid', () => complete(town.wang, { p_note: ' ' })],
		[
			'done with a photo that is another’s',
			'evidence.not_found',
			() => complete(town.wang, { p_photos: ['a'.repeat(64)] })
		]
	]);
	const mine = await readMeasures(
		town.as(town.wang),
		measureFilterFrom(new URLSearchParams({ mine: '1', state: 'ordered' }))
	);
	expect(mine.rows).toMatchObject([
		{
			id: reminder,
			name: '提示单',
			ownerName: '王检',
			deadline: '2026-11-10',
			isMine: true,
			band: { level: 'warning', name: 'C' }
		}
	]);
});

test('what nobody did in time stands before the leader; nothing of it before another street', async () => {
	await opened.setClock('2026-11-11T06:00:00Z');
	const kinds = async (person: Person) =>
		(await readMatters(town.as(person), 5)).rows.map(({ kind }) => kind);
	expect(await kinds(town.lin)).toEqual(expect.arrayContaining(['measure_overdue', 'measure']));
	expect(await kinds(town.tang)).toEqual([]);
	expect(await readMeasure(town.as(town.tang), reminder)).toBeNull();
	expect(await readMeasure(town.as(town.zhou), reminder)).toBeNull();
	expect(await readMeasure(town.as(town.qian), reminder)).toMatchObject({
		isOverdue: true,
		mayComplete: false,
		owners: []
	});
});

test('its owner shows that it is done; the enterprise sees the photo', async () => {
	const photo = await photographed(opened, town, town.wang, 5);
	expect(await complete(town.wang, { p_photos: [photo] })).toBe('done');
	await refused([
		['done twice', 'measure.state', () => complete(town.wang)],
		['dropped afterwards', 'measure.state', () => drop(town.lin, { p_measure: reminder })]
	]);
	expect(await readMeasure(town.as(town.qian), reminder)).toMatchObject({
		state: 'done',
		closedBy: '王检',
		orderedBy: '林书记',
		photos: [photo]
	});
	const { data } = await town.as(town.qian).from('evidence').select('sha256').eq('sha256', photo);
	expect(data).toHaveLength(1);
});

test('one that is not taken is dropped with a reason', async () => {
	await refused([
		['by an inspector', 'permission.role', () => drop(town.wang)],
		['by a leader of another street', 'not_found', () => drop(town.tang)],
		['without a reason', 'request.invalid', () => drop(town.lin, { p_reason: '' })]
	]);
	expect(await drop(town.lin)).toBe('dropped');
});

describe('when the account is worked out again', () => {
	test('nothing that was done or dropped is proposed once more while the band lasts', async () => {
		await assess();
		expect((await measures()).map(({ state }) => state)).toEqual(['dropped', 'done']);
	});
	test('a band reached again proposes again; what nobody ordered goes with the band', async () => {
		const [fact] = await opened.sql<{ id: string }>(
			`select id from public.facts where kind = 'hazard.found'`
		);
		await addDecision('decision.reversed', fact!.id);
		await assess();
		await opened.setClock('2026-11-12T06:00:00Z');
		await addDecision('decision.confirmed', await majorHazard(opened));
		await assess();
		expect((await measures()).map(({ code, state, since }) => [code, state, since])).toEqual([
			['more_inspections', 'dropped', '2026-11-02'],
			['more_inspections', 'proposed', '2026-11-12'],
			['reminder', 'done', '2026-11-02'],
			['reminder', 'proposed', '2026-11-12']
		]);
		await opened.sql(
			`insert into public.facts (enterprise_id, scope, kind, occurred_on, data)
			select enterprise_id, scope, 'decision.reversed', app.today(), jsonb_build_object('entry', id) from public.facts where kind = 'hazard.found'`
		);
		await assess();
		expect((await measures()).map(({ state }) => state)).toEqual(['dropped', 'done']);
	});
	test('every step is a fact with its person and an event without one', async () => {
		const facts = await opened.sql<{ kind: string; isKnown: boolean }>(
			`select kind, decided_by is not null as "isKnown" from public.facts where kind like 'measure.%' order by ordinal`
		);
		expect(facts).toEqual(
			['ordered', 'done', 'dropped'].map((step) => ({ kind: `measure.${step}`, isKnown: true }))
		);
		const events = await opened.sql<{ data: string }>(
			`select data::text from public.events where kind like 'measure.%'`
		);
		expect(events).toHaveLength(3);
		for (const { data } of events)
			expect(Object.keys(JSON.parse(data))).toEqual(['code', 'fact', 'measure', 'factSha256']);
	});
});

test('two measures of another site are ordered with one word, each as a fact of its own', async () => {
	await addDecision('decision.confirmed', await majorHazard(opened, ids.tavern));
	await assessEnterprises(opened.backend, [ids.tavern]);
	const ofTavern = () =>
		opened.sql<{ id: string; state: string; owner: string | null }>(
			`select id, state, owner_name as owner from public.measures where enterprise_id = $1`,
			[ids.tavern]
		);
	const both = (await ofTavern()).map(({ id }) => id);
	expect(both).toHaveLength(2);
	expect(
		await call(town.lin, 'order_measures', {
			p_measures: both,
			p_owner: town.lin.userId,
			p_deadline: '2026-12-01',
			p_note: ''
		})
	).toBeUndefined();
	expect((await ofTavern()).map(({ state, owner }) => [state, owner])).toEqual([
		['ordered', '林书记'],
		['ordered', '林书记']
	]);
	const [facts] = await opened.sql<{ n: number }>(
		`select count(*)::int as n from public.facts where kind = 'measure.ordered' and enterprise_id = $1`,
		[ids.tavern]
	);
	expect(facts!.n).toBe(2);
});
