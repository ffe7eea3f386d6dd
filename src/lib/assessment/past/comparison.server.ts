import type { Client } from '#lib/backend/backend.server.ts';
import type { IsoDate } from '#lib/calendar.ts';
import {
	byBettering,
	byWorsening,
	changeOf,
	directions,
	isAsked,
	sumsOf,
	type Compared,
	type ComparedDot,
	type ComparedEnterprise,
	type Comparison,
	type ComparisonFilter,
	type OpenHazards
} from '#lib/enterprise/comparison/comparison.ts';
import type { MapQuestion } from '#lib/enterprise/mapIndex/mapAnswer.server.ts';
import { extentOf, isWithin } from '#lib/enterprise/mapIndex/mapExtent.ts';
import { readLines } from '#lib/enterprise/mapIndex/mapLines.server.ts';
import type { MapTable } from '#lib/enterprise/mapIndex/mapTable.ts';
import { latitudeOf, longitudeOf } from '#lib/spatial/world.ts';
import { readPastDays } from './pastMap.server.ts';
import type { PastDay } from './pastMap.ts';

export interface ComparisonQuestion extends MapQuestion {
	from: IsoDate;
	to: IsoDate;
	today: IsoDate;
	asked: ComparisonFilter;
}

/** Two days of what the client may see, each replayed under its own rules. The filter asks how things stood on the later one. */
export async function readComparison(client: Client, question: ComparisonQuestion): Promise<Comparison> {
	const { visible, filter, found, from, to, today, asked, bounds, offset, limit } = question;
	const { days, beginsOn } = await readPastDays(client, visible, [from, to], { isTillNow: to === today });
	const [before, after] = days as [PastDay, PastDay];
	const { table } = after.index;
	const { places, matches } = after.index.select(visible, filter, found);
	const all = [...places].flatMap(({ rows }) =>
		[...rows].filter(matches).map((row) => comparedAt(before, after, table.ordinal[row]!))
	);
	const listed = all.filter((each) => isAsked(each, asked));
	const extent = bounds && extentOf(bounds);
	const inView = extent
		? listed.filter(({ ordinal }) => isWithin(table, table.rowOf(ordinal)!, extent))
		: listed;
	const page = inView
		.toSorted(asked.order === 'better' ? byBettering : byWorsening)
		.slice(offset, offset + limit);
	return {
		from,
		to,
		beginsOn,
		enterprises: all.length,
		...sumsOf(all),
		before: hazardsOf(before.index.table, all),
		after: hazardsOf(table, all),
		total: listed.length,
		inView: inView.length,
		rows: await named(client, page),
		dots: dotsOf(table, listed)
	};
}

function comparedAt(from: PastDay, to: PastDay, ordinal: number): Compared {
	const before = from.standings.get(ordinal) ?? null;
	const after = to.standings.get(ordinal) ?? null;
	return { ordinal, before, after, change: changeOf(before, after) };
}

function hazardsOf(table: MapTable, all: readonly Compared[]): OpenHazards {
	const sums: OpenHazards = { open: 0, major: 0, overdue: 0 };
	for (const { ordinal } of all) {
		const row = table.rowOf(ordinal)!;
		sums.open += table.openHazards[row]!;
		sums.major += table.openMajor[row]!;
		sums.overdue += table.overdue[row]!;
	}
	return sums;
}

/** Names come from the database in the asker's own name: it has the last word on every line. */
async function named(client: Client, page: readonly Compared[]): Promise<ComparedEnterprise[]> {
	const lines = await readLines(
		client,
		page.map(({ ordinal }) => ordinal)
	);
	const byOrdinal = new Map(lines.map((line) => [line.ordinal, line]));
	return page.flatMap((each) => {
		const enterprise = byOrdinal.get(each.ordinal);
		return enterprise ? [{ ...each, enterprise }] : [];
	});
}

const degrees = (value: number): number => Math.round(value * 1e5) / 1e5;

function dotsOf(table: MapTable, listed: readonly Compared[]): ComparedDot[] {
	return listed.flatMap(({ ordinal, change }): ComparedDot[] => {
		const row = table.rowOf(ordinal)!;
		if (change.direction === 'same' || !table.hasPosition[row]) return [];
		const [x, y] = [longitudeOf(table.x[row]! + 0.5), latitudeOf(table.y[row]! + 0.5)];
		return [[ordinal, degrees(x), degrees(y), directions.indexOf(change.direction)]];
	});
}
