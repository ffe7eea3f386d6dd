/** Which rules count where: who may say so, from when, and what a dry run lets somebody see. */
import type { SupabaseClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assessBehind } from '#lib/assessment/account/assessment.server.ts';
import { addPack, readSchemes } from '#lib/assessment/scheme/schemes.server.ts';
import { readTrial, startTrial, stopTrial } from '#lib/assessment/scheme/schemeTrial.server.ts';
import type { PackVersion } from '#lib/assessment/scheme/schemes.ts';
import { ids } from '../record/street.ts';
import { openTestBackend, type Person, type TestBackend } from '../support/testBackend.ts';
import { majorHazard, makeTown, type Town } from './town.ts';

const today = '2026-11-02';
const tomorrow = '2026-11-03';
let opened: TestBackend;
let town: Town;
/** Administrators of everything and of street 0002. */
let han: Person;
let feng: Person;
let base: PackVersion;
let townPack: PackVersion;

beforeAll(async () => {
	opened = await openTestBackend();
	await opened.setClock(`${today}T06:00:00Z`);
	town = await makeTown(opened);
	han = await opened.signUp('han@example.cn');
	feng = await opened.signUp('feng@example.cn');
	await opened.sql(
		`insert into public.memberships (user_id, role, agency_id, scope, display_name) values
		($1, 'administrator', $3, '', '韩主任'), ($2, 'administrator', $3, '0002', '冯主任')`,
		[han.userId, feng.userId, ids.otherAgency]
	);
	const book = (await readSchemes(town.as(han)))!;
	base = book.packs.find(({ id }) => id === 'street-base')!;
	townPack = book.packs.find(({ id }) => id === 'town')!;
	await majorHazard(opened, ids.tavern);
	await majorHazard(opened, ids.restaurant);
	await assessBehind(opened.backend);
});
afterAll(() => opened.close());

const call = async (person: Person, name: string, args: object): Promise<string> => {
	const { data, error } = await (town.as(person) as unknown as SupabaseClient).rpc(name, args);
	if (error) return `error ${error.code}`;
	return data.ok ? 'ok' : data.problem.code;
};
const activate = (person: Person, pack: PackVersion, more: object = {}) =>
	call(person, 'activate_scheme', {
		p_pack: pack.id,
		p_sha256: pack.sha256,
		p_scope: '0001',
		p_site_type: null,
		p_from: tomorrow,
		...more
	});
const declared = () =>
	opened.sql<{ id: string; pack: string; kind: string | null; from: string; to: string | null }>(
		`select id, pack_id as pack, site_type as kind, valid_from::text as from, valid_to::text as to
		from public.scheme_activations where scope = '0001' order by site_type nulls first, valid_from`
	);
const counted = async () =>
	(
		await opened.sql(
			`select (select jsonb_agg(a order by a.id) from public.scheme_activations a) as activations,
			(select count(*)::int from public.scheme_packs) as packs, (select count(*)::int from public.events) as events`
		)
	)[0];

async function refused(attempts: [what: string, refusal: string, attempt: () => Promise<string>][]) {
	const before = await counted();
	for (const [what, refusal, attempt] of attempts) expect([what, await attempt()]).toEqual([what, refusal]);
	expect(await counted()).toEqual(before);
}

