import { z } from 'zod';
import { addDays, type IsoDate } from '#lib/calendar.ts';

/** One version of a scheme: a pack known by the sha-256 of its content. */
export interface PackVersion {
	id: string;
	sha256: string;
	/** As the pack calls itself. */
	version: string;
	name: string;
	issuer: string;
	validFrom: IsoDate;
	validTo: IsoDate | null;
	subject: 'enterprise' | 'principal';
	isSample: boolean;
	installedOn: IsoDate;
}

/** A pack declared for a place and a kind of site; `validTo` is the first day it no longer counts. */
export interface Activation {
	id: string;
	packId: string;
	packSha256: string;
	scope: string;
	/** null: the whole place. */
	placeName: string | null;
	/** null: every kind that has no declaration of its own. */
	siteType: string | null;
	validFrom: IsoDate;
	validTo: IsoDate | null;
	declaredBy: string | null;
	mayWithdraw: boolean;
}

/** Where somebody may try a scheme, and where declare one. */
export interface SchemePlace {
	scope: string;
	/** null: the whole place. */
	name: string | null;
	mayDeclare: boolean;
}

/** What `schemes` gives. */
export interface SchemeBook {
	today: IsoDate;
	/** By id, the newest version first. */
	packs: PackVersion[];
	activations: Activation[];
	places: SchemePlace[];
}

export type ActivationState = 'ended' | 'counts' | 'planned';

export function activationState(
	{ validFrom, validTo }: Pick<Activation, 'validFrom' | 'validTo'>,
	today: IsoDate
): ActivationState {
	if (validFrom > today) return 'planned';
	return validTo !== null && validTo <= today ? 'ended' : 'counts';
}

/** The last day on which it counts; null: no end is set. */
export const lastDayOf = ({ validTo }: Pick<Activation, 'validTo'>): IsoDate | null =>
	validTo === null ? null : addDays(validTo, -1);

/** A scheme with all its versions, the newest first. */
export interface Scheme {
	newest: PackVersion;
	versions: PackVersion[];
	/** Where a version of it counts or is planned. */
	activations: Activation[];
}

/** Those in force first, then by name of the pack. */
export function schemesOf({ packs, activations, today }: SchemeBook): Scheme[] {
	const byId = Map.groupBy(packs, ({ id }) => id);
	const live = activations.filter((each) => activationState(each, today) !== 'ended');
	const schemes = [...byId].map(([id, versions]) => ({
		newest: versions[0]!,
		versions,
		activations: live.filter(({ packId }) => packId === id)
	}));
	return schemes.sort(
		(a, b) =>
			Number(b.activations.length > 0) - Number(a.activations.length > 0) ||
			(a.newest.id < b.newest.id ? -1 : 1)
	);
}

/** Enough of the hash to tell versions apart where they are read. */
export const shortHash = (sha256: string): string => sha256.slice(0, 8);

/** A version as an address names it: `jinshan-2019@1a2b3c4d`. */
export const versionName = ({ id, sha256 }: Pick<PackVersion, 'id' | 'sha256'>): string =>
	`${id}@${shortHash(sha256)}`;

/** The version that an address names; without a hash, or with none that fits, null. */
export const versionNamed = (packs: readonly PackVersion[], name: string | null): PackVersion | null =>
	packs.find((pack) => versionName(pack) === name) ?? null;

const scope = z.string().regex(/^([0-9]{4})*$/);
const day = z.iso.date();
const siteType = z
	.string()
	.regex(/^[a-z0-9_]*$/)
	.transform((code) => (code === '' ? null : code));

/** What is tried, and then declared: a version for a place and a kind of site from a day on. */
export const declarationSchema = z.object({
	version: z.string().min(1).max(80),
	scope,
	siteType,
	from: day
});
export type Declaration = z.infer<typeof declarationSchema>;
