import { describe, expect, it } from 'vitest';
import { evaluate, fromHundredths } from '#scoring';
import { fact } from './packs.ts';
import { hasStarTables, starTables } from './starTables.ts';

const day = '2026-03-01';
const visit = { inspectionId: 'a' };

// The tables lie beside the project where they are at all; without them there is nothing to try.
describe.skipIf(!hasStarTables)('star-hangzhou: real scoring tables of a street', () => {
	const tables = hasStarTables ? starTables() : [];

	it('five tables, whose items add up to what they promise', () => {
		const sums = tables.map(({ pack }) => [
			fromHundredths(pack.start),
			fromHundredths(pack.ceiling! - pack.start)
		]);
		expect(sums.toSorted((a, b) => a[0]! - b[0]! || b[1]! - a[1]!)).toEqual([
			[100, 30],
			[100, 0],
			[100, 0],
			[100, 0],
			[200, 20]
		]);
	});

	it.each(tables)('$name: every item lost leaves nothing, every bonus won adds up', ({ pack, items }) => {
		const lost = items
			.filter(({ isBonus }) => !isBonus)
			.map(({ code, points }) => fact('item.deducted', day, { ...visit, item: code, points }));
		const won = items
			.filter(({ isBonus }) => isBonus)
			.map(({ code, points }) => fact('item.rewarded', day, { ...visit, item: code, points }));
		expect(evaluate(pack, lost, day).balance).toBe(0);
		expect(
			evaluate(pack, won.length > 0 ? won : [fact('inspection.completed', day, visit)], day).balance
		).toBe(pack.ceiling);
		expect(evaluate(pack, [...lost, ...won], day).balance).toBe(pack.ceiling! - pack.start);
	});

	it.each(tables)('$name: an item never loses more than it is worth', ({ pack, items }) => {
		const charges = items.filter(({ isBonus }) => !isBonus);
		for (const { code, points } of charges) {
			const half = points / 2;
			const facts = Array.from({ length: 3 }, () =>
				fact('item.deducted', day, { ...visit, item: code, points: half })
			);
			const { balance, entries } = evaluate(pack, facts, day);
			expect(balance).toBe(pack.start - points * 100);
			expect(entries.at(-1)).toMatchObject({ clause: code, points: 0, cut: half * 100 });
		}
	});

	it('the next scoring starts from the top', () => {
		const { pack, items } = tables[0]!;
		const facts = [
			fact('item.deducted', day, { ...visit, item: items[0]!.code, points: 1 }),
			fact('inspection.completed', '2026-04-01', { inspectionId: 'b' })
		];
		expect(evaluate(pack, facts, '2026-04-01').balance).toBe(pack.start);
	});
});