describe('a scheme is declared', () => {
	test('by nobody but the administrators of the place, and never for the past', () =>
		refused([
			['an inspector', 'permission.role', () => activate(town.wang, base)],
			['a community worker', 'permission.role', () => activate(town.chen, base)],
			['a principal', 'permission.role', () => activate(town.qian, base)],
			['a leader of the street', 'permission.role', () => activate(town.lin, base)],
			['another street’s administrator', 'permission.area', () => activate(feng, base)],
			[
				'a street’s administrator for everything',
				'permission.area',
				() => activate(town.gao, base, { p_scope: '' })
			],
			['for yesterday', 'scheme.past', () => activate(town.gao, base, { p_from: '2026-11-01' })],
			['for no day', 'request.invalid', () => activate(town.gao, base, { p_from: null })],
			['for no place', 'request.invalid', () => activate(town.gao, base, { p_scope: null })],
			['for a place that is none', 'not_found', () => activate(town.gao, base, { p_scope: '00019999' })],
			[
				'for a kind that is none',
				'request.invalid',
				() => activate(town.gao, base, { p_site_type: 'castle' })
			],
			['a pack nobody has', 'scheme.unknown', () => activate(town.gao, base, { p_pack: 'nobody' })],
			[
				'a version nobody has',
				'scheme.unknown',
				() => activate(town.gao, base, { p_sha256: '0'.repeat(64) })
			],
			['the one that counts already', 'scheme.in_force', () => activate(town.gao, townPack)]
		]));

	test('not on a day on which it is not valid, while one of persons may be declared', async () => {
		const variant = async (id: string, more: object) => {
			const [row] = await opened.sql<{ document: object }>(
				`select document from public.scheme_packs where id = 'street-base'`
			);
			const text = JSON.stringify({ ...row!.document, id, ...more });
			expect(await call(han, 'add_pack', { p_document_text: text })).toBe('ok');
			return (await readSchemes(town.as(han)))!.packs.find((pack) => pack.id === id)!;
		};
		await variant('persons', { subject: 'principal' });
		const later = await variant('later', { valid: { from: '2027-01-01' } });
		const over = await variant('over', { valid: { from: '2024-01-01', to: '2026-11-02' } });
		await refused([
			['not yet valid', 'scheme.validity', () => activate(town.gao, later)],
			['no longer valid', 'scheme.validity', () => activate(town.gao, over)]
		]);
	});

	test('from a later day: what counts until then ends that day, and the act is written down', async () => {
		expect(await activate(town.gao, base)).toBe('ok');
		expect(await declared()).toMatchObject([
			{ pack: 'town', from: '2024-01-01', to: tomorrow },
			{ pack: 'street-base', from: tomorrow, to: null }
		]);
		const [audit] = await opened.sql(
			`select user_id as "by", succeeded from public.audit_log where action = 'scheme.activate' order by id desc limit 1`
		);
		expect(audit).toEqual({ by: town.gao.userId, succeeded: true });
		const [event] = await opened.sql(
			`select kind, scope, data->>'from' as "from" from public.events order by position desc limit 1`
		);
		expect(event).toEqual({ kind: 'scheme.activated', scope: '0001', from: tomorrow });
		await refused([
			['the same twice', 'scheme.in_force', () => activate(town.gao, base)],
			['another on the same day', 'scheme.day_taken', () => activate(town.gao, townPack)]
		]);
	});

	test('today’s accounts stay as they are until that day has come; then all of them follow', async () => {
		const packs = () =>
			opened.sql(`select distinct pack_id as pack from public.score_accounts where scope like '0001%'`);
		await assessBehind(opened.backend);
		expect(await packs()).toEqual([{ pack: 'town' }]);
		await opened.setClock(`${tomorrow}T06:00:00Z`);
		await assessBehind(opened.backend);
		expect(await packs()).toEqual([{ pack: 'street-base' }]);
		await opened.setClock(`${today}T06:00:00Z`);
		await assessBehind(opened.backend);
	});

	test('and taken back only before it begins, by an administrator of the place', async () => {
		const [begun, planned] = (await declared()).map(({ id }) => id);
		const withdraw = (person: Person, id: string | undefined) =>
			call(person, 'withdraw_scheme', { p_activation: id });
		await refused([
			['by a leader', 'permission.role', () => withdraw(town.lin, planned)],
			['by another street’s administrator', 'permission.area', () => withdraw(feng, planned)],
			['what counts already', 'scheme.begun', () => withdraw(town.gao, begun)],
			['nothing', 'not_found', () => withdraw(town.gao, '00000000-0000-4000-8000-000000000000')]
		]);
		expect(await withdraw(town.gao, planned)).toBe('ok');
		expect(await declared()).toMatchObject([{ pack: 'town', from: '2024-01-01', to: null }]);
	});

	test('for one kind of site it leaves the others alone', async () => {
		expect(await activate(town.gao, base, { p_site_type: 'restaurant', p_from: today })).toBe('ok');
		expect(await declared()).toMatchObject([
			{ pack: 'town', kind: null, to: null },
			{ pack: 'street-base', kind: 'restaurant', from: today }
		]);
		await opened.sql(`delete from public.scheme_activations where site_type = 'restaurant'`);
	});
});

