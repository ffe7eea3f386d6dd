import { heatOf, isKeyObject } from './mapMeasures.ts';
import type { MapTable } from './mapTable.ts';

/** A tile is fine enough for the closest look from here on; maps draw it larger beyond. */
export const deepestTile = 17;

interface PointField {
	/** For TileJSON. */
	about: string;
	/** @param today `dayNumber` */
	of(table: MapTable, row: number, today: number): number;
	/** What the numbers stand for, where they stand for words. */
	words?(table: MapTable): readonly string[];
}

/** Properties of a point on the map, whole numbers but for `type`. Codes of bands and risk levels: see mapTable.ts. */
export const pointFields: Record<string, PointField> = {
	band: { about: '0 none, 1 normal … 4 highest', of: (table, row) => table.band[row]! },
	pending: {
		about: '0, or the band that waits for confirmation',
		of: (table, row) => table.pending[row]!
	},
	risk: { about: '0 none, 1 low … 4 major', of: (table, row) => table.risk[row]! },
	type: {
		about: 'code of the kind of site',
		of: (table, row) => table.siteType[row]!,
		words: (table) => table.siteTypes.texts
	},
	open: { about: 'open hazards', of: (table, row) => table.openHazards[row]! },
	major: { about: 'open major hazards', of: (table, row) => table.openMajor[row]! },
	overdue: { about: 'open hazards past their deadline', of: (table, row) => table.overdue[row]! },
	heat: { about: 'open hazards by severity and days overdue, hundredths', of: heatOf },
	attention: { about: '0–100; 255: none yet', of: (table, row) => table.attention[row]! },
	today: { about: '1: inspected today', of: (table, row, today) => Number(table.lastSeen[row] === today) },
	key: { about: '1: key object', of: (table, row) => Number(isKeyObject(table, row)) }
};
