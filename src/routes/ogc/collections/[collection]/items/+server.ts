import { readFeatures } from '#lib/interop/features.server.ts';
import { itemPage, mediaTypes } from '#lib/interop/ogc.ts';
import { featureQueryFrom } from '#lib/interop/ogcQuery.ts';
import { answer, baseOf, collectionFrom, exception, keyOf, notFound, refusal } from '../../../answer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
	const key = keyOf(event);
	if (key instanceof Response) return key;
	const collection = collectionFrom(event.params.collection);
	if (collection === null) return notFound('such collection');
	const query = featureQueryFrom(event.url.searchParams);
	if ('fault' in query) return exception(400, 'InvalidParameterValue', query.fault);
	const page = await readFeatures(event.locals.backend, key, collection, query);
	if (!page.ok) return refusal(page.problem);
	const at = new Date().toISOString();
	return answer(
		itemPage(baseOf(event), collection, event.url.searchParams, page.value, at),
		mediaTypes.geojson
	);
};