describe('a dry run', () => {
	const tried = async (person: Person, more: object = {}, pack = base) => {
		const declaration = { version: '', scope: '0001', siteType: null, from: today, ...more };
		const run = startTrial(town.as(person), person.userId, pack, declaration);
		while (run.state === 'running') await new Promise((resolve) => setTimeout(resolve, 10));
		return run;
	};

	test('is refused to who neither leads nor administers the place', async () => {
		for (const [who, code] of [
			[town.wang, 'permission.role'],
			[town.qian, 'permission.role'],
			[feng, 'permission.area'],
			[town.tang, 'permission.area']
		] as const)
			expect((await tried(who)).problem).toEqual({ code });
		expect((await tried(town.gao, { from: '2026-11-01' })).problem).toMatchObject({ code: 'scheme.past' });
	});

	test('says who changes band and why, and changes nothing', async () => {
		const before = await counted();
		const { state, trial } = await tried(town.lin);
		expect([state, trial.total, trial.done, trial.passed]).toEqual(['done', 2, 2, 0]);
		expect(trial.sites).toHaveLength(2);
		for (const change of trial.changes) expect(change.causes).toContain('bands');
		expect(trial.flows.reduce((sum, { count }) => sum + count, 0)).toBe(2);
		expect(await counted()).toEqual(before);
	});

	test('of a scheme of persons counts what happened anywhere its person leads', async () => {
		const persons = (await readSchemes(town.as(han)))!.packs.find(({ id }) => id === 'persons')!;
		for (const enterprise of [ids.tavern, ids.restaurant])
			await opened.sql(
				`select app.put_principal(id, scope, '郑一鸣', '13800000001') from public.enterprises where id = $1`,
				[enterprise]
			);
		// Two hazards of three points each, one a site: six for the person, at both.
		await opened.sql(
			`insert into public.facts (enterprise_id, scope, kind, occurred_on, data)
			select enterprise_id, scope, 'decision.confirmed', app.today(), jsonb_build_object('entry', id)
			from public.facts where kind = 'hazard.found'`
		);
		const before = await counted();
		const { trial } = await tried(town.lin, {}, persons);
		expect(trial.changes.map(({ before, after }) => [before.points, after.points])).toEqual([
			[300, 600],
			[300, 600]
		]);
		expect(trial.changes.every(({ causes }) => causes.includes('entries'))).toBe(true);
		expect(await counted()).toEqual(before);
	});

	test('leaves out those for whom another declaration stands nearer', async () => {
		await opened.sql(
			`insert into public.scheme_activations (pack_id, pack_sha256, scope, valid_from) values ('town', $1, '00010002', '2024-01-01')`,
			[townPack.sha256]
		);
		const { trial } = await tried(town.gao);
		expect([trial.total, trial.passed, trial.sites.length]).toEqual([2, 1, 1]);
		await opened.sql(`delete from public.scheme_activations where scope = '00010002'`);
	});

	test('is its starter’s alone, and can be stopped', async () => {
		const declaration = { version: '', scope: '0001', siteType: null, from: today };
		const run = startTrial(town.as(town.gao), town.gao.userId, base, declaration);
		stopTrial(town.lin.userId, run.id);
		expect([readTrial(town.lin.userId, run.id), run.state]).toEqual([null, 'running']);
		stopTrial(town.gao.userId, run.id);
		expect(readTrial(town.gao.userId, run.id)?.state).toBe('stopped');
	});
});

describe('who sees and brings schemes', () => {
	test('members who neither lead nor administer are told nothing', async () => {
		for (const person of [town.wang, town.chen, town.qian])
			expect(await readSchemes(town.as(person))).toBeNull();
	});

	test('a leader may try in their street and declare nowhere; another street’s declarations are unseen', async () => {
		const book = (await readSchemes(town.as(town.tang)))!;
		expect(book.places).toEqual([{ scope: '0002', name: null, mayDeclare: false }]);
		expect(book.activations.map(({ scope }) => scope)).toEqual(['']);
	});

	test('a file is taken only from an administrator of everything, once, and never with a fault in it', async () => {
		const file = (text: string) => new File([text], 'pack.yaml');
		const yaml = await import('node:fs/promises').then(({ readFile }) =>
			readFile(new URL('../../../scoring/packs/street-base.yaml', import.meta.url), 'utf8')
		);
		const own = yaml.replace('id: street-base', 'id: own-street');
		const before = await counted();
		expect(await addPack(town.as(town.gao), file(own))).toMatchObject({
			problem: { code: 'permission.role' }
		});
		expect(await call(han, 'add_pack', { p_document_text: '{"format":"other"}' })).toBe('request.invalid');
		expect(await call(han, 'add_pack', { p_document_text: 'not json' })).toBe('request.invalid');
		const faulty = await addPack(town.as(han), file(own.replace('direction: up', 'direction: sideways')));
		expect(faulty).toMatchObject({
			problem: { code: 'scheme.file' },
			faults: [{ line: expect.any(Number) }]
		});
		expect(await counted()).toEqual(before);
		expect(await addPack(town.as(han), file(own))).toMatchObject({ ok: true, value: { id: 'own-street' } });
		expect(await addPack(town.as(han), file(own))).toMatchObject({ problem: { code: 'scheme.known' } });
	});
});
