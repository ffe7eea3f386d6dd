import { publishedKeys } from '#lib/record/rotateKey.server.ts';
import type { PageServerLoad } from './$types';

/** Anyone may know the public keys: that is what they are for. */
export const load: PageServerLoad = async ({ locals, setHeaders }) => {
	setHeaders({ 'x-robots-tag': 'noindex', 'cache-control': 'no-store' });
	return { frame: 'none' as const, keys: publishedKeys(locals.backend) };
};
