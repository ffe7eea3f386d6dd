import { describe, expect, test } from 'vitest';
import type { Hazard } from '#lib/hazard/hazard.ts';
import type { InspectionContent } from '#lib/record/content.ts';
import { changeSentence, changesBetween } from '#lib/record/correction/changes.ts';
import {
	correctable,
	correctedParts,
	draftOf,
	hazardObstacle,
	isScoredOtherwise,
	type HazardCourse
} from '#lib/record/correction/correction.ts';

const hazard: Hazard = {
	id: '00000000-0000-4000-8000-000000000001',
	itemId: '00000000-0000-4000-8000-0000000000d1',
	itemCode: 'gas.alarm',
	part: '后厨',
	severity: 'general',
	cause: 'object',
	description: '未装可燃气体报警装置',
	legalBasis: '《安全生产法》第三十六条第四款',
	acceptance: '已安装，现场测试报警',
	measure: 'deadline',
	deadline: '2026-11-27',
	position: null,
	photos: ['a'.repeat(64)],
	proof: []
};
const today = '2026-11-20';
const running: HazardCourse = { state: 'open', deadline: '2026-11-27', wasRechecked: false, hasSteps: false };

describe('what of a hazard may still be put right', () => {
	// state, standing deadline, rechecked → deadline, grade, existence
	test.each<[string, Partial<HazardCourse>, boolean, boolean, boolean]>([
		['open as the record set it', {}, true, true, true],
		['reported, not taken over', { state: 'reported' }, true, true, true],
		['sent in', { state: 'rectification_submitted' }, true, false, true],
		['put off since', { deadline: '2026-12-05' }, false, true, true],
		['failed its recheck', { deadline: '2026-12-05', wasRechecked: true }, false, false, false],
		['重大, with a plan that was filed', { hasSteps: true }, true, false, true],
		['closed by a recheck', { state: 'closed', wasRechecked: true }, false, false, false],
		['put right on the spot', { state: 'closed', deadline: null }, false, false, true],
		['fallen away already', { state: 'withdrawn' }, false, false, false],
		['handed over', { state: 'transferred' }, false, false, false]
	])('%s', (_, course, deadline, severity, existence) => {
		const now = { ...running, ...course };
		expect(correctable.deadline(now, hazard.deadline)).toBe(deadline);
		expect(correctable.severity(now)).toBe(severity);
		expect(correctable.existence(now)).toBe(existence);
	});

	test.each<[string, Partial<Hazard> | undefined, string | null]>([
		['its words', { description: '报警装置未通电', part: '前厅', legalBasis: null }, null],
		['a later deadline', { deadline: '2026-12-10' }, null],
		['a deadline of today', { deadline: today }, null],
		['a deadline that is over', { deadline: '2026-11-19' }, 'hazard.deadline'],
		['one of the year after next', { deadline: '2028-01-01' }, 'hazard.deadline'],
		['a photo more', { photos: ['a'.repeat(64), 'b'.repeat(64)] }, null],
		['a photo less', { photos: [] }, 'correction.photo'],
		['another photo in its place', { photos: ['b'.repeat(64)] }, 'correction.photo'],
		['its grade', { severity: 'major' }, null],
		['nothing left of it', undefined, null]
	])('%s', (_, change, code) => {
		expect(hazardObstacle(hazard, change && { ...hazard, ...change }, running, today)).toBe(code);
	});
});

test('clauses read grade, cause and the cited clause; everything else changes no account', () => {
	const others: Partial<Hazard>[] = [
		{ description: '别的' },
		{ deadline: '2026-12-10' },
		{ part: '前厅' },
		{ clause: null },
		{ photos: [] }
	];
	for (const change of others) expect(isScoredOtherwise(hazard, { ...hazard, ...change })).toBe(false);
	const scored: Partial<Hazard>[] = [{ severity: 'major' }, { cause: 'management' }, { clause: '1.1' }];
	for (const change of scored) expect(isScoredOtherwise(hazard, { ...hazard, ...change })).toBe(true);
	expect(isScoredOtherwise(hazard, undefined)).toBe(true);
});

const content = (more: Partial<InspectionContent> = {}): InspectionContent => ({
	...({} as InspectionContent),
	enterprise: {
		id: '00000000-0000-4000-8000-0000000000e1',
		name: '示例餐饮店',
		creditCode: null,
		address: '示例路1号',
		principalName: null,
		principalPhone: '13800000000',
		siteType: 'restaurant'
	},
	place: '后厨',
	taskSource: null,
	answers: [
		{ itemId: hazard.itemId!, itemCode: 'gas.alarm', part: '后厨', text: '报警装置', answer: 'fail' }
	],
	hazards: [hazard],
	verdicts: [],
	provisional: { pack: 'p', points: 50 } as never,
	onSite: null,
	...more
});

describe('the record with the changes', () => {
	test('a draft that changes nothing changes nothing', () => {
		const before = content();
		expect({ ...before, ...correctedParts(before, draftOf(before)) }).toEqual(before);
		expect(changesBetween(before, before)).toEqual([]);
	});

	test('an item whose hazard falls away was in order, and 拟记 says nothing any more', () => {
		const before = content();
		const parts = correctedParts(before, { ...draftOf(before), hazards: new Map() });
		expect(parts.answers.map(({ answer }) => answer)).toEqual(['pass']);
		expect(parts).toMatchObject({ hazards: [], provisional: null });
	});

	test('it is said in the words of the paper, with numbers of people masked', () => {
		const before = content();
		const draft = draftOf(before);
		const after = {
			...before,
			...correctedParts(before, {
				...draft,
				place: null,
				enterprise: { ...draft.enterprise, principalPhone: '13900000000' },
				hazards: new Map([[hazard.id, { ...hazard, deadline: '2026-12-10', severity: 'major' as const }]])
			})
		};
		const said = changesBetween(before, after).map(changeSentence);
		expect(said).toEqual([
			expect.stringMatching(/^联系电话：原记载“138\*+.*更正为“139\*+/),
			'检查场所：原记载“后厨”，更正为“无”。',
			'隐患第1项（未装可燃气体报警装置）级别：原记载“一般隐患”，更正为“重大隐患”。',
			'隐患第1项（未装可燃气体报警装置）整改期限：原记载“2026年11月27日”，更正为“2026年12月10日”。'
		]);
		expect(said.join('')).not.toContain('13800000000');
		const gone = { ...before, ...correctedParts(before, { ...draft, hazards: new Map() }) };
		expect(changesBetween(before, gone).map(changeSentence)).toEqual([
			'隐患第1项（未装可燃气体报警装置）：予以撤销。'
		]);
	});
});
