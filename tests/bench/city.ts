import { bandLevels } from '#lib/enterprise/band.ts';
import { MapIndex } from '#lib/enterprise/mapIndex/mapIndex.ts';
import { riskLevels } from '#scoring';

/** A city as `map_rows` would write it: clustered in towns, and in communities in them. The same in every run. */
export const cityDay = '2026-11-22';
const communities = 5_000;
const towns = 60;
const siteTypes = Array.from({ length: 20 }, (_, kind) => `kind_${kind}`);
const levels = ['', ...bandLevels];

function seeded(seed: number): () => number {
	let state = seed;
	return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

/** About 60 km across. */
const middle: [number, number] = [121.2, 31.1];

export interface City {
	/** Tab-separated, as `MapTable.write` takes them. */
	lines: string[];
	/** WGS-84 degrees, in the order of the lines. */
	positions: [number, number][];
}

export function cityOf(enterprises: number): City {
	const next = seeded(20_261_122);
	/** About normal: the sum of four. */
	const around = (spread: number) => (next() + next() + next() + next() - 2) * spread;
	const townCentres = Array.from({ length: towns }, () => [
		middle[0] + around(0.3),
		middle[1] + around(0.25)
	]);
	const centres = Array.from({ length: communities }, (_, place) => {
		const [longitude, latitude] = townCentres[Math.floor(((place / communities) * towns) % towns)]!;
		return [longitude! + around(0.035), latitude! + around(0.03)] as const;
	});
	const scopes = centres.map((_, place) => {
		const four = (number: number) => String(number + 1).padStart(4, '0');
		return `${four(Math.floor(place / 500))}${four(Math.floor(place / 25) % 20)}${four(place % 25)}`;
	});
	const lines: string[] = [];
	const positions: [number, number][] = [];
	for (let site = 0; site < enterprises; site++) {
		const place = Math.floor((site / enterprises) * communities);
		const [longitude, latitude] = centres[place]!;
		const at: [number, number] = [
			Number((longitude + around(0.006)).toFixed(7)),
			Number((latitude + around(0.005)).toFixed(7))
		];
		positions.push(at);
		lines.push(lineOf(site + 1, scopes[place]!, at, next));
	}
	return { lines, positions };
}

function lineOf(ordinal: number, scope: string, at: [number, number], next: () => number): string {
	const isSeen = next() < 0.7;
	const open = isSeen && next() < 0.15 ? 1 + Math.floor(next() * 3) : 0;
	const overdue = open > 0 && next() < 0.2 ? 1 : 0;
	const major = open > 0 && next() < 0.03 ? 1 : 0;
	const band = isSeen ? levels[1 + Math.floor(next() ** 6 * 4)]! : '';
	const pending = isSeen && next() < 0.01 ? levels[1 + Math.floor(next() * 4)]! : '';
	return [
		ordinal,
		scope,
		...at,
		siteTypes[Math.floor(next() ** 1.4 * siteTypes.length)],
		band,
		pending,
		open,
		major,
		overdue,
		open * 100 + major * 400 + overdue * 60,
		isSeen ? `2026-${String(1 + Math.floor(next() * 11)).padStart(2, '0')}-15` : '',
		riskLevels[3 - Math.floor(next() ** 3 * 4)],
		Math.floor(next() * 100),
		next() < 0.1 ? 'gas' : '',
		''
	].join('\t');
}

export function cityIndex(lines: readonly string[]): MapIndex {
	const index = new MapIndex(cityDay);
	index.table.reserve(lines.length);
	index.load(lines);
	return index;
}

/** Deals in the same order in every run. */
export const dealer = (seed: number): ((below: number) => number) => {
	const next = seeded(seed);
	return (below) => Math.floor(next() * below);
};
