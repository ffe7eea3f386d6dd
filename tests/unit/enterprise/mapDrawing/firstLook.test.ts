import { describe, expect, test } from 'vitest';
import type { AreaBoundaries } from '#lib/area/boundary.ts';
import { boundsOf, labelPoint } from '#lib/area/boundary.ts';
import type { BandChoice } from '#lib/enterprise/band.ts';
import { bandGroups, drawFirstLook } from '#lib/enterprise/mapDrawing/firstLook.ts';
import { drawStillMap } from '#lib/area/stillMap.ts';
import { lookAt } from '#lib/enterprise/mapDrawing/lookAt.ts';
import { mapLayers } from '#lib/enterprise/mapDrawing/mapLayer.ts';
import { noFilter } from '#lib/enterprise/mapIndex/mapFilter.ts';
import { MapIndex } from '#lib/enterprise/mapIndex/mapIndex.ts';
import type { Dot } from '#lib/enterprise/mapIndex/firstDots.ts';

const square = (west: number, south: number, size: number) => [
	[
		[west, south],
		[west + size, south],
		[west + size, south + size],
		[west, south + size],
		[west, south]
	]
];
const boundaries: AreaBoundaries = {
	type: 'FeatureCollection',
	features: [
		{
			type: 'Feature',
			properties: { id: 'a', scope: '00010001', name: '云溪社区', officialCode: null },
			geometry: { type: 'MultiPolygon', coordinates: [square(121, 31, 0.02), square(121.03, 31, 0.005)] }
		}
	]
};
const dot = (band: BandChoice, longitude: number): Dot => ({ band, longitude, latitude: 31.01 });

describe('the map before the map', () => {
	test('nothing to draw without boundaries', () => {
		expect(boundsOf({ type: 'FeatureCollection', features: [] })).toBeNull();
		expect(drawFirstLook({ type: 'FeatureCollection', features: [] }, [])).toBeNull();
	});
	test('a name stands in the middle of the largest part', () => {
		const [x, y] = labelPoint(boundaries.features[0]!.geometry);
		expect(x).toBeCloseTo(121.01, 6);
		expect(y).toBeCloseTo(31.01, 6);
	});
	test('north is up, every dot is drawn, the worst on top', () => {
		const look = drawFirstLook(boundaries, bandGroups([dot('highest', 121.01), dot('none', 121.011)]))!;
		expect(look.bounds).toEqual([121, 31, 121.035, 31.02]);
		expect(look.dots.map(({ key }) => key)).toEqual(['none', 'highest']);
		expect(look.dots.map(({ kind }) => kind)).toEqual(['hollow', 'shape']);
		const corners = [...look.areas[0]!.path.matchAll(/([\d.]+) ([\d.]+)/g)].map(([, , y]) => Number(y));
		expect(corners[0]).toBeGreaterThan(corners[2]!);
		expect(Math.max(...corners)).toBeLessThanOrEqual(look.height);
	});
});

/** Two communities side by side: in the first one in ten is 重点, in the second every other. */
function twoCommunities(sitesEach: number) {
	const scopes = ['000100010001', '000100010002'];
	const beside: AreaBoundaries = {
		type: 'FeatureCollection',
		features: scopes.map((scope, at) => ({
			type: 'Feature',
			properties: { id: scope, scope, name: `示例${at + 1}`, officialCode: null },
			geometry: { type: 'MultiPolygon', coordinates: [square(121 + at * 0.02, 31, 0.02)] }
		}))
	};
	const index = new MapIndex('2026-11-22');
	index.load(
		scopes.flatMap((scope, at) =>
			Array.from({ length: sitesEach }, (_, site) => {
				const band = site % (at === 0 ? 10 : 2) === 0 ? 'focus' : 'normal';
				const columns = ['hotel', band, '', 1, 0, 1, 100, '2026-11-01', 'major', '', '', ''];
				return `${at * sitesEach + site + 1}\t${scope}\t${121.01 + at * 0.02}\t31.01\t${columns.join('\t')}`;
			})
		)
	);
	return { beside, index, selection: index.select(['0001'], noFilter) };
}

describe('a picture of more than can be told apart', () => {
	test('3,000 sites are dots; one more, and communities are shaded by their share of the worst', () => {
		const few = twoCommunities(1_500);
		const dots = lookAt(few.index, few.selection, few.beside, 'band')!;
		expect(dots.shadedBy).toBeNull();
		expect(dots.dots.map(({ key }) => key)).toEqual(['normal', 'focus']);
		const many = twoCommunities(1_510);
		const shades = lookAt(many.index, many.selection, many.beside, 'band')!;
		expect(shades).toMatchObject({ shadedBy: 'band', dots: [] });
		expect(shades.areas.map(({ shade }) => shade?.text)).toEqual(['151', '755']);
		const [mild, severe] = shades.areas.map(({ shade }) => Number(shade!.colour.at(-1)));
		expect(severe).toBeGreaterThan(mild!);
	});
	test.each(mapLayers)('%s says what it shows, however few there are', (layer) => {
		const { beside, index, selection } = twoCommunities(10);
		const look = lookAt(index, selection, beside, layer)!;
		expect(look.shadedBy).toBe(layer === 'band' ? null : layer);
		expect(look.areas.every(({ shade }) => (shade === null) === (layer === 'band'))).toBe(true);
	});
	test('where nobody has looked there is no share', () => {
		const { beside, index } = twoCommunities(0);
		const { areas } = lookAt(index, index.select(['0001'], noFilter), beside, 'open')!;
		expect(areas.map(({ shade }) => shade?.text)).toEqual(['0', '0']);
	});
});

test('the pictures of areas and of the map lie the same way round', () => {
	const { geometry } = boundaries.features[0]!;
	const still = drawStillMap([{ id: 'a', name: '云溪社区', geometry }])!;
	const look = drawFirstLook(boundaries, [])!;
	const share = ({ width, height }: { width: number; height: number }, [x, y]: [number, number]) => [
		x / width,
		y / height
	];
	const [inStill, inLook] = [share(still, still.shapes[0]!.label), share(look, look.areas[0]!.label)];
	expect(inStill[0]).toBeCloseTo(inLook[0]!, 1);
	expect(inStill[1]).toBeCloseTo(inLook[1]!, 1);
	expect(drawStillMap([{ id: 'a', name: '无边界', geometry: null }])).toBeNull();
});
