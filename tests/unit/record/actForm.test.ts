import { describe, expect, test } from 'vitest';
import { readActForm, type ActContext } from '#lib/record/actForm.ts';
import { issuingMembership } from '#lib/record/act.ts';
import type { MemberRole, Membership } from '#lib/identity/identity.ts';

const officer = { userId: '00000000-0000-4000-8000-000000000001', name: '明远', licence: '示例执法0001' };
const writer = { userId: officer.userId, name: officer.name };
const context: ActContext = { officers: [officer], today: '2026-11-20', checksThisYear: 3, writer };

function formOf(fields: Record<string, string | string[]>): FormData {
	const form = new FormData();
	for (const [name, values] of Object.entries(fields))
		for (const value of [values].flat()) form.append(name, value);
	return form;
}
const notice = { matter: '年度计划', items: '燃气\n疏散', day: '2026-11-25', officers: officer.userId };

describe('the form of a paper', () => {
	test('one line is one point; numbers that somebody typed are not part of it', () => {
		const read = readActForm(
			'reminder_notice',
			formOf({ ...notice, items: '1. 检查软管\r\n\r\n（2）关闭总阀\n3、每月测试\n100℃以上禁止操作' }),
			context
		);
		expect(read.ok && read.value.items).toEqual(['检查软管', '关闭总阀', '每月测试', '100℃以上禁止操作']);
	});

	test.each([
		['this year: after those that were', '2026-12-31', 4],
		['next year: the first', '2027-01-04', 1]
	])('which check of its year, %s', (_when, day, expected) => {
		const read = readActForm('inspection_notice', formOf({ ...notice, day }), context);
		expect(read.ok && read.value).toMatchObject({ nthOfYear: expected, officers: [officer], basis: null });
	});

	test.each([
		['nobody is sent', { ...notice, officers: '' }, 'act.officers', 'officers'],
		[
			'somebody of elsewhere is sent',
			{ ...notice, officers: crypto.randomUUID() },
			'act.officers',
			'officers'
		],
		['nothing is to be checked', { ...notice, items: ' \n ' }, 'request.invalid', 'items'],
		['no day', { ...notice, day: '' }, 'request.invalid', 'day'],
		['no reason', { ...notice, matter: '' }, 'request.invalid', 'matter']
	])('refused, with its field: %s', (_what, fields, code, path) => {
		expect(readActForm('inspection_notice', formOf(fields), context)).toMatchObject({
			ok: false,
			problem: { code, path }
		});
	});
});

describe('who issues it', () => {
	const member = (role: MemberRole, scope: string) => ({ role, scope }) as Membership;
	test.each([
		['an inspector no 督办卡', [member('inspector', '0001')], 'supervision_card', null],
		['a leader of elsewhere nothing', [member('leader', '0002')], 'reminder_notice', null],
		['a community worker nothing', [member('community_worker', '00010001')], 'reminder_notice', null],
		[
			'the membership nearest to the place',
			[member('administrator', ''), member('leader', '0001')],
			'supervision_card',
			'0001'
		]
	] as const)('%s', (_what, memberships, kind, scope) => {
		expect(issuingMembership(memberships, kind, '00010001')?.scope ?? null).toBe(scope);
	});
});
