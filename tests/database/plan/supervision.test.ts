/** 督办: a leader asks, a colleague answers, the leader accepts; nobody else, and never around the state machine. */
import type { SupabaseClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getEvidence } from '#lib/inspection/evidence.server.ts';
import { readRound } from '#lib/plan/round.server.ts';
import { readSupervision, readSupervisions } from '#lib/plan/supervision/supervision.server.ts';
import {
	nextState,
	supervisionActs,
	supervisionFilterFrom,
	supervisionStates
} from '#lib/plan/supervision/supervision.ts';
import { verifyEvents } from '#lib/live/verifyEvents.server.ts';
import { readMatters } from '#lib/tally/overview.server.ts';
import { makeTown, type Town } from '../assessment/town.ts';
import { ids } from '../record/street.ts';
import { photographed } from '../support/neighbourhood.ts';
import { openTestBackend, type Person, type TestBackend } from '../support/testBackend.ts';

let opened: TestBackend;
let town: Town;
/** In charge of both streets: scope ''. */
let hu: Person;
const first = '00000000-0000-4000-8000-00000000d001';
const tavern = '00000000-0000-4000-8000-00000000d002';
const ofStreet = '00000000-0000-4000-8000-00000000d003';
const hazard = '00000000-0000-4000-8000-00000000b001';

beforeAll(async () => {
	opened = await openTestBackend();
	await opened.setClock('2026-11-02T06:00:00Z');
	town = await makeTown(opened);
	hu = await opened.signUp('hu@example.cn');
	await opened.sql(
		`insert into public.memberships (user_id, role, agency_id, scope, display_name) values ($1, 'leader', $2, '', '胡区长')`,
		[hu.userId, ids.agency]
	);
	await opened.sql(`insert into public.area_versions (area_id, scope, name, valid_from)
		select id, scope, case scope when '0001' then '示例街道' else '另一街道' end, '2020-01-01' from public.areas`);
});
afterAll(() => opened.close());

const call = async (person: Person, name: string, args: object): Promise<string> => {
	const { data, error } = await (town.as(person) as unknown as SupabaseClient).rpc(name, args);
	if (error) return `error ${error.code}`;
	return data.ok ? data.value.state : data.problem.code;
};
const assign = (person: Person, args: { [name: string]: unknown } = {}) =>
	call(person, 'assign_supervision', {
		p_id: crypto.randomUUID(),
		p_matter: { kind: 'overdue', enterprise: ids.restaurant },
		p_owner: town.wang.userId,
		p_deadline: '2026-11-10',
		p_demand: '请到场核实，盯到销号',
		...args
	});
const step = (person: Person, act: string, seen: number, more: object = {}, id = first) =>
	call(person, 'step_supervision', { p_id: id, p_step: { act, seen, note: '说明', ...more } });
const counts = async () =>
	(
		await opened.sql(
			`select (select count(*) from public.supervisions) s, (select count(*) from public.supervision_steps) t, (select count(*) from public.events) e,
			(select jsonb_agg(x order by x.id) from public.supervisions x) r`
		)
	)[0];
async function refused(attempts: [what: string, refusal: string, attempt: () => Promise<string>][]) {
	const before = await counts();
	for (const [what, refusal, attempt] of attempts) expect([what, await attempt()]).toEqual([what, refusal]);
	expect(await counts()).toEqual(before);
}
const listed = async (person: Person, query = '') =>
	readSupervisions(town.as(person), supervisionFilterFrom(new URLSearchParams(query)));

test('SQL knows the same steps as the pages', async () => {
	const rows = await opened.sql<{ state: string; act: string; next: string | null }>(
		`select s as state, a as act, app.supervision_next(s, a) as next from unnest($1::text[]) s, unnest($2::text[]) a`,
		[[...supervisionStates], [...supervisionActs]]
	);
	expect(rows).toHaveLength(supervisionStates.length * supervisionActs.length);
	for (const { state, act, next } of rows)
		expect([state, act, next]).toEqual([state, act, nextState(state as never, act as never)]);
});

