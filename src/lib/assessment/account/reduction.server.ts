import { expectValue } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import { siteTypeNames } from '#lib/enterprise/enterprise.server.ts';
import type { Locale } from '#lib/messages/index.ts';
import type { AccountContent } from './accountContent.ts';
import type { AccountView } from './account.ts';
import { proposeReduction, type RateBesideKind, type ReductionProposal } from './reduction.ts';

/** A year of frozen months. */
const months = 12;

/** What the frozen numbers propose to the reviewers of an account; null: nothing, or the client is no staff there. */
export async function readReduction(
	client: Client,
	enterpriseId: string,
	content: AccountContent,
	account: AccountView | null,
	locale: Locale
): Promise<{ proposal: ReductionProposal; siteTypeName: string } | null> {
	if (!account) return null;
	const basis = expectValue<RateBesideKind | null>(
		await client.rpc('rate_beside_kind', { p_enterprise: enterpriseId, p_months: months })
	);
	const recurring = content.facts.filter(({ data }) => data.recurrence === true);
	const recurrences = new Set(recurring.map(({ id }) => id));
	const proposal = proposeReduction(basis, account.lines, recurrences, content.today);
	if (!proposal) return null;
	const names = await siteTypeNames(client, locale);
	return { proposal, siteTypeName: names[proposal.basis.siteType] ?? proposal.basis.siteType };
}
