import type { AreaBoundaries } from '#lib/area/boundary.ts';
import type { BandChoice } from './band.ts';
import {
	compareByUrgency,
	unpackEnterprise,
	withState,
	type EnterpriseState,
	type MapContent,
	type MapEnterprise
} from './mapEnterprise.ts';
import {
	countBands,
	filterQuery,
	inBounds,
	matchesFilter,
	type Bounds,
	type MapFilter
} from './mapFilter.ts';

/** Where the map is looked at from; in the URL as `z` and `c`. */
export interface MapCentre {
	longitude: number;
	latitude: number;
	zoom: number;
}

/** `?z=15.2&c=121.01,31.02`; null when the address does not say it well. */
export function centreFrom(query: Pick<URLSearchParams, 'get'>): MapCentre | null {
	const zoom = Number(query.get('z') ?? Number.NaN);
	const [longitude, latitude] = (query.get('c') ?? '').split(',').map((part) => Number(part || Number.NaN));
	const isSaid = [zoom, longitude, latitude].every((value) => value !== undefined && Number.isFinite(value));
	return isSaid ? { zoom, longitude: longitude!, latitude: latitude! } : null;
}

/** What the map and the list beside it share. Made anew for each page; nothing of it outlives the page. */
export class MapState {
	/** null until they have been fetched. */
	enterprises = $state.raw<MapEnterprise[] | null>(null);
	communities = $state.raw<AreaBoundaries>({ type: 'FeatureCollection', features: [] });
	/** The event up to which the rows are right. */
	position = 0;
	filter = $state.raw<MapFilter>()!;
	selectedId = $state.raw<string | null>(null);
	centre = $state.raw<MapCentre | null>(null);
	bounds = $state.raw<Bounds | null>(null);
	/** Off: the list shows everything that matches, wherever it lies. */
	followsMap = $state(true);

	readonly matching = $derived.by(() => (this.enterprises ?? []).filter(matchesFilter(this.filter)));
	readonly inView = $derived.by(() => {
		const bounds = this.bounds;
		return bounds ? this.matching.filter((each) => inBounds(each, bounds)) : this.matching;
	});
	readonly listed = $derived.by(() =>
		(this.followsMap ? this.inView : this.matching).toSorted(compareByUrgency)
	);
	readonly counts: Record<BandChoice | 'pending', number> = $derived.by(() =>
		countBands(this.enterprises ?? [], this.filter)
	);
	readonly selected = $derived.by(() => this.find(this.selectedId));

	constructor(filter: MapFilter, centre: MapCentre | null, selectedId: string | null) {
		this.filter = filter;
		this.centre = centre;
		this.selectedId = selectedId;
	}

	find(id: string | null): MapEnterprise | null {
		return id === null ? null : ((this.enterprises ?? []).find((each) => each.id === id) ?? null);
	}

	load({ position, rows, communities }: MapContent): void {
		this.position = position;
		this.communities = communities;
		this.enterprises = rows.map(unpackEnterprise);
	}

	/** One enterprise looks different now. Returns how it looked before; null when it is not on this map. */
	apply(id: string, state: EnterpriseState): MapEnterprise | null {
		const before = this.find(id);
		if (before)
			this.enterprises = this.enterprises!.map((each) => (each.id === id ? withState(each, state) : each));
		return before;
	}

	/** All of it as parameters of the address. */
	query(): Record<string, string | null> {
		const centre = this.centre;
		return {
			...filterQuery(this.filter),
			id: this.selectedId,
			z: centre && String(Math.round(centre.zoom * 100) / 100),
			c: centre && `${centre.longitude.toFixed(5)},${centre.latitude.toFixed(5)}`
		};
	}
}
