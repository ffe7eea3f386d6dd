import { describe, expect, test } from 'vitest';
import { bandChoice, bandLook, bandRank, bandWord, isSameBand } from '#lib/enterprise/band.ts';
import { loadTranslate } from '#lib/messages/index.ts';

const chinese = await loadTranslate('zh-CN');
const english = await loadTranslate('en');

describe('bands of different schemes on one map', () => {
	test('look alike where the level is the same, and keep the words of their scheme', () => {
		const jinshan = { level: 'warning', name: '预警值' } as const;
		const street = { level: 'warning', name: '预警' } as const;
		expect(bandLook(jinshan)).toEqual(bandLook(street));
		expect([bandWord(jinshan, chinese), bandWord(street, chinese)]).toEqual(['预警值', '预警']);
		expect(isSameBand(jinshan, street)).toBe(false);
	});
	test('未评估 is neither green nor mild', () => {
		expect(bandChoice(null)).toBe('none');
		expect(bandLook(null).shape).toBe('ring');
		expect(bandWord(null, chinese)).toBe('未评估');
		expect(bandRank(null)).toBeLessThan(bandRank({ level: 'normal', name: '正常' }));
	});
	test('a letter says where it stands: 松江’s A is the most supervised', () => {
		expect(bandWord({ level: 'highest', name: 'A' }, chinese)).toBe('A 级（监管最严）');
		expect(bandWord({ level: 'highest', name: 'A级' }, chinese)).toBe('A 级（监管最严）');
		expect(bandWord({ level: 'normal', name: 'D' }, chinese)).toBe('D 级（监管最宽）');
	});
	test('the ladder’s own words are translated, a scheme’s are not', () => {
		expect(bandWord({ level: 'focus', name: '重点' }, english)).toBe('Focus');
		expect(bandWord({ level: 'focus', name: '防护网' }, english)).toBe('防护网');
	});
});
