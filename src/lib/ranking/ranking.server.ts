import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import { siteTypeNames } from '#lib/enterprise/enterprise.server.ts';
import type { Locale } from '#lib/messages/index.ts';
import { failure, success, type Result } from '#lib/problem.ts';
import { talliesInMemory } from '#lib/tally/cube/followTallies.server.ts';
import { monthOf, previousPeriod, type Period } from '#lib/tally/period.ts';
import type { Ranking, RankingKind, RankingRow } from './ranking.ts';
import { rememberedRanking, type Seen } from './rememberedRanking.ts';

interface RankingOptions {
	/** Only below this place. */
	area?: string;
	/** With the period before beside every row. */
	isCompared?: boolean;
	/** Who asks: then what this server has summed up in memory answers, where it can. Otherwise SQL does. */
	seen?: Seen;
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
	options: RankingOptions = {}
): Promise<Result<Ranking>> {
	const [answer, before] = await Promise.all([
		readPeriod(client, by, period, options),
		options.isCompared ? readPeriod(client, by, previousPeriod(period), options) : null
	]);
	if (!answer.ok) return answer;
	if (before && !before.ok) return before;
	const rows = before ? comparedRows(answer.value.rows, before.value.rows) : answer.value.rows;
	if (by !== 'site_type') return success({ ...answer.value, rows });
	const names = await readSiteTypeNames(client, locale);
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
function comparedRows(rows: readonly RankingRow[], before: readonly RankingRow[]): RankingRow[] {
	const earlier = new Map(before.map((row) => [row.key, row]));
	return rows.map((row) => {
		const { found = 0, inspections = 0, sites = 0 } = earlier.get(row.key) ?? {};
		return { ...row, previous: { found, inspections, sites } };
	});
}

async function readPeriod(
	client: Client,
	by: RankingKind,
	period: Period,
	{ area = '', seen }: RankingOptions
): Promise<Result<Ranking>> {
	const frozen = await frozenRanking(client, by, period, area);
	if (frozen) return frozen;
	const tallies = seen && talliesInMemory();
	if (!tallies) return countedRanking(client, by, period, area);
	if (seen.scopes.length === 0) return failure('session.no_membership');
	return success(rememberedRanking(tallies, by, period, seen, area));
}

/** From memory where they are there: a name is asked for by every ranking. */
async function readSiteTypeNames(client: Client, locale: Locale): Promise<Record<string, string>> {
	const known = talliesInMemory()?.keys.siteTypes;
	if (!known) return siteTypeNames(client, locale);
	return Object.fromEntries(known.map(([code, zh, en]) => [code, locale === 'en' ? en : zh]));
}

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
	if (!answer.ok || answer.value === null) return answer.ok ? null : answer;
	return success({ ...answer.value, rows: answer.value.rows.map((row) => ({ ...row, previous: null })) });
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
