import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
	addAgency,
	administeredAgencies,
	deadlineRulesAt,
	readSettingVersions,
	rulesAt,
	saveAgency,
	saveDeadlineRules,
	saveRules
} from '#lib/identity/settings.server.ts';
import { openTestBackend, type TestBackend } from '../support/testBackend.ts';
import { invited, makePlace, type Actor, type Place } from './support.ts';

let opened: TestBackend;
let place: Place;
let inspector: Actor;
let streetAdministrator: Actor;
const codeOf = (result: { ok: boolean; problem?: { code: string } }) =>
	result.ok ? 'ok' : result.problem!.code;
const limits = {
	softAccuracyMetres: 30,
	hardAccuracyMetres: 300,
	softDistanceMetres: 100,
	hardDistanceMetres: 2000
};
const periods = { deliveryDays: 90, recheckDays: 7, appealDays: 15, ratingDays: 20 };
const street = { name: '示例街道办事处', shortName: '示街', template: {} };

beforeAll(async () => {
	opened = await openTestBackend();
	place = await makePlace(opened);
	inspector = await invited(opened, place.administrator, 'inspector@example.cn', {
		role: 'inspector',
		scope: '0001'
	});
	streetAdministrator = await invited(opened, place.administrator, 'street@example.cn', {
		role: 'administrator',
		scope: '0001'
	});
});
afterAll(() => opened.close());

describe('rules', () => {
	test('are not changed by an inspector, nor for another street or the whole place by a street’s administrator', async () => {
		expect(codeOf(await saveRules(inspector.client, '0001', limits, periods))).toBe('permission.role');
		for (const scope of ['', '0002'])
			expect(codeOf(await saveRules(streetAdministrator.client, scope, limits, periods))).toBe(
				'permission.role'
			);
	});

	test.each([
		['check_in.limits', { ...limits, hardDistanceMetres: 10 }],
		['check_in.limits', { softAccuracyMetres: 1 }],
		['check_in.limits', [1, 2]],
		['delivery.valid_days', 3],
		['delivery.valid_days', 12.5],
		['recheck.days', null],
		['recheck.days', 1e9]
	])('%s cannot be %j', async (key, value) => {
		const { data } = await place.administrator.client.rpc('save_setting', {
			p_scope: '',
			p_key: key,
			p_value: value as never
		});
		expect(data).toEqual({ ok: false, problem: { code: 'request.invalid', path: key } });
	});

	test('days of reminders and of the ladder: set by an administrator of the place, all or nothing, with who changed what', async () => {
		const rules = { before: [5, 2], over: [2], first: 2, second: 5, third: 9 };
		expect(codeOf(await saveDeadlineRules(inspector.client, '0001', rules))).toBe('permission.role');
		expect(codeOf(await saveDeadlineRules(streetAdministrator.client, '0002', rules))).toBe(
			'permission.role'
		);
		// The second value is wrong: the first is not kept either.
		for (const wrong of [{ second: 2 }, { third: 5 }, { first: 0 }])
			expect(
				codeOf(await saveDeadlineRules(streetAdministrator.client, '0001', { ...rules, ...wrong }))
			).toBe('request.invalid');
		expect(await deadlineRulesAt(streetAdministrator.client, '0001')).toMatchObject({
			before: [3, 1],
			isSample: true
		});
		expect(await readSettingVersions(streetAdministrator.client, '0001')).toEqual([]);
		expect(codeOf(await saveDeadlineRules(streetAdministrator.client, '0001', rules))).toBe('ok');
		const later = { ...rules, third: 12 };
		expect(codeOf(await saveDeadlineRules(streetAdministrator.client, '0001', later))).toBe('ok');
		expect(await deadlineRulesAt(streetAdministrator.client, '00010001')).toEqual({
			...later,
			isSample: false
		});
		// What did not change is no version.
		const versions = await readSettingVersions(streetAdministrator.client, '0001');
		expect(versions.map(({ key, value, previous }) => [key, value, previous])).toEqual([
			['ladder.days', [2, 5, 12], [2, 5, 9]],
			['reminder.days', { before: [5, 2], over: [2] }, null],
			['ladder.days', [2, 5, 9], null]
		]);
		expect(versions[0]!.changedBy).not.toBeNull();
		expect(await readSettingVersions(inspector.client, '0001')).toEqual([]);
	});

	test('no key is made up', async () => {
		const { data } = await place.administrator.client.rpc('save_setting', {
			p_scope: '',
			p_key: 'made.up',
			p_value: 1
		});
		expect(data).toMatchObject({ ok: false, problem: { code: 'not_found' } });
	});

	test('set for a street hold there and below; the others keep theirs', async () => {
		expect(codeOf(await saveRules(streetAdministrator.client, '0001', limits, periods))).toBe('ok');
		const { client } = place.administrator;
		expect(await rulesAt(client, '00010001')).toEqual({ limits, periods, isOwn: false, isSample: false });
		expect(await rulesAt(client, '0002')).toMatchObject({
			periods: { deliveryDays: 180 },
			isOwn: false,
			isSample: true
		});
	});
});

describe('an agency', () => {
	test('is founded below by who administers the area, once, and with a name', async () => {
		expect(codeOf(await addAgency(inspector.client, '0001', street))).toBe('permission.role');
		expect(codeOf(await addAgency(streetAdministrator.client, '0002', street))).toBe('permission.role');
		const { client } = place.administrator;
		expect(codeOf(await addAgency(client, '0009', street))).toBe('request.invalid');
		expect(codeOf(await addAgency(client, '0001', { ...street, name: ' ' }))).toBe('request.invalid');
		expect(codeOf(await addAgency(client, '0001', street))).toBe('ok');
		expect(codeOf(await addAgency(client, '0001', street))).toBe('request.invalid');
	});

	test('is changed by its administrators only', async () => {
		const [own] = await administeredAgencies(streetAdministrator.client, ['0001']);
		const [top] = await administeredAgencies(place.administrator.client, ['']);
		expect(own).toMatchObject({ name: street.name, scope: '0001' });
		expect(codeOf(await saveAgency(inspector.client, own!.id, { mayEnforce: true }))).toBe('not_found');
		expect(codeOf(await saveAgency(streetAdministrator.client, top!.id, { mayEnforce: true }))).toBe(
			'not_found'
		);
		expect(codeOf(await saveAgency(streetAdministrator.client, own!.id, { name: 'x' }))).toBe(
			'request.invalid'
		);
		expect(codeOf(await saveAgency(streetAdministrator.client, own!.id, { name: ' 示例新街道 ' }))).toBe(
			'ok'
		);
		const [changed] = await administeredAgencies(streetAdministrator.client, ['0001']);
		expect(changed).toMatchObject({ name: '示例新街道', shortName: '示街', mayEnforce: false });
	});
});
