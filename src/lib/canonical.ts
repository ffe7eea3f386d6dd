import canonicalize from 'canonicalize';

/** RFC 8785 text of a JSON value: the same value always gives the same bytes, so its hash can stand for it. */
export function canonicalText(value: unknown): string {
	const text = canonicalize(value);
	if (text === undefined) throw new TypeError(`canonicalText: got ${typeof value}, expected a JSON value`);
	return text;
}

/** Lower-case hex sha-256 of text (as UTF-8) or bytes; Web Crypto, so it runs on the phone and on the server. */
export async function sha256Hex(content: string | ArrayBuffer | Uint8Array<ArrayBuffer>): Promise<string> {
	const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
	const digest = await crypto.subtle.digest('SHA-256', bytes);
	return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
