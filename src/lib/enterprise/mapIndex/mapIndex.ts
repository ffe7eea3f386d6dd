import { CellTree } from '#lib/spatial/cellTree.ts';
import { CountPyramid } from '#lib/spatial/countPyramid.ts';
import { pointBlock, type PointBlock } from '#lib/spatial/pointBlock.ts';
import { zKey } from '#lib/spatial/zOrder.ts';
import type { IsoDate } from '#lib/calendar.ts';
import { KeptTiles } from './keptTiles.ts';
import { filterText, type MapFilter } from './mapFilter.ts';
import { countsOf, mapMeasures, measureNames, placeOf, type Counts } from './mapMeasures.ts';
import { dayNumber, MapTable } from './mapTable.ts';
import { rowMatcher, type RowMatcher } from './rowMatcher.ts';

/** A community and what lies in it; what lies in none stands under the scope of its street. */
export interface Place {
	scope: string;
	rows: Set<number>;
	/** Those with a position. */
	block: PointBlock;
	/** Those without. */
	unplaced: number[];
}

/** What one filter lets somebody see of the places that they may see. */
export interface Selection {
	places: ReadonlySet<Place>;
	/** The scopes it is made of: what they may see, cut to the place asked for. */
	scopes: readonly string[];
	matches: RowMatcher;
	/** Counts of what has a position. */
	pyramid: CountPyramid;
	/** Counts of what has none. */
	unplaced: Int32Array;
	/** Counts of whole places, of those that were asked for. */
	ofPlaces: Map<Place, Int32Array>;
	/** From this zoom on tiles have points, before it cells. */
	pointsFrom: number;
	/** Those sent before that nothing has changed in. */
	tiles: KeptTiles;
}

/** District, street, community: four digits each. Grids have no block of their own. */
const placeScopeLength = 12;
const placeScope = (scope: string): string => scope.slice(0, placeScopeLength);

/** Cells of a tile, 2^detail along a side: 64 px, so that a number fits into each. */
export const cellDetail = 3;
/** Of the smallest cells: about 260 m wide in the Yangtze delta. */
const deepestLevel = 17;
/** A tile with more points than this shows cells instead. */
const mostPointsInTile = 1_500;
/** Sums of selections that are kept for the next request. A city's needs about 40 MB. */
const keptNumbers = 40_000_000;

const noPoints = { rows: new Uint32Array(0), xs: new Uint32Array(0), ys: new Uint32Array(0) };

/**
 * Every enterprise on every map, in Z-order by community, with its counts; composed by what somebody may see. It has no
 * clock and reads nothing: lines come from `map_rows` and from the feed.
 */
export class MapIndex {
	readonly table = new MapTable();
	/** The event up to which it is right. */
	position = 0;
	today: IsoDate;
	/** Of a day that is over: it follows nothing. */
	readonly isPast: boolean;
	/** Grows with every change: what a tile's tag is made of. */
	version = 0;
	readonly #places = new Map<string, Place>();
	readonly #placeOfRow: Place[] = [];
	/** Least recently used first. */
	readonly #selections = new Map<string, Selection>();

	constructor(today: IsoDate, { isPast = false } = {}) {
		this.today = today;
		this.isPast = isPast;
	}

