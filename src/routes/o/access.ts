import type { RequestEvent } from '@sveltejs/kit';

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
