import { describe, expect, it } from 'vitest';
import { deadlineClauses, deadlineSentence, itemNumbers } from '#lib/document/clauses.ts';

describe('which items a clause means', () => {
	it.each<[number[], string]>([
		[[1], '1'],
		[[3, 1], '1、3'],
		[[1, 2], '1、2'],
		[[1, 2, 3], '1至3'],
		[[7, 5, 1, 2, 3, 6, 9], '1至3、5至7、9'],
		[[2, 2], '2']
	])('%j reads 第%s项', (numbers, text) => expect(itemNumbers(numbers)).toBe(text));

	it('one clause a deadline, the earliest first', () => {
		const items = [
			{ number: 1, deadline: '2026-11-30' },
			{ number: 2, deadline: '2026-11-25' },
			{ number: 3, deadline: '2026-11-30' },
			{ number: 4, deadline: null }
		];
		expect(deadlineClauses(items)).toEqual([
			{ numbers: [2], deadline: '2026-11-25' },
			{ numbers: [1, 3], deadline: '2026-11-30' }
		]);
		expect(deadlineSentence(items)).toBe(
			'对上述第2项问题于2026年11月25日（含当日）前整改完毕；对上述第1、3项问题于2026年11月30日（含当日）前整改完毕'
		);
	});
});
