import { expect, test } from 'vitest';
import { readPlate, visitPath } from '#lib/plan/round.ts';

const id = '00000000-0000-4000-8000-0000000000e1';

test.each([
	[`https://mingcha.example/enterprises/${id}`, { enterpriseId: id }],
	[`https://mingcha.example/visit/new?enterprise=${id}&rechecks=x`, { enterpriseId: id }],
	[` ${id.toUpperCase()} `, { enterpriseId: id }],
	['统一社会信用代码：91000000MA1T00013A', { creditCode: '91000000MA1T00013A' }],
	['https://mingcha.example/o/AbCdEfGhIjKlMnOpQrStUvWxYz1', null],
	['https://example.cn/', null],
	['', null]
])('a code that says "%s"', (text, plate) => expect(readPlate(text)).toEqual(plate));

test('a task that is due goes to a recheck of its inspection, any other to a check', () => {
	expect(visitPath({ id, reason: 'recheck_overdue', rechecks: 'r', tipoff: null })).toBe(
		`/visit/new?enterprise=${id}&rechecks=r`
	);
	expect(visitPath({ id, reason: 'never_inspected', rechecks: null, tipoff: null })).toBe(
		`/visit/new?enterprise=${id}`
	);
	expect(visitPath({ id, reason: 'long_ago', rechecks: 'r', tipoff: null })).toBe(
		`/visit/new?enterprise=${id}`
	);
	const tipoff = { id, description: '燃气软管老化' };
	expect(visitPath({ id, reason: 'tipoff', rechecks: null, tipoff })).toBe(
		`/visit/new?enterprise=${id}&kind=triggered`
	);
	expect(visitPath({ id, reason: 'recheck_due', rechecks: 'r', tipoff })).toBe(
		`/visit/new?enterprise=${id}&rechecks=r`
	);
});
