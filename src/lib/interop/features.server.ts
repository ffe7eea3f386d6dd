import { readAnswer } from '#lib/backend/answer.ts';
import type { Backend } from '#lib/backend/backend.server.ts';
import { success, type Result } from '#lib/problem.ts';
import type { CollectionId } from './apiKey.ts';
import type { CollectionExtent, Feature, FeaturePage } from './ogc.ts';
import type { FeatureQuery } from './ogcQuery.ts';

/*
 * The server asks in its own name, with the hash of the program's key; what the key opens is decided in SQL
 * (`app.open_api_key`), so that nothing more can come from here.
 */

/** @returns `api_key.unknown` for one that is unknown, revoked or over. */
export async function readCollections(
	backend: Backend,
	keySha256: string
): Promise<Result<CollectionExtent[]>> {
	const answer = readAnswer<{ collections: CollectionExtent[] }>(
		await backend.asService('interop').rpc('api_collections', { p_key_sha256: keySha256 })
	);
	return answer.ok ? success(answer.value.collections) : answer;
}

/** A page of features; how many there are in all is counted with the first page only. */
export async function readFeatures(
	backend: Backend,
	keySha256: string,
	collection: CollectionId,
	{ limit, boxes, from, to, after }: FeatureQuery
): Promise<Result<FeaturePage>> {
	return readAnswer<FeaturePage>(
		await backend.asService('interop').rpc('api_features', {
			p_key_sha256: keySha256,
			p_collection: collection,
			p_query: {
				limit,
				boxes,
				count: after === null,
				...(after !== null && { after }),
				...(from !== null && { from }),
				...(to !== null && { to })
			}
		})
	);
}

/** null: there is none that the key opens. */
export async function readFeature(
	backend: Backend,
	keySha256: string,
	collection: CollectionId,
	id: string
): Promise<Result<Feature | null>> {
	const answer = readAnswer<FeaturePage>(
		await backend
			.asService('interop')
			.rpc('api_features', { p_key_sha256: keySha256, p_collection: collection, p_query: { id, limit: 1 } })
	);
	return answer.ok ? success(answer.value.features[0] ?? null) : answer;
}
