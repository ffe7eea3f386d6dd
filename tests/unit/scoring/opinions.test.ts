import { describe, expect, it } from 'vitest';
import { checkFact, clauseFor, evaluate, type PackDocument } from '#scoring';
import { fact, ladderUp, loaded } from './packs.ts';

const [charge, credit] = ladderUp.clauses;

/** Opinions stand under the clause they name: above zero as charges, below zero as credits. */
const citing: PackDocument = {
	...ladderUp,
	clauses: [
		{ ...charge!, code: '0.1', points: { min: 0, max: 50 }, cites: true },
		{
			...credit!,
			code: '0.2',
			points: { min: -50, max: -0.01 },
			matches: [{ kind: 'opinion', where: { points: { below: 0 } } }],
			priority: 1,
			cites: true
		},
		{
			...charge!,
			code: '10.1',
			text: '应急预案不符合实际',
			points: 1,
			takes_effect: 'confirmation',
			matches: [{ kind: 'hazard.found' }]
		},
		{ ...credit!, code: '20.1', text: '创建达标', points: 2, matches: [{ kind: 'bonus' }] }
	]
};
const pack = loaded(citing);
const day = '2026-03-01';
const entryOf = (data: object) =>
	evaluate(pack, [fact('opinion', day, data as Record<string, string>)], day).entries[0]!;

describe('an opinion with its confirmed points', () => {
	it('stands under the clause it names, with its own points, at once', () => {
		const entry = entryOf({ clause: '10.1', points: 0.5 });
		expect(entry).toMatchObject({
			clause: '10.1',
			points: 50,
			text: '应急预案不符合实际',
			state: 'sealed',
			counts: 'effective'
		});
	});

	it('that names no clause, or one the pack does not have, stands under the clause for opinions', () => {
		expect(entryOf({ points: 0.5 })).toMatchObject({ clause: '0.1', points: 50 });
		expect(entryOf({ clause: '88.8', points: 5.99 })).toMatchObject({ clause: '0.1', points: 599 });
	});

	it('below zero gives back, under a credit it may name; a charge cannot give back', () => {
		expect(entryOf({ clause: '20.1', points: -3 })).toMatchObject({ clause: '20.1', points: -300 });
		expect(entryOf({ clause: '10.1', points: -3 })).toMatchObject({ clause: '0.2', points: -300 });
		expect(entryOf({ clause: '20.1', points: 3 })).toMatchObject({ clause: '0.1', points: 300 });
	});

	it('without points, or with more than the pack takes, is refused', () => {
		for (const points of [null, '3', 50.01, -50.01, 0.005]) {
			expect(checkFact(pack, fact('opinion', day, { clause: '10.1', points }))?.message).toMatch(
				/points: got/
			);
		}
		expect(checkFact(pack, fact('opinion', day, { clause: '10.1' }))?.message).toMatch(/points: got nothing/);
	});

	it('leaves what the facts themselves write as it was', () => {
		expect(clauseFor(pack, fact('hazard.found', day, { clause: '10.1' }))).toBe(
			pack.clauses.find(({ code }) => code === '10.1')
		);
	});

	it('names a clause in force on its day', () => {
		const dated = citing.clauses.map((clause) =>
			clause.code === '10.1' ? { ...clause, valid: { from: '2026-03-02' } } : clause
		);
		const later = loaded({ ...citing, clauses: dated });
		const clauseOn = (on: string) =>
			clauseFor(later, fact('opinion', on, { clause: '10.1', points: 1 }))!.code;
		expect([clauseOn('2026-03-01'), clauseOn('2026-03-02')]).toEqual(['0.1', '10.1']);
	});
});

describe('a band that needs confirmation', () => {
	const bands = citing.bands.map((band) => ({ ...band, needs_confirmation: band.key === 'highest' }));
	const waiting = loaded({ ...citing, bands });
	const opinion = fact('opinion', day, { points: 12 });
	const hazards = Array.from({ length: 12 }, () => fact('hazard.found', day));
	const confirmed = hazards.map(({ id }) => fact('decision.confirmed', day, { entry: id }));
	const bandOf = (...facts: (typeof opinion)[]) => {
		const { band, pendingBand } = evaluate(waiting, facts, day);
		return [band?.key ?? null, pendingBand?.key ?? null];
	};

	it('is in effect where confirmed opinions alone reach it', () => {
		expect(bandOf(opinion)).toEqual(['highest', null]);
		expect(bandOf(opinion, hazards[0]!, confirmed[0]!)).toEqual(['highest', null]);
	});

	it('waits where other points are needed to reach it', () => {
		expect(bandOf(...hazards, ...confirmed)).toEqual(['focus', 'highest']);
		const nearly = fact('opinion', day, { points: 11.99 });
		expect(bandOf(nearly, hazards[0]!, confirmed[0]!)).toEqual(['focus', 'highest']);
	});
});

describe('a second scale on the same account', () => {
	const colour = { light: '#000000', dark: '#FFFFFF' };
	const scales: PackDocument['scales'] = [
		{
			key: 'board',
			name: '公示栏',
			bands: [
				{ key: 'green', name: '绿', level: 'normal', from: 0, below: 0.5, shape: 'circle', colour },
				{ key: 'red', name: '红', level: 'highest', from: 0.5, below: null, shape: 'square', colour }
			]
		}
	];
	const board = loaded({ ...ladderUp, scales });
	const at = (points: number) => evaluate(board, [fact('opinion', day, { points })], day);

	it('reads the same balance by its own bands', () => {
		const names = [0.49, 0.5].map((points) => at(points).scales.map(({ key, band }) => [key, band!.name]));
		expect(names).toEqual([[['board', '绿']], [['board', '红']]]);
		expect([at(0.5).band!.name, at(0.5).scales[0]!.name]).toEqual(['正常', '公示栏']);
	});

	it('says nothing of whoever was never evaluated', () => {
		expect(evaluate(board, [], day).scales).toEqual([{ key: 'board', name: '公示栏', band: null }]);
	});
});