test('nobody asks who is not in charge, nor asks somebody whose business it is not', () =>
	refused([
		['an inspector', 'permission.role', () => assign(town.li)],
		['a community worker', 'permission.role', () => assign(town.chen)],
		['the principal', 'not_found', () => assign(town.qian)],
		['a leader of another street', 'not_found', () => assign(town.tang)],
		[
			'to an inspector of another street',
			'supervision.owner',
			() => assign(town.lin, { p_owner: town.sun.userId })
		],
		['to the principal', 'supervision.owner', () => assign(town.lin, { p_owner: town.qian.userId })],
		['to oneself', 'supervision.owner', () => assign(town.lin, { p_owner: town.lin.userId })],
		['to the level above', 'supervision.owner', () => assign(town.lin, { p_owner: hu.userId })],
		[
			'to a community worker of the first community about the second',
			'supervision.owner',
			() =>
				assign(town.lin, { p_matter: { kind: 'overdue', enterprise: ids.tavern }, p_owner: town.chen.userId })
		],
		['to nobody', 'supervision.owner', () => assign(town.lin, { p_owner: null })],
		['for yesterday', 'supervision.deadline', () => assign(town.lin, { p_deadline: '2026-11-01' })],
		['without a deadline', 'supervision.deadline', () => assign(town.lin, { p_deadline: null })],
		['without a word', 'request.invalid', () => assign(town.lin, { p_demand: ' ' })],
		[
			'of an unknown kind',
			'request.invalid',
			() => assign(town.lin, { p_matter: { kind: 'x', enterprise: ids.restaurant } })
		],
		[
			'about an enterprise as if it were an area',
			'request.invalid',
			() => assign(town.lin, { p_matter: { kind: 'execution', enterprise: ids.restaurant } })
		],
		[
			'about a hazard that is not there',
			'request.invalid',
			() => assign(town.lin, { p_matter: { kind: 'overdue', enterprise: ids.restaurant, hazards: [hazard] } })
		],
		[
			'about an area that is not theirs',
			'not_found',
			() => assign(town.lin, { p_matter: { kind: 'execution', scope: '0002' } })
		],
		['without an id', 'request.invalid', () => assign(town.lin, { p_id: null })]
	]));

test('a leader asks an inspector: once, however often the form is sent', async () => {
	expect(await assign(town.lin, { p_id: first })).toBe('assigned');
	await refused([
		['another’s id', 'request.invalid', () => assign(town.gao, { p_id: first })],
		['the same matter to the same person', 'supervision.exists', () => assign(town.gao)]
	]);
	const before = await counts();
	expect(await assign(town.lin, { p_id: first })).toBe('assigned');
	expect(await counts()).toEqual(before);
});

test('it stands first on the round of who is asked, and on nobody else’s', async () => {
	const [task] = await readRound(town.as(town.wang));
	expect([task!.id, task!.supervision]).toEqual([
		ids.restaurant,
		{ id: first, deadline: '2026-11-10', demand: '请到场核实，盯到销号' }
	]);
	expect((await readRound(town.as(town.li))).map(({ supervision }) => supervision)).toEqual(
		(await readRound(town.as(town.li))).map(() => null)
	);
});

test('who is asked and who is in charge read it; colleagues, neighbours and the enterprise do not', async () => {
	const seen = async (person: Person) => [
		(await readSupervision(town.as(person), first)) !== null,
		(await listed(person)).rows.length,
		(await town.as(person).from('supervisions').select('id')).data!.length,
		(await town.as(person).from('supervision_steps').select('number')).data!.length
	];
	for (const person of [town.wang, town.lin, town.gao, hu])
		expect(await seen(person)).toEqual([true, 1, 1, 1]);
	for (const person of [town.li, town.zhao, town.chen, town.sun, town.tang, town.qian])
		expect(await seen(person)).toEqual([false, 0, 0, 0]);
	const { data } = await town.as(town.qian).from('events').select('kind').like('kind', 'supervision%');
	expect(data).toEqual([]);
});

