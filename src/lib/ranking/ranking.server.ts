import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import { siteTypeNames } from '#lib/enterprise/enterprise.server.ts';
import type { Locale } from '#lib/messages/index.ts';
import { success, type Result } from '#lib/problem.ts';
import { monthOf, previousPeriod, type Period } from '#lib/tally/period.ts';
import type { Ranking, RankingKind, RankingRow } from './ranking.ts';

interface RankingOptions {
	/** Only below this place. */
	area?: string;
	/** With the period before beside every row. */
	isCompared?: boolean;
}

/**
 * Communities, streets or kinds of site by hazards found in a period: a month that is frozen from its frozen numbers, any
 * other period from tallies. Those with nothing at all, neither
 * found nor looked at nor open, are left out of the kinds of site: the dictionary is longer than any street.
 */
export async function readRanking(
	client: Client,
	by: RankingKind,
	period: Period,
	locale: Locale,
	{ area = '', isCompared = false }: RankingOptions = {}
): Promise<Result<Ranking>> {
	const [answer, before] = await Promise.all([
		frozenOrCounted(client, by, period, area),
		isCompared ? frozenOrCounted(client, by, previousPeriod(period), area) : null
	]);
	if (!answer.ok) return answer;
	if (before && !before.ok) return before;
	const earlier = before && new Map(before.value.rows.map((row) => [row.key, row]));
	const rows = answer.value.rows.map((row) => ({ ...row, previous: earlier && countedBefore(earlier, row) }));
	if (by !== 'site_type') return success({ ...answer.value, rows });
	const names = await siteTypeNames(client, locale);
	return success({
		...answer.value,
		rows: rows
			.filter(
				({ found, inspections, open, previous }) => found + inspections + open + (previous?.found ?? 0) > 0
			)
			.map((row) => ({ ...row, label: names[row.key] ?? row.label }))
	});
}

/** What was not there yet had nothing. */
function countedBefore(earlier: ReadonlyMap<string, RankingRow>, { key }: RankingRow) {
	const { found = 0, inspections = 0, sites = 0 } = earlier.get(key) ?? {};
	return { found, inspections, sites };
}

const frozenOrCounted = async (client: Client, by: RankingKind, period: Period, area: string) =>
	(await frozenRanking(client, by, period, area)) ?? (await countedRanking(client, by, period, area));

async function frozenRanking(
	client: Client,
	by: RankingKind,
	period: Period,
	area: string
): Promise<Result<Ranking> | null> {
	const month = monthOf(period);
	if (month === null) return null;
	const answer = readAnswer<Ranking | null>(
		await client.rpc('monthly_ranking', { p_by: by, p_month: month, p_area: area })
	);
	if (!answer.ok) return answer;
	return answer.value && success(answer.value);
}

/** As tallies count it now, also for a month that is frozen: `open` and `overdue` are as of today. */
export async function countedRanking(
	client: Client,
	by: RankingKind,
	{ from, to }: Period,
	area = ''
): Promise<Result<Ranking>> {
	const answer = readAnswer<Omit<Ranking, 'frozen'>>(
		await client.rpc('rankings', { p_by: by, p_from: from, p_to: to, p_area: area })
	);
	if (!answer.ok) return answer;
	const rows = answer.value.rows.map((row) => ({ ...row, previous: null }));
	return success({ ...answer.value, rows, frozen: null });
}

/** The streets that a person may see, by name; one of them alone is nothing to rank. */
export const readStreets = async (client: Client): Promise<{ scope: string; name: string }[]> =>
	expectValue<{ scope: string; name: string }[]>(
		await client.from('current_areas').select('scope, name').eq('level', 'street').order('scope')
	);
