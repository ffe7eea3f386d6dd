import { describe, expect, it } from 'vitest';
import { evaluate, type PackDocument } from '#scoring';
import { fact, ladderDown, ladderUp, loaded, opinion } from './packs.ts';

const day = '2026-03-01';

describe('a ladder upwards: 以上含本数，以下不含', () => {
	const pack = loaded(ladderUp);
	it.each([
		[0.01, '正常', ['预警', 299]],
		[2.99, '正常', ['预警', 1]],
		[3, '预警', ['重点', 300]],
		[5.99, '预警', ['重点', 1]],
		[6, '重点', ['最高', 600]],
		[11.99, '重点', ['最高', 1]],
		[12, '最高', null],
		[50, '最高', null]
	])('%d points are %s', (points, band, next) => {
		const account = evaluate(pack, [opinion(day, points)], day);
		expect(account.band!.name).toBe(band);
		expect(account.next && [account.next.band.name, account.next.distance]).toEqual(next);
	});

	it('adds a hundred times 0.1 to exactly 10', () => {
		const facts = Array.from({ length: 100 }, () => opinion(day, 0.1));
		expect(evaluate(pack, facts, day).balance).toBe(1000);
	});
});

describe('a ladder downwards from 12', () => {
	const pack = loaded(ladderDown);
	it.each([
		[0.01, 1199, '正常', ['预警', 300]],
		[3, 900, '正常', ['预警', 1]],
		[3.01, 899, '预警', ['重点', 300]],
		[6, 600, '预警', ['重点', 1]],
		[6.01, 599, '重点', null],
		[12, 0, '重点', null],
		[50, 0, '重点', null]
	])('%d points taken leave %d: %s', (points, balance, band, next) => {
		const account = evaluate(pack, [opinion(day, points)], day);
		expect([account.balance, account.band!.name]).toEqual([balance, band]);
		expect(account.next && [account.next.band.name, account.next.distance]).toEqual(next);
	});

	it('comes back up by credits, and not above 12', () => {
		const facts = [opinion(day, 6.01), fact('bonus', day, { points: 0.01 })];
		expect(evaluate(pack, facts, day).band!.name).toBe('预警');
		const more = [...facts, fact('bonus', day, { points: 50 })];
		expect(evaluate(pack, more, day).balance).toBe(1200);
	});

	it('starts anew each year', () => {
		const facts = [opinion('2025-12-31', 12)];
		expect(evaluate(pack, facts, '2025-12-31').balance).toBe(0);
		expect(evaluate(pack, facts, '2026-01-01').balance).toBe(1200);
	});
});

describe('a band that needs confirmation', () => {
	const bands = ladderUp.bands.map((band) => ({ ...band, needs_confirmation: band.key === 'highest' }));
	const pack = loaded({ ...ladderUp, bands } satisfies PackDocument);
	const confirmed = (on: string) => fact('decision.band_confirmed', on, { band: 'highest' });

	it('waits as pending while the best allowed band below it is in effect', () => {
		const account = evaluate(pack, [opinion(day, 12)], day);
		expect([account.balance, account.band!.key, account.pendingBand!.key]).toEqual([
			1200,
			'focus',
			'highest'
		]);
		expect(account.measures).toEqual(account.band!.measures);
	});

	it('takes effect on the day it is confirmed', () => {
		const facts = [opinion(day, 12), confirmed('2026-03-05')];
		expect(evaluate(pack, facts, '2026-03-04').band!.key).toBe('focus');
		const account = evaluate(pack, facts, '2026-03-05');
		expect([account.band!.key, account.pendingBand]).toEqual(['highest', null]);
	});

	it('needs confirming anew in the next cycle', () => {
		const facts = [opinion(day, 12), confirmed('2026-03-05'), opinion('2027-01-10', 12)];
		const account = evaluate(pack, facts, '2027-01-10');
		expect([account.band!.key, account.pendingBand!.key]).toEqual(['focus', 'highest']);
	});

	it('gives no band to those who have not reached it', () => {
		const account = evaluate(pack, [opinion(day, 2), confirmed(day)], day);
		expect(account.band!.key).toBe('normal');
	});
});
