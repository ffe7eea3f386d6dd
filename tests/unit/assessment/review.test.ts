import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { accountHistory } from '#lib/assessment/account/history.ts';
import { bandEdges } from '#lib/assessment/account/history.server.ts';
import {
	bandToConfirm,
	decisionSchema,
	peopleNeeded,
	possibleDecisions,
	reviewOf,
	type Step
} from '#lib/assessment/account/review.ts';
import { evaluate, loadPack, packDocument, parsePack, type Fact } from '#scoring';

const read = (name: string) => {
	const parsed = parsePack(
		readFileSync(new URL(`../../../scoring/packs/${name}.yaml`, import.meta.url), 'utf8')
	);
	if (!parsed.ok) throw new Error(`${name}: got problems, expected a pack`);
	return parsed.pack;
};
const street = read('street-base');
const fact = (id: string, kind: string, data: Fact['data'], occurredOn = '2026-11-01'): Fact => ({
	id,
	subject: 'e1',
	kind,
	occurredOn,
	recordedAt: `${occurredOn}T08:00:00Z`,
	data
});
const major = (id: string, on?: string) => fact(id, 'hazard.found', { severity: 'major' }, on);
const general = (id: string, on?: string) => fact(id, 'hazard.found', { severity: 'general' }, on);
const confirmed = (id: string) => fact(`c-${id}`, 'decision.confirmed', { entry: id });

describe('how many people a decision takes', () => {
	const people = (facts: Fact[], id: string) => {
		const account = evaluate(street, facts, '2026-11-22');
		return peopleNeeded(
			street,
			facts,
			account,
			account.entries.find((entry) => entry.fact === id)!
		);
	};
	test('one where the band stays, those of the pack where it would change', () => {
		const visit = fact('v', 'inspection.completed', {});
		expect(people([visit, general('g')], 'g')).toEqual({ toConfirm: 1, toReverse: 1 });
		expect(people([major('m')], 'm')).toEqual({ toConfirm: street.decides.people, toReverse: 1 });
		expect(people([visit, major('m'), confirmed('m')], 'm')).toEqual({
			toConfirm: 1,
			toReverse: street.decides.people
		});
	});
	test('the half point that reaches the band is the one that takes them', () => {
		const five = ['a', 'b', 'c', 'd', 'e'].map((id) => general(id));
		expect(people([...five, major('m')], 'm')).toMatchObject({ toConfirm: street.decides.people });
		expect(people([...five, general('f')], 'f')).toMatchObject({ toReverse: street.decides.people });
		expect(people(five, 'e')).toMatchObject({ toReverse: 1 });
	});
});

describe('a band that waits for people', () => {
	const { pack } = loadPack({
		...packDocument(street),
		bands: packDocument(street).bands.map((band) => ({ ...band, needs_confirmation: band.key === 'warning' }))
	}) as { pack: typeof street };
	const facts = [major('m'), confirmed('m')];
	test('is the one reached, until somebody confirms it', () => {
		expect(bandToConfirm(pack, evaluate(pack, facts, '2026-11-22'))?.key).toBe('warning');
		const done = [...facts, fact('b', 'decision.band_confirmed', { band: 'warning' })];
		expect(bandToConfirm(pack, evaluate(pack, done, '2026-11-22'))).toBeNull();
	});
	test('is none where nothing was ever assessed, or nothing has reached it', () => {
		expect(bandToConfirm(pack, evaluate(pack, [], '2026-11-22'))).toBeNull();
		expect(bandToConfirm(pack, evaluate(pack, [general('g')], '2026-11-22'))).toBeNull();
	});
});

describe('who has said what', () => {
	const step = (id: string, kind: string, userId: string, data: Step['data']): Step => ({
		id,
		kind,
		on: '2026-11-02',
		userId,
		by: userId,
		isMine: false,
		evidence: [],
		data: { entry: 'f1', ...data }
	});
	test('an approval ends with the decision; somebody’s latest one counts', () => {
		const first = [
			step('1', 'review.approved', 'lin', { decision: 'confirmed' }),
			step('2', 'review.approved', 'lin', { decision: 'reversed' })
		];
		expect(reviewOf(first, { entry: 'f1' }).approvals.map(({ id }) => id)).toEqual(['2']);
		expect(reviewOf(first, { entry: 'f2' }).approvals).toEqual([]);
		const decided = [...first, step('3', 'decision.reversed', 'gao', {})];
		expect(reviewOf(decided, { entry: 'f1' })).toMatchObject({
			approvals: [],
			decisions: [{ id: '3', agreed: [{ id: '2' }], publishedOn: null }]
		});
	});
	test('what may follow: an answer to what was said, never a second reversal', () => {
		const entry = { standing: 'confirmed', isAppealed: false, points: 300 } as const;
		expect(possibleDecisions(entry)).toEqual(['reduced', 'reversed']);
		expect(possibleDecisions({ ...entry, standing: 'proposed' })).toEqual([
			'confirmed',
			'reduced',
			'reversed'
		]);
		expect(possibleDecisions({ ...entry, isAppealed: true })).toEqual(['upheld', 'reduced', 'reversed']);
		expect(possibleDecisions({ ...entry, standing: 'reversed' })).toEqual([]);
	});
	test('all four reasons are asked for, and points of at most two decimals', () => {
		const form = {
			factId: 'd1b9b0c2-3c56-4cbe-8f0f-6f6f5f3c0a11',
			clause: '1.3',
			decision: 'reduced',
			points: '1.25',
			facts: '事实',
			law: '规定',
			discretion: '裁量',
			treatment: '意见'
		};
		expect(decisionSchema.parse(form).points).toBe(1.25);
		expect(decisionSchema.safeParse({ ...form, points: '1.255' }).success).toBe(false);
		expect(decisionSchema.parse({ ...form, points: '' }).points).toBeUndefined();
		expect(decisionSchema.safeParse({ ...form, treatment: ' ' }).success).toBe(false);
	});
});

describe('points over time', () => {
	test('rise on the day and lapse with the cycle', () => {
		const facts = [general('a', '2025-10-01'), general('b', '2026-03-01')];
		const history = accountHistory(street, facts, '2026-11-22');
		expect(history.map(({ balance }) => balance)).toEqual([0, 50, 100, 50, 50]);
		expect(history.map(({ day }) => day)).toEqual([
			'2025-09-30',
			'2025-10-01',
			'2026-03-01',
			'2026-10-02',
			'2026-11-22'
		]);
	});
	test('nothing happened: nothing to draw', () =>
		expect(accountHistory(street, [], '2026-11-22')).toEqual([]));
	test('bands begin at the lower end going up, at the upper one going down', () => {
		expect(bandEdges(street).map(({ hundredths }) => hundredths)).toEqual([300, 600, 1200]);
		const down = read('changzhou-2021');
		expect(bandEdges(down).map(({ hundredths }) => hundredths)).toEqual(
			down.bands.slice(1).map(({ below }) => below)
		);
	});
});
