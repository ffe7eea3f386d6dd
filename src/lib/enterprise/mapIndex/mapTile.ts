import { areApart, rangeOfTile, type PointBlock } from '#lib/spatial/pointBlock.ts';
import { encodeTile, tileExtent, type TileLayer } from '#lib/spatial/vectorTile.ts';
import { worldBits } from '#lib/spatial/world.ts';
import { placeOfCell } from '#lib/spatial/zOrder.ts';
import { cellDetail, type Selection } from './mapIndex.ts';
import { measureNames } from './mapMeasures.ts';
import { dayNumber, type MapTable } from './mapTable.ts';
import { pointFields } from './pointFields.ts';
import type { IsoDate } from '#lib/calendar.ts';

export interface TilePlace {
	zoom: number;
	x: number;
	y: number;
}

export const cellFields = Object.fromEntries(measureNames.map((name) => [name, 'number in the cell']));

export function mapTile(
	table: MapTable,
	selection: Selection,
	place: TilePlace,
	today: IsoDate
): Uint8Array<ArrayBuffer> {
	const isNear = place.zoom >= selection.pointsFrom;
	return encodeTile([isNear ? pointLayer(table, selection, place, today) : cellLayer(selection, place)]);
}

function cellLayer({ pyramid }: Selection, { zoom, x, y }: TilePlace): TileLayer {
	const { cells, sums, first, count } = pyramid.tile(zoom, x, y, cellDetail);
	const side = 2 ** cellDetail;
	const width = tileExtent / side;
	const places: number[] = [];
	for (let at = first; at < first + count; at++) if (hasAny(sums, at)) places.push(at);
	const corners = places.map((at) => placeOfCell(cells[at]!));
	return {
		name: 'cells',
		count: places.length,
		ids: null,
		xs: corners.map((corner) => (corner.x - x * side + 0.5) * width),
		ys: corners.map((corner) => (corner.y - y * side + 0.5) * width),
		columns: measureNames.map((key, measure) => ({
			key,
			values: places.map((at) => sums[at * measureNames.length + measure]!)
		}))
	};
}

/** A cell in which nothing is looked at is not drawn. */
const allPlace = measureNames.indexOf('all');
const hasAny = (sums: Int32Array, cell: number): boolean => sums[cell * measureNames.length + allPlace]! > 0;

function pointLayer(table: MapTable, selection: Selection, place: TilePlace, today: IsoDate): TileLayer {
	const { rows, xs, ys } = pointsOf(selection, place);
	const day = dayNumber(today);
	return {
		name: 'points',
		count: rows.length,
		ids: rows.map((row) => table.ordinal[row]!),
		xs,
		ys,
		columns: Object.entries(pointFields).map(([key, field]) => ({
			key,
			values: rows.map((row) => field.of(table, row, day)),
			...(field.words && { words: field.words(table) })
		}))
	};
}

/** The rows in a tile that are looked at, and where in it they lie. */
function pointsOf(
	{ places, matches }: Selection,
	{ zoom, x, y }: TilePlace
): { rows: number[]; xs: number[]; ys: number[] } {
	const side = 2 ** (worldBits - zoom);
	const [west, north] = [x * side, y * side];
	const tile = { west, north, east: west + side - 1, south: north + side - 1 };
	const scale = tileExtent / side;
	const found = { rows: [] as number[], xs: [] as number[], ys: [] as number[] };
	const take = (block: PointBlock): void => {
		const { from, to } = rangeOfTile(block, zoom, x, y);
		for (let at = from; at < to; at++) {
			const row = block.rows[at]!;
			if (!matches(row)) continue;
			found.rows.push(row);
			found.xs.push(Math.floor((block.xs[at]! - west) * scale));
			found.ys.push(Math.floor((block.ys[at]! - north) * scale));
		}
	};
	for (const { block } of places) if (!areApart(block.extent, tile)) take(block);
	return found;
}