test('only who is asked answers, and only who is in charge decides', () =>
	refused([
		['a colleague answers', 'not_found', () => step(town.li, 'answer', 1)],
		['the leader answers', 'permission.role', () => step(town.lin, 'answer', 1)],
		['who is asked accepts', 'permission.role', () => step(town.wang, 'accept', 1)],
		['who is asked withdraws', 'permission.role', () => step(town.wang, 'withdraw', 1)],
		['accepted before it is answered', 'supervision.state', () => step(town.lin, 'accept', 1)],
		['an unknown act', 'request.invalid', () => step(town.lin, 'close', 1)],
		['without a word', 'request.invalid', () => step(town.wang, 'answer', 1, { note: ' ' })],
		[
			'with a photo that is not theirs',
			'evidence.not_found',
			() => step(town.wang, 'answer', 1, { photos: ['a'.repeat(64)] })
		],
		[
			'more time, and no later day',
			'supervision.deadline',
			() => step(town.wang, 'ask_extension', 1, { deadline: '2026-11-10' })
		]
	]));

test('more time is asked for, given, and the deadline moves', async () => {
	expect(await step(town.wang, 'ask_extension', 1, { deadline: '2026-11-20' })).toBe('extension_requested');
	expect((await listed(town.lin, 'state=to_decide')).rows.map(({ askedDeadline }) => askedDeadline)).toEqual([
		'2026-11-20'
	]);
	await refused([
		[
			'given by who asked',
			'permission.role',
			() => step(town.wang, 'grant_extension', 2, { deadline: '2026-11-20' })
		]
	]);
	expect(await step(town.lin, 'grant_extension', 2, { deadline: '2026-11-15', note: '' })).toBe('assigned');
	expect((await readSupervision(town.as(town.wang), first))!.deadline).toBe('2026-11-15');
});

test('the day after its deadline it is late, without anything being written', async () => {
	await opened.setClock('2026-11-15T15:00:00Z');
	expect((await listed(town.lin, 'state=overdue')).total).toBe(0);
	const before = await counts();
	await opened.setClock('2026-11-15T16:30:00Z');
	expect((await listed(town.lin, 'state=overdue')).counts).toMatchObject({ open: 1, overdue: 1 });
	expect(await counts()).toEqual(before);
	const { rows, totals } = await readMatters(town.as(town.lin), 5);
	expect(totals.supervision_overdue).toBe(1);
	expect(rows.find(({ kind }) => kind === 'supervision_overdue')).toMatchObject({
		enterpriseId: ids.restaurant,
		supervision: { id: first, ownerName: '王检' }
	});
	expect((await readMatters(town.as(town.wang), 5)).totals.supervised).toBe(1);
	expect((await readMatters(town.as(town.li), 5)).totals).not.toHaveProperty('supervised');
});

describe('answered with a photo', () => {
	let photo: string;
	beforeAll(async () => {
		photo = await photographed(opened, town, town.wang, 1);
		expect(await step(town.wang, 'answer', 3, { note: '已到场，正在整改', photos: [photo] })).toBe(
			'answered'
		);
	});

	test('the photo is read by who reads the 督办, and not by the enterprise', async () => {
		const opens = async (person: Person) => (await getEvidence(opened.backend, town.as(person), photo)).ok;
		expect([await opens(town.wang), await opens(town.lin)]).toEqual([true, true]);
		expect([await opens(town.li), await opens(town.qian), await opens(town.tang)]).toEqual([
			false,
			false,
			false
		]);
	});

	test('nobody accepts what they have not read', () =>
		refused([
			['a page of before the answer', 'supervision.state', () => step(town.lin, 'accept', 3)],
			['answered twice', 'supervision.state', () => step(town.wang, 'answer', 4)]
		]));

	test('it is returned with a new deadline, answered again, and accepted: closed for good', async () => {
		expect(await step(town.lin, 'return', 4, { note: '缺销号照片', deadline: '2026-11-20' })).toBe(
			'assigned'
		);
		expect(await step(town.wang, 'answer', 5, { note: '已销号' })).toBe('answered');
		expect((await readMatters(town.as(town.gao), 5)).totals.supervision_decide).toBe(1);
		expect(await step(town.gao, 'accept', 6, { note: '' })).toBe('accepted');
		await refused([
			['withdrawn afterwards', 'supervision.state', () => step(town.lin, 'withdraw', 7)],
			['answered afterwards', 'supervision.state', () => step(town.wang, 'answer', 7)]
		]);
		const page = (await readSupervision(town.as(town.wang), first))!;
		expect(page.course.map(({ act, by }) => [act, by])).toEqual([
			['assign', '林书记'],
			['ask_extension', '王检'],
			['grant_extension', '林书记'],
			['answer', '王检'],
			['return', '林书记'],
			['answer', '王检'],
			['accept', '高主任']
		]);
		expect(page.course[3]!.photos).toEqual([photo]);
		expect((await readRound(town.as(town.wang))).map(({ supervision }) => supervision?.id)).not.toContain(
			first
		);
	});
});

