const mostRows = 500;
const fewRows = 60;

/** `limit` (60, at most 500) and `offset` of a list. */
export function pageFrom(query: Pick<URLSearchParams, 'get'>): { offset: number; limit: number } {
	const whole = (name: string, most: number, otherwise: number): number => {
		const value = Number(query.get(name) ?? otherwise);
		return Number.isSafeInteger(value) && value >= 0 ? Math.min(value, most) : otherwise;
	};
	return { offset: whole('offset', Number.MAX_SAFE_INTEGER, 0), limit: whole('limit', mostRows, fewRows) };
}
