import { kml } from '@tmcw/togeojson';
import { DOMParser } from '@xmldom/xmldom';
import { strFromU8, unzipSync } from 'fflate';
import type { Feature, Geometry, Polygon } from 'geojson';
import { failure, success, type Result } from '#lib/problem.ts';

/** A KML unpacked is far below this; an archive that claims more is not read. */
const mostBytes = 64 * 1024 * 1024;

/** The KML in a KMZ: `doc.kml` or the first there is; null for any other archive. */
export function kmlOfArchive(bytes: Uint8Array): string | null {
	try {
		const found = unzipSync(bytes, {
			filter: ({ name, originalSize }) => name.toLowerCase().endsWith('.kml') && originalSize <= mostBytes
		});
		const names = Object.keys(found).sort((a, b) => Number(b === 'doc.kml') - Number(a === 'doc.kml'));
		return names[0] === undefined ? null : strFromU8(found[names[0]]!);
	} catch {
		return null; // no archive that can be read: the workbook reader says what is wrong with it
	}
}

/** How things look in another program; nothing of it describes a place. */
const styleProperties = new Set([
	'styleUrl',
	'styleHash',
	'stroke',
	'stroke-width',
	'stroke-opacity',
	'fill',
	'fill-opacity',
	'visibility',
	'icon',
	'tessellate',
	'extrude',
	'altitudeMode'
]);

/**
 * Placemarks as features, with their names and extended data. KML states WGS-84, but programs here write other systems into it
 * all the same: what the sender says counts.
 */
export function readKml(text: string): Result<Feature[]> {
	let fault: string | null = null;
	const document = (() => {
		try {
			return new DOMParser({
				onError: (level, message) => {
					if (level !== 'warning') fault ??= message;
				}
			}).parseFromString(text.replace(/^\ufeff/, ''), 'text/xml');
		} catch (error) {
			fault ??= (error as Error).message;
			return null;
		}
	})();
	if (!document || fault !== null)
		return failure('import.unreadable', { got: (fault ?? 'XML').split('\n')[0]! });
	if (!document.getElementsByTagName('kml').length)
		return failure('import.unreadable', { got: document.documentElement?.tagName ?? 'XML', expected: 'KML' });
	const { features } = kml(document as never);
	return success(
		features.map((feature) => ({
			...feature,
			properties: Object.fromEntries(
				Object.entries(feature.properties ?? {}).filter(([name]) => !styleProperties.has(name))
			),
			geometry: gathered(feature.geometry) as Geometry
		}))
	);
}

/** Several polygons of one placemark are one place. */
function gathered(geometry: Geometry | null): Geometry | null {
	if (geometry?.type !== 'GeometryCollection') return geometry;
	const polygons = geometry.geometries.filter((part): part is Polygon => part.type === 'Polygon');
	return polygons.length === geometry.geometries.length
		? { type: 'MultiPolygon', coordinates: polygons.map(({ coordinates }) => coordinates) }
		: geometry;
}