test('what is closed may be asked again; what was asked wrongly is withdrawn with a reason', async () => {
	const again = crypto.randomUUID();
	expect(await assign(town.lin, { p_id: again, p_deadline: '2026-11-30' })).toBe('assigned');
	await refused([
		['without a reason', 'request.invalid', () => step(town.lin, 'withdraw', 1, { note: '' }, again)]
	]);
	expect(await step(town.lin, 'withdraw', 1, { note: '派错了人' }, again)).toBe('withdrawn');
	expect((await listed(town.lin, 'state=withdrawn')).rows.map(({ id }) => id)).toEqual([again]);
});

describe('督查 from the level above', () => {
	test('a leader of the district asks the leader of a street how the street does its work', async () => {
		const matter = { kind: 'execution', scope: '0001' };
		expect(
			await assign(hu, {
				p_id: ofStreet,
				p_matter: matter,
				p_owner: town.lin.userId,
				p_deadline: '2026-11-30'
			})
		).toBe('assigned');
		expect((await readMatters(town.as(town.lin), 5)).rows[0]).toMatchObject({
			kind: 'supervised',
			name: '示例街道',
			enterpriseId: null
		});
		expect(await step(town.lin, 'answer', 1, { note: '记分已全部录入' }, ofStreet)).toBe('answered');
	});

	test('the street does not accept for the district, though it is in charge there', async () => {
		expect(await readSupervision(town.as(town.gao), ofStreet)).toMatchObject({ mayDecide: false });
		await refused([
			['the street’s administrator', 'permission.role', () => step(town.gao, 'accept', 2, {}, ofStreet)]
		]);
		expect(await step(hu, 'accept', 2, { note: '' }, ofStreet)).toBe('accepted');
	});
});

test('the events of all this name nobody and no enterprise', async () => {
	await assign(town.lin, {
		p_id: tavern,
		p_matter: { kind: 'other', enterprise: ids.tavern },
		p_deadline: '2026-11-30'
	});
	const events = await opened.sql<{ enterprise: string | null; data: object }>(
		`select enterprise_id as enterprise, data from public.events where kind like 'supervision.%'`
	);
	expect(events.length).toBeGreaterThan(9);
	for (const { enterprise, data } of events) {
		expect(enterprise).toBeNull();
		expect(Object.keys(data).sort()).toEqual(['state', 'step', 'stepSha256', 'supervision']);
	}
});

