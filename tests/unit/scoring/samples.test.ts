import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { shipped, streetBase } from './packs.ts';

const ids = readdirSync(new URL('../../../scoring/packs/', import.meta.url)).map((name) =>
	name.replace(/\.yaml$/, '')
);

describe('what is said to be a sample', () => {
	it('street-base: itself and every clause', () => {
		expect(streetBase.isSample).toBe(true);
		expect(streetBase.name).toContain('示例');
		expect(streetBase.clauses.every(({ isSample }) => isSample)).toBe(true);
	});

	it.each(ids)('%s says in its name that it holds samples, where it does', (id) => {
		const pack = shipped(id);
		expect(pack.name.includes('示例')).toBe(pack.clauses.some(({ isSample }) => isSample));
	});

	/** Points that a published source states (domain facts); all others of the packs are ours. */
	const stated: Record<string, string[]> = {
		'jinshan-2019': [],
		'chongming-2020': ['10.1'],
		'changzhou-2021': [],
		'songjiang-2024': [],
		'sf-lives': ['high', 'moderate', 'low', 'none'],
		'street-base': []
	};
	it.each(ids)('%s: only clauses whose points a source states are none', (id) => {
		const official = shipped(id).clauses.filter(({ isSample }) => !isSample);
		expect(official.map(({ code }) => code)).toEqual(stated[id]);
	});

	it('bands: those of Jinshan from 6, those of Chongming from 0.01, no cut-off of Changzhou or Songjiang', () => {
		const official = (id: string) =>
			shipped(id)
				.bands.filter(({ isSample }) => !isSample)
				.map(({ name }) => name);
		expect(official('jinshan-2019')).toEqual(['预警值', '防护网', '高压线']);
		expect(official('chongming-2020')).toEqual(['乡镇监管', '满12分', '满18分']);
		expect([...official('changzhou-2021'), ...official('songjiang-2024')]).toEqual([]);
		expect(shipped('chongming-2020').scales[0]!.isSample).toBe(true);
	});
});

describe('what the sources count', () => {
	const articles = (id: string) => new Set(shipped(id).clauses.map(({ code }) => code.split('.')[0]!));

	it('Chongming: fifteen items in five aspects', () => {
		const { aspects } = shipped('chongming-2020');
		expect(aspects.map(({ name }) => name)).toEqual([
			'基础管理',
			'隐患排查',
			'应急管理',
			'其他管理',
			'作业现场'
		]);
		const numbered = [...articles('chongming-2020')].filter((article) => /^[1-9]\d*$/.test(article));
		expect(numbered.length).toBe(15);
	});

	it('Jinshan: six aspects; the seven duties of article 21, each its own clause', () => {
		const { aspects, clauses } = shipped('jinshan-2019');
		expect(aspects.length).toBe(6);
		const duties = clauses.flatMap(({ basis }) =>
			basis.flatMap(({ text }) => /第二十一条第（(.)）项/.exec(text)?.[1] ?? [])
		);
		expect([...new Set(duties)].sort()).toEqual([...'一二三四五六七'].sort());
	});

	it('Changzhou: four parts, three levels of government', () => {
		const { aspects, bands, start } = shipped('changzhou-2021');
		expect([aspects.length, start]).toEqual([4, 1200]);
		expect(bands.flatMap(({ acts }) => acts?.key ?? [])).toEqual(['town', 'county', 'city']);
	});

	it('Songjiang: A is the most supervised, D the least', () => {
		const { bands } = shipped('songjiang-2024');
		expect(bands.map(({ key, level }) => [key, level])).toEqual([
			['d', 'normal'],
			['c', 'warning'],
			['b', 'focus'],
			['a', 'highest']
		]);
		expect(bands.map(({ measures }) => measures.map(({ name }) => name).join())).toEqual([
			'无事不扰',
			'主动帮扶',
			'重点抽查',
			'全量体检'
		]);
	});

	it('nothing is public by default but the inspections that San Francisco publishes', () => {
		expect(ids.filter((id) => shipped(id).published)).toEqual(['sf-lives']);
	});
});
