import type { RequestEvent } from '@sveltejs/kit';
import { isLoopbackAddress, isLoopbackHost, type SignInFrom } from '#lib/identity/signIn.server.ts';

/** Where a password is typed, and whether the printed one opens anything there. */
export function visitor({ getClientAddress, url }: RequestEvent): SignInFrom {
	const address = getClientAddress();
	const publicUrl = process.env.PUBLIC_URL;
	// Behind a proxy everybody comes from this machine: the address asked for has to be of this machine too.
	const isAtThisMachine =
		isLoopbackAddress(address) &&
		isLoopbackHost(url.hostname) &&
		(!publicUrl || isLoopbackHost(new URL(publicUrl).hostname));
	// `npm run demo` with LAN=1 shows itself to phones on purpose.
	return { address, allowsSamplePassword: isAtThisMachine || process.env.SAMPLE_ACCOUNTS_ON_LAN === '1' };
}
