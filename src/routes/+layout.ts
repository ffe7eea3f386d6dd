import { loadTranslate } from '#lib/messages/index.ts';
import type { LayoutLoad } from './$types';
import { textsOf } from './textsOf.ts';

/** Runs on the server for the first look and in the browser afterwards; either way one language is loaded. */
export const load: LayoutLoad = async ({ data, route }) => ({
	...data,
	translate: await loadTranslate(data.locale, textsOf(route.id))
});
