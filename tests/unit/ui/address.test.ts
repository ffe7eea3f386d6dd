import { expect, test } from 'vitest';
import { pathWithinSite } from '#lib/ui/pathWithinSite.ts';
import { fitWithin } from '#lib/ui/photo.ts';
import { withQuery } from '#lib/ui/query.ts';

test.each([
	['/map?band=key#list', '/map?band=key#list'],
	['/', '/'],
	['//evil.example/', '/'],
	['/\\evil.example', '/'],
	['/\t/evil.example', '/'],
	['https://evil.example/', '/'],
	['javascript:alert(1)', '/'],
	['map', '/'],
	[null, '/'],
	[new Blob(), '/']
])('going back to %s leads to %s, never to another site', (value, expected) => {
	expect(pathWithinSite(value)).toBe(expected);
});

test('a filter changes its own parameter and leaves the others', () => {
	const url = new URL('https://here.example/list?band=key&page=3');
	expect(withQuery(url, { sort: 'name', page: null })).toBe('/list?band=key&sort=name');
	expect(withQuery(url, { band: '', page: '' })).toBe('/list');
	expect(withQuery(url, { page: 0 })).toBe('/list?band=key&page=0');
});

test('a large photo is made to fit and a small one keeps its size', () => {
	expect(fitWithin(8000, 6000, 1600)).toEqual({ width: 1600, height: 1200 });
	expect(fitWithin(3000, 9000, 1600)).toEqual({ width: 533, height: 1600 });
	expect(fitWithin(640, 480, 1600)).toEqual({ width: 640, height: 480 });
	expect(fitWithin(20_000, 2, 1600)).toEqual({ width: 1600, height: 1 });
});
