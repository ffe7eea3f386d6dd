import { collectionOf } from '#lib/interop/ogc.ts';
import { readCollections } from '#lib/interop/features.server.ts';
import { answer, baseOf, faultyParameter, keyOf, notFound, refusal } from '../../answer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
	const key = keyOf(event);
	if (key instanceof Response) return key;
	const faulty = faultyParameter(event);
	if (faulty) return faulty;
	const collections = await readCollections(event.locals.backend, key);
	if (!collections.ok) return refusal(collections.problem);
	const extent = collections.value.find(({ id }) => id === event.params.collection);
	return extent ? answer(collectionOf(baseOf(event), extent)) : notFound('such collection');
};
