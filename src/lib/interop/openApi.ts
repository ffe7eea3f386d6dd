import { collectionIds } from './apiKey.ts';
import { mediaTypes } from './ogc.ts';
import { defaultLimit, largestLimit } from './ogcQuery.ts';
import { ogcSchemas, schemaRef } from './ogcSchemas.ts';

const json = (schema: object, description: string, type: string = mediaTypes.json) => ({
	description,
	content: { [type]: { schema } }
});
const ref = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` });
const problems = Object.fromEntries(
	Object.entries({ 400: 'Invalid', 401: 'NoKey', 404: 'NotFound', 429: 'TooMany', 500: 'Failed' }).map(
		([status, name]) => [status, ref('responses', name)]
	)
);
const exceptions = {
	Invalid: 'A parameter is unknown or has a value that cannot be read',
	NoKey: 'No key, or one that is unknown, revoked or over',
	NotFound: 'No such collection or feature, or none that the key opens',
	TooMany: 'Too many requests; Retry-After says how many seconds to wait',
	Failed: 'The server failed'
};

const operation = (
	operationId: string,
	summary: string,
	answer: object,
	{ parameters = [] as object[], isOpen = false } = {}
) => ({
	get: {
		operationId,
		summary,
		...(parameters.length > 0 && { parameters }),
		...(isOpen && { security: [] }),
		responses: { 200: answer, ...problems }
	}
});

const idParameter = {
	name: 'featureId',
	in: 'path',
	required: true,
	schema: { type: 'string', format: 'uuid' }
};

const parameters = {
	limit: {
		name: 'limit',
		in: 'query',
		required: false,
		style: 'form',
		explode: false,
		schema: { type: 'integer', minimum: 1, maximum: largestLimit, default: defaultLimit }
	},
	bbox: {
		name: 'bbox',
		in: 'query',
		required: false,
		style: 'form',
		explode: false,
		description: 'west,south,east,north in degrees (CRS84); features without a position are left out',
		schema: {
			type: 'array',
			oneOf: [
				{ minItems: 4, maxItems: 4 },
				{ minItems: 6, maxItems: 6 }
			],
			items: { type: 'number' }
		}
	},
	datetime: {
		name: 'datetime',
		in: 'query',
		required: false,
		style: 'form',
		explode: false,
		description:
			'An RFC 3339 date or date-time, or an interval a/b with .. for an open end; compared by days in Asia/Shanghai',
		schema: { type: 'string' }
	},
	cursor: {
		name: 'cursor',
		in: 'query',
		required: false,
		description: 'From a next link',
		schema: { type: 'string', format: 'uuid' }
	}
};

/** The API as it is (OpenAPI 3.0, /req/oas30/oas-definition-1). @param base its address, without a slash at its end */
export const openApi = (base: string) => ({
	openapi: '3.0.3',
	info: {
		title: '明察 Mingcha: OGC API – Features',
		version: '1.0.0',
		description:
			'Read-only. A key is made by an administrator under 管理 → 接口密钥 and sent as `Authorization: Bearer`, `X-API-Key`, or as the password of Basic with any user name. Never in the address.'
	},
	servers: [{ url: base }],
	security: [{ bearer: [] }, { header: [] }, { basic: [] }],
	paths: {
		'/': operation('getLandingPage', 'Landing page', json(schemaRef('landingPage'), 'Links'), {
			isOpen: true
		}),
		'/api': operation(
			'getApi',
			'This document',
			json({ type: 'object' }, 'OpenAPI 3.0', mediaTypes.openapi),
			{
				isOpen: true
			}
		),
		'/conformance': operation(
			'getConformance',
			'Conformance classes',
			json(schemaRef('confClasses'), 'Classes'),
			{ isOpen: true }
		),
		'/collections': operation(
			'getCollections',
			'Collections that the key opens',
			json(schemaRef('collections'), 'Collections')
		),
		...Object.fromEntries(
			collectionIds.flatMap((id) => [
				[
					`/collections/${id}`,
					operation(`describe_${id}`, `About ${id}`, json(schemaRef('collection'), 'Collection'))
				],
				[
					`/collections/${id}/items`,
					operation(
						`get_${id}`,
						`Features of ${id}`,
						json(schemaRef('featureCollectionGeoJSON'), 'A page of features', mediaTypes.geojson),
						{ parameters: Object.keys(parameters).map((name) => ref('parameters', name)) }
					)
				],
				[
					`/collections/${id}/items/{featureId}`,
					operation(
						`get_one_of_${id}`,
						`One feature of ${id}`,
						json(schemaRef('featureGeoJSON'), 'The feature', mediaTypes.geojson),
						{ parameters: [idParameter] }
					)
				]
			])
		)
	},
	components: {
		parameters,
		schemas: ogcSchemas,
		responses: Object.fromEntries(
			Object.entries(exceptions).map(([name, text]) => [name, json(schemaRef('exception'), text)])
		),
		securitySchemes: {
			bearer: { type: 'http', scheme: 'bearer' },
			header: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
			basic: { type: 'http', scheme: 'basic' }
		}
	}
});
