import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { attention, attentionSchema, attentionScore, type SiteRecord } from '#scoring';

const parameters = attentionSchema.parse(
	parse(readFileSync(new URL('../../../scoring/attention/dynamic-risk.yaml', import.meta.url), 'utf8'))
);

const site = (more: Partial<SiteRecord> & { id: string }): SiteRecord => ({
	kind: 'restaurant',
	place: 'a',
	inspections: 0,
	generalHazards: 0,
	majorHazards: 0,
	hasOpenMajor: false,
	isOverdue: false,
	...more
});

describe('the worked example of the design', () => {
	const there = { kindRate: 1.2, observed: 90, expected: 60, streetRate: 1 };

	test('a site nobody has seen, in a community with half as much again as expected: 60', () => {
		expect(attentionScore(parameters, { ...there, weightedHazards: 0, inspections: 0 })).toEqual({
			score: 60,
			neighbourhood: 1.25
		});
	});

	test('four clean checks there: 33', () => {
		expect(attentionScore(parameters, { ...there, weightedHazards: 0, inspections: 4 }).score).toBe(33);
	});
});

describe('a street', () => {
	const street = [
		site({ id: 'seen', inspections: 4, generalHazards: 6 }),
		site({ id: 'unseen' }),
		site({ id: 'clean', inspections: 6 }),
		site({ id: 'hotel', kind: 'lodging', place: 'b', inspections: 2, majorHazards: 1 }),
		site({ id: 'nowhere', place: null, inspections: 1, generalHazards: 1 })
	];

	test('compares each site with the others, never with itself', () => {
		const { seen, unseen } = Object.fromEntries(attention(parameters, street));
		// Of the restaurants without itself: 1 hazard in 7 checks.
		expect(seen!.kindRate).toBeCloseTo(1 / 7);
		expect(unseen!.kindRate).toBeCloseTo(7 / 11);
		expect(unseen!.isEstimate).toBe(true);
	});

	test('a kind that nobody else stands for goes by the street', () => {
		const hotel = attention(parameters, street).get('hotel')!;
		expect(hotel.isStreetRate).toBe(true);
		expect(hotel.kindRate).toBe(hotel.streetRate);
	});

	test('an open 重大 lifts to 80, an overdue hazard to 60, and a higher score stays', () => {
		const scores = (more: Partial<SiteRecord>) =>
			attention(parameters, [...street, site({ id: 'x', inspections: 9, ...more })]).get('x')!;
		expect(scores({ hasOpenMajor: true, isOverdue: true })).toMatchObject({
			score: 80,
			lifted: 'open_major'
		});
		expect(scores({ isOverdue: true })).toMatchObject({ score: 60, lifted: 'overdue' });
		expect(scores({ generalHazards: 90, isOverdue: true })).toMatchObject({ lifted: null });
	});

	test('where nobody was inspected there is no number', () => {
		expect(attention(parameters, [site({ id: 'x' })]).get('x')!.score).toBeNull();
	});
});

const sites = fc
	.array(
		fc.record({
			kind: fc.constantFrom('restaurant', 'lodging', 'workshop'),
			place: fc.constantFrom('a', 'b', null),
			inspections: fc.nat(12),
			generalHazards: fc.nat(20),
			majorHazards: fc.nat(3),
			hasOpenMajor: fc.boolean(),
			isOverdue: fc.boolean()
		}),
		{ minLength: 1, maxLength: 30 }
	)
	.map((records) => records.map((record, index): SiteRecord => ({ ...record, id: `site ${index}` })));

test('whatever the street is like, a score is a whole number from 0 to 100 or none, in any order of the sites', () => {
	fc.assert(
		fc.property(sites, (street) => {
			const result = attention(parameters, street);
			const turned = attention(parameters, street.toReversed());
			for (const { id } of street) {
				const { score, neighbourhood } = result.get(id)!;
				if (score !== null) expect(Number.isInteger(score) && score >= 0 && score <= 100).toBe(true);
				expect(neighbourhood).toBeGreaterThanOrEqual(0.8);
				expect(neighbourhood).toBeLessThanOrEqual(1.25);
				expect(turned.get(id)!.score).toBe(score);
			}
		})
	);
});

test('one more hazard of its own never makes a site look safer', () => {
	fc.assert(
		fc.property(sites, (street) => {
			const [first, ...rest] = street as [SiteRecord, ...SiteRecord[]];
			const input = { kindRate: 1.2, observed: rest.length, expected: 5, streetRate: 1 };
			const score = (weightedHazards: number) =>
				attentionScore(parameters, { ...input, weightedHazards, inspections: first.inspections }).score!;
			expect(score(first.generalHazards + 1)).toBeGreaterThanOrEqual(score(first.generalHazards));
		})
	);
});

test('own evidence drowns the neighbourhood', () => {
	const between = (inspections: number) => {
		const [bad, good] = [1_000, 0].map(
			(observed) =>
				attentionScore(parameters, {
					weightedHazards: 0,
					inspections,
					kindRate: 1.2,
					observed,
					expected: 60,
					streetRate: 1
				}).score!
		);
		return bad! - good!;
	};
	expect(between(0)).toBeGreaterThan(between(4));
	expect(between(4)).toBeGreaterThan(between(30));
});
