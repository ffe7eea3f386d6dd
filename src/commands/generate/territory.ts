import { voronoi, featureCollection, point } from '@turf/turf';
import type { MultiPolygon, Position } from 'geojson';
import type { Random } from './random.ts';
import type { Scale, StreetPlan } from './scale.ts';

/** Plain metres east and north of the origin; at the size of a district the earth is flat enough. */
export type Metres = readonly [east: number, north: number];

/** Where the sample lies (WGS-84). Streets and communities drawn here are of our own making. */
const origin = { longitude: 121.2, latitude: 31.0 };
const metresPerDegree = 111_320;
const metresPerDegreeEast = metresPerDegree * Math.cos((origin.latitude * Math.PI) / 180);
/** Six decimals are 0.1 m; both sides of a border go through this once, so they share every vertex. */
const rounded = (degrees: number) => Math.round(degrees * 1e6) / 1e6;

export const toPosition = ([east, north]: Metres): [longitude: number, latitude: number] => [
	rounded(origin.longitude + east / metresPerDegreeEast),
	rounded(origin.latitude + north / metresPerDegree)
];

export interface SampleArea {
	officialCode: string;
	parentCode: string | null;
	name: string;
	level: 'district' | 'street' | 'community';
	/** WGS-84, counter-clockwise, one ring; an area is exactly the sum of those below it. */
	geometry: MultiPolygon;
	isSample: true;
}

interface Cell {
	plan: StreetPlan;
	code: string;
	name: string;
	corners: Metres[];
}

const keyOf = ([east, north]: Metres) => `${east.toFixed(3)},${north.toFixed(3)}`;

/** Middles of the communities and, around them, of cells that are nobody's and only bend the outline. */
function middles(scale: Scale, random: Random): { at: Metres; column: number; row: number }[] {
	const columns = Math.max(...scale.streets.map((street) => street.column + street.columns));
	const rows = Math.max(...scale.streets.map((street) => street.row + street.rows));
	const spacing = scale.communitySpacingMetres;
	const found = [];
	for (let row = -2; row < rows + 2; row++) {
		for (let column = -2; column < columns + 2; column++) {
			const shift = row % 2 === 0 ? 0 : 0.5;
			const east = (column + shift + random.between(-0.24, 0.24) - columns / 2) * spacing;
			const north = (row * 0.9 + random.between(-0.24, 0.24) - rows / 2) * spacing;
			found.push({ at: [east, north] as Metres, column, row });
		}
	}
	return found;
}

function cellAt(scale: Scale, column: number, row: number): Omit<Cell, 'corners'> | undefined {
	const plan = scale.streets.find(
		(street) =>
			column >= street.column &&
			column < street.column + street.columns &&
			row >= street.row &&
			row < street.row + street.rows
	);
	if (!plan) return undefined;
	// Numbered from the north-west, as one reads.
	const index = (plan.row + plan.rows - 1 - row) * plan.columns + (column - plan.column);
	const code = plan.code + String(index + 1).padStart(3, '0');
	return { plan, code, name: plan.communityNames[index]! };
}

function counterClockwise(ring: Metres[]): Metres[] {
	let doubleArea = 0;
	for (let i = 0; i < ring.length; i++) {
		const [a, b] = [ring[i]!, ring[(i + 1) % ring.length]!];
		doubleArea += a[0] * b[1] - b[0] * a[1];
	}
	return doubleArea >= 0 ? ring : [...ring].reverse();
}

function cells(scale: Scale, random: Random): Cell[] {
	const seeds = middles(scale, random);
	const margin = 20 * scale.communitySpacingMetres;
	const diagram = voronoi(featureCollection(seeds.map(({ at }) => point([...at]))), {
		bbox: [-margin, -margin, margin, margin]
	});
	return diagram.features.flatMap(({ geometry }, index) => {
		const cell = cellAt(scale, seeds[index]!.column, seeds[index]!.row);
		if (!cell) return [];
		const corners = geometry.coordinates[0]!.slice(0, -1).map(([east, north]): Metres => [east!, north!]);
		return [{ ...cell, corners: counterClockwise(corners) }];
	});
}

