import type { Position } from 'geojson';
import type { EditableArea } from './areaChange.ts';
import type { AreaLevel } from './areaLevel.ts';
import {
	alone,
	changedIds,
	cornersOf,
	dropCorner,
	edgesOf,
	idsOfLevel,
	insertCorner,
	isSameSpot,
	removeCorner,
	shapesOf,
	sharedBy,
	snapTarget,
	together,
	type Polygons,
	type Shapes
} from './boundaryEdit.ts';

const mostUndo = 200;
const none = together();

/**
 * A boundary being drawn, with its neighbours. `shapes` is what stands; `preview` is what a corner in the hand would make
 * of it. Neighbours of another administrator are looked at and caught on, and never change.
 */
export class BoundaryEditor {
	readonly editedId: string;
	readonly original: Shapes;
	readonly fixed: Shapes;
	shapes = $state.raw<Shapes>(none);
	preview = $state.raw<Shapes | null>(null);
	/** The corner that the keyboard and the panel act on. */
	chosen = $state.raw<Position | null>(null);
	/** Corners of a new part while it is drawn. */
	drawing = $state.raw<Position[] | null>(null);
	/** A shared corner moves for the neighbours too. */
	isLinked = $state(true);
	#past = $state.raw<Shapes[]>([]);

	/** Ids of the areas of the same level: they lie side by side, the others above or below. */
	readonly siblings: ReadonlySet<string>;

	/** @param editedId an area of these, or a new one's own id. */
	constructor(areas: readonly EditableArea[], editedId: string, level: AreaLevel) {
		this.editedId = editedId;
		this.siblings = idsOfLevel(areas, level);
		const own = shapesOf(areas.filter(({ isAdministered }) => isAdministered));
		this.original = own.has(editedId) ? own : together(own, alone(editedId, []));
		this.shapes = this.original;
		this.fixed = shapesOf(areas.filter(({ isAdministered }) => !isAdministered));
	}

	/** What is drawn now. */
	shown = $derived.by(() => this.preview ?? this.shapes);
	edited = $derived.by<Polygons>(() => this.shown.get(this.editedId) ?? []);
	corners = $derived.by<Position[]>(() => cornersOf(this.edited));
	edges = $derived.by<[Position, Position][]>(() => [...edgesOf(alone(this.editedId, this.edited))]);
	changed = $derived.by(() => changedIds(this.original, this.shapes));
	canUndo = $derived(this.#past.length > 0);
	sharing = $derived.by(() =>
		this.chosen ? sharedBy(this.shapes, this.chosen).filter((id) => id !== this.editedId) : []
	);

	get #around(): Shapes {
		return together(this.shapes, this.fixed);
	}

	/** Those that a step may change. */
	get #open(): Shapes {
		return this.isLinked ? this.shapes : alone(this.editedId, this.shapes.get(this.editedId) ?? []);
	}

	#commit(next: Shapes): void {
		this.preview = null;
		const merged = together(this.shapes, next);
		if (changedIds(this.shapes, merged).length === 0) return;
		this.#past = [...this.#past.slice(-mostUndo), this.shapes];
		this.shapes = merged;
	}

	/** What letting go here would make; false: it cannot be let go here. */
	hover(from: Position, position: Position, reachMetres: number): boolean {
		const dropped = dropCorner(this.#open, from, position, reachMetres, this.#around);
		this.preview = dropped && together(this.shapes, dropped.shapes);
		return dropped !== null;
	}

	drop(from: Position, position: Position, reachMetres: number): boolean {
		const dropped = dropCorner(this.#open, from, position, reachMetres, this.#around);
		this.preview = null;
		if (!dropped) return false;
		this.#commit(dropped.shapes);
		this.chosen = dropped.at;
		return true;
	}

	insert(edge: [Position, Position], at: Position): void {
		this.#commit(insertCorner(this.#open, edge, at));
		this.chosen = at;
	}

	/** After the chosen corner, in the middle of the edge that begins there. */
	insertAfterChosen(): void {
		const edge = this.edges.find(([a]) => this.chosen && isSameSpot(a, this.chosen));
		if (edge) this.insert(edge, [(edge[0][0]! + edge[1][0]!) / 2, (edge[0][1]! + edge[1][1]!) / 2]);
	}

	removeChosen(): boolean {
		const after = this.chosen && removeCorner(this.#open, this.chosen);
		if (!after) return false;
		const place = this.corners.findIndex((corner) => isSameSpot(corner, this.chosen!));
		this.#commit(after);
		this.chosen = this.corners[place % this.corners.length] ?? null;
		return true;
	}

	/** One step along the boundary, forwards or back. */
	chooseNext(step: 1 | -1): void {
		const { chosen, corners } = this;
		const place = chosen ? corners.findIndex((corner) => isSameSpot(corner, chosen)) : step === 1 ? -1 : 0;
		this.chosen = corners.at((place + step) % corners.length) ?? null;
	}

	replace(polygons: Polygons): void {
		this.#commit(alone(this.editedId, polygons));
		this.chosen = null;
	}

	/** Several shapes at once, e.g. neighbours that give way. */
	replaceAll(next: Shapes): void {
		this.#commit(next);
	}

	undo(): void {
		const before = this.#past.at(-1);
		if (!before) return;
		this.#past = this.#past.slice(0, -1);
		this.shapes = before;
		this.preview = null;
		this.chosen = null;
	}

	startDrawing(): void {
		this.drawing = [];
		this.chosen = null;
	}

	/** The next corner of a new part; the first one again ends it. */
	draw(position: Position, reachMetres: number): void {
		const { drawing } = this;
		if (!drawing) return;
		const first = drawing[0];
		const caughtFirst =
			first && snapTarget(alone('first', [[[first, first]]]), position, reachMetres)?.at === first;
		if (caughtFirst && drawing.length >= 3) return this.finishDrawing();
		const target = snapTarget(this.#around, position, reachMetres);
		if (target?.edge && this.isLinked) this.#commit(insertCorner(this.#open, target.edge, target.at));
		const at = target?.at ?? position;
		if (!drawing.some((corner) => isSameSpot(corner, at))) this.drawing = [...drawing, at];
	}

	finishDrawing(): void {
		const { drawing } = this;
		this.drawing = null;
		if (!drawing || drawing.length < 3) return;
		this.replace([...this.edited, [[...drawing, drawing[0]!]]]);
	}
}
