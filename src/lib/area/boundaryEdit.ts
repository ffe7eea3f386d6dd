import type { MultiPolygon, Position } from 'geojson';

/**
 * Borders drawn by hand. A border that two areas share is kept as the same corners in both, so every step here is done
 * in all shapes at once: a corner that moves, moves for everyone who has it, and no gap opens. Shapes never change in
 * place; a step answers new ones, in which what it did not touch is the same object as before.
 */
export type Polygons = Position[][][];
export type Shapes = ReadonlyMap<string, Polygons>;

export interface SnapTarget {
	at: Position;
	/** Set when it lies on an edge rather than at a corner: the edge's ends. */
	edge: [Position, Position] | null;
}

/** One shape by itself. */
export const alone = (id: string, polygons: Polygons): Shapes => new Map([[id, polygons]]);

/** Several as one; the later ones win. */
export const together = (...parts: Shapes[]): Shapes => new Map(parts.flatMap((part) => [...part]));

const metresPerDegree = 111_320;
const fewestCorners = 3;

export const isSameSpot = (a: Position, b: Position): boolean => a[0] === b[0] && a[1] === b[1];

/** Metres on the ground between two positions near each other. */
function metresBetween(a: Position, b: Position): number {
	const narrowing = Math.cos((((a[1]! + b[1]!) / 2) * Math.PI) / 180);
	return Math.hypot((a[0]! - b[0]!) * narrowing, a[1]! - b[1]!) * metresPerDegree;
}

/** The corners of a closed ring, each once. */
const cornersOfRing = (ring: Position[]): Position[] => ring.slice(0, -1);

/** A closed ring of corners, neighbours that fell together made one; null when fewer than three are left. */
function closed(corners: readonly Position[]): Position[] | null {
	const kept = corners.filter((corner, index) => !isSameSpot(corner, corners.at(index - 1)!));
	return kept.length < fewestCorners ? null : [...kept, kept[0]!];
}

/** Every ring through `step`; null when one of them would no longer be a ring. */
function withRings(shapes: Shapes, step: (corners: Position[]) => Position[]): Shapes | null {
	const after = new Map<string, Polygons>();
	for (const [id, polygons] of shapes) {
		let isTouched = false;
		const next: Polygons = [];
		for (const rings of polygons) {
			const nextRings: Position[][] = [];
			for (const ring of rings) {
				const corners = cornersOfRing(ring);
				const stepped = step(corners);
				if (stepped === corners) nextRings.push(ring);
				else {
					const made = closed(stepped);
					if (!made) return null;
					isTouched = true;
					nextRings.push(made);
				}
			}
			next.push(nextRings);
		}
		after.set(id, isTouched ? next : polygons);
	}
	return after;
}

/** Moves a corner for everyone who has it. null: a ring would lose its third corner. */
export const moveCorner = (shapes: Shapes, from: Position, to: Position): Shapes | null =>
	withRings(shapes, (corners) =>
		corners.some((corner) => isSameSpot(corner, from))
			? corners.map((corner) => (isSameSpot(corner, from) ? to : corner))
			: corners
	);

/** A new corner on the edge between two, for everyone who has that edge. */
export const insertCorner = (shapes: Shapes, [a, b]: [Position, Position], at: Position): Shapes =>
	withRings(shapes, (corners) => {
		const after = corners.findIndex((corner, index) => {
			const next = corners[(index + 1) % corners.length]!;
			return (isSameSpot(corner, a) && isSameSpot(next, b)) || (isSameSpot(corner, b) && isSameSpot(next, a));
		});
		return after === -1 ? corners : corners.toSpliced(after + 1, 0, at);
	})!;

/** Takes a corner away from everyone who has it. null: a ring would lose its third corner. */
export const removeCorner = (shapes: Shapes, at: Position): Shapes | null =>
	withRings(shapes, (corners) =>
		corners.some((corner) => isSameSpot(corner, at))
			? corners.filter((corner) => !isSameSpot(corner, at))
			: corners
	);

/** Every edge of every ring. */
export function* edgesOf(shapes: Shapes): Generator<[Position, Position]> {
	for (const polygons of shapes.values())
		for (const ring of polygons.flat())
			for (let index = 1; index < ring.length; index++) yield [ring[index - 1]!, ring[index]!];
}

