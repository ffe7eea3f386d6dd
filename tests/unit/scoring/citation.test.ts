import { describe, expect, it } from 'vitest';
import { citable, columnsOf, compile, evaluate, provisional, type Fact, type Pack } from '#scoring';
import { found, shipped, streetBase } from './packs.ts';

const chongming = shipped('chongming-2020');
const jinshan = shipped('jinshan-2019');
const asOf = '2026-06-30';
const day = '2026-03-01';

interface Outcome {
	clause: string | null;
	citedInVain: string | null;
}

const entryUnder = (pack: Pack, fact: Fact): Outcome => {
	const { entries, trace } = evaluate(pack, [fact], asOf, { trace: true });
	return { clause: entries[0]?.clause ?? null, citedInVain: trace![0]!.citedInVain };
};

describe('a clause that a person cites on site', () => {
	it.each<{ says: string; data: Fact['data']; here: Outcome; there: Outcome }>([
		{
			says: 'is the one the entry stands under; under another scheme it is read as none',
			data: { clause: '10.1', scheme: 'chongming-2020' },
			here: { clause: '10.1', citedInVain: null },
			there: { clause: '4.2', citedInVain: '10.1' }
		},
		{
			says: 'is not mistaken for the clause of the same code of another scheme',
			data: { clause: '1.1', scheme: 'jinshan-2019' },
			here: { clause: '15.2', citedInVain: '1.1' },
			there: { clause: '1.1', citedInVain: null }
		},
		{
			says: 'is read by every scheme where the fact names none',
			data: { clause: '1.1' },
			here: { clause: '1.1', citedInVain: null },
			there: { clause: '1.1', citedInVain: null }
		},
		{
			says: 'that the scheme does not have leaves it to do what it does without',
			data: { clause: '99.9', scheme: 'chongming-2020' },
			here: { clause: '15.2', citedInVain: '99.9' },
			there: { clause: '4.2', citedInVain: '99.9' }
		},
		{
			says: 'gives way to a clause of higher priority, such as that for 重大隐患',
			data: { clause: '10.1', scheme: 'chongming-2020', severity: 'major' },
			here: { clause: '15.3', citedInVain: '10.1' },
			there: { clause: '4.3', citedInVain: '10.1' }
		}
	])('$says', ({ data, here, there }) => {
		const fact = found(day, { hazardId: 'h', ...data });
		expect(entryUnder(chongming, fact)).toEqual(here);
		expect(entryUnder(jinshan, fact)).toEqual(there);
	});

	it('counts in bulk as it counts alone, whichever scheme it names, in shapes or beside them', () => {
		const facts = [undefined, null, 'chongming-2020', 'jinshan-2019'].flatMap((scheme, i) =>
			['1.1', '10.1', '99.9'].map((clause, j) => ({
				...found(day, { hazardId: `h${i}${j}`, clause, ...(scheme !== undefined && { scheme }) }),
				subject: `s${i}${j}`
			}))
		);
		for (const pack of [chongming, jinshan]) {
			const { subjects, balance } = compile(pack)(columnsOf(facts), asOf);
			const alone = subjects.map(
				(subject) =>
					evaluate(
						pack,
						facts.filter((fact) => fact.subject === subject),
						asOf
					).balance
			);
			expect([...balance]).toEqual(alone);
			expect(new Set(alone).size).toBeGreaterThan(1);
		}
	});
});

describe('what may be cited', () => {
	const codes = (pack: Pack, data: Fact['data']) => citable(pack, found(day, data)).map(({ code }) => code);

	it('are the clauses that the fact chooses, not those that the pack chooses by itself', () => {
		const chosen = codes(chongming, { severity: 'general' });
		expect(chosen).toContain('10.1');
		expect(chosen).not.toContain('15.2');
		expect(chosen).not.toContain('减免1');
		expect(codes(chongming, { severity: 'general', clause: '1.1', scheme: 'other' })).toEqual(chosen);
		expect(codes(jinshan, { severity: 'general' })).toContain('1.1');
		expect(codes(streetBase, { severity: 'general' })).toEqual([]);
	});

	it('are none where another clause has the fact anyway', () => {
		expect(codes(chongming, { severity: 'major' })).toEqual([]);
	});

	it('each give what they say', () => {
		for (const clause of citable(chongming, found(day, { severity: 'general' }))) {
			const cited = found(day, { severity: 'general', clause: clause.code, scheme: chongming.id });
			const { entries } = provisional(chongming, [], [cited], asOf);
			expect([entries[0]!.clause, entries[0]!.nominal]).toEqual([clause.code, clause.points!.min]);
		}
	});
});
