import { z } from 'zod';
import type { IsoDate } from '#lib/calendar.ts';

export const collectionIds = ['enterprises', 'hazards', 'areas'] as const;
export type CollectionId = (typeof collectionIds)[number];

export interface ApiKeyRow {
	id: string;
	scope: string;
	name: string;
	/** The last four characters. */
	hint: string;
	collections: CollectionId[];
	personalData: boolean;
	expiresOn: IsoDate;
	createdBy: string;
	createdAt: string;
	revokedAt: string | null;
	lastUsedAt: string | null;
}

export const newKeySchema = z.object({
	scope: z.string().regex(/^(\d{4})*$/),
	name: z.string().trim().min(2).max(60),
	collections: z.array(z.enum(collectionIds)).min(1),
	personalData: z
		.literal('on')
		.optional()
		.transform((value) => value === 'on'),
	expiresOn: z.iso.date()
});
export type NewKey = z.infer<typeof newKeySchema>;

export type KeyState = 'active' | 'expired' | 'revoked';
export const keyState = (
	{ revokedAt, expiresOn }: Pick<ApiKeyRow, 'revokedAt' | 'expiresOn'>,
	today: IsoDate
): KeyState => {
	if (revokedAt !== null) return 'revoked';
	return expiresOn < today ? 'expired' : 'active';
};

/**
 * The key that a request carries: `Authorization: Bearer`, `X-API-Key`, or the password of `Authorization: Basic`, which
 * is what QGIS, ArcGIS and GDAL ask for. Never from the address: addresses stand in logs and histories.
 */
export function keyFrom(headers: Pick<Headers, 'get'>): string | null {
	const own = headers.get('x-api-key')?.trim();
	if (own) return own;
	const [scheme, value] = (headers.get('authorization') ?? '').trim().split(/\s+/, 2);
	if (!scheme || !value) return null;
	if (scheme.toLowerCase() === 'bearer') return value;
	if (scheme.toLowerCase() !== 'basic') return null;
	const pair = decodeBase64(value);
	const at = pair?.indexOf(':') ?? -1;
	return pair === null || at < 0 ? null : pair.slice(at + 1) || null;
}

function decodeBase64(text: string): string | null {
	try {
		return atob(text);
	} catch {
		return null;
	}
}

/** How many requests a key may make a minute, and how many at once after a pause. */
const requestsPerMinute = 600;
const burst = 120;
/** Who tries many keys must not fill the memory. */
const rememberedKeys = 1_000;

/** A bucket of tokens for each key, in this process. Instants are milliseconds and an argument. */
export class RequestLimit {
	readonly #buckets = new Map<string, { tokens: number; at: number }>();

	/** Takes one. @returns 0, or the whole seconds to wait. */
	take(key: string, now: number): number {
		const before = this.#buckets.get(key) ?? { tokens: burst, at: now };
		const tokens = Math.min(burst, before.tokens + ((now - before.at) / 60_000) * requestsPerMinute);
		this.#buckets.delete(key);
		this.#buckets.set(key, { tokens: tokens < 1 ? tokens : tokens - 1, at: now });
		if (this.#buckets.size > rememberedKeys) this.#buckets.delete(this.#buckets.keys().next().value!);
		return tokens < 1 ? Math.max(1, Math.ceil(((1 - tokens) * 60) / requestsPerMinute)) : 0;
	}
}
