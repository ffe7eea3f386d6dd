import { describe, expect, it } from 'vitest';
import { loadPack, parsePack, type PackProblem } from '#scoring';
import { ladderDown, ladderUp, parsed, streetBaseText } from './packs.ts';

/** street-base with one piece of its text replaced, and the line on which that piece stood. */
function changed(from: string, to: string): { text: string; line: number } {
	const at = streetBaseText.indexOf(from);
	if (at < 0) throw new Error(`got no "${from}" in street-base, expected it`);
	return {
		text: streetBaseText.replace(from, () => to),
		line: streetBaseText.slice(0, at).split('\n').length
	};
}

function problemsOf(text: string): PackProblem[] {
	const outcome = parsePack(text);
	return outcome.ok ? [] : outcome.problems;
}

/** What is wrong, the piece of text, what stands there instead, the reason, and how many lines further it shows. */
type Refused = [what: string, from: string, to: string, reason: RegExp, linesBelow?: number];

describe('a pack is refused, with the line and the reason', () => {
	const refused: Refused[] = [
		[
			'overlapping bands',
			'from: 3\n    below: 6',
			'from: 2.5\n    below: 6',
			/an overlap: .*below 3 .* from 2.5/
		],
		[
			'a gap between bands',
			'from: 6\n    below: 12',
			'from: 6.01\n    below: 12',
			/a gap: .*below 6 .* from 6.01/
		],
		['no band for the floor', 'from: 0\n    below: 3', 'from: 0.01\n    below: 3', /cover the floor 0/],
		['no band above 20', 'below: null', 'below: 20', /expected null/],
		['a band upside down', 'below: 12\n', 'below: 6\n', /expected from < below/],
		['a band twice', 'key: focus', 'key: warning', /"warning" twice/],
		['an unreachable band', 'ceiling: null', 'ceiling: 8', /unreachable between floor and ceiling/, 111],
		['a start below the floor', 'start: 0', 'start: -1', /floor ≤ start ≤ ceiling/],
		[
			'two writers without priority',
			'priority: 10\n    matches:',
			'matches:',
			/"1.1" and "1.2" can both write one fact/
		],
		['a clause hidden by another', 'priority: 10', 'priority: -1', /"1.2" is unreachable: "1.1"/, 1],
		[
			'an impossible condition',
			'recurrence: true',
			'recurrence: { at_least: 3, below: 3 }',
			/no value can meet/
		],
		['an empty choice', 'recurrence: true', 'recurrence: []', /no value can meet/],
		[
			'a clause on decisions',
			'kind: entry.refused',
			'kind: decision.confirmed',
			/decision, which the engine reads/
		],
		[
			'points for what a device reported',
			'kind: entry.refused',
			'kind: device.alarm',
			/"device.alarm", a lead/
		],
		[
			'nobody looked, a device reported',
			'evaluated_by: [inspection.completed]',
			'evaluated_by: [inspection.completed, device.alarm]',
			/"device.alarm", a lead/
		],
		[
			'a clause of no aspect',
			'aspect: cooperation\n    text',
			'aspect: manners\n    text',
			/expected a listed aspect/
		],
		[
			'an aspect of no clause',
			'aspects:\n',
			'aspects:\n  - { key: empty, name: 空 }\n',
			/without a clause/,
			1
		],
		[
			'a reduction of nothing',
			"clauses: ['1.1'], by",
			"clauses: ['9.9'], by",
			/"9.9", expected the code of a charge/
		],
		[
			'a reduction of a reduction',
			"clauses: ['1.1'], by",
			"clauses: ['4.2'], by",
			/"4.2", expected the code of a charge/
		],
		[
			'a charge that reduces',
			'points: 1\n',
			"points: 1\n    reduces: { clauses: ['1.1'], by: hazardId }\n",
			/reduces on a charge/,
			1
		],
		[
			'points and a share',
			'share_percent: 100',
			'share_percent: 100\n    points: 1',
			/either points or share_percent/,
			-3
		],
		['neither points nor a share', '    share_percent: 100\n', '', /either points or share_percent/, -3],
		['a share on a charge', 'points: 1\n', 'share_percent: 50\n', /share on a charge/],
		['a cap below one entry', 'cap: 6\n', 'cap: 0.25\n', /at least the 0.5 points/],
		['a range upside down', 'points: 1\n', 'points: { min: 2, max: 1 }\n', /min 2 > max 1/],
		['a code twice', "code: '1.2'", "code: '1.1'", /code "1.1" twice/],
		[
			'a clause outside the pack’s days',
			'points: 1\n',
			'valid: { from: 2023-12-31 }\n    points: 1\n',
			/within the pack's own days/
		],
		[
			'a clause that ends before it starts',
			'points: 1\n',
			'valid: { from: 2025-01-02, to: 2025-01-01 }\n    points: 1\n',
			/not before 2025-01-02/
		],
		['an undated pack', 'valid: { from: 2024-01-01 }', 'valid: {}', /expected string/],
		['an undated provision', '第九条第二款, from: 2021-09-01 }', '第九条第二款 }', /expected string/],
		['a day that does not exist', 'from: 2024-01-01', 'from: 2023-02-29', /a day that exists/],
		[
			'a pack that ends before it starts',
			'from: 2024-01-01 }',
			'from: 2024-01-01, to: 2023-12-31 }',
			/not before/
		],
		['a third decimal', 'points: 1\n', 'points: 0.505\n', /two decimals/],
		['NaN', 'points: 1\n', 'points: .nan\n', /a finite number of points/],
		['infinity', 'points: 1\n', 'points: .inf\n', /a finite number of points/],
		['negative points', 'points: 1\n', 'points: -1\n', /sign follows from kind/],
		['points in words', 'points: 1\n', 'points: 一分\n', /a finite number of points/],
		['a code that is a number', "code: '1.2'", 'code: 1.2', /got number, expected string/],
		['an unknown field', 'priority: 10', 'prioritty: 10', /unknown field "prioritty"/],
		['an unknown measure', 'measures: [reminder', 'measures: [flogging', /expected one of/],
		['an unknown direction', 'direction: up', 'direction: sideways', /expected one of/],
		['an unknown cycle', 'kind: rolling_months', 'kind: moon', /./],
		['a cycle without months', 'rolling_months, months: 12', 'rolling_months', /expected number/],
		[
			'an official clause without a source',
			'    is_sample: true\n',
			'    is_sample: false\n',
			/expected the source/,
			-10
		],
		['no word on being a sample', 'is_sample: true\nbasis', 'basis', /got nothing, expected boolean/, -9],
		['a colour by name', "light: '#C98A00'", 'light: amber', /#RRGGBB/],
		['another format', 'mingcha.pack/1', 'mingcha.pack/9', /expected one of "mingcha.pack\/1"/],
		['a field twice', 'direction: up', 'direction: up\ndirection: down', /unique/, 1],
		[
			'a broken flow list',
			'evaluated_by: [inspection.completed]',
			'evaluated_by: [inspection.completed',
			/./
		],
		['a band of no level', '    level: warning\n', '', /expected one of|got nothing/, -3],
		['a level better than the band before', 'level: focus', 'level: normal', /got normal after warning/],
		[
			'a cycle that does not say how it ends',
			', at_end: 每笔记分到期自行失效，不影响其他各笔；账户不清零。',
			'',
			/expected string/
		],
		['nobody who decides', 'people: 2', 'people: 0', /expected at least 1/],
		['a waiver of more than all', 'share_percent: 100', 'share_percent: 150', /at most the whole entry/],
		['an aggravation of nothing', 'kind: reduction', 'kind: aggravation', /expected what it aggravates/, -2],
		[
			'a repetition on a reduction',
			'share_percent: 50',
			'share_percent: 50\n    repeated: { from: 2, points: 1 }',
			/repeated on a reduction/,
			1
		],
		[
			'a repetition of nothing',
			'points: 3\n',
			'points: 3\n    repeated: { from: 2 }\n',
			/either points or share/,
			1
		],
		[
			'a repetition from the first',
			'points: 3\n',
			'points: 3\n    repeated: { from: 1, points: 1 }\n',
			/expected at least 2/,
			1
		],
		[
			'a cap below a repeated entry',
			'points: 0.5\n    cap: 6',
			'points: 0.5\n    cap: 6\n    repeated: { from: 2, points: 5.6 }',
			/at least the 6.1 points/,
			1
		],
		['a charge below zero', 'points: 3\n', 'points: { min: -3, max: 3 }\n', /points from 0/],
		[
			'an opinion of fixed points',
			'points: 3\n',
			'points: 3\n    cites: true\n',
			/the opinion says the points/
		],
		['a measure in no words', 'measures: [reminder', 'measures: [{ code: reminder }', /or \{ code, words \}/],
		['an unknown alias', 'start: 0', 'start: *nothing', /./]
	];

	it.each(refused)('%s', (what, from, to, reason, linesBelow = 0) => {
		const { text, line } = changed(from, to);
		const problems = problemsOf(text);
		const told = problems.find(({ message }) => reason.test(message));
		expect(told, `${what}: ${JSON.stringify(problems)}`).toBeDefined();
		expect(told!.line).toBeGreaterThan(0);
		if (linesBelow < 100) expect(Math.abs(told!.line! - (line + linesBelow))).toBeLessThanOrEqual(2);
	});

	it('an alias that would grow without end', () => {
		const layers = Array.from(
			{ length: 9 },
			(_, i) => `l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`).join(', ')}]`
		);
		const bomb = ['l0: &l0 [x, x, x]', ...layers].join('\n');
		expect(problemsOf(bomb)[0]!.message).toMatch(/alias/i);
	});

	it.each(['', '[]', '42', 'null', '- a\n- b', '\u0000', '"unfinished', '%YAML 9.9\n---\n{}'])(
		'text that is no pack at all: %j',
		(text) => expect(problemsOf(text).length).toBeGreaterThan(0)
	);

	it('all reasons at once, not the first only', () => {
		const { text } = changed('points: 1\n', 'points: 0.505\n');
		const problems = problemsOf(text.replace('direction: up', 'direction: sideways'));
		expect(problems.map(({ path }) => path.join('.'))).toEqual(['direction', 'clauses.1.points']);
	});
});

describe('a pack is accepted', () => {
	it('upwards and downwards', () => {
		expect([loadPack(ladderUp).ok, loadPack(ladderDown).ok]).toEqual([true, true]);
	});

	it('with the same code for different days: that is how a value changes from a date', () => {
		const [first] = ladderUp.clauses;
		const clauses = [
			{ ...first!, points: 1, valid: { from: '2020-01-01', to: '2025-12-31' } },
			{ ...first!, points: 2, valid: { from: '2026-01-01' } }
		];
		expect(loadPack({ ...ladderUp, clauses })).toMatchObject({ ok: true });
	});

	it('with comments and keys in another order as the same document', () => {
		const [head, ...rest] = streetBaseText.split(/\n(?=subject:)/);
		const turned = parsed(`# 换个次序\n${rest.join('\n')}\n${head}`);
		expect(turned.document).toEqual(parsed(streetBaseText).document);
	});

	it('downwards only with bands from the best to the worst', () => {
		const outcome = loadPack({ ...ladderDown, bands: ladderDown.bands.toReversed() });
		expect(outcome.ok).toBe(false);
	});
});