test('every step is in the chain: changed words, a changed owner, deadline or outcome, a missing photo or step, a forged step are found and named', async () => {
	const events = await opened.sql<{ step: string; position: number }>(
		`select data->>'supervision' || '/' || (data->>'step') as step, position::int from public.events where kind like 'supervision.%'`
	);
	const [{ witnessed } = { witnessed: 0 }] = await opened.sql<{ witnessed: number }>(
		`select count(*)::int as witnessed from public.events where kind = 'proof.witnessed'`
	);
	const report = await verifyEvents(opened.backend);
	expect(report).toMatchObject({
		defects: [],
		supervisionDefects: [],
		steps: events.length + witnessed
	});
	const found = async () => {
		const { defects, supervisionDefects } = await verifyEvents(opened.backend);
		return [
			...defects.map(({ kind, position }) => [
				kind,
				events.find((event) => event.position === position)?.step
			]),
			...supervisionDefects.map(({ kind, id, field, got, expected }) => [kind, id, field, got, expected])
		];
	};
	/** @returns what is found after the change; it is taken back. */
	const afterwards = async (change: string, undo: string) => {
		const run = async (sql: string) => {
			await opened.sql('alter table public.supervision_steps disable trigger supervision_steps_append_only');
			await opened.sql(sql);
			await opened.sql('alter table public.supervision_steps enable trigger supervision_steps_append_only');
		};
		await run(change);
		const defects = await found();
		await run(undo);
		return defects;
	};
	const [{ kept } = { kept: '' }] = await opened.sql<{ kept: string }>(
		`select to_jsonb(t)::text as kept from public.supervision_steps t where supervision_id = $1 and number = 1`,
		[tavern]
	);
	const again = `insert into public.supervision_steps select * from jsonb_populate_record(null::public.supervision_steps, '${kept}')`;
	const [photo] = await opened.sql<{ id: string; number: number; position: number; sha256: string }>(
		'select supervision_id as id, step_number as number, position, sha256 from public.supervision_photos limit 1'
	);
	const ofPhoto = `public.supervision_photos where supervision_id = '${photo!.id}' and step_number = ${photo!.number} and position = ${photo!.position}`;
	const steps = `public.supervision_steps set note = reverse(note) where supervision_id = '${first}' and number = 2`;
	const state = (to: string) => `update public.supervisions set state = '${to}' where id = '${tavern}'`;
	const owner = (to: string) => `update public.supervisions set owner_id = '${to}' where id = '${tavern}'`;
	const set = (column: string, to: string) =>
		`update public.supervisions set ${column} = ${to} where id = '${tavern}'`;
	const [{ last, name, day, later } = { last: 0, name: '', day: '', later: '' }] = await opened.sql<
		Record<'name' | 'day' | 'later', string> & { last: number }
	>(
		`select (select steps from public.supervisions where id = $1) as last, owner_name as name, deadline::text as day, (deadline + 30)::text as later
		from public.supervisions where id = $2`,
		[first, tavern]
	);
	const forged = `${first}/${last + 1}`;

	expect([
		await afterwards(`update ${steps}`, `update ${steps}`),
		await afterwards(state('answered'), state('assigned')),
		await afterwards(owner(town.gao.userId), owner(town.wang.userId)),
		await afterwards(
			`delete from ${ofPhoto}`,
			`insert into public.supervision_photos values ('${photo!.id}', ${photo!.number}, ${photo!.position}, '${photo!.sha256}')`
		),
		await afterwards(
			`delete from public.supervision_steps where supervision_id = '${tavern}' and number = 1`,
			again
		),
		await afterwards(set('owner_name', `'别人'`), set('owner_name', `'${name}'`)),
		await afterwards(set('deadline', `deadline + 30`), set('deadline', `deadline - 30`)),
		await afterwards(set('answered_on', `date '2026-11-02'`), set('answered_on', 'null')),
		// A step beside the chain: nobody gave a word to it, and no event tells of it.
		await afterwards(
			`insert into public.supervision_steps (supervision_id, number, act, by_id, by_name, note) values ('${first}', ${last + 1}, 'accept', '${town.gao.userId}', '高主任', '没有说过的话')`,
			`delete from public.supervision_steps where supervision_id = '${first}' and number = ${last + 1}`
		)
	]).toEqual([
		[['step_changed', `${first}/2`]],
		[
			['step_changed', `${tavern}/1`],
			['course', tavern, 'state', 'answered', 'assigned']
		],
		[['step_changed', `${tavern}/1`]],
		[['step_changed', `${photo!.id}/${photo!.number}`]],
		[
			['step_missing', `${tavern}/1`],
			['course', tavern, 'deadline', day, '—'],
			['course', tavern, 'steps', '1', '0']
		],
		[['step_changed', `${tavern}/1`]],
		[['course', tavern, 'deadline', later, day]],
		[['course', tavern, 'answered_on', '2026-11-02', '—']],
		[
			['course', first, 'steps', String(last), String(last + 1)],
			['step_untold', forged, 'accept', '高主任', '—']
		]
	]);
	expect(await found()).toEqual([]);
});

test('who has left reads nothing of it any more', async () => {
	await opened.sql('update public.memberships set ended_at = app.now() where user_id = $1', [
		town.wang.userId
	]);
	expect(await readSupervision(town.as(town.wang), first)).toBeNull();
	expect((await town.as(town.wang).from('supervisions').select('id')).data).toEqual([]);
	await refused([['their answer', 'not_found', () => step(town.wang, 'answer', 1, {}, tavern)]]);
});
