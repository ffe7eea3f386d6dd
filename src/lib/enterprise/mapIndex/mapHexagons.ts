import type { FeatureCollection, Polygon } from 'geojson';
import { hexagonAround, hexagonIndex, hexagonKey, hexagonRing, resolutionOf } from '#lib/spatial/hexagon.ts';
import type { PointBlock } from '#lib/spatial/pointBlock.ts';
import { latitudeOf, longitudeOf } from '#lib/spatial/world.ts';
import type { Bounds } from './mapFilter.ts';
import { extentOf, isWithin } from './mapExtent.ts';
import type { MapIndex, Selection } from './mapIndex.ts';
import { countsOf, mapMeasures, measureNames, type Counts } from './mapMeasures.ts';
import { dayNumber, type MapTable } from './mapTable.ts';

export type HexagonProperties = Pick<Counts, 'all' | 'open' | 'overdue' | 'seen' | 'heat'>;
export type Hexagons = FeatureCollection<Polygon, HexagonProperties>;

/** An enterprise's hexagon of the finest resolution, worked out when it is first asked for. */
function keyOf({ hexagon, x, y }: MapTable, row: number): number {
	if (hexagon[row] === 0) hexagon[row] = hexagonKey(longitudeOf(x[row]! + 0.5), latitudeOf(y[row]! + 0.5));
	return hexagon[row]!;
}

/** What is looked at in sight, in hexagons that suit the zoom. */
export function mapHexagons(index: MapIndex, selection: Selection, bounds: Bounds, zoom: number): Hexagons {
	const { table } = index;
	const resolution = resolutionOf(zoom);
	const measures = mapMeasures(table, selection.matches, dayNumber(index.today));
	const within = extentOf(bounds);
	const sums = new Map<number, Int32Array>();
	const gather = ({ rows }: PointBlock): void => {
		for (const row of rows) {
			if (!selection.matches(row) || !isWithin(table, row, within)) continue;
			const around = hexagonAround(keyOf(table, row), resolution);
			let sum = sums.get(around);
			if (!sum) sums.set(around, (sum = new Int32Array(measureNames.length)));
			measures.addTo(row, sum, 0);
		}
	};
	for (const { block } of selection.places) gather(block);
	return {
		type: 'FeatureCollection',
		features: Array.from(sums, ([around, sum]) => {
			const { all, open, overdue, seen, heat } = countsOf(sum);
			return {
				type: 'Feature',
				id: hexagonIndex(around, resolution),
				properties: { all, open, overdue, seen, heat },
				geometry: { type: 'Polygon', coordinates: [hexagonRing(around, resolution)] }
			};
		})
	};
}
