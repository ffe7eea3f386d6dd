import { expect, test } from 'vitest';
import { draftYaml, draftYear, type Happened } from '#lib/assessment/scheme/weights.server.ts';
import { loadTranslate } from '#lib/messages/index.ts';
import { parsePack } from '#scoring';
import { shipped } from '../scoring/packs.ts';

const pack = shipped('street-base');
const happened: Happened = {
	from: '2025-11-01',
	to: '2026-10-01',
	months: 12,
	today: '2026-11-22',
	checks: 900,
	rows: [
		{
			kind: 'hazard.found',
			attributes: { severity: 'general', recurrence: false },
			occurrences: 400,
			sites: 250,
			again: 30
		},
		{
			kind: 'hazard.found',
			attributes: { severity: 'general', recurrence: true },
			occurrences: 300,
			sites: 60,
			again: 80
		}
	]
};

test('while no month is frozen there is nothing to draft from', () => {
	expect(draftYear(pack, { ...happened, from: null, to: null, months: 0 })).toBeNull();
});

test('the draft begins on the next 1 January and rests on whole months', () => {
	const draft = draftYear(pack, happened)!;
	expect(draft).toMatchObject({ from: '2025-11-01', to: '2026-10-31', begins: '2027-01-01' });
	const of = (code: string) => draft.weights.clauses.find((clause) => clause.code === code);
	expect(of('1.1')).toMatchObject({ occurrences: 400, reason: 'usual' });
	// Half as often as the mean would have it, twice as heavy, and it comes back.
	expect(of('1.2')).toMatchObject({ occurrences: 300, cameBack: true });
	expect(of('1.2')!.drafted!).toBeGreaterThan(of('1.2')!.points!.min);
});

test.each(['zh-CN', 'en'] as const)(
	'the file in %s says what it is, and passes the check',
	async (locale) => {
		const yaml = draftYaml(pack, draftYear(pack, happened)!, await loadTranslate(locale));
		expect(yaml.split('\n')[0]).toMatch(
			locale === 'en' ? /^# Draft of points \(sample\)/ : /^# 分值草稿（示例）/
		);
		const outcome = parsePack(yaml);
		if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
		expect(outcome.pack).toMatchObject({ id: 'street-base', version: '2027.1', isSample: true });
		expect(outcome.pack.source).toContain('2026-10-31');
	}
);
