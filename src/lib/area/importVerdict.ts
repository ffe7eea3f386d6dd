import type { Moves } from './areaChange.ts';

/** Why a line is refused. The first group is found in the file, the second by the database. */
export const refusalReasons = [
	'name',
	'code',
	'code_prefix',
	'level',
	'geometry',
	'geometry_missing',
	'position',
	'position_zero',
	'position_swapped',
	'credit_code',
	'credit_code_reason',
	'site_type',
	'risk_level',
	'industry_code',
	'too_long',
	'repeated',
	'enterprise_unnamed',
	'alarm_device',
	'alarm_kind',
	'alarm_time',
	'parent_unknown',
	'parent_ambiguous',
	'parent_missing',
	'parent_changed',
	'outside_your_scope',
	'duplicate',
	'enterprise_unknown',
	'visit_unknown',
	'day',
	'day_future',
	'score',
	'risk_category'
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

/** `loaded_outside`: an enterprise that lies in no community; it waits in the queue. */
export type Verdict = 'loaded' | 'loaded_outside' | 'changed' | 'unchanged' | 'refused';
export const verdicts: readonly Verdict[] = ['refused', 'loaded', 'loaded_outside', 'changed', 'unchanged'];

export interface LineVerdict {
	/** Index into the files of the import. */
	file: number;
	/** The lines that made this entry: several when polygons of one place were put together. */
	lines: number[];
	name: string;
	verdict: Verdict;
	reason?: RefusalReason;
	/** What was found where something else was expected. */
	got?: string;
	/** What was wrong with a boundary and has been mended (or could not be). */
	mended?: string;
}

/** A line that the reader refuses, before the database is asked. */
export type LineFault = Pick<LineVerdict, 'lines' | 'name' | 'got'> & { reason: RefusalReason };

export type ImportMode = 'dry_run' | 'all_or_nothing' | 'skip_bad';

export interface ImportReport {
	mode: ImportMode;
	/** Whether anything was written: not in a dry run, and not when one line was refused without `skip_bad`. */
	kept: boolean;
	counts: Record<Verdict, number>;
	/** In the order of files and lines. */
	verdicts: LineVerdict[];
	/** Of areas: which enterprises follow the new boundaries. */
	moves?: Moves;
	files: {
		name: string;
		columns: string[];
		/** Column by field, as it was found or said. */
		mapping: Record<string, string>;
		/** The first rows as they are understood, field by field. */
		firstRows: Record<string, string>[];
	}[];
}

const isRefusalReason = (text: string): text is RefusalReason =>
	refusalReasons.includes(text as RefusalReason);

/** The database's word for a line → our verdict. */
export function readVerdict(word: string): { verdict: Verdict; reason?: RefusalReason } {
	if (isRefusalReason(word)) return { verdict: 'refused', reason: word };
	if (verdicts.includes(word as Verdict)) return { verdict: word as Verdict };
	throw new TypeError(
		`verdict: got "${word}", expected one of ${[...verdicts, ...refusalReasons].join(', ')}`
	);
}

export function countVerdicts(all: readonly LineVerdict[]): Record<Verdict, number> {
	const counts: Record<Verdict, number> = {
		refused: 0,
		loaded: 0,
		loaded_outside: 0,
		changed: 0,
		unchanged: 0
	};
	for (const { verdict } of all) counts[verdict]++;
	return counts;
}
