import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { evaluate, fromHundredths, type Fact } from '#scoring';
import { fact, shipped } from './packs.ts';

/** Shorthands of the tables: `points` and `clause` are attributes; so is `hazard`, as `hazardId`. */
interface SituationFact {
	kind: string;
	on: string;
	id?: string;
	hazard?: string;
	times?: number;
	points?: number;
	clause?: string;
	data?: Fact['data'];
}

interface Situation {
	name: string;
	as_of: string;
	facts: SituationFact[];
	expect: {
		points: number;
		band: string | null;
		pending?: string | null;
		measures?: string[];
		next?: [string, number] | null;
		/** 条款 and points of what is in effect. */
		entries?: [string, number][];
		/** Of each further scale the band. */
		scales?: Record<string, string | null>;
	};
}

const folder = new URL('./situations/', import.meta.url);
const tables = readdirSync(folder).map((name) => ({
	pack: shipped(name.replace(/\.yaml$/, '')),
	situations: parse(readFileSync(new URL(name, folder), 'utf8')) as Situation[]
}));

const hazardKinds: Record<string, Fact['data']> = {
	general: { severity: 'general', measure: 'deadline', recurrence: false },
	recurrent: { severity: 'general', measure: 'deadline', recurrence: true },
	major: { severity: 'major', measure: 'deadline', recurrence: false }
};

function factsOf(one: SituationFact, line: number): Fact[] {
	const { kind, on, id, hazard, times = 1, points, clause, data } = one;
	const given = { ...(points !== undefined && { points }), ...(clause !== undefined && { clause }) };
	return Array.from({ length: times }, (_, turn) =>
		fact(
			hazardKinds[kind] ? 'hazard.found' : kind,
			on,
			{ hazardId: hazard ?? `hazard-${line}-${turn}`, ...hazardKinds[kind], ...given, ...data },
			id ? { id } : {}
		)
	);
}

describe.each(tables)('$pack.id', ({ pack, situations }) => {
	it.each(situations)('$name', ({ as_of, facts, expect: expected }) => {
		const account = evaluate(pack, facts.flatMap(factsOf), as_of);
		const said = {
			points: fromHundredths(account.balance),
			band: account.band?.name ?? null,
			pending: account.pendingBand?.name ?? null,
			measures: account.measures.map(({ name }) => name),
			next: account.next && [account.next.band.name, fromHundredths(account.next.distance)],
			entries: account.entries
				.filter(({ counts }) => counts === 'effective')
				.map(({ clause, points }) => [clause, fromHundredths(points)]),
			scales: Object.fromEntries(account.scales.map(({ key, band }) => [key, band?.name ?? null]))
		};
		expect(said).toMatchObject(expected);
	});

	it('has a situation on both sides of every boundary between its bands', () => {
		const tried = new Set(situations.map(({ expect: { points } }) => Math.round(points * 100)));
		const ladders = [pack.bands, ...pack.scales.map(({ bands }) => bands)];
		// The nearest balance below that the scheme's own points can make: quarters in street-base, else 0.01.
		const step = pack.id === 'street-base' ? 25 : pack.id === 'sf-lives' ? 100 : 1;
		for (const { from } of ladders.flat()) {
			if (from === null || from === pack.floor) continue;
			expect(tried).toContain(from);
			expect(tried).toContain(from - step);
		}
	});
});

it('every shipped pack has its table', () => {
	const packs = readdirSync(new URL('../../../scoring/packs/', import.meta.url));
	expect(readdirSync(folder).sort()).toEqual(packs.sort());
});
