import { describe, expect, test } from 'vitest';
import { actBodySchema } from '#lib/document/acts.ts';
import { draftPaper } from '#lib/plan/escalation/draftPaper.ts';
import {
	escalationPaper,
	type EscalationPage,
	type EscalationStep,
	type LateHazard
} from '#lib/plan/escalation/escalation.ts';

const hazard = (position: number, more: Partial<LateHazard> = {}): LateHazard => ({
	id: `00000000-0000-4000-8000-${String(position).padStart(12, '0')}`,
	position,
	part: '后厨',
	description: '未安装可燃气体报警装置。',
	severity: 'general',
	deadline: '2026-11-05',
	...more
});
const page = (step: EscalationStep, more: Partial<EscalationPage> = {}): EscalationPage => ({
	id: hazard(1).id,
	inspectionId: hazard(1).id,
	enterpriseId: hazard(1).id,
	enterpriseName: '示例餐饮店',
	community: '第一社区',
	step,
	hazards: 1,
	deadline: '2026-11-05',
	proposedOn: '2026-11-22',
	state: 'proposed',
	note: null,
	decidedBy: null,
	decidedAt: null,
	paper: null,
	orderText: '（示例）安检改〔2026〕12号',
	mayDecide: true,
	today: '2026-11-22',
	order: {
		documentId: hazard(1).id,
		track: 'B',
		numberText: '（示例）安检改〔2026〕12号',
		issuedOn: '2026-10-29'
	},
	inspectedOn: '2026-10-29',
	late: [hazard(1)],
	steps: [],
	...more
});

/** The draft as its form would send it. */
const bodyOf = (drafted: EscalationPage) => {
	const { items, measures, ...fields } = draftPaper(drafted, '示例区应急管理局');
	return actBodySchema.parse({
		kind: escalationPaper[drafted.step],
		basis: null,
		...fields,
		items: items!.split('\n'),
		measures: (measures ?? '').split('\n').filter(Boolean)
	});
};

describe('the draft of a step', () => {
	test('names the order, what is late and since when, on the paper of the step', () => {
		expect(bodyOf(page(1))).toMatchObject({
			kind: 'reminder_notice',
			matter: '《限期整改意见书》（示例）安检改〔2026〕12号所列1项隐患，整改期限届满17天仍未完成整改',
			items: ['后厨：未安装可燃气体报警装置，整改期限2026年11月5日，请立即整改'],
			day: '2026-11-25'
		});
		const trackA = { ...page(1).order!, track: 'A' as const };
		expect(bodyOf(page(1, { order: trackA })).matter).toContain('《责令限期整改指令书》');
		expect(bodyOf(page(1, { order: null })).matter).toContain('2026年10月29日现场检查记录');
		expect(bodyOf(page(2))).toMatchObject({ kind: 'supervision_card', addressee: '第一社区' });
	});

	test('the report upward tells what was done, but not by papers that are void', () => {
		const step = (numberText: string, state: 'issued' | 'voided') => ({
			...page(1),
			paper: {
				id: hazard(1).id,
				kind: 'reminder_notice' as const,
				numberText,
				state,
				issuedOn: '2026-11-06'
			}
		});
		const steps = [
			step('（示例）安提示〔2026〕1号', 'issued'),
			step('（示例）安提示〔2026〕2号', 'voided'),
			page(2)
		];
		expect(bodyOf(page(3, { steps }))).toMatchObject({
			kind: 'overdue_report',
			addressee: '示例区应急管理局',
			measures: ['2026年11月6日发出《安全生产提示单》（示例）安提示〔2026〕1号']
		});
	});

	test.each([
		[1, 31],
		[2, 32],
		[3, 31]
	] as const)('of sixty long hazards fits on the paper of step %i', (step, left) => {
		const late = Array.from({ length: 60 }, (_, index) =>
			hazard(index + 1, { part: '部'.repeat(60), description: `${'长'.repeat(490)}\n完`, severity: 'major' })
		);
		const { items } = bodyOf(page(step, { late }));
		expect(items).toHaveLength(30);
		expect(items.join('')).toContain('（重大事故隐患）');
		expect(items.join('')).toContain(`其余${left}项`);
	});

	test('where nothing is late any more still reads', () => {
		expect(bodyOf(page(2, { late: [] })).items.length).toBeGreaterThan(0);
		expect(draftPaper(page(1, { late: [] }), 'x').items).toBe('');
	});
});
