import { describe, expect, it } from 'vitest';
import {
	agencyTemplateSchema,
	formatDocumentNumber,
	sampleAgencyTemplate
} from '#lib/document/agencyTemplate.ts';
import { documentContentSchema, type DocumentContent } from '#lib/document/content.ts';
import { actKinds, actRoles } from '#lib/document/acts.ts';
import { documentsFor, headingOf, kindsOfTrack, type SealedOutcome } from '#lib/document/document.ts';
import {
	everySample,
	gasAlarm,
	sampleCard,
	sampleOpinion,
	sampleOrder,
	sampleRecord,
	sampleReminder,
	sampleReport
} from '#lib/document/sampleContent.ts';

const withDeadline = { measure: 'deadline' } as const;
const putRight = { measure: 'on_spot' } as const;

describe('which documents a sealed inspection yields', () => {
	it.each<[string, Partial<SealedOutcome>, string[]]>([
		['nothing found', {}, ['inspection_record']],
		['a hazard with a deadline', { hazards: [withDeadline] }, ['inspection_record', 'rectification_order']],
		['everything put right on the spot: no order', { hazards: [putRight] }, ['inspection_record']],
		['a recheck', { kind: 'recheck', verdictCount: 2 }, ['inspection_record', 'recheck_opinion']],
		[
			'a recheck that finds something new',
			{ kind: 'recheck', verdictCount: 2, hazards: [withDeadline] },
			['inspection_record', 'rectification_order', 'recheck_opinion']
		],
		['the place was closed: a visit, no document', { wasChecked: false, hazards: [] }, []],
		['the enterprise checks itself', { kind: 'self_check', hazards: [withDeadline] }, []],
		[
			'track C with a hazard: a report, never an order',
			{ track: 'C', hazards: [withDeadline] },
			['hazard_report']
		],
		['track C with a hazard put right', { track: 'C', hazards: [putRight] }, ['hazard_report']],
		[
			'points were read before the signature: their sheet beside the record',
			{ hazards: [withDeadline], scoredLines: 2 },
			['inspection_record', 'rectification_order', 'score_sheet']
		],
		['track C has no points', { track: 'C', scoredLines: 1 }, []],
		['track C, a walk without hazards', { track: 'C' }, []],
		['track C cannot recheck', { track: 'C', kind: 'recheck', verdictCount: 1 }, []]
	])('%s', (_situation, change, kinds) => {
		const outcome: SealedOutcome = {
			track: 'B',
			kind: 'planned',
			wasChecked: true,
			hazards: [],
			verdictCount: 0,
			scoredLines: 0,
			...change
		};
		expect(documentsFor(outcome)).toEqual(kinds);
	});

	it('only track A is headed 执法文书 and 指令', () => {
		expect(headingOf('rectification_order', 'A')).toEqual({
			family: '安全生产行政执法文书',
			title: '责令限期整改指令书'
		});
		expect(headingOf('rectification_order', 'B')).toEqual({
			family: '安全生产监督检查文书',
			title: '限期整改意见书'
		});
		expect(() => headingOf('rectification_order', 'C')).toThrow(/hazard_report/);
	});
});

describe('papers issued on their own', () => {
	it('a community worker and a principal issue none, and what judges others is for those in charge', () => {
		for (const kind of actKinds) {
			expect(actRoles[kind]).not.toContain('community_worker');
			expect(actRoles[kind]).not.toContain('principal');
			expect(kindsOfTrack.C).not.toContain(kind);
			expect(kindsOfTrack.A).not.toContain(kind);
		}
		for (const kind of [
			'supervision_card',
			'overdue_report',
			'supervision_opinion',
			'assistance_request'
		] as const)
			expect(actRoles[kind]).not.toContain('inspector');
	});

	it('none is headed 执法文书 or 监督检查文书', () => {
		for (const kind of actKinds) expect(headingOf(kind, 'B').family).toBe('安全生产工作文书');
	});

	it('a paper of one kind with the body of another is refused', () => {
		const parsed = documentContentSchema.safeParse({ ...sampleReminder(), body: sampleCard().body });
		expect(parsed.success).toBe(false);
	});
});

