import type { Geometry } from 'geojson';
import { cleanText } from './importText.ts';
import type { ImportRow, ImportTable } from './importTable.ts';

/** A feature as files have it: any part may be missing. */
export interface LooseFeature {
	type?: unknown;
	id?: unknown;
	properties?: Record<string, unknown> | null;
	geometry?: Geometry | null;
}

/** Features as rows: their properties are the cells. */
export function featureTable(format: ImportTable['format'], features: readonly LooseFeature[]): ImportTable {
	const rows = features.map((feature, index) => rowOf(feature, index + 1));
	return { format, columns: [...new Set(rows.flatMap(({ cells }) => Object.keys(cells)))], rows };
}

function rowOf(feature: LooseFeature, line: number): ImportRow {
	const cells: Record<string, string> = {};
	if (typeof feature?.id === 'string' || typeof feature?.id === 'number') cells.id = String(feature.id);
	for (const [column, value] of Object.entries(feature?.properties ?? {})) {
		const text = value === null || typeof value === 'object' ? '' : cleanText(String(value));
		if (text !== '') cells[cleanText(column)] = text;
	}
	return { line, cells, geometry: feature?.geometry ?? null };
}