/** Borders follow brooks and lanes: midpoint displacement, the same from either side. */
function createBorders(random: Random): (from: Metres, to: Metres) => Metres[] {
	const drawn = new Map<string, Metres[]>();
	const bend = (a: Metres, b: Metres, depth: number, draw: Random): Metres[] => {
		if (depth === 0) return [a];
		// Held within bounds: a wilder border could cross itself or its neighbour near a corner.
		const offset = Math.min(0.12, Math.max(-0.12, draw.normal() * 0.06));
		const middle: Metres = [
			(a[0] + b[0]) / 2 - (b[1] - a[1]) * offset,
			(a[1] + b[1]) / 2 + (b[0] - a[0]) * offset
		];
		return [...bend(a, middle, depth - 1, draw), ...bend(middle, b, depth - 1, draw)];
	};
	return (from, to) => {
		const [a, b] = [from, to].sort((one, other) => one[0] - other[0] || one[1] - other[1]) as [
			Metres,
			Metres
		];
		const key = `${keyOf(a)}|${keyOf(b)}`;
		let line = drawn.get(key);
		if (!line) drawn.set(key, (line = [...bend(a, b, 4, random.fork(key)), b]));
		return keyOf(a) === keyOf(from) ? line : [...line].reverse();
	};
}

function multiPolygon(corners: Metres[], border: (from: Metres, to: Metres) => Metres[]): MultiPolygon {
	const ring: Position[] = corners.flatMap((corner, i) =>
		border(corner, corners[(i + 1) % corners.length]!)
			.slice(0, -1)
			.map(toPosition)
	);
	return { type: 'MultiPolygon', coordinates: [[[...ring, ring[0]!]]] };
}

/** The outer corners of neighbouring cells: edges that no second cell walks the other way, put end to end. */
function outline(members: Cell[]): Metres[] {
	const edges = new Map<string, { from: Metres; to: Metres }>();
	for (const { corners } of members) {
		corners.forEach((from, i) => {
			const to = corners[(i + 1) % corners.length]!;
			if (!edges.delete(`${keyOf(to)}|${keyOf(from)}`))
				edges.set(`${keyOf(from)}|${keyOf(to)}`, { from, to });
		});
	}
	const next = new Map([...edges.values()].map((edge) => [keyOf(edge.from), edge]));
	const ring: Metres[] = [];
	let edge = next.values().next().value;
	while (edge && next.delete(keyOf(edge.from))) {
		ring.push(edge.from);
		edge = next.get(keyOf(edge.to));
	}
	if (next.size > 0) throw new Error(`outline: got ${next.size} edges left over, expected one closed ring`);
	return ring;
}

/** The district, its streets and their communities: Voronoi cells with bent borders, gap-free and exactly nested. */
export function buildTerritory(scale: Scale, random: Random): SampleArea[] {
	const border = createBorders(random.fork('borders'));
	const all = cells(scale, random.fork('middles')).sort((a, b) => a.code.localeCompare(b.code));
	const { code, name } = scale.district;
	const area = (rest: Omit<SampleArea, 'geometry' | 'isSample'>, corners: Metres[]): SampleArea => ({
		...rest,
		geometry: multiPolygon(corners, border),
		isSample: true
	});
	const district = area({ officialCode: code, parentCode: null, name, level: 'district' }, outline(all));
	const streets = scale.streets.flatMap((plan) => {
		const members = all.filter((cell) => cell.plan === plan);
		const street = { officialCode: plan.code, parentCode: code, name: plan.name, level: 'street' as const };
		return [
			area(street, outline(members)),
			...members.map((cell) => {
				const community = { officialCode: cell.code, parentCode: plan.code, name: cell.name };
				return area({ ...community, level: 'community' }, cell.corners);
			})
		];
	});
	return [district, ...streets];
}
