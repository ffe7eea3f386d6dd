/**
 * OGC API – Features – Part 1: Core 1.0.1 (OGC 17-069r4), Annex A: the abstract tests of the conformance classes Core, GeoJSON and
 * OpenAPI 3.0 under their identifiers, each with the request that shows it, and every kind of answer against the standard's schema. Not here:
 * what the standard only recommends.
 */
import { expect, type APIRequestContext, type APIResponse } from '@playwright/test';
import type { OgcSchema } from '#lib/interop/ogcSchemas.ts';
import { faultsIn } from '../tools/ogcAnswer.ts';

export interface Api {
	/** GET below /ogc with the key; `null`: without one. */
	get(path: string, key?: string | null): Promise<APIResponse>;
	json<Body = Record<string, never>>(path: string): Promise<Body>;
	base: string;
}

export const apiOf = (request: APIRequestContext, server: string, key: string): Api => {
	const get: Api['get'] = (path, own = key) =>
		request.get(`${server}/ogc${path}`, { headers: own === null ? {} : { authorization: `Bearer ${own}` } });
	return {
		get,
		async json(path) {
			const response = await get(path);
			expect([path, response.status()]).toEqual([path, 200]);
			return response.json();
		},
		base: `${server}/ogc`
	};
};

interface Link {
	href: string;
	rel: string;
	type: string;
}
interface Items {
	type: string;
	timeStamp: string;
	numberMatched?: number;
	numberReturned: number;
	links: Link[];
	features: {
		type: string;
		id: string;
		geometry: { type: string; coordinates: number[] } | null;
		properties: Record<string, unknown>;
	}[];
}
interface Collection {
	id: string;
	extent: { spatial: { bbox: number[][]; crs?: string }; temporal?: { interval: (string | null)[][] } };
	links: Link[];
	crs: string[];
}
type Paths = Record<
	string,
	{ get: { responses: Record<string, unknown>; parameters?: { $ref?: string }[]; security?: object[] } }
>;

const crs84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84';
const ids = ['areas', 'enterprises', 'hazards'];
const rels = ({ links }: { links: Link[] }) => links.map(({ rel }) => rel);
const items = (api: Api, query = '') => api.json<Items>(`/collections/enterprises/items${query}`);
const refuses = async (api: Api, paths: string[]) => {
	for (const path of paths) {
		const response = await api.get(path);
		expect([path, response.status(), Object.keys(await response.json())]).toEqual([
			path,
			400,
			['code', 'description']
		]);
	}
};
/** Every page from here on. */
async function allPages(api: Api, first: string): Promise<Items[]> {
	const pages: Items[] = [];
	for (let path: string | null = first; path !== null;) {
		const page: Items = await api.json<Items>(path);
		pages.push(page);
		const next = page.links.find(({ rel }) => rel === 'next')?.href;
		path = next ? next.slice(api.base.length) : null;
	}
	return pages;
}
const openApi = (api: Api) =>
	api.json<{ openapi: string; paths: Paths; components: { parameters: Record<string, object> } }>('/api');
const schemaOf = async (api: Api, name: string) => (await openApi(api)).components.parameters[name];

/** An answer of each path and status, with the schema of the standard that it has to fit. */
async function answersBySchema(
	api: Api
): Promise<[path: string, key: string | null | undefined, OgcSchema][]> {
	const answers: [string, string | null | undefined, OgcSchema][] = [
		['', undefined, 'landingPage'],
		['/conformance', undefined, 'confClasses'],
		['/collections', undefined, 'collections'],
		['/collections', null, 'exception'],
		['/collections', 'mck_unknown', 'exception'],
		['/collections?x=1', undefined, 'exception'],
		['/collections/secrets', undefined, 'exception'],
		['/collections/areas/items?limit=0', undefined, 'exception'],
		['/collections/areas/items?cursor=1', undefined, 'exception'],
		['/collections/areas/items/00000000-0000-4000-8000-000000000000', undefined, 'exception']
	];
	for (const id of ids) {
		const { features } = await api.json<Items>(`/collections/${id}/items?limit=1`);
		answers.push(
			[`/collections/${id}`, undefined, 'collection'],
			[`/collections/${id}/items?limit=1000`, undefined, 'featureCollectionGeoJSON'],
			[`/collections/${id}/items?bbox=170,-10,-170,10`, undefined, 'featureCollectionGeoJSON'],
			[`/collections/${id}/items/${features[0]!.id}`, undefined, 'featureGeoJSON']
		);
	}
	return answers;
}

