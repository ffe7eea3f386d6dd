import { addProtocol, Map as MapLibreMap, NavigationControl, setWorkerUrl } from 'maplibre-gl';
import type { AddProtocolAction, MapGeoJSONFeature, MapOptions, Point } from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { Translate } from '../../messages/index.ts';
import { shapeOfIcon } from './drawing.ts';
import { iconPixelRatio, shapeImage, type ShapeName } from './shapes.ts';

// The worker is a file of ours: the build gives it an address, and the content security policy allows it.
setWorkerUrl(workerUrl);

const localeOf = (label: string, t: Translate): Record<string, string> => ({
	'Map.Title': label,
	'NavigationControl.ZoomIn': t('ui.map.zoom_in'),
	'NavigationControl.ZoomOut': t('ui.map.zoom_out'),
	'NavigationControl.ResetBearing': t('ui.map.reset_north'),
	'CooperativeGesturesHandler.WindowsHelpText': t('ui.map.ctrl_scroll'),
	'CooperativeGesturesHandler.MacHelpText': t('ui.map.cmd_scroll'),
	'CooperativeGesturesHandler.MobileHelpText': t('ui.map.two_fingers')
});

/** Ways to fetch that a base brings along; the last one of a scheme counts. */
export function addProtocols(protocols: Record<string, AddProtocolAction> = {}): void {
	for (const [scheme, fetchTile] of Object.entries(protocols)) addProtocol(scheme, fetchTile);
}

/** A map that speaks our language, stays flat with north up, and draws its icons itself. */
export function createMap(options: MapOptions, label: string, t: Translate): MapLibreMap {
	const map = new MapLibreMap({
		attributionControl: false,
		dragRotate: false,
		pitchWithRotate: false,
		maxPitch: 0,
		maxZoom: 20,
		locale: localeOf(label, t),
		localIdeographFontFamily: 'sans-serif',
		...options
	});
	map.touchZoomRotate.disableRotation();
	map.keyboard.disableRotation();
	map.addControl(new NavigationControl({ showCompass: false }), 'bottom-right');
	map.setMissingStyleImageResolver((id) => {
		const shape = shapeOfIcon(id);
		if (shape === null || map.hasImage(id)) return;
		map.addImage(id, shapeImage(shape as ShapeName), { sdf: true, pixelRatio: iconPixelRatio });
	});
	return map;
}

/** Half the side of the square around a tap in which a small dot still counts as hit. */
const toleranceFingerPixels = 16;
const toleranceMousePixels = 4;

/** The feature that was meant by a click: what lies under it, else the nearest point within reach. */
export function pickFeature(
	map: MapLibreMap,
	point: Point,
	layers: readonly string[],
	byFinger: boolean
): MapGeoJSONFeature | null {
	const present = layers.filter((layer) => map.getLayer(layer));
	if (present.length === 0) return null;
	const exact = map.queryRenderedFeatures(point, { layers: present })[0];
	const reach = byFinger ? toleranceFingerPixels : toleranceMousePixels;
	// An area under the finger must not hide the dot beside it.
	if (exact?.geometry.type === 'Point') return exact;
	const around = map.queryRenderedFeatures(
		[
			[point.x - reach, point.y - reach],
			[point.x + reach, point.y + reach]
		],
		{ layers: present }
	);
	let nearest: MapGeoJSONFeature | null = null;
	let shortest = Infinity;
	for (const feature of around) {
		if (feature.geometry.type !== 'Point') continue;
		const { x, y } = map.project(feature.geometry.coordinates as [number, number]);
		const distance = Math.hypot(x - point.x, y - point.y);
		if (distance < shortest) [nearest, shortest] = [feature, distance];
	}
	return nearest ?? exact ?? null;
}
