/**
 * The schemas of OGC API – Features – Part 1: Core 1.0.1 (OGC 17-069r4, `openapi/schemas`) and of GeoJSON (RFC 7946), in the
 * JSON Schema of OpenAPI 3.0, as far as this API answers in them. The definition publishes them; the tests hold every answer to them.
 */
interface Schema {
	[keyword: string]: unknown;
}

export const schemaRef = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

const text: Schema = { type: 'string' };
const instant: Schema = { type: 'string', format: 'date-time' };
const count: Schema = { type: 'integer', minimum: 0 };
const listOf = (items: Schema, limits: Schema = {}): Schema => ({ type: 'array', items, ...limits });
const object = (required: readonly string[], properties: Schema): Schema => ({
	type: 'object',
	required,
	properties
});
const oneWord = (...words: string[]): Schema => ({ type: 'string', enum: words });

const links = listOf(schemaRef('link'));
const position = listOf({ type: 'number' }, { minItems: 2 });
const geometry = (type: string, coordinates: Schema) =>
	object(['type', 'coordinates'], { type: oneWord(type), coordinates });
const line = listOf(position, { minItems: 2 });
const polygon = listOf(listOf(position, { minItems: 4 }));

const geometries = {
	pointGeoJSON: geometry('Point', position),
	multipointGeoJSON: geometry('MultiPoint', listOf(position)),
	linestringGeoJSON: geometry('LineString', line),
	multilinestringGeoJSON: geometry('MultiLineString', listOf(line)),
	polygonGeoJSON: geometry('Polygon', polygon),
	multipolygonGeoJSON: geometry('MultiPolygon', listOf(polygon)),
	geometrycollectionGeoJSON: object(['type', 'geometries'], {
		type: oneWord('GeometryCollection'),
		geometries: listOf(schemaRef('geometryGeoJSON'))
	})
};

const numbers = (many: number) => listOf({ type: 'number' }, { minItems: many, maxItems: many });

export const ogcSchemas = {
	link: object(['href', 'rel'], {
		href: text,
		rel: text,
		type: text,
		hreflang: text,
		title: text,
		length: { type: 'integer' }
	}),
	landingPage: object(['links'], { title: text, description: text, links }),
	confClasses: object(['conformsTo'], { conformsTo: listOf(text) }),
	extent: {
		type: 'object',
		properties: {
			spatial: {
				type: 'object',
				properties: {
					bbox: listOf({ oneOf: [numbers(4), numbers(6)] }, { minItems: 1 }),
					crs: oneWord(
						'http://www.opengis.net/def/crs/OGC/1.3/CRS84',
						'http://www.opengis.net/def/crs/OGC/0/CRS84h'
					)
				}
			},
			temporal: {
				type: 'object',
				properties: {
					interval: listOf(listOf({ ...instant, nullable: true }, { minItems: 2, maxItems: 2 }), {
						minItems: 1
					}),
					trs: oneWord('http://www.opengis.net/def/uom/ISO-8601/0/Gregorian')
				}
			}
		}
	},
	collection: object(['id', 'links'], {
		id: text,
		title: text,
		description: text,
		links,
		extent: schemaRef('extent'),
		itemType: text,
		crs: listOf(text)
	}),
	collections: object(['links', 'collections'], { links, collections: listOf(schemaRef('collection')) }),
	...geometries,
	geometryGeoJSON: { oneOf: Object.keys(geometries).map(schemaRef) },
	featureGeoJSON: object(['type', 'geometry', 'properties'], {
		type: oneWord('Feature'),
		geometry: { type: 'object', nullable: true, oneOf: [schemaRef('geometryGeoJSON')] },
		properties: { type: 'object', nullable: true },
		id: { oneOf: [text, { type: 'integer' }] },
		links
	}),
	featureCollectionGeoJSON: object(['type', 'features'], {
		type: oneWord('FeatureCollection'),
		features: listOf(schemaRef('featureGeoJSON')),
		links,
		timeStamp: instant,
		numberMatched: count,
		numberReturned: count
	}),
	exception: object(['code'], { code: text, description: text })
} satisfies Record<string, Schema>;

export type OgcSchema = keyof typeof ogcSchemas;