export const requirements: { id: string; shows: (api: Api) => Promise<void> }[] = [
	{ id: '/conf/core/root-op', shows: async (api) => expect((await api.get('', null)).status()).toBe(200) },
	{
		id: '/conf/core/root-success',
		shows: async (api) =>
			expect(rels((await api.json('')) as never)).toEqual(
				expect.arrayContaining(['service-desc', 'conformance', 'data'])
			)
	},
	{
		id: '/conf/core/api-definition-op',
		shows: async (api) => {
			const { links } = await api.json<{ links: Link[] }>('');
			for (const { href } of links.filter(({ rel }) => rel === 'service-desc'))
				expect((await api.get(href.slice(api.base.length), null)).status()).toBe(200);
		}
	},
	{
		id: '/conf/core/api-definition-success',
		shows: async (api) =>
			expect((await api.get('/api')).headers()['content-type']).toBe(
				'application/vnd.oai.openapi+json;version=3.0'
			)
	},
	{
		id: '/conf/core/conformance-op',
		shows: async (api) => expect((await api.get('/conformance', null)).status()).toBe(200)
	},
	{
		id: '/conf/core/conformance-success',
		shows: async (api) =>
			expect((await api.json<{ conformsTo: string[] }>('/conformance')).conformsTo).toEqual(
				['core', 'oas30', 'geojson'].map(
					(name) => `http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/${name}`
				)
			)
	},
	{
		id: '/conf/core/http',
		shows: async (api) => {
			expect((await api.get('/collections', null)).status()).toBe(401);
			expect((await api.get('/collections', null)).headers()['www-authenticate']).toContain('Basic');
			expect((await api.get('/collections', 'mck_unknown')).status()).toBe(401);
			expect((await api.get('/collections/secrets')).status()).toBe(404);
		}
	},
	{
		id: '/conf/core/query-param-unknown',
		shows: (api) =>
			refuses(api, [
				'?x=1',
				'/api?x=1',
				'/conformance?x=1',
				'/collections?x=1',
				'/collections/areas?x=1',
				'/collections/areas/items?x=1',
				`/collections/areas/items?bbox-crs=x`
			])
	},
	{
		id: '/conf/core/query-param-invalid',
		shows: (api) =>
			refuses(
				api,
				[
					'limit=x',
					'limit=0',
					'bbox=1,2,3',
					'bbox=a,b,c,d',
					'datetime=soon',
					'datetime=2026-02-30/..',
					'cursor=1'
				].map((query) => `/collections/enterprises/items?${query}`)
			)
	},
	{
		id: '/conf/core/crs84',
		shows: async (api) => {
			const { features } = await items(api);
			for (const { geometry } of features.filter(({ geometry }) => geometry !== null)) {
				const [longitude, latitude] = geometry!.coordinates as [number, number];
				expect([longitude > 70 && longitude < 140, latitude > 3 && latitude < 55]).toEqual([true, true]);
			}
		}
	},
	{
		id: '/conf/core/fc-md-op',
		shows: async (api) => expect((await api.get('/collections')).status()).toBe(200)
	},
	{
		id: '/conf/core/fc-md-success',
		shows: async (api) =>
			expect(await api.json('/collections')).toMatchObject({
				links: expect.any(Array),
				collections: ids.map(() => ({ crs: expect.arrayContaining([crs84]) }))
			})
	},
	{
		id: '/conf/core/fc-md-links',
		shows: async (api) => expect(rels((await api.json('/collections')) as never)).toContain('self')
	},
	{
		id: '/conf/core/fc-md-items',
		shows: async (api) =>
			expect(
				(await api.json<{ collections: Collection[] }>('/collections')).collections.map(({ id }) => id)
			).toEqual(ids)
	},
	{
		id: '/conf/core/fc-md-items-links',
		shows: async (api) => {
			for (const { id, links } of (await api.json<{ collections: Collection[] }>('/collections')).collections)
				expect(links).toContainEqual(
					expect.objectContaining({
						rel: 'items',
						type: 'application/geo+json',
						href: `${api.base}/collections/${id}/items`
					})
				);
		}
	},
	{
		id: '/conf/core/fc-md-extent',
		shows: async (api) => {
			for (const { extent } of (await api.json<{ collections: Collection[] }>('/collections')).collections) {
				const [west, south, east, north] = extent.spatial.bbox[0] as [number, number, number, number];
				expect([west < east, south < north, extent.spatial.crs]).toEqual([true, true, crs84]);
			}
		}
	},
	{
		id: '/conf/core/sfc-md-op',
		shows: async (api) => {
			for (const id of ids) expect((await api.get(`/collections/${id}`)).status()).toBe(200);
		}
	},
	{
		id: '/conf/core/sfc-md-success',
		shows: async (api) => {
			const { collections } = await api.json<{ collections: Collection[] }>('/collections');
			for (const collection of collections)
				expect(await api.json(`/collections/${collection.id}`)).toEqual(collection);
		}
	},
	{
		id: '/conf/core/fc-op',
		shows: async (api) => {
			for (const id of ids)
				for (const query of ['', '?limit=3', '?bbox=70,3,140,55', '?datetime=2026-01-01/..'])
					expect([query, (await api.get(`/collections/${id}/items${query}`)).status()]).toEqual([query, 200]);
		}
	},
	{
		id: '/conf/core/fc-limit-definition',
		shows: async (api) =>
			expect(await schemaOf(api, 'limit')).toMatchObject({
				name: 'limit',
				in: 'query',
				style: 'form',
				explode: false,
				schema: { type: 'integer', minimum: 1, maximum: 10_000, default: 100 }
			})
	},
	{
		id: '/conf/core/fc-limit-response',
		shows: async (api) => {
			for (const limit of [1, 7]) expect((await items(api, `?limit=${limit}`)).features).toHaveLength(limit);
			expect((await items(api)).features).toHaveLength(100);
			expect((await items(api, '?limit=10001')).features.length).toBeLessThanOrEqual(10_000);
		}
	},
	{
		id: '/conf/core/fc-bbox-definition',
		shows: async (api) =>
			expect(await schemaOf(api, 'bbox')).toMatchObject({
				name: 'bbox',
				in: 'query',
				style: 'form',
				explode: false,
				schema: { type: 'array', items: { type: 'number' } }
			})
	},
	{
		id: '/conf/core/fc-bbox-response',
		shows: async (api) => {
			const whole = (await allPages(api, '/collections/enterprises/items?limit=10000')).flatMap(
				({ features }) => features
			);
			const [longitude, latitude] = whole.find(({ geometry }) => geometry !== null)!.geometry!
				.coordinates as [number, number];
			const box = [longitude - 0.01, latitude - 0.01, longitude + 0.01, latitude + 0.01];
			const inside = whole.filter(({ geometry }) => {
				const [x, y] = geometry?.coordinates ?? [];
				return x !== undefined && x >= box[0]! && y! >= box[1]! && x <= box[2]! && y! <= box[3]!;
			});
			const { features } = await items(api, `?limit=10000&bbox=${box}`);
			expect(features.map(({ id }) => id).sort()).toEqual(inside.map(({ id }) => id).sort());
			expect(inside.length).toBeLessThan(whole.length);
			expect(
				(await items(api, `?bbox=${box[0]},${box[1]},0,${box[2]},${box[3]},100&limit=10000`)).features
			).toHaveLength(inside.length);
			expect((await items(api, '?bbox=170,-10,-170,10')).features).toEqual([]);
		}
	},
	{
		id: '/conf/core/fc-time-definition',
		shows: async (api) =>
			expect(await schemaOf(api, 'datetime')).toMatchObject({
				name: 'datetime',
				in: 'query',
				style: 'form',
				explode: false,
				schema: { type: 'string' }
			})
	},
	{
		id: '/conf/core/fc-time-response',
		shows: async (api) => {
			const whole = (await allPages(api, '/collections/hazards/items?limit=10000')).flatMap(
				({ features }) => features
			);
			const during = whole.filter(
				({ properties: { foundOn, closedOn } }) =>
					String(foundOn) <= '2026-06-30' && (closedOn === null || String(closedOn) >= '2026-06-01')
			);
			for (const interval of ['2026-06-01/2026-06-30', '2026-05-31T16:00:00Z/2026-06-30T15:59:59Z']) {
				const { features } = await api.json<Items>(
					`/collections/hazards/items?limit=10000&datetime=${interval}`
				);
				expect(features.map(({ id }) => id).sort()).toEqual(during.map(({ id }) => id).sort());
			}
			expect(during.length).toBeGreaterThan(0);
			const open = await api.json<Items>('/collections/hazards/items?limit=10000&datetime=../..');
			expect(open.features).toHaveLength(whole.length);
		}
	},
	{
		id: '/conf/core/fc-response',
		shows: async (api) => {
			const pages = await allPages(api, '/collections/enterprises/items?limit=500');
			const found = pages.flatMap(({ features }) => features.map(({ id }) => id));
			expect(new Set(found).size).toBe(found.length);
			expect(found).toHaveLength(pages[0]!.numberMatched!);
		}
	},
	{
		id: '/conf/core/fc-links',
		shows: async (api) => {
			expect(rels(await items(api, '?limit=1'))).toEqual(expect.arrayContaining(['self', 'next']));
			const pages = await allPages(api, '/collections/areas/items?limit=5');
			expect(rels(pages.at(-1)!)).not.toContain('next');
			expect(pages[0]!.links[0]!.href).toBe(`${api.base}/collections/areas/items?limit=5`);
		}
	},
	{
		id: '/conf/core/fc-links (every link has rel and type)',
		shows: async (api) => {
			for (const { rel, type } of (await items(api, '?limit=1')).links)
				expect([rel, type]).toEqual([rel, expect.stringMatching(/json/)]);
		}
	},
	{
		id: '/conf/core/fc-timeStamp',
		shows: async (api) =>
			expect(Math.abs(Date.parse((await items(api)).timeStamp) - Date.now())).toBeLessThan(60_000)
	},
	{
		id: '/conf/core/fc-numberMatched',
		shows: async (api) =>
			expect((await items(api, '?limit=1')).numberMatched).toBe(
				(await items(api, '?limit=10000')).features.length
			)
	},
	{
		id: '/conf/core/fc-numberReturned',
		shows: async (api) => {
			const page = await items(api, '?limit=3');
			expect(page.numberReturned).toBe(page.features.length);
		}
	},
	{
		id: '/conf/core/f-op',
		shows: async (api) => {
			for (const id of ids) {
				const { features } = await api.json<Items>(`/collections/${id}/items?limit=1`);
				expect((await api.get(`/collections/${id}/items/${features[0]!.id}`)).status()).toBe(200);
			}
			for (const unknown of ['1', '00000000-0000-4000-8000-000000000000'])
				expect((await api.get(`/collections/areas/items/${unknown}`)).status()).toBe(404);
		}
	},
	{
		id: '/conf/core/f-success',
		shows: async (api) => {
			const [feature] = (await items(api, '?limit=1')).features;
			expect(await api.json(`/collections/enterprises/items/${feature!.id}`)).toMatchObject(feature!);
		}
	},
	{
		id: '/conf/core/f-links',
		shows: async (api) => {
			const [feature] = (await items(api, '?limit=1')).features;
			expect(rels((await api.json(`/collections/enterprises/items/${feature!.id}`)) as never)).toEqual(
				expect.arrayContaining(['self', 'collection'])
			);
		}
	},
	{
		id: '/conf/geojson/definition',
		shows: async (api) => {
			for (const path of [
				'/collections/areas/items',
				`/collections/areas/items/${(await api.json<Items>('/collections/areas/items')).features[0]!.id}`
			])
				expect((await api.get(path)).headers()['content-type']).toBe('application/geo+json');
		}
	},
	{
		id: '/conf/geojson/content',
		shows: async (api) => {
			for (const id of ids) {
				const page = await api.json<Items>(`/collections/${id}/items?limit=50`);
				expect(page.type).toBe('FeatureCollection');
				for (const feature of page.features) {
					expect([feature.type, typeof feature.id, typeof feature.properties]).toEqual([
						'Feature',
						'string',
						'object'
					]);
					expect(
						feature.geometry === null || ['Point', 'Polygon', 'MultiPolygon'].includes(feature.geometry.type)
					).toBe(true);
				}
			}
		}
	},
	{
		id: 'schemas of 17-069r4: landing page, conformance, collections, collection, items, item, exception',
		shows: async (api) => {
			for (const [path, key, schema] of await answersBySchema(api)) {
				const response = await api.get(path, key);
				expect([path, response.ok()]).toEqual([path, schema !== 'exception']);
				expect([path, faultsIn(await response.json(), schema)]).toEqual([path, []]);
			}
		}
	},
	{
		id: '/conf/oas30/oas-definition-1',
		shows: async (api) => expect((await openApi(api)).openapi).toMatch(/^3\.0\./)
	},
	{
		id: '/conf/oas30/oas-definition-2',
		shows: async (api) => {
			for (const { get } of Object.values((await openApi(api)).paths))
				expect(Object.keys(get.responses)).toContain('200');
		}
	},
	{
		id: '/conf/oas30/oas-impl',
		shows: async (api) => {
			const [feature] = (await items(api, '?limit=1')).features;
			for (const path of Object.keys((await openApi(api)).paths)) {
				const real = path === '/' ? '' : path.replace('{featureId}', feature!.id);
				const isOther = path.includes('{') && !path.includes('enterprises');
				expect([path, (await api.get(real)).status()]).toEqual([path, isOther ? 404 : 200]);
			}
		}
	},
	{
		id: '/conf/oas30/completeness',
		shows: async (api) => {
			const { paths } = await openApi(api);
			for (const id of ids)
				expect(paths[`/collections/${id}/items`]!.get.parameters!.map(({ $ref }) => $ref)).toEqual(
					['limit', 'bbox', 'datetime', 'cursor'].map((name) => `#/components/parameters/${name}`)
				);
			// What the answers really are is what the definition says that they may be.
			for (const [path, key] of [
				['/collections/areas/items', undefined],
				['/collections/areas/items?x=1', undefined],
				['/collections/areas/items', null]
			] as const) {
				const status = (await api.get(path, key)).status();
				expect(Object.keys(paths['/collections/areas/items']!.get.responses)).toContain(String(status));
			}
		}
	},
	{
		id: '/conf/oas30/exceptions-codes',
		shows: async (api) => {
			for (const { get } of Object.values((await openApi(api)).paths))
				expect(Object.keys(get.responses)).toEqual(expect.arrayContaining(['400', '401', '404', '429']));
		}
	},
	{
		id: '/conf/oas30/security',
		shows: async (api) => {
			const { paths } = await openApi(api);
			for (const [path, { get }] of Object.entries(paths)) {
				const isOpen = get.security !== undefined;
				const real = path === '/' ? '' : path.replace('{featureId}', '00000000-0000-4000-8000-000000000000');
				expect([path, (await api.get(real, null)).status()]).toEqual([path, isOpen ? 200 : 401]);
			}
		}
	}
];