describe('numbers and wording of an agency', () => {
	const agency = { name: '示例街道办事处', shortName: '示例', template: sampleAgencyTemplate };

	it('six-corner brackets, no leading zeros, no 第', () => {
		const format = (track: 'A' | 'B' | 'C', kind: DocumentContent['kind'], serial: number) =>
			formatDocumentNumber(agency, kind, track, { year: 2026, serial });
		expect(format('A', 'rectification_order', 12)).toBe('（示例）应急责改〔2026〕12号');
		expect(format('A', 'inspection_record', 1)).toBe('（示例）应急检记〔2026〕1号');
		expect(format('B', 'rectification_order', 1200)).toBe('（示例）安检改〔2026〕1200号');
		expect(format('C', 'hazard_report', 3)).toBe('（示例）隐患报〔2026〕3号');
	});

	it('a short name with a dollar sign stays what it is', () => {
		const number = formatDocumentNumber({ ...agency, shortName: '$&' }, 'hazard_report', 'C', {
			year: 2026,
			serial: 1
		});
		expect(number).toBe('（$&）隐患报〔2026〕1号');
	});

	it('a community has no number for an order, and no serial starts below 1', () => {
		expect(() => formatDocumentNumber(agency, 'rectification_order', 'C', { year: 2026, serial: 1 })).toThrow(
			/rectification_order on track C/
		);
		expect(() => formatDocumentNumber(agency, 'hazard_report', 'C', { year: 2026, serial: 0 })).toThrow(
			/serial 0/
		);
	});

	it('the sample template is whole, and says that it is a sample', () => {
		expect(agencyTemplateSchema.parse(sampleAgencyTemplate).isSample).toBe(true);
	});

	it.each([
		['two reviewing bodies, as before 2024', { government: '示例区人民政府或者示例市应急管理局' }],
		['a bureau as reviewing body', { government: '示例区应急管理局' }],
		['something that is no court', { court: '示例区司法局' }]
	])('refuses a remedy clause with %s', (_what, change) => {
		const template = { ...sampleAgencyTemplate, remedy: { ...sampleAgencyTemplate.remedy, ...change } };
		expect(agencyTemplateSchema.safeParse(template).success).toBe(false);
	});

	it.each(['（{short}）应急责改[{year}]{n}号', '（{short}）应急责改〔{year}〕号', '第{n}号'])(
		'refuses the number pattern %s',
		(pattern) => {
			const C = { hazard_report: pattern };
			const template = {
				...sampleAgencyTemplate,
				numberPatterns: { ...sampleAgencyTemplate.numberPatterns, C }
			};
			expect(agencyTemplateSchema.safeParse(template).success).toBe(false);
		}
	);
});

describe('what may stand in a document', () => {
	it.each(everySample())('%s is complete', (_name, content) => {
		expect(documentContentSchema.parse(content)).toEqual(content);
	});

	const unlicensed = sampleOrder('B').inspectors;
	it.each<[string, unknown, string]>([
		['a community worker issues an order', { ...sampleOrder('B'), track: 'C' }, 'permission.track'],
		['a hazard report on the enforcement track', { ...sampleReport(), track: 'A' }, 'permission.track'],
		['an A signed without licences', { ...sampleOrder('A'), inspectors: unlicensed }, 'permission.licence'],
		[
			'an A signed by one officer',
			{ ...sampleRecord('A'), inspectors: sampleRecord('A').inspectors.slice(0, 1) },
			'permission.licence'
		],
		[
			'an order with an item that has no deadline',
			{ ...sampleOrder('B'), hazards: [{ ...gasAlarm, deadline: null }] },
			'hazard.deadline'
		],
		['two items under one number', { ...sampleOrder('B'), hazards: [gasAlarm, gasAlarm] }, 'request.invalid'],
		[
			'a check that ends before it starts',
			{ ...sampleRecord('B'), to: '2026-11-22T13:00:00+08:00' },
			'inspection.clock'
		],
		[
			'a failed recheck without a new deadline',
			{
				...sampleOpinion('B'),
				verdicts: [
					{ number: 1, part: '后厨', description: '未整改', passed: false, note: null, newDeadline: null }
				]
			},
			'hazard.deadline'
		]
	])('never: %s', (_situation, content, message) => {
		const parsed = documentContentSchema.safeParse(content);
		expect(parsed.error?.issues.map((issue) => issue.message)).toContain(message);
	});
});
