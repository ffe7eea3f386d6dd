import type { Extent } from '#lib/messages/index.ts';

/** The texts that a page's script needs. */
export const textsOf = (routeId: string | null): Extent => (routeId === '/' ? 'first' : 'all');
