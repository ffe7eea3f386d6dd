/** Mean radius of the WGS-84 ellipsoid: at street scale the sphere is right within half a percent. */
const earthRadiusMetres = 6_371_008.8;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

interface LongitudeLatitude {
	longitude: number;
	latitude: number;
}

/** Great-circle distance between two WGS-84 points (haversine). */
export function distanceMetres(from: LongitudeLatitude, to: LongitudeLatitude): number {
	const halfNorth = radians(to.latitude - from.latitude) / 2;
	const halfEast = radians(to.longitude - from.longitude) / 2;
	const a =
		Math.sin(halfNorth) ** 2 +
		Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * Math.sin(halfEast) ** 2;
	return 2 * earthRadiusMetres * Math.asin(Math.min(1, Math.sqrt(a)));
}
