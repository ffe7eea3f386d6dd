import { describe, expect, test } from 'vitest';
import { keyFrom, keyState, RequestLimit } from '#lib/interop/apiKey.ts';
import { itemPage } from '#lib/interop/ogc.ts';
import { boxesFrom, daysFrom, defaultLimit, featureQueryFrom, largestLimit } from '#lib/interop/ogcQuery.ts';

const query = (text: string) => featureQueryFrom(new URLSearchParams(text));
const fault = { fault: expect.any(String) };

describe('what is asked of a collection', () => {
	test('nothing said is the first page of everything', () => {
		expect(query('')).toEqual({ limit: defaultLimit, boxes: [], from: null, to: null, after: null });
	});

	test.each([
		'limt=3',
		'bbox-crs=x',
		'limit=1&limit=2',
		'limit=0',
		'limit=-1',
		'limit=1.5',
		'limit=',
		'cursor=1'
	])('%s is refused', (text) => expect(query(text)).toEqual(fault));

	test('a limit too large is the largest', () => {
		expect(query('limit=999999999')).toMatchObject({ limit: largestLimit });
	});

	test('a box has four or six numbers, of which heights say nothing', () => {
		expect(boxesFrom('121,31,122,32')).toEqual([[121, 31, 122, 32]]);
		expect(boxesFrom('121,31,0,122,32,99')).toEqual([[121, 31, 122, 32]]);
	});

	test('a box over the 180th meridian is two', () => {
		expect(boxesFrom('170,-10,-170,10')).toEqual([
			[170, -10, 180, 10],
			[-180, -10, -170, 10]
		]);
	});

	test.each([
		'',
		'1,2,3',
		'1,2,3,4,5',
		'a,b,c,d',
		'1,,3,4',
		'0,10,1,5',
		'0,0,181,1',
		'0,-91,1,1',
		'1,2,3,Infinity'
	])('the box "%s" is refused', (text) => expect(boxesFrom(text)).toEqual(fault));

	test.each([
		['2026-11-01', '2026-11-01', '2026-11-01'],
		// An evening in UTC is the next day in Shanghai.
		['2026-11-01T18:00:00Z', '2026-11-02', '2026-11-02'],
		['2026-11-01/2026-11-30', '2026-11-01', '2026-11-30'],
		['2026-11-01/..', '2026-11-01', null],
		['../2026-11-30', null, '2026-11-30'],
		['/2026-11-30', null, '2026-11-30'],
		['../..', null, null]
	])('the time %s is from %s to %s', (text, from, to) => expect(daysFrom(text)).toEqual({ from, to }));

	test.each(['', 'yesterday', '2026-13-01', '2026-11-30/2026-11-01', 'a/b/c', '2026-11-01T25:00:00Z'])(
		'the time "%s" is refused',
		(text) => expect(daysFrom(text)).toEqual(fault)
	);
});

test('the next page is asked for as this one was', () => {
	const asked = new URLSearchParams('bbox=1,2,3,4&limit=2');
	const page = itemPage(
		'http://h/ogc',
		'hazards',
		asked,
		{ features: [], next: 'n', matched: null },
		'2026-11-01T00:00:00Z'
	);
	const next = new URL(page.links.find(({ rel }) => rel === 'next')!.href);
	expect(Object.fromEntries(next.searchParams)).toEqual({ bbox: '1,2,3,4', limit: '2', cursor: 'n' });
	expect(page).not.toHaveProperty('numberMatched');
	expect(asked.has('cursor')).toBe(false);
});

describe('keys', () => {
	const from = (headers: Record<string, string>) => keyFrom(new Headers(headers));
	test('come by three headers, and never otherwise', () => {
		expect(from({ authorization: 'Bearer mck_a' })).toBe('mck_a');
		expect(from({ 'x-api-key': 'mck_b' })).toBe('mck_b');
		expect(from({ authorization: `Basic ${btoa('anyone:mck_c')}` })).toBe('mck_c');
		for (const authorization of [
			'',
			'Bearer',
			'Basic %%%',
			`Basic ${btoa('nopassword')}`,
			`Basic ${btoa('a:')}`,
			'Digest x'
		])
			expect(from({ authorization })).toBeNull();
	});

	test('end on their day, or when they are revoked', () => {
		expect(keyState({ revokedAt: null, expiresOn: '2026-11-22' }, '2026-11-22')).toBe('active');
		expect(keyState({ revokedAt: null, expiresOn: '2026-11-22' }, '2026-11-23')).toBe('expired');
		expect(keyState({ revokedAt: '2026-11-01T00:00:00Z', expiresOn: '2026-11-22' }, '2026-11-01')).toBe(
			'revoked'
		);
	});

	test('may ask 120 times at once and 600 times a minute, each for itself', () => {
		const limit = new RequestLimit();
		const asked = (key: string, at: number) => limit.take(key, at) === 0;
		expect(Array.from({ length: 200 }, () => asked('a', 0)).filter(Boolean)).toHaveLength(120);
		expect(asked('b', 0)).toBe(true);
		expect(limit.take('a', 0)).toBe(1);
		expect(
			Array.from({ length: 60 }, (_, second) => asked('a', second * 1000)).filter(Boolean).length
		).toBeGreaterThan(55);
		expect(Array.from({ length: 50 }, () => asked('a', 64_000)).filter(Boolean).length).toBeLessThanOrEqual(
			50
		);
	});
});
