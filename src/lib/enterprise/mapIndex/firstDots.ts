import { latitudeOf, longitudeOf } from '#lib/spatial/world.ts';
import type { BandChoice } from '../band.ts';
import type { Selection } from './mapIndex.ts';
import { bandCodes, type MapTable } from './mapTable.ts';

/** A dot of a picture. WGS-84 degrees. */
export interface Dot {
	longitude: number;
	latitude: number;
	band: BandChoice;
}

/** A picture of more dots would weigh more than the page around it. */
const mostDots = 3_000;

/** Dots of everything looked at; null when there are too many, and the picture is of areas. */
export function firstDots(table: MapTable, { places, matches }: Selection): Dot[] | null {
	const dots: Dot[] = [];
	for (const { block } of places)
		for (let at = 0; at < block.rows.length; at++) {
			const row = block.rows[at]!;
			if (!matches(row)) continue;
			if (dots.length === mostDots) return null;
			dots.push({
				longitude: longitudeOf(block.xs[at]! + 0.5),
				latitude: latitudeOf(block.ys[at]! + 0.5),
				band: bandCodes[table.band[row]!]!
			});
		}
	return dots;
}
