/**
 * A path to go back to, taken from a form or an address, or `/`. Only a path of this site is returned:
 * `//host`, `/\host` and other origins would send a person elsewhere under our name (open redirect).
 */
export function pathWithinSite(value: unknown): string {
	if (typeof value !== 'string' || !value.startsWith('/')) return '/';
	const base = 'http://here.invalid';
	const url = URL.canParse(value, base) ? new URL(value, base) : null;
	return url?.origin === base ? url.pathname + url.search + url.hash : '/';
}
