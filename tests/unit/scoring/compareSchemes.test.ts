import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { diff, evaluate, type Fact, type Pack } from '#scoring';
import { anyDay, anyFacts, anyPack } from './anyPack.ts';
import { fact, found, ladderDown, ladderUp, loaded, opinion, streetBase } from './packs.ts';

// Many histories are tried; a busy machine may take its time.
vi.setConfig({ testTimeout: 30_000 });

const asOf = '2026-06-30';

const of = (subject: string, ...facts: Fact[]): [string, Fact[]] => [
	subject,
	facts.map((each) => ({ ...each, subject }))
];

const briefly = ({ changes }: ReturnType<typeof diff>) =>
	changes.map(({ subject, before, after, direction, causes }) => [
		subject,
		before.band?.key ?? null,
		after.band?.key ?? null,
		direction,
		causes
	]);

/** The next year's draft: a major hazard takes effect at sealing and costs 6 instead of 3. */
const stricter = loaded({
	...streetBase.document,
	version: '2027.1',
	clauses: streetBase.document.clauses.map((clause) =>
		clause.code === '1.3' ? { ...clause, points: 6, takes_effect: 'sealing' as const } : clause
	)
});

describe('diff: who changes band under another version, and why', () => {
	const facts = new Map([
		of('甲', found('2026-03-01')),
		of('乙', found('2026-03-01', { severity: 'major', hazardId: 'h1' }), found('2026-03-02')),
		of('丙', found('2026-04-01', { severity: 'major', hazardId: 'h2' })),
		of('丁', fact('inspection.completed', '2026-03-01'))
	]);
	const comparison = diff(streetBase, stricter, facts, asOf);

	it('names those who change, and only those, with both accounts', () => {
		expect(briefly(comparison)).toEqual([
			['乙', 'normal', 'focus', 'worse', ['entries']],
			['丙', null, 'focus', null, ['entries', 'evaluation']]
		]);
		const [{ before, after }] = comparison.changes as [(typeof comparison.changes)[0]];
		expect([before.balance, after.balance]).toEqual([50, 650]);
		expect([before.pack.version, after.pack.version]).toEqual(['2026.1', '2027.1']);
	});

	it('says which facts both take differently', () => {
		const [{ entries }] = comparison.changes as [(typeof comparison.changes)[0]];
		expect(entries).toMatchObject([
			{
				before: { clause: '1.3', points: 300, counts: 'pending' },
				after: { points: 600, counts: 'effective' }
			}
		]);
	});

	it('counts how many go from where to where, those that stay included', () => {
		expect(comparison.subjects).toBe(4);
		expect(
			comparison.flows.map(({ before, after, subjects }) => [
				before?.key ?? null,
				after?.key ?? null,
				subjects
			])
		).toEqual([
			[null, 'focus', 1],
			['normal', 'normal', 2],
			['normal', 'focus', 1]
		]);
	});

	it('a ladder that moves is the cause where no entry changes', () => {
		const lower = loaded({
			...ladderUp,
			version: '2',
			bands: ladderUp.bands.map((band) => ({
				...band,
				...(band.from === 3 && { from: 2 }),
				...(band.below === 3 && { below: 2 })
			}))
		});
		const two = new Map([of('甲', opinion('2026-03-01', 2)), of('乙', opinion('2026-03-01', 1.99))]);
		expect(briefly(diff(loaded(ladderUp), lower, two, asOf))).toEqual([
			['甲', 'normal', 'warning', 'worse', ['bands']]
		]);
	});

	it('different schemes are compared by the common levels: the start is a cause of its own', () => {
		const two = new Map([of('甲', opinion('2026-03-01', 5)), of('乙', opinion('2026-03-01', 1))]);
		const [up, down] = [loaded(ladderUp), loaded(ladderDown)];
		expect(diff(up, down, two, asOf).changes).toEqual([]);
		const seven = new Map([of('丙', opinion('2026-03-01', 4), opinion('2026-03-02', 2))]);
		expect(briefly(diff(up, down, seven, asOf))).toEqual([
			['丙', 'focus', 'warning', 'better', ['entries', 'start', 'bands']]
		]);
	});

	it('facts that the other pack cannot read are named with the reason, and the rest is compared', () => {
		const [up, down] = [
			loaded(ladderUp),
			loaded({
				...ladderUp,
				version: '2',
				clauses: ladderUp.clauses.map((clause) => ({ ...clause, points: { min: 0.01, max: 4 } }))
			})
		];
		const three = new Map([
			of('甲', opinion('2026-03-01', 5), opinion('2026-03-02', 1)),
			of('乙', opinion('2026-03-01', 3)),
			of('丙', { ...opinion('2026-03-01', 3), occurredOn: '2026-02-30' })
		]);
		const { subjects, unreadable, flows } = diff(up, down, three, asOf);
		expect(subjects).toBe(1);
		expect(flows.map((flow) => flow.subjects)).toEqual([1]);
		const [tooMany, noDay] = unreadable;
		expect(tooMany).toMatchObject({ subject: '甲', before: [], after: [{ reason: 'fact_points' }] });
		expect(tooMany!.after[0]).toMatchObject({
			fact: three.get('甲')![0]!.id,
			parameters: { got: '5', min: '0.01', max: '4' }
		});
		expect(noDay).toMatchObject({
			subject: '丙',
			before: [{ reason: 'fact_day' }],
			after: [{ reason: 'fact_day' }]
		});
		// Not known then, so nothing to read.
		const past = diff(up, down, new Map([of('甲', opinion('2026-07-01', 5))]), asOf);
		expect([past.subjects, past.unreadable]).toEqual([1, []]);
	});

	it('only what was known then, when asked so', () => {
		const late = { ...found('2026-03-01', { severity: 'major' }), recordedAt: '2026-05-01T00:00:00Z' };
		const one = new Map([of('甲', late)]);
		expect(diff(streetBase, stricter, one, asOf, { knownAt: '2026-04-01T00:00:00Z' }).changes).toEqual([]);
		expect(diff(streetBase, stricter, one, asOf, { knownAt: '2026-06-01T00:00:00Z' }).changes).toHaveLength(
			1
		);
	});
});

