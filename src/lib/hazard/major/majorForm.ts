import { addDays, type IsoDate } from '#lib/calendar.ts';
import {
	lastPlan,
	namedDays,
	planParts,
	reportParts,
	type Major,
	type MajorAct,
	type MajorStep
} from './major.ts';

/** One field of the form of an act; what it is called is `major.field.{name}`. */
export interface MajorField {
	name: string;
	kind: 'line' | 'long' | 'day' | 'choice';
	/** `major.hint.{hint}`: what belongs there. */
	hint: string | null;
	most?: number;
	isOptional: boolean;
	/** What it holds before anybody types. */
	value?: string;
	min?: IsoDate;
	max?: IsoDate;
}

const field = (name: string, kind: MajorField['kind'], more: Partial<MajorField> = {}): MajorField => ({
	name,
	kind,
	hint: null,
	isOptional: false,
	...more
});
const day = (name: string, days: { min: IsoDate; max: IsoDate }, more: Partial<MajorField> = {}) =>
	field(name, 'day', { ...days, ...more });
const reason = field('note', 'long', { most: 1000, hint: 'note_reason' });
const remark = field('note', 'long', { most: 1000, hint: 'note', isOptional: true });
const part = (name: string, most: number, kind: MajorField['kind'] = 'long') =>
	field(name, kind, { most, hint: name });

/** What the form of an act asks for, in order: the fields of `majorFields`, without what follows from the rules. */
export function formFields(
	act: MajorAct,
	{
		today,
		foundOn,
		listedUntil,
		enterpriseName
	}: Pick<Major, 'today' | 'foundOn' | 'listedUntil' | 'enterpriseName'>
): MajorField[] {
	switch (act) {
		case 'file_plan':
			return [
				...[...reportParts, ...planParts].map((name) => part(name, 2000)),
				part('responsible', 200, 'line'),
				part('action', 500),
				part('budget', 200, 'line'),
				day('dueOn', { min: foundOn, max: addDays(today, 366) }, { hint: 'dueOn' }),
				part('contingency', 500)
			];
		case 'order_stop':
			return [
				field('kind', 'choice'),
				field('what', 'line', { most: 300, hint: 'what' }),
				day('since', { min: foundOn, max: today }, { value: today }),
				field('document', 'line', { most: 60, hint: 'document', isOptional: true })
			];
		case 'apply_resume':
			return [field('note', 'long', { most: 2000, hint: 'resume' })];
		case 'list':
			return [
				field('number', 'line', { most: 60, hint: 'number' }),
				day('until', namedDays(today)),
				field('unit', 'line', { most: 100, value: enterpriseName }),
				field('person', 'line', { most: 50 }),
				field('supervisor', 'line', { most: 50 })
			];
		case 'extend_listing':
			return [day('until', namedDays(today, listedUntil)), reason];
		case 'send_back':
			return [day('deadline', namedDays(today)), reason];
		case 'return_plan':
		case 'refuse_resume':
			return [reason];
		default:
			return [remark];
	}
}

/** What a step says beside its words, in the order in which its form asked. The parts of a plan stand in the report. */
const saidFields = [
	'number',
	'kind',
	'what',
	'since',
	'document',
	'basis',
	'unit',
	'person',
	'supervisor',
	'until',
	'deadline'
] as const;
export type SaidField = (typeof saidFields)[number];
export const saidBeside = ({ act, says }: Pick<MajorStep, 'act' | 'says'>): [SaidField, string][] =>
	act === 'file_plan'
		? []
		: saidFields.flatMap((name): [SaidField, string][] => (says[name] ? [[name, says[name]]] : []));

/** Acts whose form says first what follows from them. */
export const explainedActs: readonly MajorAct[] = [
	'file_plan',
	'order_stop',
	'apply_resume',
	'grant_resume',
	'list',
	'delist',
	'send_back'
];

/** A plan that came back is mended, not written anew. */
export const filedBefore = (act: MajorAct, { course, plan }: Pick<Major, 'course' | 'plan'>) =>
	(act === 'file_plan' && plan === 'returned' && lastPlan(course)?.step.says) || {};

/** What a form said, as `parseMajorStep` takes it: what is no field of the step is among `says` and dropped there. */
export function stepFrom(data: FormData, photos: string[]): Record<string, unknown> & { name: string } {
	const texts = Object.fromEntries(
		[...data].filter((entry): entry is [string, string] => typeof entry[1] === 'string')
	);
	const { id, act, seen, name = '', ...says } = texts;
	return { id, act, seen, name, says, photos };
}
