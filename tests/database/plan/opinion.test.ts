/** 第三方意见: says whether it is 推荐 or 强制, and binds nobody before another supervisor has confirmed it. */
import type { SupabaseClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readOpinions } from '#lib/enterprise/opinion/opinion.server.ts';
import { readRound } from '#lib/plan/round.server.ts';
import { makeTown, type Town } from '../assessment/town.ts';
import { reported, sealedBy } from '../record/sealed.ts';
import { ids } from '../record/street.ts';
import { cleanVisit } from '../record/visit.ts';
import { openTestBackend, type Person, type TestBackend } from '../support/testBackend.ts';

let opened: TestBackend;
let town: Town;
const first = '01890000-0000-7000-8000-00000000e001';
const told = {
	id: first,
	enterpriseId: ids.restaurant,
	institution: '示例安全技术服务公司',
	expert: '示例专家',
	visitedOn: '2026-11-01',
	part: '燃气间',
	opinion: '可燃气体报警器未接入联动切断阀',
	nature: 'mandatory',
	basis: '《安全生产法》第三十六条第四款'
};

beforeAll(async () => {
	opened = await openTestBackend();
	await opened.setClock('2026-11-02T06:00:00Z');
	town = await makeTown(opened);
});
afterAll(() => opened.close());

const call = async (person: Person, name: string, args: object): Promise<string> => {
	const { data, error } = await (town.as(person) as unknown as SupabaseClient).rpc(name, args);
	if (error) return `error ${error.code}`;
	return data.ok ? 'ok' : [data.problem.code, data.problem.path].filter(Boolean).join(' ');
};
const record = (person: Person, more: object = {}) =>
	call(person, 'record_opinion', { p_opinion: { ...told, ...more } });
const decide = (person: Person, outcome: string, reason = '', id = first) =>
	call(person, 'decide_opinion', { p_id: id, p_decision: { outcome, reason } });
const stateSeenBy = async (person: Person) =>
	(await readOpinions(town.as(person), ids.restaurant)).find(({ id }) => id === first)?.state ?? null;
const isOnRoundOf = async (person: Person) =>
	(await readRound(town.as(person))).some(({ id, reason }) => id === ids.restaurant && reason === 'opinion');

test('nobody puts one down who does not look after the place, none without its nature, none 强制 without its clause', async () => {
	for (const [person, more, refusal] of [
		[town.qian, {}, 'not_found'],
		[town.sun, {}, 'not_found'],
		[town.tang, {}, 'not_found'],
		[town.wang, { nature: '' }, 'request.invalid nature'],
		[town.wang, { basis: ' ' }, 'opinion.basis basis'],
		[town.wang, { institution: '' }, 'request.invalid institution'],
		[town.wang, { opinion: '不行' }, 'request.invalid opinion'],
		[town.wang, { visitedOn: '2026-11-03' }, 'request.invalid visitedOn'],
		[town.wang, { visitedOn: '2024-11-03' }, 'request.invalid visitedOn']
	] as const)
		expect([more, await record(person, more)]).toEqual([more, refusal]);
	expect(await opened.sql('select 1 from public.third_party_opinions')).toEqual([]);
});

test('put down twice it is one; a recommendation waits for nobody', async () => {
	expect(await record(town.wang)).toBe('ok');
	expect(await record(town.wang)).toBe('ok');
	expect(await stateSeenBy(town.wang)).toBe('proposed');
	const advice = crypto.randomUUID();
	expect(await record(town.chen, { id: advice, nature: 'recommended', basis: '' })).toBe('ok');
	expect(await decide(town.lin, 'confirmed', '', advice)).toBe('opinion.state');
	expect(await opened.sql('select count(*)::int as n from public.third_party_opinions')).toEqual([{ n: 2 }]);
});

test('the site reads it with its nature, its neighbours do not', async () => {
	expect(await stateSeenBy(town.qian)).toBe('proposed');
	for (const person of [town.zhou, town.sun, town.tang]) expect(await stateSeenBy(person)).toBeNull();
});

test('it is confirmed by a supervisor who did not put it down, and nobody else', async () => {
	for (const [person, refusal] of [
		[town.wang, 'opinion.own'],
		[town.chen, 'permission.role'],
		[town.gao, 'permission.role'],
		[town.qian, 'not_found'],
		[town.sun, 'not_found']
	] as const)
		expect(await decide(person, 'confirmed')).toBe(refusal);
	expect(await decide(town.li, 'declined', ' ')).toBe('request.invalid reason');
	expect(await isOnRoundOf(town.wang)).toBe(false);
	expect(await decide(town.li, 'confirmed')).toBe('ok');
	expect(await decide(town.lin, 'declined', '已整改')).toBe('opinion.state');
	expect(await isOnRoundOf(town.wang)).toBe(true);
});

test('a community worker’s visit is no inspection; an inspection is what may bind', async () => {
	const at = new Date('2026-11-02T05:30:00Z');
	await sealedBy(opened, town, reported(town, at), town.chen);
	expect(await stateSeenBy(town.wang)).toBe('confirmed');
	const { inspectionId } = await sealedBy(opened, town, cleanVisit({ street: town, at }));
	expect(await stateSeenBy(town.wang)).toBe('checked');
	const opinions = await readOpinions(town.as(town.wang), ids.restaurant);
	expect(opinions.find(({ id }) => id === first)!.inspectionId).toBe(inspectionId);
});
