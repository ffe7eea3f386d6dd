/** Any pack, and any facts of any number of subjects that its clauses may ask about: for property tests. */
import fc from 'fast-check';
import { checkFact, type Fact, type FactValue, type Pack, type PackDocument } from '#scoring';
import { ladderDown, ladderUp, loaded } from './packs.ts';

export const anyDay = fc
	.integer({ min: Date.UTC(2023, 10, 1) / 86_400_000, max: Date.UTC(2027, 5, 30) / 86_400_000 })
	.map((number) => new Date(number * 86_400_000).toISOString().slice(0, 10));

const cycles: PackDocument['cycle'][] = [
	{ kind: 'calendar_year', at_end: '清零' },
	{ kind: 'rolling_months', months: 12, at_end: '清零' },
	{ kind: 'rolling_months', months: 5, at_end: '清零' },
	{ kind: 'first_entry', months: 12, at_end: '清零' },
	{ kind: 'per_inspection', by: 'visit', at_end: '清零' },
	{ kind: 'none' }
];

type ClauseDocument = PackDocument['clauses'][number];

const cap = fc.option(fc.integer({ min: 8, max: 20 }), { nil: undefined });

/** Kinds `k0` to `k4` with attributes `size` (numbers), `risk` (words) and `late` (yes or no). */
const anyClause = (kind: string, code: string): fc.Arbitrary<ClauseDocument> =>
	fc
		.record({
			points: fc.oneof(
				fc.integer({ min: 0, max: 32 }).map((quarters) => quarters / 4),
				fc.constant({ min: 0.25, max: 8 })
			),
			cap,
			credit: fc.nat(4),
			confirmed: fc.nat(2),
			where: fc.constantFrom<ClauseDocument['matches'][number]['where']>(
				undefined,
				undefined,
				undefined,
				{ size: { at_least: 20, below: 60 } },
				{ risk: ['high', 'low'] },
				{ risk: 'high', late: true },
				{ late: false, size: { below: 50 } }
			),
			from: fc.constantFrom('2020-01-01', '2025-03-01'),
			repeated: fc.nat(9)
		})
		.map(({ points, cap: most, credit, confirmed, where, from, repeated }) => ({
			code,
			aspect: kind < 'k2' ? 'one' : 'two',
			text: '测试',
			kind: credit === 0 ? 'credit' : 'charge',
			points,
			...(most !== undefined && { cap: most }),
			takes_effect: confirmed === 0 ? 'confirmation' : 'sealing',
			...(repeated === 0 && credit !== 0 && { repeated: { from: 2, points: 1 } }),
			priority: Number(code.slice(3)),
			valid: { from },
			matches: [{ kind, ...(where && { where }) }],
			is_sample: true
		}));

const relief: ClauseDocument[] = [
	{
		code: '9.1',
		aspect: 'one',
		kind: 'reduction',
		text: '测试',
		share_percent: 60,
		reduces: { clauses: ['k0.1', 'k1.1', 'k2.1', 'k3.1'], by: 'hazardId' },
		matches: [{ kind: 'rectified' }],
		is_sample: true
	},
	{
		code: '9.2',
		aspect: 'two',
		kind: 'aggravation',
		text: '测试',
		points: 1,
		aggravates: { clauses: ['k1.1', 'k2.1'], by: 'hazardId' },
		matches: [{ kind: 'failed' }],
		is_sample: true
	}
];

/** Packs up and down, capped or not, of every cycle; what the checks refuse is not offered. */
export const anyPack: fc.Arbitrary<Pack> = fc
	.record({
		ladder: fc.constantFrom(ladderUp, ladderDown),
		cycle: fc.constantFrom(...cycles),
		packCap: cap,
		aspectCap: cap,
		needsConfirmation: fc.boolean(),
		hasRelief: fc.boolean(),
		clauses: fc.tuple(
			...['k0', 'k1', 'k2', 'k3', 'k4'].flatMap((kind) => [
				anyClause(kind, `${kind}.1`).map((clause) => ({ ...clause, kind: 'charge' as const })),
				anyClause(kind, `${kind}.2`)
			])
		)
	})
	.map(({ ladder, cycle, packCap, aspectCap, needsConfirmation, hasRelief, clauses }) =>
		loadedOrNull({
			...ladder,
			cycle,
			...(packCap !== undefined && { cap: packCap * 2 }),
			aspects: [
				{ key: 'one', name: '一', ...(aspectCap !== undefined && { cap: aspectCap }) },
				{ key: 'two', name: '二' }
			],
			clauses: [...clauses, ...(hasRelief ? relief : [])],
			bands: ladder.bands.map((band, rank) => ({
				...band,
				needs_confirmation: needsConfirmation && rank > 1
			}))
		})
	)
	.filter((pack) => pack !== null);

