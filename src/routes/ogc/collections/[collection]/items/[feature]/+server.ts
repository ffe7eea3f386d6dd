import { readFeature } from '#lib/interop/features.server.ts';
import { mediaTypes, oneFeature } from '#lib/interop/ogc.ts';
import {
	answer,
	baseOf,
	collectionFrom,
	faultyParameter,
	isFeatureId,
	keyOf,
	notFound,
	refusal
} from '../../../../answer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
	const key = keyOf(event);
	if (key instanceof Response) return key;
	const faulty = faultyParameter(event);
	if (faulty) return faulty;
	const collection = collectionFrom(event.params.collection);
	if (collection === null) return notFound('such collection');
	if (!isFeatureId(event.params.feature)) return notFound('such feature');
	const feature = await readFeature(event.locals.backend, key, collection, event.params.feature);
	if (!feature.ok) return refusal(feature.problem);
	return feature.value
		? answer(oneFeature(baseOf(event), collection, feature.value), mediaTypes.geojson)
		: notFound('such feature');
};