/** The spot on an edge nearest to a position, on the plane: over a street the earth is flat enough. */
function nearestOn([a, b]: [Position, Position], position: Position): Position {
	const narrowing = Math.cos((position[1]! * Math.PI) / 180);
	const [ex, ey] = [(b[0]! - a[0]!) * narrowing, b[1]! - a[1]!];
	const [px, py] = [(position[0]! - a[0]!) * narrowing, position[1]! - a[1]!];
	const along = Math.min(1, Math.max(0, (px * ex + py * ey) / (ex * ex + ey * ey || 1)));
	return [a[0]! + (b[0]! - a[0]!) * along, a[1]! + (b[1]! - a[1]!) * along];
}

/**
 * Where a corner would catch: the nearest other corner within reach, else the nearest spot on an edge.
 * @param moving the corner that is being moved; it and its own edges do not catch.
 */
export function snapTarget(
	shapes: Shapes,
	position: Position,
	reachMetres: number,
	moving: Position | null = null
): SnapTarget | null {
	let corner: SnapTarget | null = null;
	let edge: SnapTarget | null = null;
	let [toCorner, toEdge] = [reachMetres, reachMetres];
	for (const [a, b] of edgesOf(shapes)) {
		if (moving && (isSameSpot(a, moving) || isSameSpot(b, moving))) {
			// Its own edges move along, but what stands at their other end may still be caught.
			const other = isSameSpot(a, moving) ? b : a;
			if (metresBetween(other, position) <= toCorner) {
				toCorner = metresBetween(other, position);
				corner = { at: other, edge: null };
			}
			continue;
		}
		if (metresBetween(a, position) <= toCorner) {
			toCorner = metresBetween(a, position);
			corner = { at: a, edge: null };
		}
		const spot = nearestOn([a, b], position);
		if (metresBetween(spot, position) < toEdge) {
			toEdge = metresBetween(spot, position);
			edge = { at: spot, edge: [a, b] };
		}
	}
	return corner ?? edge;
}

/**
 * A corner let go at a position: it catches on what is near. Caught on a neighbour's edge, the neighbour gets the corner
 * too, so that the border is shared from then on. null: a ring would lose its third corner.
 * @param around what it may catch on; by default the shapes themselves.
 */
export function dropCorner(
	shapes: Shapes,
	from: Position,
	position: Position,
	reachMetres: number,
	around: Shapes = shapes
): { shapes: Shapes; at: Position } | null {
	const target = snapTarget(around, position, reachMetres, from);
	const at = target?.at ?? position;
	const prepared = target?.edge ? insertCorner(shapes, target.edge, at) : shapes;
	const moved = moveCorner(prepared, from, at);
	return moved && { shapes: moved, at };
}

/** Ids whose shape is another than before. */
export const changedIds = (before: Shapes, after: Shapes): string[] =>
	[...after].filter(([id, polygons]) => before.get(id) !== polygons).map(([id]) => id);

/** The corners of a shape, each once, in the order of its rings. */
export function cornersOf(polygons: Polygons): Position[] {
	const seen = new Set<string>();
	return polygons.flat().flatMap((ring) =>
		cornersOfRing(ring).filter((corner) => {
			const key = corner.join();
			return seen.has(key) ? false : (seen.add(key), true);
		})
	);
}

/** How many shapes have a corner: more than one means that a border is shared there. */
export const sharedBy = (shapes: Shapes, at: Position): string[] =>
	[...shapes]
		.filter(([, polygons]) => polygons.flat().some((ring) => ring.some((corner) => isSameSpot(corner, at))))
		.map(([id]) => id);

export const asMultiPolygon = (coordinates: Polygons): MultiPolygon => ({
	type: 'MultiPolygon',
	coordinates
});

/** The shapes of areas that have one. */
export const shapesOf = (areas: readonly { id: string; geometry: MultiPolygon | null }[]): Shapes =>
	new Map(areas.flatMap(({ id, geometry }) => (geometry ? [[id, geometry.coordinates]] : [])));

/** Areas of one level lie side by side; those above and below have the same ground. */
export const idsOfLevel = (
	areas: readonly { id: string; level: string }[],
	level: string
): ReadonlySet<string> => new Set(areas.filter((area) => area.level === level).map(({ id }) => id));
