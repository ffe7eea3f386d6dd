/**
 * A million enterprises gathered into hexagons against h3-js's own loop: the index of each place at the asked resolution and
 * a count in a Map. Ours keeps each place's number at every resolution that was asked for; what keeping costs is timed beside
 * it as the first look, which is h3-js's own work and cannot be faster than it.
 */
import { latLngToCell } from 'h3-js';
import { noFilter } from '#lib/enterprise/mapIndex/mapFilter.ts';
import { mapHexagons } from '#lib/enterprise/mapIndex/mapHexagons.ts';
import { resolutionOf } from '#lib/spatial/hexagon.ts';
import { latitudeOf, longitudeOf } from '#lib/spatial/world.ts';
import { comparedTimes, median, seconds, type Bench } from './bench.ts';
import { cityIndex, cityOf } from './city.ts';

const enterprises = 1_000_000;
const everywhere = [-180, -85, 180, 85] as const;
const zoom = 11;
const rounds = 3;

export const bench: Bench = {
	name: 'hexagons',
	async run(say) {
		const index = cityIndex(cityOf(enterprises).lines);
		const selection = index.select([''], noFilter);
		const { table } = index;
		const resolution = resolutionOf(zoom);
		const gather = () => mapHexagons(index, selection, everywhere, zoom);
		const loop = () => {
			const counts = new Map<string, number>();
			for (let row = 0; row < table.count; row++) {
				const cell = latLngToCell(
					latitudeOf(table.y[row]! + 0.5),
					longitudeOf(table.x[row]! + 0.5),
					resolution
				);
				counts.set(cell, (counts.get(cell) ?? 0) + 1);
			}
			return counts;
		};
		const first = await seconds(gather);
		const theirs = loop();
		const { features } = gather();
		if (features.length !== theirs.size)
			throw new Error(`hexagons: got ${features.length}, expected ${theirs.size} of h3-js`);
		for (const { id, properties } of features)
			if (properties.all !== theirs.get(String(id)))
				throw new Error(`hexagon ${id}: got ${properties.all}, expected ${theirs.get(String(id))}`);
		const [ours, peers]: [number[], number[]] = [[], []];
		for (let round = 0; round < rounds; round++) {
			ours.push(await seconds(gather));
			peers.push(await seconds(loop));
		}
		say(`${features.length.toLocaleString('en')} hexagons of resolution ${resolution}, 20 measures in each`);
		say(`first look, numbers not kept yet: ${Math.round(first * 1_000).toLocaleString('en')} ms`);
		return [
			comparedTimes(
				'hexagons',
				'h3-js loop',
				{ ours: median(ours) * 1_000, peer: median(peers) * 1_000, goal: 3 },
				'ms'
			)
		];
	}
};
