import type { CollectionId } from './apiKey.ts';

/** OGC API – Features, Part 1: Core 1.0.1 (OGC 17-069r4). */
const spec = 'http://www.opengis.net/spec/ogcapi-features-1/1.0';
export const conformsTo = ['core', 'oas30', 'geojson'].map((name) => `${spec}/conf/${name}`);
export const crs84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84';

export const mediaTypes = {
	json: 'application/json',
	geojson: 'application/geo+json',
	openapi: 'application/vnd.oai.openapi+json;version=3.0'
} as const;

export interface Link {
	href: string;
	rel: string;
	type: string;
	title?: string;
}

/** What the database says of a collection. */
export interface CollectionExtent {
	id: CollectionId;
	bbox: [number, number, number, number] | null;
	from: string | null;
}

const titles: Record<CollectionId, { title: string; description: string }> = {
	enterprises: {
		title: '单位 Enterprises',
		description:
			'Sites under supervision with their band (记分等级), open hazards and last inspection. datetime: the day of the last inspection. WGS-84.'
	},
	hazards: {
		title: '隐患 Hazards',
		description:
			'Hazards found, at their own position or that of their site. datetime: from the day found to the day closed. WGS-84.'
	},
	areas: {
		title: '区域 Areas',
		description:
			'Boundaries in force of districts, streets, communities and grids. datetime: since when in force. WGS-84.'
	}
};

const link = (href: string, rel: string, type: string, title?: string): Link => ({
	href,
	rel,
	type,
	...(title && { title })
});

/** /req/core/root-success. @param base address of the API without a slash at its end */
export const landingPage = (base: string) => ({
	title: '明察 Mingcha',
	description: 'Work-safety risk map: enterprises, hazards, areas. OGC API – Features.',
	links: [
		link(base, 'self', mediaTypes.json, 'This document'),
		link(`${base}/api`, 'service-desc', mediaTypes.openapi, 'OpenAPI definition'),
		link(`${base}/conformance`, 'conformance', mediaTypes.json, 'Conformance classes'),
		link(`${base}/collections`, 'data', mediaTypes.json, 'Collections that the key opens')
	]
});

/** /req/core/conformance-success */
export const conformance = () => ({ conformsTo });

/** /req/core/sfc-md-success, sfc-md-items-links, sfc-md-extent */
export const collectionOf = (base: string, { id, bbox, from }: CollectionExtent) => ({
	id,
	...titles[id],
	itemType: 'feature',
	crs: [crs84],
	...(bbox && {
		extent: {
			spatial: { bbox: [bbox], crs: crs84 },
			...(from && { temporal: { interval: [[`${from}T00:00:00+08:00`, null]] } })
		}
	}),
	links: [
		link(`${base}/collections/${id}`, 'self', mediaTypes.json),
		link(`${base}/collections/${id}/items`, 'items', mediaTypes.geojson, titles[id].title)
	]
});

/** /req/core/fc-md-links, fc-md-items */
export const collectionList = (base: string, extents: readonly CollectionExtent[]) => ({
	links: [link(`${base}/collections`, 'self', mediaTypes.json)],
	collections: extents.map((extent) => collectionOf(base, extent))
});

export interface Feature {
	type: 'Feature';
	id: string;
	geometry: object | null;
	properties: Record<string, unknown>;
}

export interface FeaturePage {
	features: Feature[];
	next: string | null;
	/** Of all pages; null: not counted. */
	matched: number | null;
}

/**
 * /req/core/fc-links, fc-timeStamp, fc-numberMatched, fc-numberReturned. The next page is asked for as this one was, with
 * the place to go on from.
 * @param at an instant, of when the page was made
 */
export function itemPage(
	base: string,
	id: CollectionId,
	asked: URLSearchParams,
	page: FeaturePage,
	at: string
) {
	const items = `${base}/collections/${id}/items`;
	const address = (parameters: URLSearchParams) => (parameters.size > 0 ? `${items}?${parameters}` : items);
	const links = [
		link(address(asked), 'self', mediaTypes.geojson),
		link(`${base}/collections/${id}`, 'collection', mediaTypes.json)
	];
	if (page.next !== null) {
		const following = new URLSearchParams(asked);
		following.set('cursor', page.next);
		links.push(link(address(following), 'next', mediaTypes.geojson));
	}
	return {
		type: 'FeatureCollection',
		timeStamp: at,
		...(page.matched !== null && { numberMatched: page.matched }),
		numberReturned: page.features.length,
		links,
		features: page.features
	};
}

/** /req/core/f-success, f-links */
export const oneFeature = (base: string, id: CollectionId, feature: Feature) => ({
	...feature,
	links: [
		link(`${base}/collections/${id}/items/${feature.id}`, 'self', mediaTypes.geojson),
		link(`${base}/collections/${id}`, 'collection', mediaTypes.json)
	]
});
