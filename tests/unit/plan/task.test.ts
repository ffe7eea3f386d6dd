import { describe, expect, test } from 'vitest';
import {
	authorityOf,
	ratingFilterFrom,
	ratingSchema,
	wasOpenedLate,
	type TaskResult
} from '#lib/plan/task/task.ts';

const filled = {
	overall: '4',
	showedCertificate: 'yes',
	followedChecklist: 'no',
	conductedProperly: 'yes',
	comment: ' 好 '
};

describe('the form of a rating', () => {
	test('is read as it was meant', () =>
		expect(ratingSchema.parse(filled)).toEqual({
			overall: 4,
			showedCertificate: true,
			followedChecklist: false,
			conductedProperly: true,
			comment: '好'
		}));
	const { overall: _, ...withoutOverall } = filled;
	test.each([
		['no overall', withoutOverall],
		['six of five', { ...filled, overall: '6' }],
		['half a point', { ...filled, overall: '2.5' }],
		['a question left out', { ...filled, showedCertificate: '' }],
		['a novel', { ...filled, comment: '长'.repeat(501) }]
	])('is not taken with %s', (_, form) => expect(ratingSchema.safeParse(form).success).toBe(false));
});

test('the law is the agency’s wording, else the shipped one of the track', () => {
	expect(authorityOf({ authority: '《示例条例》', track: 'A' })).toBe('《示例条例》');
	expect(authorityOf({ authority: null, track: 'A' })).toContain('第六十五条');
	expect(authorityOf({ authority: null, track: 'B' })).toContain('第九条第二款');
	expect(authorityOf({ authority: null, track: 'C' })).toContain('第七十五条');
});

test('a code made more than ten minutes after the check-in came late; before the result nobody knows', () => {
	const result = { checkedInAt: '2026-11-20T05:30:00.000Z' } as TaskResult;
	expect(wasOpenedLate({ openedAt: '2026-11-20T05:39:00.000Z', result })).toBe(false);
	expect(wasOpenedLate({ openedAt: '2026-11-20T05:41:00.000Z', result })).toBe(true);
	expect(wasOpenedLate({ openedAt: '2026-11-20T05:41:00.000Z', result: null })).toBe(false);
});

test('an address is heard where it makes sense', () => {
	const filter = (query: string) => ratingFilterFrom(new URLSearchParams(query));
	expect(filter('show=critical&community=00010001')).toEqual({ show: 'critical', community: '00010001' });
	expect(filter('show=best&community=%25')).toEqual({ show: 'all', community: null });
});
