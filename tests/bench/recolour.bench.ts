/**
 * One enterprise gets another band. Ours reads its line from the feed and moves the counts above its dot; supercluster
 * has no way to change a point, so it is loaded again. Afterwards both say the same of every band.
 */
import Supercluster from 'supercluster';
import { noFilter } from '#lib/enterprise/mapIndex/mapFilter.ts';
import { totalOf } from '#lib/enterprise/mapIndex/mapIndex.ts';
import { bandCodes } from '#lib/enterprise/mapIndex/mapTable.ts';
import { comparedTimes, median, seconds, type Bench } from './bench.ts';
import { cityIndex, cityOf, dealer } from './city.ts';

const enterprises = 1_000_000;
const changes = 100_000;
const bandColumn = 5;

const withBand = (line: string, band: string): string => {
	const parts = line.split('\t');
	parts[bandColumn] = band;
	return parts.join('\t');
};

type Bands = Record<string, number>;

export const bench: Bench = {
	name: 'recolour',
	async run(say) {
		const { lines, positions } = cityOf(enterprises);
		const index = cityIndex(lines);
		index.select([''], noFilter);
		const deal = dealer(7);
		const news = Array.from({ length: changes }, () => {
			const site = deal(enterprises);
			return (lines[site] = withBand(lines[site]!, ['normal', 'warning', 'focus', 'highest'][deal(4)]!));
		});
		const ours = await seconds(() => news.forEach((line) => index.change(line)));
		const features = lines.map((line, site) => ({
			type: 'Feature' as const,
			properties: { band: line.split('\t')[bandColumn] || 'none' },
			geometry: { type: 'Point' as const, coordinates: positions[site]! }
		}));
		const load = () =>
			new Supercluster<{ band: string }, Bands>({
				maxZoom: 16,
				map: ({ band }) => ({ [band]: 1 }),
				reduce: (sum, more) => {
					for (const [band, count] of Object.entries(more)) sum[band] = (sum[band] ?? 0) + count;
				}
			}).load(features);
		const peers: number[] = [];
		for (let round = 0; round < 3; round++) peers.push(await seconds(load));
		assertEqual(totalOf(index.select([''], noFilter)), load());
		say(`${changes.toLocaleString('en')} changes among ${enterprises.toLocaleString('en')} enterprises`);
		return [
			comparedTimes(
				'recolour',
				'supercluster 9, loaded again',
				{ ours: (ours / changes) * 1_000, peer: median(peers) * 1_000, goal: 1_000 },
				'ms'
			)
		];
	}
};

function assertEqual(ours: Bands, cluster: Supercluster<{ band: string }, Bands>): void {
	const theirs: Bands = {};
	for (const { properties } of cluster.getClusters([-180, -85, 180, 85], 0)) {
		const counts = 'cluster' in properties ? (properties as unknown as Bands) : { [properties.band]: 1 };
		for (const band of bandCodes) theirs[band] = (theirs[band] ?? 0) + (counts[band] ?? 0);
	}
	for (const band of bandCodes)
		if (ours[band] !== theirs[band])
			throw new Error(`recolour: got ${ours[band]} ${band}, expected ${theirs[band]} of supercluster`);
}
