import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { evaluate, type Pack } from '#scoring';
import { fact, shipped } from './packs.ts';

const day = '2026-03-01';
const command = new URL('../../../src/commands/score.ts', import.meta.url).pathname;

/** What the published schemes say, written down once more: the first line whose number is reached. */
const jinshan: [number, string, string[]][] = [
	[12, '高压线', ['对外通报', '作为纳入区危化行业“黑名单”的依据之一']],
	[9, '防护网', ['强制培训', '增加检查频次']],
	[6, '预警值', ['警示约谈']],
	[0, '正常', []]
];
const chongming: [number, string, string[]][] = [
	[18, '满18分', ['有关优惠政策、评优等将一票否决']],
	[12, '满12分', ['抄报区应急管理局', '执法检查，违法从重处罚', '安全生产信用作不良评判']],
	[0.01, '乡镇监管', ['加强监督监察', '约谈企业主要负责人']],
	[0, '未记分', []]
];

const byOpinion = (pack: Pack, points: number) => evaluate(pack, [fact('opinion', day, { points })], day);

describe.each([
	['jinshan-2019', jinshan],
	['chongming-2020', chongming]
])('%s, every hundredth from 0 to 20', (id, ladder) => {
	const pack = shipped(id);
	it('has the band and the measures that its source states', () => {
		for (let hundredths = 0; hundredths <= 2000; hundredths++) {
			const [, name, measures] = ladder.find(([from]) => hundredths >= Math.round(from * 100))!;
			const account = byOpinion(pack, hundredths / 100);
			expect([account.balance, account.band!.name, account.pendingBand]).toEqual([hundredths, name, null]);
			const said = account.measures.map((measure) => measure.name);
			if (hundredths < 1200 || id === 'jinshan-2019') expect(said).toEqual(measures);
			else expect(said).toEqual(expect.arrayContaining(measures));
		}
	});
});

describe('changzhou-2021, from 12 down and back up, by quarters', () => {
	const pack = shipped('changzhou-2021');
	const nameAt = (left: number) =>
		left >= 9 ? '日常监管' : left >= 6 ? '乡镇级管理' : left >= 3 ? '县级管理' : '市级管理';

	it('every step down and every step up finds the same bands', () => {
		const downs = Array.from({ length: 48 }, () => fact('opinion', day, { points: 0.25 }));
		const ups = Array.from({ length: 48 }, (_, i) =>
			i % 2 === 0 ? fact('bonus', day, { points: 0.25 }) : fact('opinion', day, { points: -0.25 })
		);
		const all = [...downs, ...ups];
		for (let steps = 1; steps <= all.length; steps++) {
			const left = steps <= 48 ? 12 - steps / 4 : (steps - 48) / 4;
			const { balance, band } = evaluate(pack, all.slice(0, steps), day);
			expect([balance / 100, band!.name]).toEqual([left, nameAt(left)]);
		}
	});
});

describe('npm run -s score, on the ladders', () => {
	const score = (pack: string, points: number[]) => {
		const lines = points.map((value, index) =>
			JSON.stringify({
				id: `f${index}`,
				subject: `企业${index}`,
				kind: 'opinion',
				occurred_on: day,
				clause: '10.1',
				points: value
			})
		);
		const options = ['--pack', pack, '--facts', '-', '--as-of', '2026-03-31'];
		const { stdout } = spawnSync(process.execPath, [command, ...options], {
			input: lines.join('\n'),
			encoding: 'utf8'
		});
		return stdout
			.split('\n')
			.filter(Boolean)
			.map((line) => JSON.parse(line));
	};

	it('prints bands and measures in the words of the sources', () => {
		const lines = score('jinshan-2019', [5.99, 6, 8.99, 9, 11.99, 12]);
		expect(lines.map(({ points, band, measures }) => [points, band, measures])).toEqual([
			[5.99, '正常', []],
			[6, '预警值', ['警示约谈']],
			[8.99, '预警值', ['警示约谈']],
			[9, '防护网', ['强制培训', '增加检查频次']],
			[11.99, '防护网', ['强制培训', '增加检查频次']],
			[12, '高压线', ['对外通报', '作为纳入区危化行业“黑名单”的依据之一']]
		]);
	});

	it('keeps the clause an opinion names', () => {
		const [line] = score('chongming-2020', [17.99]);
		expect(line).toMatchObject({ band: '满12分', entries: [{ fact: 'f0', clause: '10.1', points: 17.99 }] });
	});
});
