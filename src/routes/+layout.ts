import { createTranslate, loadCatalogue } from '#lib/messages/index.ts';
import type { LayoutLoad } from './$types';

/** Runs on the server for the first look and in the browser afterwards; either way one language is loaded. */
export const load: LayoutLoad = async ({ data }) => ({
	...data,
	translate: createTranslate(data.locale, await loadCatalogue(data.locale))
});
