import { expect, test } from 'vitest';
import { clauseText } from '#lib/messages/clause.ts';
import { loadTranslate } from '#lib/messages/index.ts';

test.each([
	['10.1', '第10条第1款', 'Article 10, paragraph 1'],
	['7', '第7条', 'Article 7'],
	['减免1', '减免1', '减免1']
])('the clause of code %s is called %s', async (code, chinese, english) => {
	expect(clauseText(code, await loadTranslate('zh-CN'))).toBe(chinese);
	expect(clauseText(code, await loadTranslate('en'))).toBe(english);
});
