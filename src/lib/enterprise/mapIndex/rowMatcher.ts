import { booleanPointInPolygon } from '@turf/turf';
import { distanceMetres } from '#lib/spatial/distance.ts';
import { latitudeOf, longitudeOf } from '#lib/spatial/world.ts';
import { askedShape, boundsOfShape } from './askedShape.ts';
import type { MapFilter } from './mapFilter.ts';
import { extentOf, isWithin } from './mapExtent.ts';
import { bandCodes, dayNumber, neverSeen, riskCodes, type Dictionary, type MapTable } from './mapTable.ts';

/** Whether a row of the table is looked at. */
export type RowMatcher = (row: number) => boolean;

export const everyRow: RowMatcher = () => true;

/** Which numbers of a dictionary are asked for; null: all. Texts that came later are looked up when they are met. */
function askedOf(dictionary: Dictionary, isAsked: (text: string) => boolean): (number: number) => boolean {
	const known: boolean[] = [];
	return (number) => (known[number] ??= isAsked(dictionary.texts[number]!));
}

/**
 * The filter as a question to a row; places (`scope`) and words (`q`) are asked elsewhere: by choosing blocks and by
 * `only`, the ordinals that a search found.
 */
export function rowMatcher(
	table: MapTable,
	filter: MapFilter,
	only: ReadonlySet<number> | null = null
): RowMatcher {
	const asks: RowMatcher[] = [];
	const { siteTypes, tags, departments, seen } = filter;
	if (siteTypes.length > 0) {
		const isAsked = askedOf(table.siteTypes, (text) => siteTypes.includes(text));
		asks.push((row) => isAsked(table.siteType[row]!));
	}
	if (filter.bands.length > 0) {
		const isAsked = bandCodes.map((code) => filter.bands.includes(code));
		asks.push((row) => isAsked[table.band[row]!]!);
	}
	if (filter.riskLevels.length > 0) {
		const isAsked = riskCodes.map((code) => code !== 'none' && filter.riskLevels.includes(code));
		asks.push((row) => isAsked[table.risk[row]!]!);
	}
	if (tags.length > 0) {
		const isAsked = askedOf(table.tagSets, (text) => text.split(',').some((tag) => tags.includes(tag)));
		asks.push((row) => isAsked(table.tags[row]!));
	}
	if (departments.length > 0) {
		const isAsked = askedOf(table.departments, (text) => departments.includes(text));
		asks.push((row) => isAsked(table.department[row]!));
	}
	if (filter.onlyOpen) asks.push((row) => table.openHazards[row]! > 0);
	if (filter.onlyOverdue) asks.push((row) => table.overdue[row]! > 0);
	if (filter.onlyPending) asks.push((row) => table.pending[row] !== 0);
	if (seen === 'never') asks.push((row) => table.lastSeen[row] === neverSeen);
	else if (seen) {
		const from = seen.from ? dayNumber(seen.from) : 0;
		const to = seen.to ? dayNumber(seen.to) : Infinity;
		asks.push((row) => table.lastSeen[row]! >= from && table.lastSeen[row]! <= to);
	}
	if (filter.near || filter.within) asks.push(placeMatcher(table, filter));
	if (only) asks.push((row) => only.has(table.ordinal[row]!));
	if (asks.length === 0) return everyRow;
	if (asks.length === 1) return asks[0]!;
	return (row) => asks.every((ask) => ask(row));
}

/** Whether a row lies in the area or the radius asked about. What has no position lies nowhere. */
function placeMatcher(table: MapTable, { near, within }: MapFilter): RowMatcher {
	const shape = askedShape({ near, within })!;
	const extent = extentOf(boundsOfShape(shape));
	const isInside = (longitude: number, latitude: number): boolean =>
		(within === null || booleanPointInPolygon([longitude, latitude], shape)) &&
		(near === null || distanceMetres(near, { longitude, latitude }) <= near.radiusMetres);
	return (row) =>
		table.hasPosition[row] === 1 &&
		isWithin(table, row, extent) &&
		isInside(longitudeOf(table.x[row]! + 0.5), latitudeOf(table.y[row]! + 0.5));
}
