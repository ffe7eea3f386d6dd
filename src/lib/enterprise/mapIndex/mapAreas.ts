import type { AreaBoundaries } from '#lib/area/boundary.ts';
import { labelPoint } from '#lib/area/boundary.ts';
import { distanceMetres } from '#lib/spatial/distance.ts';
import { hotSpots, neighboursWithin, type HotSpot } from '#lib/spatial/hotSpot.ts';
import { ratePrior, smoothRate, type SmoothedRate } from '#lib/spatial/smoothing.ts';
import type { Measures } from '#lib/spatial/countPyramid.ts';
import type { MapIndex, Place, Selection } from './mapIndex.ts';
import { countsOf, mapMeasures, measureNames, type Counts } from './mapMeasures.ts';
import { dayNumber } from './mapTable.ts';

/** One community as the layers of areas colour it. Rates are open hazards per inspected site. */
export interface MapArea {
	scope: string;
	name: string;
	enterprises: number;
	/** Sites that were ever inspected. */
	seen: number;
	open: number;
	/** null: nobody has looked there yet. */
	rate: number | null;
	/** By empirical Bayes, with the bounds that hold it with 90 %; null when nothing is open anywhere. */
	smoothed: Omit<SmoothedRate, 'ownWeight'> | null;
	/** Getis-Ord Gi* of the smoothed rates. */
	hot: Pick<HotSpot, 'kind' | 'confidence'>;
	/** Inspected sites are too few for a rate of their own. */
	isSmall: boolean;
}

/** Below so many inspected sites one hazard more or less turns a rate over: marked. Sample. */
const fewSites = 10;
/** Gi* compares a place with those whose middles lie within so many times the usual distance to the nearest. */
const neighbourReach = 1.6;

/** Counts of every area with a boundary in what somebody sees, in the order of the boundaries. */
export function areaCounts(index: MapIndex, selection: Selection, boundaries: AreaBoundaries): Counts[] {
	const measures = mapMeasures(index.table, selection.matches, dayNumber(index.today));
	const sums = new Map(
		boundaries.features.map(({ properties: { scope } }) => [scope, new Int32Array(measureNames.length)])
	);
	// A community lies in itself and in whatever is above it.
	const lengths = new Set([...sums.keys()].map(({ length }) => length));
	for (const place of selection.places)
		for (const length of lengths) {
			const sum = place.scope.length < length ? undefined : sums.get(place.scope.slice(0, length));
			if (sum) countsOfPlace(selection, place, measures).forEach((count, at) => (sum[at]! += count));
		}
	return boundaries.features.map(({ properties: { scope } }) => countsOf(sums.get(scope)!));
}

/** Counted once; every change adds its difference. */
function countsOfPlace({ ofPlaces }: Selection, place: Place, measures: Measures): Int32Array {
	let counts = ofPlaces.get(place);
	if (!counts) {
		ofPlaces.set(place, (counts = new Int32Array(measures.length)));
		for (const row of place.rows) measures.addTo(row, counts, 0);
	}
	return counts;
}

/** Numbers of every area with a boundary in what somebody sees. */
export function mapAreas(index: MapIndex, selection: Selection, boundaries: AreaBoundaries): MapArea[] {
	const counts = areaCounts(index, selection, boundaries);
	const rates = counts.map(({ open, seen }) => ({ count: open, exposure: seen }));
	const prior = ratePrior(rates);
	const smoothed = rates.map((rate) => (prior ? smoothRate(rate, prior) : null));
	const hot = hotOf(
		boundaries,
		smoothed.map((each) => each?.rate ?? 0)
	);
	return boundaries.features.map(({ properties: { scope, name } }, place) => {
		const { all, seen, open } = counts[place]!;
		const own = smoothed[place];
		return {
			scope,
			name,
			enterprises: all,
			seen,
			open,
			rate: seen === 0 ? null : open / seen,
			smoothed: own ? { rate: own.rate, low: own.low, high: own.high } : null,
			hot: { kind: hot[place]!.kind, confidence: hot[place]!.confidence },
			isSmall: seen < fewSites
		};
	});
}

function hotOf(boundaries: AreaBoundaries, values: readonly number[]): HotSpot[] {
	const middles = boundaries.features.map(({ geometry }) => {
		const [longitude, latitude] = labelPoint(geometry);
		return { longitude, latitude };
	});
	const nearest = middles.map((from) =>
		Math.min(...middles.filter((to) => to !== from).map((to) => distanceMetres(from, to)))
	);
	const usual = nearest.toSorted((a, b) => a - b)[nearest.length >>> 1] ?? 0;
	const reach = Number.isFinite(usual) ? usual * neighbourReach : 0;
	return hotSpots(values, neighboursWithin(middles, reach, distanceMetres));
}