	get count(): number {
		let count = 0;
		for (const { rows } of this.#places.values()) count += rows.size;
		return count;
	}

	/** Many lines at once; what they do not name stays as it is. */
	load(lines: Iterable<string>): void {
		const touched = new Set<Place>();
		for (const line of lines) this.#put(line, touched);
		this.#rebuild(touched);
	}

	/** Everything below a scope is what these lines say, and nothing else. */
	replace(scope: string, lines: Iterable<string>): void {
		const touched = new Set<Place>();
		const gone = new Set<number>();
		for (const place of this.#places.values())
			for (const row of place.rows)
				if (this.table.scopes.texts[this.table.scope[row]!]!.startsWith(scope)) gone.add(row);
		for (const line of lines) gone.delete(this.#put(line, touched));
		for (const row of gone) this.#take(row, touched);
		this.#rebuild(touched);
	}

	/** One enterprise as it is now. Its dot and all counts follow in place unless it is new or was moved. */
	change(line: string): number {
		const ordinal = Number(line.slice(0, line.indexOf('\t')));
		const row = this.table.rowOf(ordinal);
		const place = row === undefined ? undefined : this.#placeOfRow[row];
		if (row === undefined || !place || !this.table.isThere[row]) {
			this.load([line]);
			return this.table.rowOf(ordinal)!;
		}
		const before = this.#standing(row);
		const selections = [...this.#selections.values()].filter((each) => each.places.has(place));
		const counted = selections.map((selection) => this.#countsOf(selection, row));
		this.table.write(line);
		if (before !== this.#standing(row)) {
			const touched = new Set([place]);
			this.#settle(row, touched);
			this.#rebuild(touched);
			return row;
		}
		selections.forEach((selection, at) => {
			const difference = this.#countsOf(selection, row).map(
				(count, measure) => count - counted[at]![measure]!
			);
			const ofPlace = selection.ofPlaces.get(place);
			difference.forEach((count, measure) => ofPlace && (ofPlace[measure]! += count));
			if (this.table.hasPosition[row]) {
				selection.pyramid.change(zKey(this.table.x[row]!, this.table.y[row]!), difference);
				selection.tiles.forgetAt(this.table.x[row]!, this.table.y[row]!);
			} else difference.forEach((count, measure) => (selection.unplaced[measure]! += count));
		});
		this.version++;
		return row;
	}

	remove(ordinal: number): void {
		const row = this.table.rowOf(ordinal);
		if (row === undefined) return;
		const touched = new Set<Place>();
		this.#take(row, touched);
		this.#rebuild(touched);
	}

	/** What somebody sees. @param visible scopes @param found ordinals that the words of the filter stand for */
	select(visible: readonly string[], filter: MapFilter, found: ReadonlySet<number> | null = null): Selection {
		const scopes = withinScope(visible, filter.scope);
		const key = `${scopes.join()}?${filterText({ ...filter, scope: '' })}`;
		const known = this.#selections.get(key);
		if (known) {
			this.#selections.delete(key);
			this.#selections.set(key, known);
			return known;
		}
		const selection = this.#compose(scopes, filter, found);
		this.#selections.set(key, selection);
		this.#forgetOldest();
		return selection;
	}

	#compose(scopes: readonly string[], filter: MapFilter, found: ReadonlySet<number> | null): Selection {
		const { places, tree } = this.#composed(scopes);
		const matches = this.#within(scopes, rowMatcher(this.table, filter, found));
		const measures = mapMeasures(this.table, matches, dayNumber(this.today));
		const pyramid = new CountPyramid(tree, measures);
		const unplaced = new Int32Array(measureNames.length);
		for (const place of places) for (const row of place.unplaced) measures.addTo(row, unplaced, 0);
		return {
			places,
			scopes,
			matches,
			pyramid,
			unplaced,
			ofPlaces: new Map(),
			pointsFrom: pointsFromOf(pyramid),
			tiles: new KeptTiles()
		};
	}

	/** The places of some scopes, and their cells: taken from another selection of them where there is one. */
	#composed(scopes: readonly string[]): { places: ReadonlySet<Place>; tree: CellTree } {
		const known = [...this.#selections.values()].find((each) => each.scopes.join() === scopes.join());
		if (known) return { places: known.places, tree: known.pyramid.tree };
		const places = new Set(
			[...this.#places.values()].filter(
				({ scope, rows }) => rows.size > 0 && scopes.some((each) => scope.startsWith(placeScope(each)))
			)
		);
		const blocks = Array.from(places, ({ block }) => block);
		return { places, tree: new CellTree(blocks, deepestLevel) };
	}

	/** Where a scope is deeper than a block (a grid), rows are asked for theirs. */
	#within(scopes: readonly string[], matches: RowMatcher): RowMatcher {
		if (scopes.every(({ length }) => length <= placeScopeLength)) return matches;
		const { table } = this;
		const known: boolean[] = [];
		const isWithin = (scope: number) =>
			(known[scope] ??= scopes.some((each) => table.scopes.texts[scope]!.startsWith(each)));
		return (row) => isWithin(table.scope[row]!) && matches(row);
	}

	#countsOf(selection: Selection, row: number): Int32Array {
		const sums = new Int32Array(measureNames.length);
		mapMeasures(this.table, selection.matches, dayNumber(this.today)).addTo(row, sums, 0);
		return sums;
	}

	/** Where it belongs and lies: as long as this stays, no block changes. */
	#standing(row: number): string {
		const { scope, hasPosition, x, y } = this.table;
		return `${scope[row]} ${hasPosition[row]} ${x[row]} ${y[row]}`;
	}

