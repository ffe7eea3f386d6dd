import { cellToBoundary, h3IndexToSplitLong, latLngToCell } from 'h3-js';

/**
 * Hexagons of H3, kept as one number that sorts by place: base cell and ten digits of three bits. The hexagon around it at a
 * coarser resolution is the number without its last digits, so a million enterprises are gathered at any resolution by a
 * division each, once they have their number. Source: https://h3geo.org/docs/core-library/h3Indexing
 */
export const finestHexagon = 10;
const digitBits = 3;
const digitsInAll = 15;

/** Of a place in WGS-84 degrees. About a microsecond: kept by whoever asks again. */
export function hexagonKey(longitude: number, latitude: number): number {
	const [low, high] = h3IndexToSplitLong(latLngToCell(latitude, longitude, finestHexagon));
	// 45 bits of digits and 7 of the base cell end the index; the digits that resolution 10 has come first.
	const wanted = (high! & 0xfffff) * 2 ** 32 + (low! >>> 0);
	return Math.floor(wanted / 2 ** (digitBits * (digitsInAll - finestHexagon)));
}

/** The number of the hexagon around it. @param resolution 0 … 10 */
export const hexagonAround = (key: number, resolution: number): number =>
	Math.floor(key / 2 ** (digitBits * (finestHexagon - resolution)));

/** The index as H3 writes it. @param around what `hexagonAround` gave for this resolution */
export function hexagonIndex(around: number, resolution: number): string {
	const unused = digitBits * (digitsInAll - resolution);
	const bits =
		(1n << 59n) |
		(BigInt(resolution) << 52n) |
		(BigInt(around) << BigInt(unused)) |
		((1n << BigInt(unused)) - 1n);
	return bits.toString(16);
}

/** Its corners as a closed ring of GeoJSON. */
export const hexagonRing = (around: number, resolution: number): [number, number][] =>
	cellToBoundary(hexagonIndex(around, resolution), true) as [number, number][];

/** A hexagon is some 40 to 90 px wide on the map. @param zoom of the map */
export const resolutionOf = (zoom: number): number =>
	Math.max(3, Math.min(finestHexagon, Math.round((zoom - 2.2) * 0.72)));
