import type { Client } from '#lib/backend/backend.server.ts';
import type { Locale } from '#lib/messages/index.ts';
import { success, type Result } from '#lib/problem.ts';
import type { Period } from '#lib/tally/period.ts';
import { sortRanking, type MeasuredRow, type RankingQuery } from './measure.ts';
import { measureRanking, withIntervals } from './measureRanking.ts';
import type { Ranking, RankingKind } from './ranking.ts';
import { readRanking } from './ranking.server.ts';
import type { Seen } from './rememberedRanking.ts';

export interface RankingPage extends Ranking {
	rows: MeasuredRow[];
	total: number;
	/** Ends of the bars over the whole ranking, bounds of those shown included. */
	scale: { from: number; to: number };
	/** Smoothed, and chance explains every difference between the places. */
	isAllChance: boolean;
}

interface RankingRequest {
	by: RankingKind;
	period: Period;
	query: RankingQuery;
	seen: Seen;
}

/** A ranking as it is looked at: measured, sorted, and so many rows of it. @param from place of the first row, from 0 */
export async function readRankingPage(
	client: Client,
	{ by, period, query, seen }: RankingRequest,
	locale: Locale,
	{ from = 0, most = Infinity } = {}
): Promise<Result<RankingPage>> {
	const ranking = await readRanking(client, by, period, locale, {
		area: query.area,
		isCompared: query.measure === 'change',
		seen
	});
	if (!ranking.ok) return ranking;
	const { rows: all, prior } = measureRanking(ranking.value.rows, query.measure);
	const sorted = sortRanking(all, query.sort, locale);
	const rows = withIntervals(sorted.slice(from, from + most), prior);
	const ends = [...all.map(({ value }) => value ?? 0), ...rows.map(({ interval }) => interval?.high ?? 0)];
	return success({
		...ranking.value,
		rows,
		total: all.length,
		scale: { from: Math.min(0, ...ends), to: Math.max(1, ...ends) },
		isAllChance: prior?.variance === 0
	});
}
