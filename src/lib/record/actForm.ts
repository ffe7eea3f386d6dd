import { actBodySchema, type ActBody, type ActKind } from '#lib/document/acts.ts';
import type { IsoDate } from '#lib/calendar.ts';
import { failure, success, type Result } from '#lib/problem.ts';

/** An inspector of the place, whom a paper may name. */
export interface Officer {
	userId: string;
	name: string;
	licence: string | null;
}

/** What the form knows without being told. */
export interface ActContext {
	officers: readonly Officer[];
	today: IsoDate;
	/** Checks of the running year so far. */
	checksThisYear: number;
	/** Who writes it. */
	writer: { userId: string; name: string };
}

/** A paper's text as the form would have it typed: what a correction (更正) begins with. */
export const enteredOf = (body: ActBody): { entered: Record<string, string>; chosen: string[] } => ({
	entered: {
		matter: body.matter,
		items: body.items.join('\n'),
		day: body.day,
		basis: body.basis ?? '',
		...('addressee' in body && { addressee: body.addressee }),
		...('supervisedOn' in body && { supervisedOn: body.supervisedOn }),
		...('preparations' in body && { preparations: body.preparations.join('\n') }),
		...('measures' in body && { measures: body.measures.join('\n') })
	},
	chosen: 'officers' in body ? body.officers.map(({ userId }) => userId) : []
});

/** One line, one entry: a textarea needs no script. A number that somebody put before it is not part of it. */
const linesOf = (text: string): string[] =>
	text
		.split(/\r?\n/)
		.map((line) => line.replace(/^\s*(?:\d{1,2}[.．、)）]|[（(]\d{1,2}[)）])\s*/, '').trim())
		.filter(Boolean);

/** A check of next year is its first: nothing has been counted there yet. */
const nthOfYear = (day: string, { today, checksThisYear }: ActContext): number =>
	day.slice(0, 4) === today.slice(0, 4) ? checksThisYear + 1 : 1;

/**
 * Fields `matter`, `items`, `day`, `basis`, `addressee`, `supervisedOn`, `officers` (an id each), `preparations`, `measures`,
 * `inspectionKind`, `checklists` (a name each), as far as the kind has them. @returns the body, or `request.invalid` (`act.officers`) with the name of the field.
 */
export function readActForm(kind: ActKind, form: FormData, context: ActContext): Result<ActBody> {
	const text = (name: string) => String(form.get(name) ?? '');
	const chosen = form.getAll('officers').map(String);
	const parsed = actBodySchema.safeParse({
		kind,
		matter: text('matter'),
		items: linesOf(text('items')),
		day: text('day'),
		basis: text('basis').trim() || null,
		addressee: text('addressee'),
		supervisedOn: text('supervisedOn'),
		officers: context.officers
			.filter(({ userId }) => chosen.includes(userId))
			.map(({ userId, name, licence }) => ({ userId, name, licence })),
		nthOfYear: nthOfYear(text('day'), context),
		preparations: linesOf(text('preparations')),
		measures: linesOf(text('measures')),
		inspectionKind: text('inspectionKind'),
		checklists: form.getAll('checklists').map(String),
		drafter: context.writer
	});
	if (parsed.success) return success(parsed.data);
	const field = String(parsed.error.issues[0]?.path[0] ?? '');
	return failure(field === 'officers' ? 'act.officers' : 'request.invalid', {}, field);
}
