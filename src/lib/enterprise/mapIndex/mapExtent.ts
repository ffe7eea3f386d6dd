import type { Extent } from '#lib/spatial/pointBlock.ts';
import { worldX, worldY } from '#lib/spatial/world.ts';
import type { Bounds } from './mapFilter.ts';
import type { MapTable } from './mapTable.ts';

export const extentOf = ([west, south, east, north]: Bounds): Extent => ({
	west: worldX(west),
	north: worldY(north),
	east: worldX(east),
	south: worldY(south)
});

export function isWithin({ x, y }: MapTable, row: number, { west, north, east, south }: Extent): boolean {
	const column = x[row]!;
	const line = y[row]!;
	return column >= west && column <= east && line >= north && line <= south;
}
