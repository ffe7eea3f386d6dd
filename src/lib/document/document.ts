import type { InspectionKind } from '#lib/inspection/inspection.ts';
import type { Hazard } from '#lib/hazard/hazard.ts';
import type { Track } from './track.ts';

/** 现场检查记录 · 责令限期整改指令书 / 限期整改意见书 · 整改复查意见书 · 隐患上报 (track C). */
export const documentKinds = [
	'inspection_record',
	'rectification_order',
	'recheck_opinion',
	'hazard_report'
] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** Which kinds exist on which track; a community worker orders nothing (安全生产法第七十五条: they report). */
export const kindsOfTrack: Record<Track, readonly DocumentKind[]> = {
	A: ['inspection_record', 'rectification_order', 'recheck_opinion'],
	B: ['inspection_record', 'rectification_order', 'recheck_opinion'],
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
	const title = {
		inspection_record: '现场检查记录',
		rectification_order: track === 'A' ? '责令限期整改指令书' : '限期整改意见书',
		recheck_opinion: '整改复查意见书',
		hazard_report: '隐患线索上报单'
	}[kind];
	return { family, title };
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
	return kinds;
}