	#put(line: string, touched: Set<Place>): number {
		const row = this.table.write(line);
		this.#settle(row, touched);
		return row;
	}

	/** Into the place of its scope, and out of the one it was in. */
	#settle(row: number, touched: Set<Place>): void {
		const scope = placeScope(this.table.scopes.texts[this.table.scope[row]!]!);
		const before = this.#placeOfRow[row];
		if (before && before.scope !== scope) {
			before.rows.delete(row);
			touched.add(before);
		}
		let place = this.#places.get(scope);
		if (!place) {
			place = { scope, rows: new Set(), block: pointBlock(noPoints), unplaced: [] };
			this.#places.set(scope, place);
		}
		place.rows.add(row);
		this.#placeOfRow[row] = place;
		touched.add(place);
	}

	#take(row: number, touched: Set<Place>): void {
		this.table.isThere[row] = 0;
		const place = this.#placeOfRow[row];
		if (place?.rows.delete(row)) touched.add(place);
	}

	#rebuild(touched: Iterable<Place>): void {
		const { hasPosition, x, y } = this.table;
		for (const place of touched) {
			const rows = Uint32Array.from([...place.rows].filter((row) => hasPosition[row] === 1));
			place.block = pointBlock({
				rows,
				xs: rows.map((row) => x[row]!),
				ys: rows.map((row) => y[row]!)
			});
			place.unplaced = [...place.rows].filter((row) => hasPosition[row] === 0);
		}
		this.#selections.clear();
		this.version++;
	}

	#forgetOldest(): void {
		let numbers = 0;
		for (const [key, { pyramid }] of [...this.#selections].reverse()) {
			numbers += pyramid.size;
			if (numbers > keptNumbers && numbers > pyramid.size) this.#selections.delete(key);
		}
	}
}

/** Counts of everything in it, with a position or without. */
export const totalOf = ({ pyramid, unplaced }: Selection): Counts =>
	countsOf(pyramid.total.map((count, measure) => count + unplaced[measure]!));

/** Scopes cut to what lies below one of them; each at most once, none within another. */
export function withinScope(visible: readonly string[], asked: string): string[] {
	const cut = visible.flatMap((scope) =>
		scope.startsWith(asked) ? [scope] : asked.startsWith(scope) ? [asked] : []
	);
	return [...new Set(cut)]
		.filter((scope, _, all) => !all.some((each) => each !== scope && scope.startsWith(each)))
		.toSorted();
}

/** The first zoom whose fullest tile is not too full for points. */
function pointsFromOf(pyramid: CountPyramid): number {
	const most = deepestLevel - cellDetail + 1;
	for (let zoom = 0; zoom < most; zoom++)
		if (pyramid.most(zoom, placeOf.all) <= mostPointsInTile) return zoom;
	return most;
}
