import { z } from 'zod';
import { shanghaiDate, type IsoDate } from '#lib/calendar.ts';

/** west, south, east, north in degrees, west ≤ east. */
export type Box = [number, number, number, number];

/** What of a collection is asked for, read from an address. */
export interface FeatureQuery {
	limit: number;
	boxes: Box[];
	/** Days in Shanghai, both included; null: open, or no question of time. */
	from: IsoDate | null;
	to: IsoDate | null;
	/** The feature after which this page begins. */
	after: string | null;
}

export const defaultLimit = 100;
/** More is asked for in pages; a larger limit is answered with this one (/req/core/fc-limit-response-1). */
export const largestLimit = 10_000;
const known = ['limit', 'bbox', 'datetime', 'cursor'] as const;

/** What is wrong with a request, for a person who reads an exception. */
export type Faulty = { fault: string };
const isFaulty = (value: unknown): value is Faulty =>
	typeof value === 'object' && value !== null && 'fault' in value;

/** A box over the 180th meridian is two. Six numbers have heights, which nothing here has. */
export function boxesFrom(text: string): Box[] | Faulty {
	const numbers = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
	if (![4, 6].includes(numbers.length) || !numbers.every(Number.isFinite))
		return { fault: `bbox: got "${text}", expected four or six numbers` };
	const [west, south, east, north] = (
		numbers.length === 4 ? numbers : [0, 1, 3, 4].map((at) => numbers[at]!)
	) as Box;
	if (south > north) return { fault: `bbox: got south ${south} above north ${north}` };
	const isOnEarth =
		[west, east].every((x) => Math.abs(x) <= 180) && [south, north].every((y) => Math.abs(y) <= 90);
	if (!isOnEarth) return { fault: `bbox: got "${text}", expected degrees of longitude and latitude (CRS84)` };
	return west <= east
		? [[west, south, east, north]]
		: [
				[west, south, 180, north],
				[-180, south, east, north]
			];
}

const instant = z.iso.datetime({ offset: true }).or(z.iso.date());

/** An instant, or an interval `a/b` with `..` or nothing for an open end; days of Shanghai. */
export function daysFrom(text: string): { from: IsoDate | null; to: IsoDate | null } | Faulty {
	const fault = { fault: `datetime: got "${text}", expected an RFC 3339 instant or an interval a/b` };
	const parts = text.split('/');
	if (parts.length > 2) return fault;
	const days = parts.map((part) => {
		if (parts.length === 2 && (part === '' || part === '..')) return null;
		const read = instant.safeParse(part);
		if (!read.success) return fault;
		return part.length === 10 ? part : shanghaiDate(part);
	});
	const [from, to = from] = days as (string | null | Faulty)[];
	if (isFaulty(from) || isFaulty(to)) return fault;
	if (parts.length === 2 && from === null && to === null) return { from: null, to: null };
	if (from !== null && to !== null && from! > to!)
		return { fault: `datetime: got "${text}", which ends before it begins` };
	return { from: from!, to: to! };
}

/** The query of a request for items, or what is wrong with it: anything unknown is (/req/core/query-param-unknown). */
export function featureQueryFrom(parameters: URLSearchParams): FeatureQuery | Faulty {
	const unknown = unknownParameter(parameters, known);
	if (unknown) return unknown;
	const limitText = parameters.get('limit');
	const limit = limitText === null ? defaultLimit : /^\d+$/.test(limitText) ? Number(limitText) : 0;
	if (limit < 1) return { fault: `limit: got "${limitText}", expected a whole number from 1` };
	const boxText = parameters.get('bbox');
	const boxes = boxText === null ? [] : boxesFrom(boxText);
	if (isFaulty(boxes)) return boxes;
	const timeText = parameters.get('datetime');
	const days = timeText === null ? { from: null, to: null } : daysFrom(timeText);
	if (isFaulty(days)) return days;
	const after = parameters.get('cursor');
	if (after !== null && !z.uuid().safeParse(after).success)
		return { fault: `cursor: got "${after}", expected one of a next link` };
	return { limit: Math.min(limit, largestLimit), boxes, ...days, after };
}

/** A parameter that the API does not define, or one given twice. */
export function unknownParameter(parameters: URLSearchParams, defined: readonly string[]): Faulty | null {
	const names = [...parameters.keys()];
	const strange = names.find((name) => !defined.includes(name));
	if (strange !== undefined)
		return { fault: `got a parameter "${strange}", expected ${defined.join(', ') || 'none'}` };
	const twice = names.find((name, index) => names.indexOf(name) !== index);
	return twice === undefined ? null : { fault: `got "${twice}" more than once` };
}
