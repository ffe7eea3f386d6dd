import { cellToBoundary, h3IndexToSplitLong, latLngToCell } from 'h3-js';

/**
 * Hexagons of H3 as one number each that sorts by place: base cell, and three bits a digit. Asked of H3 at every resolution by
 * itself: a hexagon is not made of the finer ones in it, so what stands near a border would fall to the wrong one.
 * Source: https://h3geo.org/docs/core-library/h3Indexing
 */
export const finestHexagon = 10;
const digitBits = 3;
const digitsInAll = 15;

/** Of a place in WGS-84 degrees. About a microsecond: kept by whoever asks again. @param resolution 0 … 10 */
export function hexagonKey(longitude: number, latitude: number, resolution: number): number {
	const [low, high] = h3IndexToSplitLong(latLngToCell(latitude, longitude, resolution));
	// 45 bits of digits and 7 of the base cell end the index; the digits that this resolution has come first.
	const wanted = (high! & 0xfffff) * 2 ** 32 + (low! >>> 0);
	return Math.floor(wanted / 2 ** (digitBits * (digitsInAll - resolution)));
}

/** The index as H3 writes it. @param key what `hexagonKey` gave for this resolution */
export function hexagonIndex(key: number, resolution: number): string {
	const unused = digitBits * (digitsInAll - resolution);
	const bits =
		(1n << 59n) |
		(BigInt(resolution) << 52n) |
		(BigInt(key) << BigInt(unused)) |
		((1n << BigInt(unused)) - 1n);
	return bits.toString(16);
}

/** Its corners as a closed ring of GeoJSON. */
export const hexagonRing = (key: number, resolution: number): [number, number][] =>
	cellToBoundary(hexagonIndex(key, resolution), true) as [number, number][];

/** A hexagon is some 40 to 90 px wide on the map. @param zoom of the map */
export const resolutionOf = (zoom: number): number =>
	Math.max(3, Math.min(finestHexagon, Math.round((zoom - 2.2) * 0.72)));
