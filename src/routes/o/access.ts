import type { RequestEvent } from '@sveltejs/kit';
import { Attempts } from '#lib/identity/attempts.ts';
import { refuse } from '../guard.ts';

const cookieName = 'delivery';
const keptDays = 7;

/**
 * What the right 领取码 left in this browser. The cookie is sent to the page of this one delivery and to its PDF
 * (`/o/{token}.pdf` is no path below `/o/{token}`, so it has its own), and to nothing else.
 */
export const readProof = ({ cookies }: RequestEvent): string | undefined => cookies.get(cookieName);

export function keepProof({ cookies, url }: RequestEvent, token: string, proof: string): void {
	for (const path of [`/o/${token}`, `/o/${token}.pdf`])
		cookies.set(cookieName, proof, {
			path,
			httpOnly: true,
			sameSite: 'lax',
			secure: url.protocol === 'https:',
			maxAge: keptDays * 86_400
		});
}

/**
 * For everything under a token: nothing keeps it, nothing lists it. The address is a key and never goes to another
 * site (`same-origin`; with `no-referrer` browsers post forms with the origin `null`, which looks like a forgery).
 */
export const privateHeaders = {
	'cache-control': 'no-store',
	'x-robots-tag': 'noindex, nofollow, noarchive',
	'referrer-policy': 'same-origin'
};

/**
 * Codes that open nothing, by address, in ten minutes. A token has 160 bits and is not guessed; this keeps whoever tries
 * from keeping the server busy. A phone that waits for an upload asks three times a minute, and a market has one address.
 */
const allowedMisses = 120;
const misses = new Attempts(allowedMisses);

/** Of an IPv6 address its first 64 bits: whoever has one of them has 2⁶⁴. */
function networkOf(address: string): string {
	if (!address.includes(':') || address.includes('.')) return address;
	const [head = [], tail = []] = address.split('::').map((half) => half.split(':').filter(Boolean));
	const zeros = Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0');
	return [...head, ...zeros, ...tail].slice(0, 4).join(':');
}

/** Called first by everything under a token. Refuses who has tried too many. */
export function admit(event: RequestEvent): void {
	const minutes = misses.waitMinutes(networkOf(event.getClientAddress()), Date.now());
	if (minutes > 0) refuse({ code: 'delivery.too_many', details: { minutes } });
}

/** Called once with every answer (hooks.server.ts). */
export function noteMiss(event: RequestEvent, { status }: Response): void {
	if (status === 404 && /^\/[ot]\//.test(event.route.id ?? ''))
		misses.noteFailure(networkOf(event.getClientAddress()), Date.now());
}
