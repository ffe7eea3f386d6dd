import type { Translate } from '#lib/messages/index.ts';
import { rankingKinds, type RankingKind } from '#lib/ranking/ranking.ts';

interface TabOptions {
	current: RankingKind | 'enterprise' | 'register';
	/** One street alone is nothing to rank. */
	mayRankStreets: boolean;
	mayRankEnterprises: boolean;
	/** Registers of others say something of what is in sight. */
	hasRegisters: boolean;
	hrefOf: (kind: RankingKind) => string;
}

/** What is ranked: each kind is a page of its own. Places and kinds of site keep the period between them. */
export const rankingTabs = (t: Translate, { current, hrefOf, ...may }: TabOptions) => [
	...rankingKinds
		.filter((kind) => kind !== 'street' || may.mayRankStreets || current === 'street')
		.map((kind) => ({ href: hrefOf(kind), label: t(`ranking.by.${kind}`), current: kind === current })),
	...(may.mayRankEnterprises
		? [
				{
					href: '/rankings/enterprises',
					label: t('ranking.by.enterprise'),
					current: current === 'enterprise'
				}
			]
		: []),
	...(may.hasRegisters
		? [{ href: '/rankings/registers', label: t('ranking.by.register'), current: current === 'register' }]
		: [])
];
