import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { evaluate, fromHundredths, type Fact } from '#scoring';
import { fact, streetBase } from './packs.ts';

interface SituationFact {
	kind: string;
	on: string;
	id?: string;
	hazard?: string;
	times?: number;
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
	};
}

const file = new URL('./situations/street-base.yaml', import.meta.url);
const situations = parse(readFileSync(file, 'utf8')) as Situation[];

const hazardKinds: Record<string, Fact['data']> = {
	general: { severity: 'general', measure: 'deadline', recurrence: false },
	recurrent: { severity: 'general', measure: 'deadline', recurrence: true },
	major: { severity: 'major', measure: 'deadline', recurrence: false }
};

function factsOf({ kind, on, id, hazard, times = 1, data }: SituationFact, line: number): Fact[] {
	return Array.from({ length: times }, (_, turn) =>
		fact(
			hazardKinds[kind] ? 'hazard.found' : kind,
			on,
			{ hazardId: hazard ?? `hazard-${line}-${turn}`, ...hazardKinds[kind], ...data },
			id ? { id } : {}
		)
	);
}

describe('street-base', () => {
	it.each(situations)('$name', ({ as_of, facts, expect: expected }) => {
		const account = evaluate(streetBase, facts.flatMap(factsOf), as_of);
		expect({ points: fromHundredths(account.balance), band: account.band?.name ?? null }).toEqual({
			points: expected.points,
			band: expected.band
		});
		if (expected.pending !== undefined) {
			expect(account.pendingBand?.name ?? null).toBe(expected.pending);
		}
		if (expected.measures) expect(account.measures.map(({ name }) => name)).toEqual(expected.measures);
		if (expected.next !== undefined) {
			const next = account.next && [account.next.band.name, fromHundredths(account.next.distance)];
			expect(next).toEqual(expected.next);
		}
	});

	it('says of itself and of every clause that it is a sample', () => {
		expect(streetBase.isSample).toBe(true);
		expect(streetBase.name).toContain('示例');
		expect(streetBase.clauses.every(({ isSample }) => isSample)).toBe(true);
	});

	it('has a situation on both sides of every boundary between its bands', () => {
		const tried = new Set(situations.map(({ expect: { points } }) => points * 100));
		for (const { from } of streetBase.bands.slice(1)) {
			expect(tried).toContain(from);
			expect(tried).toContain(from! - 25);
		}
	});
});
