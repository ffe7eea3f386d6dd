import { describe, expect, test } from 'vitest';
import { composeChecklist } from '#lib/checklist/checklist.ts';
import { readSeedLibrary } from '../../../src/commands/generate/seedFiles.ts';

const { siteTypes, riskTags, versions } = readSeedLibrary();

/** Exactly the clauses that docs of the project's domain give; another one needs its source first. */
const citable =
	/^《安全生产法》第(二十二|二十四|二十八|三十六|四十|四十一|四十二|四十三|四十六|四十九)条(第四款)?$/;
const criteria = '《工贸企业重大事故隐患判定标准》（应急管理部令第10号）第三条';

describe('the checklists that are shipped', () => {
	test('there are twenty kinds of site, each with a list of its own of 8 to 15 items', () => {
		expect(siteTypes).toHaveLength(20);
		for (const { code } of siteTypes) {
			const own = versions.filter(({ kind, target }) => kind === 'site_type' && target === code);
			expect(own.map(({ items }) => items.length >= 8 && items.length <= 15)).toEqual([true]);
		}
	});

	test('every risk tag has a list of 4 to 8 items, and no list is without its kind or tag', () => {
		for (const { code } of riskTags) {
			const own = versions.filter(({ kind, target }) => kind === 'risk_tag' && target === code);
			expect(own.map(({ items }) => items.length >= 4 && items.length <= 8)).toEqual([true]);
		}
		expect(versions).toHaveLength(1 + siteTypes.length + riskTags.length);
	});

	test('everything says that it is a sample and where it is from', () => {
		const shipped = [...siteTypes, ...riskTags, ...versions, ...versions.flatMap(({ items }) => items)];
		expect(shipped.filter(({ isSample, source }) => !isSample || !source)).toEqual([]);
	});

	test('a legal basis is a clause we have read, or none', () => {
		const bases = versions.flatMap(({ items }) => items.map(({ legalBasis }) => legalBasis));
		const unknown = bases.filter((basis) => basis !== null && basis !== criteria && !citable.test(basis));
		expect(unknown).toEqual([]);
	});

	test('an item that two lists share reads the same in both, whatever the part', () => {
		const texts = new Map<string, string>();
		for (const { code, text, acceptance } of versions.flatMap(({ items }) => items)) {
			expect(texts.get(code) ?? text + acceptance).toBe(text + acceptance);
			texts.set(code, text + acceptance);
		}
	});

	test('the fullest place is still asked fewer than 60 questions', () => {
		const { sections } = composeChecklist({
			siteType: 'machining',
			tags: ['combustible_dust', 'special_equipment', 'hot_work', 'spray_coating'],
			versions,
			failedBefore: new Set()
		});
		expect(sections.flatMap(({ items }) => items).length).toBeLessThan(60);
	});
});
