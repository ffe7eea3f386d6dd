import type { FeatureCollection, Polygon } from 'geojson';
import { hexagonIndex, hexagonRing, resolutionOf } from '#lib/spatial/hexagon.ts';
import type { PointBlock } from '#lib/spatial/pointBlock.ts';
import type { Bounds } from './mapFilter.ts';
import { hexagonsOf } from './hexagonColumn.ts';
import { extentOf, isWithin } from './mapExtent.ts';
import type { MapIndex, Selection } from './mapIndex.ts';
import { countsOf, mapMeasures, placeOf, type Counts } from './mapMeasures.ts';
import { dayNumber } from './mapTable.ts';

export type HexagonProperties = Pick<Counts, 'all' | 'open' | 'overdue' | 'seen' | 'heat'>;
export type Hexagons = FeatureCollection<Polygon, HexagonProperties>;

/** What is looked at in sight, in hexagons that suit the zoom. */
export function mapHexagons(index: MapIndex, selection: Selection, bounds: Bounds, zoom: number): Hexagons {
	const { table } = index;
	const resolution = resolutionOf(zoom);
	const hexagons = hexagonsOf(table, resolution);
	const measures = mapMeasures(table, selection.matches, dayNumber(index.today));
	const within = extentOf(bounds);
	/** By the number of the hexagon. */
	let sums = new Int32Array(hexagons.keys.length * measures.length);
	const gather = ({ rows }: PointBlock): void => {
		for (const row of rows) {
			if (!selection.matches(row) || !isWithin(table, row, within)) continue;
			const at = hexagons.of(row, table) * measures.length;
			if (at >= sums.length) sums = enlarged(sums, at + measures.length);
			measures.addTo(row, sums, at);
		}
	};
	for (const { block } of selection.places) gather(block);
	const features: Hexagons['features'] = [];
	hexagons.keys.forEach((key, number) => {
		const first = number * measures.length;
		if (first >= sums.length || sums[first + placeOf.all] === 0) return;
		const { all, open, overdue, seen, heat } = countsOf(sums, first);
		features.push({
			type: 'Feature',
			id: hexagonIndex(key, resolution),
			properties: { all, open, overdue, seen, heat },
			geometry: { type: 'Polygon', coordinates: [hexagonRing(key, resolution)] }
		});
	});
	return { type: 'FeatureCollection', features };
}

function enlarged(sums: Int32Array, length: number): Int32Array<ArrayBuffer> {
	const larger = new Int32Array(length * 2);
	larger.set(sums);
	return larger;
}
