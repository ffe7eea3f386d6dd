import { cellToBoundary, latLngToCell } from 'h3-js';
import { describe, expect, test } from 'vitest';
import type { AreaBoundaries } from '#lib/area/boundary.ts';
import { noFilter } from '#lib/enterprise/mapIndex/mapFilter.ts';
import { mapAreas } from '#lib/enterprise/mapIndex/mapAreas.ts';
import { mapHexagons } from '#lib/enterprise/mapIndex/mapHexagons.ts';
import { MapIndex } from '#lib/enterprise/mapIndex/mapIndex.ts';
import { resolutionOf } from '#lib/spatial/hexagon.ts';
import { latitudeOf, longitudeOf } from '#lib/spatial/world.ts';

const scopeOf = (community: number) => `00010001${String(community).padStart(4, '0')}`;
/** A checkerboard of squares, three by three. */
const west = (community: number) => 121 + ((community - 1) % 3) * 0.01;
const south = (community: number) => 31 + Math.floor((community - 1) / 3) * 0.01;
const boundaries: AreaBoundaries = {
	type: 'FeatureCollection',
	features: Array.from({ length: 9 }, (_, place) => {
		const [x, y] = [west(place + 1), south(place + 1)];
		const ring = [
			[x, y],
			[x + 0.01, y],
			[x + 0.01, y + 0.01],
			[x, y + 0.01],
			[x, y]
		];
		return {
			type: 'Feature',
			properties: {
				id: `a${place}`,
				scope: scopeOf(place + 1),
				name: `示例${place + 1}`,
				officialCode: null
			},
			geometry: { type: 'MultiPolygon', coordinates: [[ring]] }
		};
	})
};
interface Sites {
	community: number;
	seen: number;
	unseen?: number;
	open: number;
}
function indexOf(list: readonly Sites[]): MapIndex {
	let ordinal = 0;
	const index = new MapIndex('2026-11-22');
	index.load(
		list.flatMap(({ community, seen, unseen = 0, open }) =>
			Array.from({ length: seen + unseen }, (_, site) => {
				const isSeen = site < seen;
				// All that is open stands at the first site.
				const own = site === 0 ? open : 0;
				const at = `${west(community) + 0.005}\t${south(community) + 0.005}`;
				const columns = ['hotel', '', '', own, 0, 0, own * 100, isSeen ? '2026-11-01' : '', '', '', '', ''];
				return `${++ordinal}\t${scopeOf(community)}\t${at}\t${columns.join('\t')}`;
			})
		)
	);
	return index;
}
const areasOf = (list: readonly Sites[]) => {
	const index = indexOf(list);
	return mapAreas(index, index.select([''], noFilter), boundaries);
};

describe('communities as the map colours them', () => {
	test('a rate is of inspected sites; where nobody looked there is none, which is not nought', () => {
		const [first, second, third] = areasOf([
			{ community: 1, seen: 20, unseen: 80, open: 10 },
			{ community: 2, seen: 0, unseen: 5, open: 0 },
			{ community: 3, seen: 2, open: 2 }
		]);
		expect(first).toMatchObject({ enterprises: 100, seen: 20, open: 10, rate: 0.5, isSmall: false });
		expect(second).toMatchObject({ seen: 0, rate: null, isSmall: true });
		expect(third).toMatchObject({ rate: 1, isSmall: true });
	});
	test('two hazards at two sites are drawn towards the others, many at many are not', () => {
		const areas = areasOf([
			{ community: 1, seen: 100, open: 100 },
			{ community: 2, seen: 2, open: 2 },
			...[3, 4, 5, 6].map((community) => ({ community, seen: 100, open: 20 }))
		]);
		const [many, few] = areas;
		expect(many!.smoothed!.rate).toBeGreaterThan(0.95);
		expect(few!.smoothed!.rate).toBeLessThan(0.75);
		expect(few!.smoothed!.high - few!.smoothed!.low).toBeGreaterThan(
			many!.smoothed!.high - many!.smoothed!.low
		);
	});
	test('nothing open anywhere: no rate is made up and nothing is hot', () => {
		const areas = areasOf([{ community: 1, seen: 10, open: 0 }]);
		expect(areas.every(({ smoothed, hot }) => smoothed === null && hot.kind === null)).toBe(true);
	});
});

test('hexagons hold what H3 puts into them, and all of it', () => {
	const index = indexOf([
		{ community: 1, seen: 3, open: 4 },
		{ community: 9, seen: 2, unseen: 1, open: 1 }
	]);
	const zoom = 12;
	const { features } = mapHexagons(index, index.select([''], noFilter), [120, 30, 122, 32], zoom);
	const sum = (of: 'all' | 'open') => features.reduce((total, { properties }) => total + properties[of], 0);
	expect([sum('all'), sum('open')]).toEqual([6, 5]);
	const expected = latLngToCell(south(1) + 0.005, west(1) + 0.005, resolutionOf(zoom));
	const first = features.find(({ id }) => id === expected)!;
	expect(first.properties).toMatchObject({ all: 3, open: 4, seen: 3 });
	expect(first.geometry.coordinates[0]).toEqual(cellToBoundary(expected, true));
	expect(mapHexagons(index, index.select([''], noFilter), [0, 0, 1, 1], zoom).features).toEqual([]);
});

test('at every zoom a site is in the hexagon that it lies in, also near a border and after it was moved', () => {
	const place = (site: number, turn: number): [number, number] => [
		121 + ((site * 7919 + turn * 104_729) % 4_001) / 10_000,
		31 + ((site * 6101 + turn * 15_485_863) % 3_989) / 10_000
	];
	const lineAt = (site: number, turn: number) =>
		[site + 1, scopeOf(1), ...place(site, turn), 'restaurant', ...Array<string>(11).fill('')].join('\t');
	const sites = Array.from({ length: 300 }, (_, site) => site);
	const index = new MapIndex('2026-11-22');
	for (const turn of [0, 1]) {
		index.load(sites.map((site) => lineAt(site, turn)));
		for (let zoom = 5; zoom <= 17; zoom++) {
			const expected = new Map<string, number>();
			for (const row of sites) {
				const { x, y } = index.table;
				const cell = latLngToCell(latitudeOf(y[row]! + 0.5), longitudeOf(x[row]! + 0.5), resolutionOf(zoom));
				expected.set(cell, (expected.get(cell) ?? 0) + 1);
			}
			const { features } = mapHexagons(index, index.select([''], noFilter), [120, 30, 122, 32], zoom);
			expect(new Map(features.map(({ id, properties }) => [id, properties.all]))).toEqual(expected);
		}
	}
});
