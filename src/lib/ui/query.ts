/**
 * The address of the same page with some parameters changed; `null`, `undefined` and `''` remove one.
 * Filters, sort and view live in the URL, so a link is all that a table or a filter needs.
 */
export function withQuery(
	url: URL,
	changes: Record<string, string | number | boolean | null | undefined>
): string {
	const parameters = new URLSearchParams(url.search);
	for (const [name, value] of Object.entries(changes)) {
		if (value === null || value === undefined || value === '') parameters.delete(name);
		else parameters.set(name, String(value));
	}
	const search = parameters.toString();
	return url.pathname + (search ? `?${search}` : '');
}
