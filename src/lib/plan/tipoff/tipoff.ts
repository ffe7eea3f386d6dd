import { z } from 'zod';

/** Who tells: anybody, or somebody who works there (从业人员). */
export const tipoffOrigins = ['public', 'staff'] as const;
export type TipoffOrigin = (typeof tipoffOrigins)[number];

export const tipoffStates = [
	'submitted',
	'accepted',
	'checked',
	'answered',
	'transferred',
	'dismissed'
] as const;
export type TipoffState = (typeof tipoffStates)[number];

/** What who is in charge may do; `check` is taken by the seal of an inspection, `submit` by who told it. */
export const tipoffActs = ['accept', 'answer', 'transfer', 'dismiss'] as const;
export type TipoffAct = (typeof tipoffActs)[number];
export type TipoffStepAct = TipoffAct | 'submit' | 'check';

const transitions: Record<TipoffState, Partial<Record<TipoffAct | 'check', TipoffState>>> = {
	submitted: { accept: 'accepted', transfer: 'transferred', dismiss: 'dismissed' },
	// Accepted again: another site was meant.
	accepted: { accept: 'accepted', check: 'checked', transfer: 'transferred', dismiss: 'dismissed' },
	checked: { answer: 'answered' },
	answered: {},
	transferred: {},
	dismissed: {}
};

/** Where a step leads; null: it cannot be taken from here. Repeated in SQL as `app.tipoff_next`. */
export const nextTipoffState = (state: TipoffState, act: TipoffAct | 'check'): TipoffState | null =>
	transitions[state][act] ?? null;

export const actsOn = (state: TipoffState): TipoffAct[] =>
	tipoffActs.filter((act) => nextTipoffState(state, act) !== null);

export const mostTipoffPhotos = 6;

const emptyIsNone = z.literal('').transform(() => null);
const degrees = (limit: number) =>
	z.coerce.number().min(-limit).max(limit).or(emptyIsNone).nullable().default(null);

/** The form of whoever tells; texts as a form sends them. By name means with a telephone number to ask back. */
export const tipoffFormSchema = z
	.object({
		/** Made with the form, so that sending it twice makes one. */
		id: z.uuid(),
		enterprise: z.uuid().or(emptyIsNone).nullable().default(null),
		/** Scope of a street or community. */
		area: z
			.string()
			.regex(/^(\d{4})+$/)
			.or(emptyIsNone)
			.nullable()
			.default(null),
		origin: z.enum(tipoffOrigins).default('public'),
		place: z.string().trim().min(2).max(200),
		description: z.string().trim().min(5).max(1000),
		longitude: degrees(180),
		latitude: degrees(90),
		accuracyMetres: z.coerce.number().min(0).max(100_000).or(emptyIsNone).nullable().default(null),
		name: z.string().trim().max(50).default(''),
		phone: z.string().trim().max(30).default('')
	})
	.refine(({ name, phone }) => !name || phone.length >= 5, { path: ['phone'] })
	.refine(({ longitude, latitude }) => (longitude === null) === (latitude === null), { path: ['longitude'] });
export type TipoffForm = z.infer<typeof tipoffFormSchema>;

export const tipoffStepSchema = z.object({
	seen: z.coerce.number().int().min(1),
	enterprise: z.uuid().or(emptyIsNone).nullable().default(null),
	note: z.string().trim().max(1000).default(''),
	/** What the one who told it reads. */
	reply: z.string().trim().max(1000).default('')
});
export type TipoffStepForm = z.infer<typeof tipoffStepSchema>;

export const tipoffListStates = ['open', 'submitted', 'accepted', 'checked', 'all'] as const;
export type TipoffListState = (typeof tipoffListStates)[number];
export const tipoffsPerPage = 20;

export interface TipoffRow {
	id: string;
	place: string;
	description: string;
	state: TipoffState;
	origin: TipoffOrigin;
	isNamed: boolean;
	/** An instant. */
	receivedAt: string;
	/** The community or street it lies in. */
	community: string | null;
	photos: number;
}

export interface TipoffRows {
	total: number;
	counts: Record<TipoffListState, number>;
	rows: TipoffRow[];
}

interface TipoffSite {
	id: string;
	name: string;
	address: string;
}

export interface TipoffPage extends Omit<TipoffRow, 'photos'> {
	longitude: number | null;
	latitude: number | null;
	accuracyMetres: number | null;
	inspectionId: string | null;
	/** How many steps were taken; sent with the next one. */
	steps: number;
	mayDecide: boolean;
	enterprise: TipoffSite | null;
	/** Sites that may be meant, the one it names first. */
	candidates: (TipoffSite & { distanceMetres: number | null })[];
	photos: string[];
	course: {
		number: number;
		act: TipoffStepAct;
		at: string;
		by: string | null;
		note: string | null;
		reply: string | null;
	}[];
}

/** What the one who told it may know: what was done, never by whom. */
export interface FollowedTipoff {
	state: TipoffState;
	place: string;
	receivedAt: string;
	course: { act: TipoffStepAct; at: string; reply: string | null }[];
}

/** Where a tip-off can be about: the site of a plate, and the streets and communities to choose from. */
export interface TipoffPlaces {
	enterprise: TipoffSite | null;
	areas: { scope: string; name: string; level: 'street' | 'community' }[];
}

/** Without those that are mistaken for each other (0 O, 1 I L U). */
const codeAlphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const codeLength = 12;

/** 查询码, from bytes that nobody can guess, of which each below 240 gives a letter: 59 bits, in groups of four. */
export function followCode(bytes: Iterable<number>): string {
	let code = '';
	for (const byte of bytes) {
		if (code.length === codeLength) break;
		if (byte < 240) code += codeAlphabet[byte % codeAlphabet.length];
	}
	if (code.length < codeLength)
		throw new RangeError(`followCode: got bytes for ${code.length} letters, expected ${codeLength}`);
	return code.replaceAll(/(.{4})(?!$)/g, '$1-');
}

/** A code as somebody copies it from paper: any case, any grouping. null: it is none. */
export function readFollowCode(text: string): string | null {
	const letters = text.toUpperCase().replaceAll(/[\s-]/g, '');
	const isCode =
		letters.length === codeLength && [...letters].every((letter) => codeAlphabet.includes(letter));
	return isCode ? letters.replaceAll(/(.{4})(?!$)/g, '$1-') : null;
}
