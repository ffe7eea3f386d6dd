import type { InspectionKind } from '#lib/inspection/inspection.ts';
import type { Hazard } from '#lib/hazard/hazard.ts';
import { actKinds, isActKind } from './acts.ts';
import type { Track } from './track.ts';

/** 现场检查记录 · 责令限期整改指令书 / 限期整改意见书 · 整改复查意见书 · 隐患上报 (track C) · 记分表 · what is issued on its own. */
export const documentKinds = [
	'inspection_record',
	'rectification_order',
	'recheck_opinion',
	'hazard_report',
	'score_sheet',
	...actKinds
] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** Which kinds exist on which track; a community worker orders nothing (安全生产法第七十五条: they report). */
export const kindsOfTrack: Record<Track, readonly DocumentKind[]> = {
	A: ['inspection_record', 'rectification_order', 'recheck_opinion', 'score_sheet'],
	B: ['inspection_record', 'rectification_order', 'recheck_opinion', 'score_sheet', ...actKinds],
	C: ['hazard_report']
};

/** The heading on paper: the family of forms, then the form's own name. Always Chinese, whatever the screen says. */
export function headingOf(kind: DocumentKind, track: Track): { family: string; title: string } {
	if (!kindsOfTrack[track].includes(kind)) {
		throw new RangeError(
			`headingOf: got ${kind} on track ${track}, expected ${kindsOfTrack[track].join(', ')}`
		);
	}
	const family = { A: '安全生产行政执法文书', B: '安全生产监督检查文书', C: '社区安全走访' }[track];
	const title: Record<DocumentKind, string> = {
		inspection_record: '现场检查记录',
		rectification_order: track === 'A' ? '责令限期整改指令书' : '限期整改意见书',
		recheck_opinion: '整改复查意见书',
		hazard_report: '隐患线索上报单',
		score_sheet: '现场记分表',
		inspection_plan: '现场检查方案',
		inspection_notice: '安全生产检查通知书',
		assistance_request: '安全生产协查单',
		reminder_notice: '安全生产提示单',
		supervision_card: '安全生产督办卡',
		overdue_report: '隐患逾期未整改报告',
		supervision_opinion: '安全生产督查意见书'
	};
	if (isActKind(kind)) return { family: '安全生产工作文书', title: title[kind] };
	// Points are no penalty: their sheet carries neither family of inspection papers.
	return { family: kind === 'score_sheet' ? '安全生产记分管理' : family, title: title[kind] };
}

/** What of a sealed inspection decides which documents it yields. */
export interface SealedOutcome {
	track: Track;
	kind: InspectionKind;
	/** False for a visit that could not become a check (无法检查). */
	wasChecked: boolean;
	hazards: readonly Pick<Hazard, 'measure'>[];
	/** How many open hazards were looked at again. */
	verdictCount: number;
	/** How many 拟记 lines were read before the signature. */
	scoredLines: number;
}

/**
 * The documents of one sealed inspection, in the order in which they are numbered.
 * No hazards, no order (the workflow of the public forms): what was put right on the spot needs none. A hazard
 * that failed its recheck gets its new deadline in the opinion, not in a second order.
 */
export function documentsFor(outcome: SealedOutcome): DocumentKind[] {
	// 企业自查 is the enterprise's own work, not an inspection by anybody.
	if (!outcome.wasChecked || outcome.kind === 'self_check') return [];
	if (outcome.track === 'C') return outcome.hazards.length > 0 ? ['hazard_report'] : [];
	const kinds: DocumentKind[] = ['inspection_record'];
	if (outcome.hazards.some(({ measure }) => measure === 'deadline')) kinds.push('rectification_order');
	if (outcome.kind === 'recheck' && outcome.verdictCount > 0) kinds.push('recheck_opinion');
	if (outcome.scoredLines > 0) kinds.push('score_sheet');
	return kinds;
}
