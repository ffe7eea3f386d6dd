import gcoord from 'gcoord';

/**
 * The systems in which positions arrive. Inside everything is WGS-84; conversion happens at the edges only.
 * gcj02: Amap, Tencent. bd09: Baidu. cgcs2000 differs from WGS-84 by centimetres and passes through as it.
 */
export const coordinateSystems = ['wgs84', 'cgcs2000', 'gcj02', 'bd09'] as const;
export type CoordinateSystem = (typeof coordinateSystems)[number];

/** Longitude, latitude in degrees. */
export type LonLat = [longitude: number, latitude: number];

export const isCoordinateSystem = (value: unknown): value is CoordinateSystem =>
	coordinateSystems.includes(value as CoordinateSystem);

const obfuscated = { gcj02: gcoord.GCJ02, bd09: gcoord.BD09 } as const;

/** A position of the given system as WGS-84. The inverse of GCJ-02 is found by iteration, within a millimetre. */
export function toWgs84([longitude, latitude]: LonLat, system: CoordinateSystem): LonLat {
	if (system === 'wgs84' || system === 'cgcs2000') return [longitude, latitude];
	return gcoord.transform([longitude, latitude], obfuscated[system], gcoord.WGS84) as LonLat;
}

/** A WGS-84 position as the given system has it. */
export function fromWgs84([longitude, latitude]: LonLat, system: CoordinateSystem): LonLat {
	if (system === 'wgs84' || system === 'cgcs2000') return [longitude, latitude];
	return gcoord.transform([longitude, latitude], gcoord.WGS84, obfuscated[system]) as LonLat;
}

/**
 * Whether a pair can only be latitude, longitude written the wrong way round: in China longitudes are 73–136 and
 * latitudes 3–54, which never meet; anywhere, a latitude beyond 90 is a longitude.
 */
export function isSwapped([longitude, latitude]: LonLat): boolean {
	const looksChinese = longitude >= 3 && longitude <= 54 && latitude >= 73 && latitude <= 136;
	return looksChinese || (Math.abs(latitude) > 90 && Math.abs(latitude) <= 180 && Math.abs(longitude) <= 90);
}