function loadedOrNull(document: PackDocument): Pack | null {
	try {
		return loaded(document);
	} catch {
		return null;
	}
}

const choose = (values: FactValue[]): fc.Arbitrary<FactValue> => fc.constantFrom(...values);

/** What the clauses of a pack can tell apart: each value they name, the ends of each range, and something else. */
function attributesOf(pack: Pack): Record<string, FactValue[]> {
	const values: Record<string, FactValue[]> = {};
	for (const { patterns } of pack.writers) {
		for (const [name, condition] of patterns.flatMap(({ where }) => Object.entries(where ?? {}))) {
			const named =
				typeof condition === 'object' && condition !== null && !Array.isArray(condition)
					? [condition.at_least, condition.below].flatMap((end) =>
							end === undefined ? [] : [end, end - 0.25]
						)
					: [condition].flat();
			values[name] = [...(values[name] ?? []), ...named, 'else'];
		}
	}
	return values;
}

const decisionKinds = [
	'decision.confirmed',
	'decision.appealed',
	'decision.upheld',
	'decision.reduced',
	'decision.reversed'
];

/** Facts of up to three subjects, decisions and withdrawals among them. */
export function anyFacts(pack: Pack): fc.Arbitrary<Fact[]> {
	// What is tied to other entries comes often enough to meet them.
	const tied = pack.writers.flatMap(({ reduces, aggravates, patterns }) =>
		reduces || aggravates ? patterns.map(({ kind }) => kind) : []
	);
	const kinds = [...pack.clausesOfKind.keys(), ...tied, ...tied, ...pack.evaluatedBy, 'unheard.of'];
	// Every made-up range takes a quarter to eight; below zero a fact may only be where the pack gives back so.
	const givesBack = pack.writers.some(({ points }) => points !== null && points.min < 0);
	const least = givesBack ? -300 : 25;
	const happening = fc.record({
		kind: fc.constantFrom(...kinds),
		data: fc.record(
			Object.fromEntries(Object.entries(attributesOf(pack)).map(([name, values]) => [name, choose(values)])),
			{ requiredKeys: [] }
		),
		hazardId: fc.constantFrom('h1', 'h1', 'h2', null, undefined),
		visit: fc.constantFrom('v1', 'v2', 'v3'),
		points: fc.integer({ min: least, max: 800 })
	});
	const by = pack.cycle.kind === 'per_inspection' ? pack.cycle.by : 'visit';
	const written = fc
		.array(fc.tuple(fc.nat(2), anyDay, anyDay, happening), { maxLength: 40, size: 'max' })
		.map((rows) =>
			rows.map(([subject, occurredOn, recorded, { kind, data, hazardId, visit, points }], place) => ({
				id: `f${place}`,
				subject: `示例企业${subject}`,
				kind,
				occurredOn,
				recordedAt: `${recorded}T08:00:00Z`,
				data: {
					...(data as Fact['data']),
					...(hazardId !== undefined && { hazardId }),
					[by]: visit,
					points: points / 100
				}
			}))
		)
		.map((facts) => facts.filter((fact) => checkFact(pack, fact) === null));
	const decided = fc.oneof(
		fc.constant([]),
		fc.array(
			fc.tuple(
				fc.constantFrom(...decisionKinds, 'fact.withdrawn', 'decision.band_confirmed'),
				fc.nat(39),
				anyDay
			),
			{ maxLength: 3 }
		)
	);
	return fc.tuple(written, decided).map(([facts, decisions]) => [
		...facts,
		...decisions.flatMap(([kind, target, day], place) => {
			const about = facts[target];
			if (!about) return [];
			const data = { entry: about.id, fact: about.id, points: 0.5, band: pack.bands.at(-1)!.key };
			const recordedAt = `${day}T09:00:00Z`;
			return [{ id: `d${place}`, subject: about.subject, kind, occurredOn: day, recordedAt, data }];
		})
	]);
}
