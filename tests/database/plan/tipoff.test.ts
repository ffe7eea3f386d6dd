/** 举报: anybody tells, who is in charge takes it up, an inspection answers it; whoever is reported learns nothing. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getEvidence } from '#lib/inspection/evidence.server.ts';
import { readRound } from '#lib/plan/round.server.ts';
import {
	followTipoff,
	readReporter,
	readTipoff,
	readTipoffPlaces,
	readTipoffs,
	stepTipoff,
	submitTipoff
} from '#lib/plan/tipoff/tipoff.server.ts';
import {
	nextTipoffState,
	tipoffActs,
	tipoffFormSchema,
	tipoffStates,
	type TipoffAct
} from '#lib/plan/tipoff/tipoff.ts';
import { makeTown, type Town } from '../assessment/town.ts';
import { picture, sealedBy } from '../record/sealed.ts';
import { ids } from '../record/street.ts';
import { cleanVisit } from '../record/visit.ts';
import { openTestBackend, type Person, type TestBackend } from '../support/testBackend.ts';

let opened: TestBackend;
let town: Town;
const first = '01890000-0000-7000-8000-00000000f001';
const told = {
	id: first,
	area: '0001',
	place: '示例餐饮店后厨',
	description: '燃气软管老化开裂，能闻到气味',
	name: '知情人',
	phone: '13800000000',
	origin: 'staff'
};
let code = '';

beforeAll(async () => {
	opened = await openTestBackend();
	await opened.setClock('2026-11-02T06:00:00Z');
	town = await makeTown(opened);
	await opened.sql(`insert into public.area_versions (area_id, scope, name, valid_from)
		select id, scope, '示例' || scope, '2020-01-01' from public.areas`);
});
afterAll(() => opened.close());

const file = (number: number) => new File([picture(number).bytes], '照片.png', { type: 'image/png' });
const tell = (more: object = {}, files: File[] = [], address: string = crypto.randomUUID()) =>
	submitTipoff(opened.backend, tipoffFormSchema.parse({ ...told, ...more }), { files, address });
const follow = (text = code) => followTipoff(opened.backend, text, crypto.randomUUID());
const step = async (person: Person, act: TipoffAct, seen: number, more: object = {}, id = first) => {
	const done = await stepTipoff(town.as(person), id, act, {
		seen,
		enterprise: null,
		note: '',
		reply: '已转检查人员核查',
		...more
	});
	return done.ok ? 'ok' : done.problem.code;
};
const read = async (person: Person, id = first) => {
	const found = await readTipoff(town.as(person), id, '');
	return found.ok ? found.value.state : found.problem.code;
};
const everything = () =>
	opened.sql(`select (select jsonb_agg(t order by t.id) from public.tipoffs t) as t,
		(select count(*) from public.tipoff_steps) as s, (select count(*) from public.events) as e`);

test('SQL knows the same steps as the pages', async () => {
	const acts = [...tipoffActs, 'check'] as const;
	const rows = await opened.sql<{ state: string; act: string; next: string | null }>(
		`select s as state, a as act, app.tipoff_next(s, a) as next from unnest($1::text[]) s, unnest($2::text[]) a`,
		[[...tipoffStates], [...acts]]
	);
	expect(rows).toHaveLength(tipoffStates.length * acts.length);
	for (const { state, act, next } of rows)
		expect([state, act, next]).toEqual([state, act, nextTipoffState(state as never, act as never)]);
});

test('anybody tells, with photos and a name; told twice it is one, and nothing of it can be told over', async () => {
	const answer = await tell({}, [file(1), file(2)]);
	expect(answer).toMatchObject({ ok: true });
	if (answer.ok) code = answer.value.code;
	expect(code).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}$/);
	const before = await everything();
	expect(await tell({}, [file(1), file(2)], 'a retry')).toMatchObject({ value: { code } });
	expect(await tell({ description: '另外一件事' })).toMatchObject({ problem: { code: 'tipoff.state' } });
	expect(await everything()).toEqual(before);
	// Of the code only the hash is kept.
	expect(JSON.stringify(before)).not.toContain(code);
});

test('what cannot be taken is refused, and nothing is kept of it', async () => {
	const before = await everything();
	const id = () => crypto.randomUUID();
	const many = Array.from({ length: 7 }, (_, number) => file(number));
	for (const [more, files, problem] of [
		[{ id: id(), area: '0002' }, [new File(['<html>'], 'x.png')], 'evidence.media_type'],
		[{ id: id() }, many, 'request.invalid'],
		// Two streets: without a place, and outside of both, nobody knows whose it is.
		[{ id: id(), area: '' }, [], 'tipoff.nobody_there'],
		[{ id: id(), area: '0009' }, [], 'tipoff.nobody_there']
	] as const)
		expect(await tell(more, [...files])).toMatchObject({ problem: { code: problem } });
	expect(await everything()).toEqual(before);
	expect(tipoffFormSchema.safeParse({ ...told, phone: '' }).success).toBe(false);
	expect(tipoffFormSchema.safeParse({ ...told, description: '危险' }).success).toBe(false);
	expect(tipoffFormSchema.safeParse({ ...told, longitude: '121.1' }).success).toBe(false);
});

test('a plate tells whose it is; a page asks for no more than a name that hangs on the door', async () => {
	const { enterprise, areas } = await readTipoffPlaces(opened.backend, ids.tavern);
	expect(Object.keys(enterprise!)).toEqual(expect.arrayContaining(['id', 'name', 'address']));
	expect(Object.keys(enterprise!)).toHaveLength(3);
	expect(areas.map(({ scope }) => scope)).toEqual(['0001', '0002']);
	const id = crypto.randomUUID();
	expect(await tell({ id, enterprise: ids.tavern, area: '', name: '', phone: '' })).toMatchObject({
		ok: true
	});
	expect(await opened.sql('select scope, is_named from public.tipoffs where id = $1', [id])).toEqual([
		{ scope: '00010002', is_named: false }
	]);
});

test('from one address not many, and codes are not guessed', async () => {
	for (let turn = 0; turn < 5; turn++)
		expect(await tell({ id: crypto.randomUUID() }, [], 'one address')).toMatchObject({ ok: true });
	expect(await tell({ id: crypto.randomUUID() }, [], 'one address')).toMatchObject({
		problem: { code: 'tipoff.too_many' }
	});
	for (let turn = 0; turn < 5; turn++)
		expect(await followTipoff(opened.backend, 'AAAA-BBBB-CCCC', 'a guesser')).toMatchObject({
			problem: { code: 'tipoff.unknown' }
		});
	expect(await followTipoff(opened.backend, code, 'a guesser')).toMatchObject({
		problem: { code: 'tipoff.too_many' }
	});
	await opened.sql(`update public.tipoffs set state = 'dismissed', closed_on = app.today() where id <> $1`, [
		first
	]);
});

describe('who is reported, and everybody else who might tell them, learns nothing', () => {
	test.each(['qian', 'zhou', 'chen', 'wang', 'sun', 'tang'] as const)('%s', async (who) => {
		const person = town[who];
		expect(await read(person)).toBe('not_found');
		expect((await readTipoffs(town.as(person), { state: 'all', q: null }, 1)).total).toBe(0);
		expect(await step(person, 'accept', 1, { enterprise: ids.restaurant })).toBe('not_found');
		expect(await readReporter(town.as(person), first)).toMatchObject({ problem: { code: 'not_found' } });
		expect(await getEvidence(opened.backend, town.as(person), picture(1).sha256)).toMatchObject({
			problem: { code: 'evidence.not_found' }
		});
	});
	test('its event names neither the enterprise nor the place', async () => {
		const [event] = await opened.sql<{ enterprise_id: string | null; data: object }>(
			`select enterprise_id, data from public.events where kind = 'tipoff.submit' order by position limit 1`
		);
		expect(event).toEqual({ enterprise_id: null, data: { tipoff: first, step: 1, state: 'submitted' } });
	});
	test('nobody reads the names from the table', async () => {
		const [may] = await opened.sql(
			`select has_table_privilege('authenticated', 'app.tipoff_reporters', 'select') as users,
				has_table_privilege('anon', 'app.tipoff_reporters', 'select') as visitors`
		);
		expect(may).toEqual({ users: false, visitors: false });
	});
});

test('who is in charge takes it up: for a site of theirs, once, having read it', async () => {
	expect(await read(town.lin)).toBe('submitted');
	const before = await everything();
	for (const [person, act, seen, more, problem] of [
		[town.lin, 'accept', 1, {}, 'request.invalid'],
		[town.lin, 'accept', 2, { enterprise: ids.restaurant }, 'tipoff.state'],
		[town.lin, 'answer', 1, {}, 'tipoff.state'],
		[town.lin, 'dismiss', 1, { reply: ' ' }, 'request.invalid']
	] as const)
		expect(await step(person, act, seen, more)).toBe(problem);
	expect(await everything()).toEqual(before);
	expect(await step(town.lin, 'accept', 1, { enterprise: ids.restaurant })).toBe('ok');
	expect(await step(town.gao, 'accept', 1, { enterprise: ids.restaurant })).toBe('tipoff.state');
});

test('who told it is shown to who is in charge, each time written down, and to nobody else', async () => {
	expect(await readReporter(town.as(town.wang), first)).toMatchObject({
		problem: { code: 'permission.role' }
	});
	expect(await readReporter(town.as(town.lin), first)).toMatchObject({ value: { name: '知情人' } });
	const audited = await opened.sql<{ allowed: boolean }>(
		`select succeeded as allowed from public.audit_log where action = 'tipoff.reporter' order by id`
	);
	expect(audited.map(({ allowed }) => allowed)).toEqual([false, true]);
});

test('the inspectors of the place find it in their round, with its photos; a community worker and the site do not', async () => {
	const taskOf = async (person: Person) =>
		(await readRound(town.as(person))).find(({ id }) => id === ids.restaurant)?.tipoff ?? null;
	expect(await taskOf(town.wang)).toEqual({ id: first, description: told.description });
	expect(await taskOf(town.chen)).toBeNull();
	expect(await read(town.wang)).toBe('accepted');
	expect(await read(town.qian)).toBe('not_found');
	expect(await getEvidence(opened.backend, town.as(town.wang), picture(1).sha256)).toMatchObject({
		ok: true
	});
	expect(await step(town.wang, 'dismiss', 2)).toBe('permission.role');
});

test('the sealed inspection is its check, then it is answered, and who told it reads that under their code', async () => {
	const visit = cleanVisit({ street: town, at: new Date('2026-11-02T05:30:00Z') });
	visit.device.endedAt = new Date('2026-11-02T06:30:00Z').toISOString();
	await opened.setClock('2026-11-02T07:00:00Z');
	await sealedBy(opened, town, visit);
	expect(await read(town.lin)).toBe('checked');
	expect(await step(town.lin, 'dismiss', 3)).toBe('tipoff.state');
	expect(await step(town.lin, 'answer', 3, { reply: '已责令更换软管', note: '内部说明' })).toBe('ok');
	const followed = await follow(` ${code.toLowerCase().replaceAll('-', ' ')} `);
	expect(followed).toMatchObject({ ok: true, value: { state: 'answered', place: told.place } });
	const text = JSON.stringify(followed);
	expect(text).toContain('已责令更换软管');
	for (const hidden of ['内部说明', '林书记', '王检', '知情人', ids.restaurant])
		expect(text).not.toContain(hidden);
	expect(await follow('AAAA-BBBB-CCCC')).toMatchObject({ problem: { code: 'tipoff.unknown' } });
});
