/**
 * Building the index against supercluster 9: a million points in both. Ours sorts each community in Z-order and counts 20
 * measures in every cell of every level; supercluster makes clusters of 17 zooms and counts points. Both give the same
 * total, which is checked.
 */
import Supercluster from 'supercluster';
import { noFilter } from '#lib/enterprise/mapIndex/mapFilter.ts';
import { totalOf } from '#lib/enterprise/mapIndex/mapIndex.ts';
import { mapMeasures } from '#lib/enterprise/mapIndex/mapMeasures.ts';
import { dayNumber } from '#lib/enterprise/mapIndex/mapTable.ts';
import { everyRow } from '#lib/enterprise/mapIndex/rowMatcher.ts';
import { CellTree } from '#lib/spatial/cellTree.ts';
import { CountPyramid } from '#lib/spatial/countPyramid.ts';
import { pointBlock } from '#lib/spatial/pointBlock.ts';
import { comparedTimes, median, seconds, type Bench } from './bench.ts';
import { cityDay, cityIndex, cityOf } from './city.ts';

const enterprises = 1_000_000;
const rounds = 5;
const deepest = 17;

export const bench: Bench = {
	name: 'index',
	async run(say) {
		const city = cityOf(enterprises);
		const index = cityIndex(city.lines);
		const { table } = index;
		const places = [...index.select([''], noFilter).places].map(({ rows }) => Uint32Array.from(rows));
		const measures = mapMeasures(table, everyRow, dayNumber(cityDay));
		const build = () => {
			const blocks = places.map((rows) =>
				pointBlock({ rows, xs: rows.map((row) => table.x[row]!), ys: rows.map((row) => table.y[row]!) })
			);
			return new CountPyramid(new CellTree(blocks, deepest), measures);
		};
		const features = city.positions.map((coordinates) => ({
			type: 'Feature' as const,
			properties: {},
			geometry: { type: 'Point' as const, coordinates }
		}));
		const cluster = () => new Supercluster({ maxZoom: 16 }).load(features);
		assertEqual(build(), cluster(), totalOf(index.select([''], noFilter)).all);
		const [ours, peers]: [number[], number[]] = [[], []];
		for (let round = 0; round < rounds; round++) {
			ours.push(await seconds(build));
			peers.push(await seconds(cluster));
		}
		say(`${enterprises.toLocaleString('en')} points in ${places.length} communities`);
		return [
			comparedTimes(
				'index',
				'supercluster 9',
				{ ours: median(ours) * 1_000, peer: median(peers) * 1_000, goal: 20 },
				'ms'
			)
		];
	}
};

function assertEqual(pyramid: CountPyramid, cluster: Supercluster, count: number): void {
	const clustered = cluster
		.getClusters([-180, -85, 180, 85], 0)
		.reduce((sum, { properties }) => sum + ('point_count' in properties ? properties.point_count : 1), 0);
	const counted = pyramid.total[5];
	if (counted !== count || clustered !== count)
		throw new Error(`index: got ${counted} and ${clustered} points, expected ${count} of both`);
}
