import { collectionList } from '#lib/interop/ogc.ts';
import { readCollections } from '#lib/interop/features.server.ts';
import { answer, baseOf, faultyParameter, keyOf, refusal } from '../answer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
	const key = keyOf(event);
	if (key instanceof Response) return key;
	const faulty = faultyParameter(event);
	if (faulty) return faulty;
	const collections = await readCollections(event.locals.backend, key);
	return collections.ok
		? answer(collectionList(baseOf(event), collections.value))
		: refusal(collections.problem);
};
