import type { AreaBoundaries } from '#lib/area/boundary.ts';
import { isIsoDate, type IsoDate } from '#lib/calendar.ts';
import type { Problem, Result } from '#lib/problem.ts';
import {
	comparisonFilterFrom,
	comparisonQuery,
	type Comparison,
	type ComparisonFilter
} from '../comparison/comparison.ts';
import { isAreaLayer, layerFrom, type MapLayer } from '../mapDrawing/mapLayer.ts';
import type { MapEnterprise } from '../mapIndex/mapEnterprise.ts';
import {
	filterFrom,
	filterQuery,
	filterText,
	isSearchedFor,
	type Bounds,
	type MapFilter
} from '../mapIndex/mapFilter.ts';
import type { MapAnswer } from '../mapIndex/mapAnswer.ts';
import type { MapArea } from '../mapIndex/mapAreas.ts';
import type { Hexagons } from '../mapIndex/mapHexagons.ts';
import { MapTable } from '../mapIndex/mapTable.ts';

/** What changed, so that tiles are fetched again: where dots are, the 动态风险分 of a street, counts of cells. */
export type TileChange = 'places' | 'attention' | 'counts';

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

const emptyBoundaries: AreaBoundaries = { type: 'FeatureCollection', features: [] };

/** What the map and the list beside it share. Made anew for each page; nothing of it outlives the page. */
export class MapState {
	filter = $state.raw<MapFilter>()!;
	layer = $state.raw<MapLayer>('band');
	/** A past day; null: now, and followed. */
	day = $state.raw<IsoDate | null>(null);
	/** Another day that it is compared with; null: nothing is compared. */
	against = $state.raw<IsoDate | null>(null);
	/** What of the comparison is looked at. */
	compared = $state.raw<ComparisonFilter>()!;
	comparison = $state.raw<Comparison | null>(null);
	/** Why the server did not answer what was asked. */
	problem = $state.raw<Problem | null>(null);
	centre = $state.raw<MapCentre | null>(null);
	bounds = $state.raw<Bounds | null>(null);
	zoom = 0;
	/** Off: the list shows everything that matches, wherever it lies. */
	followsMap = $state(true);
	/** How many lines of the list are wanted. */
	listLength = $state(60);
	/** What the server says of this view; at first what came with the page. */
	answer = $state.raw<MapAnswer>()!;
	selected = $state.raw<MapEnterprise | null>(null);
	/** It is chosen, and what it is comes soon. */
	selectedId = $state.raw<string | null>(null);
	boundaries = $state.raw<AreaBoundaries>(emptyBoundaries);
	/** What the layers of areas are coloured by. */
	areas = $state.raw<readonly MapArea[]>([]);
	hexagons = $state.raw<Hexagons>({ type: 'FeatureCollection', features: [] });
	/** Enterprises that have changed since the tiles came. */
	changed = $state.raw(new MapTable());
	/** Grows with every change of `changed`, which stays the same table. */
	changes = $state.raw(0);

	constructor(query: URLSearchParams, answer: MapAnswer, comparison: Result<Comparison> | null = null) {
		this.filter = filterFrom(query);
		this.layer = layerFrom(query);
		this.centre = centreFrom(query);
		const day = query.get('on');
		const against = query.get('against');
		this.day = isIsoDate(day) ? day : null;
		this.against = isIsoDate(against) ? against : null;
		this.compared = comparisonFilterFrom(query);
		if (comparison?.ok) this.comparison = comparison.value;
		else if (comparison) this.problem = comparison.problem;
		this.selectedId = query.get('id');
		this.answer = answer;
	}

	/** It shows today, and follows what happens. */
	get isLive(): boolean {
		return this.day === null && this.against === null;
	}

	/** Other days: what was known of these is of no use any more. */
	show(day: IsoDate | null, against: IsoDate | null): void {
		this.day = day;
		if (against === null || against !== this.against) this.comparison = null;
		this.against = against;
		this.forgetChanges();
	}

	/** How one stands as far as this page knows. */
	known(id: string): MapEnterprise | null {
		return this.selected?.id === id ? this.selected : (this.answer.rows.find((row) => row.id === id) ?? null);
	}

	/** One enterprise looks different now: its dot, its line and its card follow at once. */
	apply(enterprise: MapEnterprise, mapLine: string | null): void {
		const { id } = enterprise;
		if (this.selected?.id === id) this.selected = enterprise;
		if (this.answer.rows.some((row) => row.id === id))
			this.answer = {
				...this.answer,
				rows: this.answer.rows.map((row) => (row.id === id ? enterprise : row))
			};
		// What happens today is not on the map of another day.
		if (mapLine === null || !this.isLive || !isSearchedFor(enterprise, this.filter)) return;
		this.changed.write(mapLine);
		this.changes++;
	}

	/** The tiles are as new as what had changed. */
	forgetChanges(): void {
		this.changed = new MapTable();
		this.changes++;
	}

	/** Filter and day: what every question is about. */
	about(): string {
		return [filterText(this.filter), this.day && `on=${this.day}`].filter(Boolean).join('&');
	}

	/** What the server is asked for: the filter and what is in sight. */
	question(): string {
		const { bounds } = this;
		const isBounded = this.followsMap && bounds !== null;
		return [
			this.about(),
			isBounded ? `bbox=${bounds.map((degrees) => degrees.toFixed(5)).join(',')}` : '',
			`limit=${this.listLength}`
		]
			.filter(Boolean)
			.join('&');
	}

	/** What the comparison of two days is asked for; null: nothing is compared. */
	comparisonQuestion(): string | null {
		if (this.against === null) return null;
		const chosen = Object.entries(comparisonQuery(this.compared)).filter(([, value]) => value !== null);
		return [this.question(), `against=${this.against}`, ...chosen.map((pair) => pair.join('='))].join('&');
	}

	/** What the layer needs beside tiles; null: nothing. */
	layerQuestion(): string | null {
		if (isAreaLayer(this.layer)) return `areas?${this.about()}`;
		if (this.layer !== 'hexagons' || !this.bounds) return null;
		return `hexagons?${this.about()}&bbox=${this.bounds.join(',')}&z=${this.zoom}`;
	}

	/** All of it as parameters of the address. */
	query(): Record<string, string | null> {
		const centre = this.centre;
		return {
			...filterQuery(this.filter),
			layer: this.layer === 'band' ? null : this.layer,
			on: this.day,
			against: this.against,
			...comparisonQuery(this.against === null ? { moved: [], step: null, order: 'worse' } : this.compared),
			id: this.selectedId,
			z: centre && String(Math.round(centre.zoom * 100) / 100),
			c: centre && `${centre.longitude.toFixed(5)},${centre.latitude.toFixed(5)}`
		};
	}
}