const bySubject = (facts: Fact[]) => Map.groupBy(facts, ({ subject }) => subject);
const anything = anyPack.chain((pack) => fc.tuple(fc.constant(pack), anyFacts(pack), anyDay));

describe('diff of any packs', { timeout: 60_000 }, () => {
	it('a pack against itself changes nobody', () => {
		fc.assert(
			fc.property(anything, ([pack, facts, day]) => {
				const { changes, flows } = diff(pack, pack, bySubject(facts), day);
				expect(changes).toEqual([]);
				for (const { before, after } of flows) expect(before).toBe(after);
			})
		);
	});

	it('is what evaluating every account under both would tell, and there is always a cause', () => {
		const versions = fc.tuple(anything, anyPack).map(([[before, facts, day], after]) => {
			return [before, { ...after, id: before.id }, facts, day] as [Pack, Pack, Fact[], string];
		});
		fc.assert(
			fc.property(versions, ([before, after, facts, day]) => {
				const subjects = bySubject(facts);
				const isOther = ([, own]: [string, Fact[]]) =>
					evaluate(before, own, day).band?.key !== evaluate(after, own, day).band?.key;
				const { changes, flows } = diff(before, after, subjects, day);
				expect(changes.map(({ subject }) => subject)).toEqual(
					[...subjects].filter(isOther).map(([subject]) => subject)
				);
				for (const { causes } of changes) expect(causes).not.toEqual([]);
				expect(flows.reduce((sum, flow) => sum + flow.subjects, 0)).toBe(subjects.size);
			})
		);
	});
});
