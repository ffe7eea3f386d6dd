import type { AttentionParameters } from './parameters.ts';

/** What is known of one site (场所) within the parameters' months. Counts of confirmed hazards, not of reports. */
export interface SiteRecord {
	id: string;
	/** Kind of site (场所类型). */
	kind: string;
	/** Its community (社区); null: outside every one, then the neighbourhood says nothing. */
	place: string | null;
	inspections: number;
	/** Found within the months, closed ones among them. */
	generalHazards: number;
	majorHazards: number;
	hasOpenMajor: boolean;
	isOverdue: boolean;
}

/** 动态风险分 of one site and where it comes from. Rates are weighted hazards per inspection. */
export interface Attention {
	/** 0–100, whole. null: nobody was inspected in the whole street, so there is nothing to go by. */
	score: number | null;
	/** How far back it looks. */
	months: number;
	/** 按同类估计: the site itself was not inspected within the months. */
	isEstimate: boolean;
	/** Of the site itself. */
	inspections: number;
	weightedHazards: number;
	/** Of the other sites of its kind; of the street where nobody inspected those (`isStreetRate`). */
	kindRate: number;
	isStreetRate: boolean;
	/** How many times what the mix of sites and checks lets expect the rest of the community has; clipped. */
	neighbourhood: number;
	streetRate: number;
	/** What lifted the score to its least value. */
	lifted: 'open_major' | 'overdue' | null;
}

/** Everything the formula reads, once the sums are made. */
export interface AttentionInput {
	weightedHazards: number;
	inspections: number;
	kindRate: number;
	/** Weighted hazards found in the rest of the community, and those its sites and checks let expect. */
	observed: number;
	expected: number;
	streetRate: number;
}

/** λ = (h + k·r·f)/(n + k); D = 100·λ/(λ + street). design.md, „attention“. */
export function attentionScore(
	{ prior_inspections: prior, neighbourhood: { shrink, least, most } }: AttentionParameters,
	{ weightedHazards, inspections, kindRate, observed, expected, streetRate }: AttentionInput
): { score: number | null; neighbourhood: number } {
	const neighbourhood = Math.min(most, Math.max(least, (observed + shrink) / (expected + shrink)));
	const rate = (weightedHazards + prior * kindRate * neighbourhood) / (inspections + prior);
	const score = rate + streetRate === 0 ? null : Math.round((100 * rate) / (rate + streetRate));
	return { score, neighbourhood };
}

interface Sum {
	hazards: number;
	inspections: number;
}

const rateOf = ({ hazards, inspections }: Sum): number | null =>
	inspections > 0 ? hazards / inspections : null;

/** Sums of a street, from which each site takes itself out again: linear in the number of sites. */
class Sums {
	readonly street: Sum = { hazards: 0, inspections: 0 };
	readonly kinds = new Map<string, Sum>();
	readonly places = new Map<string, { hazards: number; inspectionsOfKind: Map<string, number> }>();

	add({ kind, place, inspections }: SiteRecord, hazards: number): void {
		const ofKind = this.kinds.get(kind) ?? { hazards: 0, inspections: 0 };
		this.kinds.set(kind, ofKind);
		for (const sum of [this.street, ofKind]) {
			sum.hazards += hazards;
			sum.inspections += inspections;
		}
		if (place === null) return;
		const ofPlace = this.places.get(place) ?? { hazards: 0, inspectionsOfKind: new Map<string, number>() };
		this.places.set(place, ofPlace);
		ofPlace.hazards += hazards;
		ofPlace.inspectionsOfKind.set(kind, (ofPlace.inspectionsOfKind.get(kind) ?? 0) + inspections);
	}

	/** What the checks of a community's other sites let expect, had each kind its own rate. */
	expectedBeside(site: SiteRecord, place: string, ownKindRate: number): number {
		let expected = 0;
		// In the order of the kinds, so that the sum does not depend on the order of the sites.
		const kinds = [...this.places.get(place)!.inspectionsOfKind].sort(([a], [b]) => (a < b ? -1 : 1));
		for (const [kind, inspections] of kinds) {
			if (kind === site.kind) expected += (inspections - site.inspections) * ownKindRate;
			else expected += inspections * (rateOf(this.kinds.get(kind)!) ?? 0);
		}
		return expected;
	}
}

/**
 * 动态风险分 of every site of one street: where to look first. It opens no measure and enters no 记分: only here
 * does it matter where a site stands. Each site is left out of what it is compared with.
 */
export function attention(
	parameters: AttentionParameters,
	sites: readonly SiteRecord[]
): Map<string, Attention> {
	const { weights } = parameters;
	const weighted = (site: SiteRecord) =>
		site.generalHazards * weights.general + site.majorHazards * weights.major;
	const sums = new Sums();
	for (const site of sites) sums.add(site, weighted(site));
	const streetRate = rateOf(sums.street) ?? 0;

	return new Map(
		sites.map((site) => {
			const weightedHazards = weighted(site);
			const { inspections, place } = site;
			const ofKind = sums.kinds.get(site.kind)!;
			const others = rateOf({
				hazards: ofKind.hazards - weightedHazards,
				inspections: ofKind.inspections - inspections
			});
			const kindRate = others ?? streetRate;
			const { score, neighbourhood } = attentionScore(parameters, {
				weightedHazards,
				inspections,
				kindRate,
				observed: place === null ? 0 : sums.places.get(place)!.hazards - weightedHazards,
				expected: place === null ? 0 : sums.expectedBeside(site, place, kindRate),
				streetRate
			});
			return [
				site.id,
				{
					...lift(parameters, site, score),
					months: parameters.months,
					isEstimate: inspections === 0,
					inspections,
					weightedHazards,
					kindRate,
					isStreetRate: others === null,
					neighbourhood,
					streetRate
				}
			];
		})
	);
}

function lift(
	{ at_least: least }: AttentionParameters,
	{ hasOpenMajor, isOverdue }: SiteRecord,
	score: number | null
): Pick<Attention, 'score' | 'lifted'> {
	if (hasOpenMajor && (score ?? 0) < least.open_major)
		return { score: least.open_major, lifted: 'open_major' };
	if (isOverdue && (score ?? 0) < least.overdue) return { score: least.overdue, lifted: 'overdue' };
	return { score, lifted: null };
}
