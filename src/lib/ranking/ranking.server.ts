import { readAnswer } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import { siteTypeNames } from '#lib/enterprise/enterprise.server.ts';
import type { Locale } from '#lib/messages/index.ts';
import { success, type Result } from '#lib/problem.ts';
import { monthOf, type Period } from '#lib/tally/period.ts';
import type { Ranking, RankingKind } from './ranking.ts';

/**
 * Communities or kinds of site by hazards found in a period: a month that is frozen from its frozen numbers, any
 * other period from tallies. Those with nothing at all, neither
 * found nor looked at nor open, are left out of the kinds of site: the dictionary is longer than any street.
 */
export async function readRanking(
	client: Client,
	by: RankingKind,
	period: Period,
	locale: Locale
): Promise<Result<Ranking>> {
	const answer = (await frozenRanking(client, by, period)) ?? (await countedRanking(client, by, period));
	if (!answer.ok || by === 'community') return answer;
	const names = await siteTypeNames(client, locale);
	const rows = answer.value.rows
		.filter(({ found, inspections, open }) => found + inspections + open > 0)
		.map((row) => ({ ...row, label: names[row.key] ?? row.label }));
	return success({ ...answer.value, rows });
}

async function frozenRanking(
	client: Client,
	by: RankingKind,
	period: Period
): Promise<Result<Ranking> | null> {
	const month = monthOf(period);
	if (month === null) return null;
	const answer = readAnswer<Ranking | null>(
		await client.rpc('monthly_ranking', { p_by: by, p_month: month })
	);
	if (!answer.ok) return answer;
	return answer.value && success(answer.value);
}

/** As tallies count it now, also for a month that is frozen: `open` and `overdue` are as of today. */
export async function countedRanking(
	client: Client,
	by: RankingKind,
	{ from, to }: Period
): Promise<Result<Ranking>> {
	const answer = readAnswer<Omit<Ranking, 'frozen'>>(
		await client.rpc('rankings', { p_by: by, p_from: from, p_to: to })
	);
	return answer.ok ? success({ ...answer.value, frozen: null }) : answer;
}
