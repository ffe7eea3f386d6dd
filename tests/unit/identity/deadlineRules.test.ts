import { expect, test } from 'vitest';
import { deadlineRulesSchema } from '#lib/identity/settings.ts';

const typed = { before: '3、1', over: '1, 7', first: '1', second: '8', third: '16' };

test('days as they are typed, each once', () => {
	expect(deadlineRulesSchema.parse({ ...typed, before: ' 3，3 1 ' })).toEqual({
		before: [3, 1],
		over: [1, 7],
		first: 1,
		second: 8,
		third: 16
	});
});

test.each([
	['nothing', { before: ' ' }, 'before'],
	['a word', { before: '三天' }, 'before'],
	['half a day', { over: '1.5' }, 'over'],
	['more than two months before', { before: '61' }, 'before'],
	['the day itself as over', { over: '0' }, 'over'],
	['six of them', { over: '1 2 3 4 5 6' }, 'over'],
	['a second step before the first', { second: '1' }, 'second'],
	['a third step with the second', { third: '8' }, 'third']
])('refused, with its field: %s', (_what, change, path) => {
	const read = deadlineRulesSchema.safeParse({ ...typed, ...change });
	expect(read.error?.issues[0]?.path[0]).toBe(path);
});
