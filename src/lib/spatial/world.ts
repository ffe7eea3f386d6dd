/**
 * The world as the tiles of the web cut it: Web Mercator, a square of 2^30 × 2^30 units from the north-west corner,
 * so that a unit is 4 cm at the equator and every tile of every zoom is a whole number of units.
 */
export const worldBits = 30;
export const worldSize = 2 ** worldBits;

/** Beyond it the projection leaves the square. */
export const latitudeLimit = 85.0511287798066;

const clamped = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** @param longitude WGS-84 degrees @returns whole units, 0 … 2^30 − 1 */
export const worldX = (longitude: number): number =>
	clamped(Math.floor((longitude / 360 + 0.5) * worldSize), 0, worldSize - 1);

/** @param latitude WGS-84 degrees; beyond the limit it is taken as the limit @returns whole units, 0 … 2^30 − 1 */
export function worldY(latitude: number): number {
	const sine = Math.sin((clamped(latitude, -latitudeLimit, latitudeLimit) * Math.PI) / 180);
	const share = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
	return clamped(Math.floor(share * worldSize), 0, worldSize - 1);
}

/** WGS-84 degrees of a place in the square; the inverse of `worldX`. */
export const longitudeOf = (x: number): number => (x / worldSize - 0.5) * 360;

export const latitudeOf = (y: number): number =>
	(Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / worldSize))) * 180) / Math.PI;
