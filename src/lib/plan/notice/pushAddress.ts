import { z } from 'zod';

/**
 * Where browsers have their push services. The address comes from a browser, so it could be anything, also a machine
 * that only our server reaches: nothing is ever sent elsewhere. The operator may name more (PUSH_HOSTS).
 */
const knownHosts = [
	'fcm.googleapis.com',
	'*.push.services.mozilla.com',
	'*.push.apple.com',
	'*.notify.windows.com'
];

/** Whether an address is one of a push service: https, its own port, no name or password in it. */
export function isPushAddress(endpoint: string, moreHosts: readonly string[] = []): boolean {
	if (!URL.canParse(endpoint)) return false;
	const { protocol, host, username, password } = new URL(endpoint);
	if (protocol !== 'https:' || username || password) return false;
	return [...knownHosts, ...moreHosts].some((known) =>
		known.startsWith('*.') ? host.endsWith(known.slice(1)) : host === known
	);
}

/** What a browser gives to whoever may send to it (Push API, `PushSubscription.toJSON`). */
export const pushSubscriptionSchema = z.object({
	endpoint: z.url().max(1000),
	keys: z.object({
		/** 65 bytes: an uncompressed point on P-256. */
		p256dh: z.string().regex(/^[\w-]{87}=?$/),
		/** 16 bytes. */
		auth: z.string().regex(/^[\w-]{22}={0,2}$/)
	})
});
export type PushSubscriptionText = z.infer<typeof pushSubscriptionSchema>;
