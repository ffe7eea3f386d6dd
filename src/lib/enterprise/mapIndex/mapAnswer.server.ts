import type { Client } from '#lib/backend/backend.server.ts';
import { readLines } from '../enterprise.server.ts';
import type { Bounds, MapFilter } from '../mapFilter.ts';
import type { MapAnswer } from './mapAnswer.ts';
import { totalOf, type MapIndex } from './mapIndex.ts';
import { mapList } from './mapList.ts';
import type { Counts } from './mapMeasures.ts';

export interface MapQuestion {
	/** Scopes that the asker may see. */
	visible: readonly string[];
	filter: MapFilter;
	/** What the words of the filter were found in. */
	found: ReadonlySet<number> | null;
	/** What is in sight; null: everything. */
	bounds: Bounds | null;
	offset: number;
	limit: number;
}

/** Counts come from the index, names from the database in the asker's own name. */
export async function readMapAnswer(
	client: Client,
	index: MapIndex,
	{ visible, filter, found, bounds, offset, limit }: MapQuestion
): Promise<MapAnswer> {
	const selection = index.select(visible, filter, found);
	const listed = mapList(index.table, selection, bounds, { offset, limit });
	const without = (more: Partial<MapFilter>): Counts =>
		totalOf(index.select(visible, { ...filter, ...more }, found));
	return {
		position: index.position,
		today: index.today,
		total: totalOf(selection).all,
		counts: totalOf(selection),
		pointsFrom: selection.pointsFrom,
		inView: listed.total,
		bandCounts: without({ bands: [], onlyPending: false }),
		riskCounts: without({ riskLevels: [] }),
		rows: await readLines(client, listed.ordinals)
	};
}
