import type { Translate } from '#lib/messages/index.ts';
import { rankingKinds, type RankingKind } from '#lib/ranking/ranking.ts';

/** What is ranked: each kind is a page of its own. Places and kinds of site keep the period between them. */
export const rankingTabs = (
	t: Translate,
	current: RankingKind | 'enterprise',
	mayRankEnterprises: boolean,
	hrefOf: (kind: RankingKind) => string
) => [
	...rankingKinds.map((kind) => ({
		href: hrefOf(kind),
		label: t(`ranking.by.${kind}`),
		current: kind === current
	})),
	...(mayRankEnterprises
		? [
				{
					href: '/rankings/enterprises',
					label: t('ranking.by.enterprise'),
					current: current === 'enterprise'
				}
			]
		: [])
];
