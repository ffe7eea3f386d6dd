import { z } from 'zod';
import { failure, success, type Result } from '#lib/problem.ts';

const credit = {
	/** 审图号 as the provider states it; shown on the map, never made up. */
	approvalNumber: z.string().trim().min(1).max(60).optional()
};
const https = z.url({ protocol: /^https?$/ });
const withPlaces = https.refine((url) => ['{z}', '{x}', '{y}'].every((part) => url.includes(part)), {
	message: 'expected {z}, {x} and {y}'
});
const ownFile = z.string().regex(/^[\w-]+\.pmtiles$/, 'expected the name of a .pmtiles file in static/');

/**
 * The map under our own: of the whole deployment, stated by who operates it. GCJ-02 only for pictures: they can be cut to fit,
 * lines and names of a vector map cannot.
 */
export const baseMapSchema = z.discriminatedUnion('kind', [
	z.strictObject({ kind: z.literal('none') }),
	z.strictObject({
		kind: z.literal('tianditu'),
		key: z.string().regex(/^[0-9a-f]{32}$/),
		layer: z.enum(['vec', 'img', 'ter']).default('vec'),
		...credit,
		approvalNumber: z.string().trim().min(1).max(60)
	}),
	z.strictObject({
		kind: z.literal('xyz'),
		url: withPlaces,
		crs: z.enum(['wgs84', 'cgcs2000', 'gcj02']),
		attribution: z.string().trim().min(1).max(200),
		maxZoom: z.number().int().min(1).max(22).default(18),
		...credit
	}),
	z.strictObject({
		kind: z.literal('style'),
		url: https,
		crs: z.enum(['wgs84', 'cgcs2000']),
		attribution: z.string().trim().min(1).max(200),
		/** Hosts that the style names beside its own: tiles, sprites. */
		hosts: z.array(z.url({ protocol: /^https?$/ })).default([]),
		...credit
	}),
	z.strictObject({
		kind: z.literal('pmtiles'),
		file: ownFile,
		crs: z.enum(['wgs84', 'cgcs2000']),
		attribution: z.string().trim().min(1).max(200),
		...credit
	})
]);
export type BaseMap = z.infer<typeof baseMapSchema>;

const tiandituHost = 'https://t0.tianditu.gov.cn';

/** What the browser may ask beside our own server: exactly the hosts of the base, and none without one. */
export function baseMapHosts(base: BaseMap): string[] {
	if (base.kind === 'tianditu') return [tiandituHost];
	if (base.kind === 'xyz') return [new URL(base.url).origin];
	if (base.kind === 'style') return [...new Set([base.url, ...base.hosts].map((url) => new URL(url).origin))];
	return [];
}

/** A content security policy in which the hosts of the base may be asked for pictures and data, and nothing else changes. */
export function withBaseMap(policy: string, base: BaseMap): string {
	const hosts = baseMapHosts(base);
	if (hosts.length === 0) return policy;
	return policy
		.split(/;\s*/)
		.map((directive) =>
			/^(img-src|connect-src)\s/.test(directive) ? [directive, ...hosts].join(' ') : directive
		)
		.join('; ');
}

/**
 * Providers tie a key to the pages it is used on, and some refuse who does not say where they are: the host of a base is told
 * our origin and no more. Without one nobody is told anything.
 */
export const referrerPolicy = (base: BaseMap): string =>
	baseMapHosts(base).length === 0 ? 'same-origin' : 'strict-origin-when-cross-origin';

/** One line under the map. */
export function baseMapCredit(base: BaseMap): string | null {
	if (base.kind === 'none') return null;
	const source = base.kind === 'tianditu' ? '天地图' : base.attribution;
	return [source, base.approvalNumber].filter(Boolean).join(' · ');
}

/** WMTS of 天地图 in Web Mercator (`_w`); the names come as a layer of their own. */
export const tiandituTiles = (layer: string, key: string): string =>
	`${tiandituHost}/${layer}_w/wmts?${new URLSearchParams({
		SERVICE: 'WMTS',
		REQUEST: 'GetTile',
		VERSION: '1.0.0',
		LAYER: layer,
		STYLE: 'default',
		TILEMATRIXSET: 'w',
		FORMAT: 'tiles',
		tk: key
	})}&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}`;

/** @param text JSON of `baseMapSchema`; empty: none. @returns `request.invalid` with where and what is wrong. */
export function readBaseMap(text: string | undefined): Result<BaseMap> {
	if (!text?.trim()) return success({ kind: 'none' });
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch (error) {
		return failure('request.invalid', { got: (error as Error).message }, 'BASE_MAP');
	}
	const read = baseMapSchema.safeParse(json);
	if (read.success) return success(read.data);
	const [issue] = read.error.issues;
	const path = ['BASE_MAP', ...(issue?.path ?? [])].join('.');
	return failure('request.invalid', { got: issue?.message ?? '' }, path);
}
