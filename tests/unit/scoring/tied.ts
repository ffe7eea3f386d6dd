import type { PackDocument } from '#scoring';
import { streetBase } from './packs.ts';

const { document } = streetBase;

/**
 * street-base with 加处: a failed recheck adds half of the entry it is about, an overdue hazard adds 0.25, and
 * from the second within a cycle on a general hazard costs 0.3 more, a recurrent one twice as much.
 */
export const aggravating: PackDocument = {
	...document,
	id: 'aggravating',
	clauses: [
		...document.clauses
			.filter(({ code }) => code !== '2.1')
			.map((clause) => {
				if (clause.code === '1.1') return { ...clause, repeated: { from: 2, points: 0.3 } };
				return clause.code === '1.2' ? { ...clause, repeated: { from: 2, share_percent: 100 } } : clause;
			}),
		{
			code: '9.1',
			aspect: 'rectification',
			kind: 'aggravation',
			text: '复查不合格的，该项记分加处一半',
			share_percent: 50,
			aggravates: { clauses: ['1.1', '1.2', '1.3'], by: 'hazardId' },
			matches: [{ kind: 'hazard.failed_recheck' }],
			is_sample: true
		},
		{
			code: '9.2',
			aspect: 'rectification',
			kind: 'aggravation',
			text: '逾期的，加处0.25分',
			points: 0.25,
			aggravates: { clauses: ['1.1'], by: 'hazardId' },
			matches: [{ kind: 'hazard.overdue' }],
			is_sample: true
		}
	]
};

/** From 100 down, every inspection an account of its own. */
export const perInspection: PackDocument = {
	...document,
	id: 'per-inspection',
	direction: 'down',
	start: 100,
	ceiling: 100,
	cycle: { kind: 'per_inspection', by: 'inspectionId', at_end: '下一次检查另立一户' },
	bands: document.bands
		.slice(0, 2)
		.map((band, rank) => ({ ...band, from: rank === 0 ? 90 : 0, below: rank === 0 ? null : 90 }))
};
