/** 设备报警线索: a reason to go and look, never a point; closed by who has been there, or by a person with a reason. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ImportReport } from '#lib/area/importVerdict.ts';
import { alarmSchema } from '#lib/enterprise/alarm/deviceAlarm.ts';
import { dismissAlarm, readAlarms, recordAlarm } from '#lib/enterprise/alarm/deviceAlarm.server.ts';
import { importAlarms, type AlarmImport } from '#lib/enterprise/alarm/importAlarms.server.ts';
import { readRound } from '#lib/plan/round.server.ts';
import type { Result } from '#lib/problem.ts';
import { sealedBy } from '../record/sealed.ts';
import { ids } from '../record/street.ts';
import { cleanVisit } from '../record/visit.ts';
import { openTestBackend, type Person, type TestBackend } from '../support/testBackend.ts';
import { makeTown, type Town } from './town.ts';

let opened: TestBackend;
let town: Town;
const now = new Date('2026-11-02T06:00:00Z');

beforeAll(async () => {
	opened = await openTestBackend();
	await opened.setClock(now.toISOString());
	town = await makeTown(opened);
	// Both were looked at not long ago, so nothing but an alarm leads there.
	await opened.sql(
		`select app.tally_visit(e.id, e.scope, e.site_type, '2026-10-20') from public.enterprises e`
	);
	await opened.sql(`select app.tally_enterprise(e.id) from public.enterprises e`);
	await opened.sql(`update public.enterprise_tallies set last_inspected_on = '2026-10-20'`);
	await opened.sql(`update public.enterprises set external_ref = 'GL-7', source = '燃气平台' where id = $1`, [
		ids.tavern
	]);
});
afterAll(() => opened.close());

const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.problem.code);
const alarm = (more: object = {}) =>
	alarmSchema.parse({
		id: crypto.randomUUID(),
		device: '后厨燃气探头03',
		kind: '可燃气体报警',
		alarmedAt: '2026-11-02T10:00',
		...more
	});
const record = async (person: Person, more: object = {}, enterprise: string = ids.restaurant) =>
	codeOf(await recordAlarm(town.as(person), enterprise, { ...alarm(), ...more }));
const open = async (enterprise: string = ids.restaurant) =>
	(await readAlarms(town.as(town.lin), enterprise)).filter(({ state }) => state === 'new');
const reasonFor = async (enterprise: string) =>
	(await readRound(town.as(town.wang))).find(({ id }) => id === enterprise)?.reason;
const facts = async () => (await opened.sql<{ n: number }>('select count(*)::int n from public.facts'))[0]!.n;

test('no lead for who may not see the place, none from tomorrow, and none shown to the enterprise', async () => {
	expect(await record(town.sun)).toBe('not_found');
	expect(await record(town.qian)).toBe('not_found');
	expect(await record(town.wang, { alarmedAt: '2026-11-02T14:06+08:00' })).toBe('alarm.time');
	expect(await record(town.wang, { alarmedAt: '2025-11-01T10:00+08:00' })).toBe('alarm.time');
	expect(await record(town.wang, { device: ' ' })).toBe('request.invalid');
	expect(await open()).toEqual([]);
	expect(await reasonFor(ids.restaurant)).toBeUndefined();
});

describe('a lead', () => {
	test('is a reason to go, once, and no fact', async () => {
		const before = await facts();
		const sent = alarm();
		for (const person of [town.chen, town.chen])
			expect(codeOf(await recordAlarm(town.as(person), ids.restaurant, sent))).toBe('ok');
		expect(await record(town.wang, { ...sent, id: crypto.randomUUID() })).toBe('ok');
		expect(await open()).toMatchObject([
			{ kind: '可燃气体报警', recordedBy: '陈社工', alarmedAt: '2026-11-02T02:00:00.000Z' }
		]);
		expect(await reasonFor(ids.restaurant)).toBe('device_alarm');
		expect(await readAlarms(town.as(town.qian), ids.restaurant)).toEqual([]);
		expect((await town.as(town.qian).from('device_alarms').select('id')).data).toEqual([]);
		expect(await facts()).toBe(before);
	});

	test('is dismissed by a person with a reason, not by who may not and not twice', async () => {
		const [one] = await open();
		const dismiss = async (person: Person, reason = '平台测试，电话确认') =>
			codeOf(await dismissAlarm(town.as(person), one!.id, reason));
		expect(await dismiss(town.qian)).toBe('not_found');
		expect(await dismiss(town.sun)).toBe('not_found');
		expect(await dismiss(town.chen)).toBe('permission.role');
		expect(await dismiss(town.wang, ' ')).toBe('request.invalid');
		expect(await dismiss(town.wang)).toBe('ok');
		expect(await dismiss(town.lin)).toBe('alarm.state');
		expect(await reasonFor(ids.restaurant)).toBeUndefined();
	});

	test('is closed by the next check on site; a later alarm is not', async () => {
		expect(await record(town.wang, { alarmedAt: '2026-11-02T13:00+08:00' })).toBe('ok');
		const visit = cleanVisit({ street: town, at: new Date('2026-11-02T05:30:00Z') });
		expect(await record(town.wang, { alarmedAt: '2026-11-02T14:03+08:00' })).toBe('ok');
		await sealedBy(opened, town, visit);
		const states = (await readAlarms(town.as(town.wang), ids.restaurant)).map(({ state, inspectionId }) => [
			state,
			inspectionId
		]);
		expect(states).toEqual([
			['new', null],
			['checked', visit.id],
			['dismissed', null]
		]);
	});
});

describe('an import', () => {
	const head = '统一社会信用代码,单位编号,设备,报警类型,报警时间\n';
	const good =
		'91000000MA1T00013A,,烟感12,烟感报警,2026/11/1 9:05\n,GL-7,燃气探头1,可燃气体报警,2026-10-30 23:59:01\n';
	const load = (text: string, more: Partial<AlarmImport> = {}, person: Person = town.gao) =>
		importAlarms(town.as(person), [{ name: 'alarms.csv', bytes: Buffer.from(head + text) }], {
			mode: 'all_or_nothing',
			source: '燃气平台',
			...more
		});
	const value = (result: Result<ImportReport>): ImportReport => {
		if (!result.ok) throw new Error(JSON.stringify(result.problem));
		return result.value;
	};
	const count = async () =>
		(await opened.sql<{ n: number }>('select count(*)::int n from public.device_alarms'))[0]!.n;

	test('is the administrator’s, within their street', async () => {
		for (const person of [town.lin, town.wang, town.qian])
			expect(codeOf(await load(good, {}, person))).toBe('permission.role');
	});

	test('with one bad line loads nothing and says which and why', async () => {
		const before = await count();
		const bad = [
			'91000000MA1T00014A,,a,b,2026-11-01 09:05',
			',XX-1,a,b,2026-11-01 09:05',
			',,a,b,2026-11-01 09:05',
			',GL-7,,b,2026-11-01 09:05',
			',GL-7,a,,2026-11-01 09:05',
			',GL-7,a,b,2026-02-30 09:05',
			',GL-7,a,b,2026-11-01',
			',GL-7,a,b,2026-12-01 09:05'
		];
		const report = value(await load(good + bad.join('\n')));
		expect(report).toMatchObject({ kept: false, counts: { loaded: 2, refused: 8 } });
		expect(report.verdicts.slice(2).map(({ lines, reason }) => [lines[0], reason])).toEqual([
			[4, 'credit_code'],
			[5, 'enterprise_unknown'],
			[6, 'enterprise_unnamed'],
			[7, 'alarm_device'],
			[8, 'alarm_kind'],
			[9, 'alarm_time'],
			[10, 'alarm_time'],
			[11, 'alarm_time']
		]);
		expect(await count()).toBe(before);
	});

	test('loads by code and by number, and the same file again changes nothing', async () => {
		expect(value(await load(good)).counts).toMatchObject({ loaded: 2, refused: 0 });
		const before = await count();
		expect(value(await load(good))).toMatchObject({
			kept: true,
			counts: { loaded: 0, unchanged: 2, refused: 0 }
		});
		expect(await count()).toBe(before);
		expect(await open(ids.tavern)).toMatchObject([
			{ source: '燃气平台', alarmedAt: '2026-10-30T15:59:01.000Z' }
		]);
		expect(await reasonFor(ids.tavern)).toBe('device_alarm');
	});

	test('numbers mean something only in the list they are of', async () => {
		const other = value(await load(',GL-7,探头9,可燃气体报警,2026-11-01 10:00\n', { source: '消防平台' }));
		expect(other.verdicts).toMatchObject([{ verdict: 'refused', reason: 'enterprise_unknown' }]);
		const named = await load(',GL-7,探头9,可燃气体报警,2026-11-01 10:00\n', {
			source: '消防平台',
			refs: '燃气平台'
		});
		expect(value(named).counts).toMatchObject({ loaded: 1 });
	});
});
