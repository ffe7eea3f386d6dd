import type { Map as MapLibreMap, MapMouseEvent, MapTouchEvent, PointLike } from 'maplibre-gl';
import type { Position } from 'geojson';
import type { BoundaryEditor } from './boundaryEditor.svelte.ts';
import { cornerLayer, middleLayer } from './boundaryDrawing.ts';

const reachPixels = 10;
const touchReachPixels = 18;
/** A finger trembles: less than this is a tap. */
const tapPixels = 4;
const equatorMetres = 40_075_016.686;
const worldPixelsAtZoom0 = 512;

/** Mouse and finger on a boundary: drag a corner, drag the middle of an edge to make one, tap to choose, tap to draw. */
export function attachPointer(map: MapLibreMap, editor: BoundaryEditor): void {
	const reachMetres = (pixels: number): number =>
		(pixels * equatorMetres * Math.cos((map.getCenter().lat * Math.PI) / 180)) /
		(worldPixelsAtZoom0 * 2 ** map.getZoom());
	const around = ({ x, y }: { x: number; y: number }, pixels: number): [PointLike, PointLike] => [
		[x - pixels, y - pixels],
		[x + pixels, y + pixels]
	];
	const placeOf = ({ lngLat }: MapMouseEvent | MapTouchEvent): Position => [lngLat.lng, lngLat.lat];

	/** The corner under the pointer; the middle of an edge becomes one. Coordinates come from the editor: those of tiles are rounded. */
	function take(event: MapMouseEvent | MapTouchEvent, pixels: number): Position | null {
		const hit = (layer: string) =>
			map.getLayer(layer)
				? map.queryRenderedFeatures(around(event.point, pixels), { layers: [layer] })[0]?.properties.index
				: undefined;
		const corner = hit(cornerLayer) as number | undefined;
		if (corner !== undefined) return editor.corners[corner] ?? null;
		const middle = hit(middleLayer) as number | undefined;
		const edge = middle === undefined ? undefined : editor.edges[middle];
		if (!edge) return null;
		const at: Position = [(edge[0][0]! + edge[1][0]!) / 2, (edge[0][1]! + edge[1][1]!) / 2];
		editor.insert(edge, at);
		return at;
	}

	function start(event: MapMouseEvent | MapTouchEvent, isTouch: boolean): void {
		if (editor.drawing || ('points' in event && event.points.length > 1)) return;
		const pixels = isTouch ? touchReachPixels : reachPixels;
		const from = take(event, pixels);
		if (!from) return;
		event.preventDefault(); // the map itself stays where it is
		const [move, end] = isTouch ? (['touchmove', 'touchend'] as const) : (['mousemove', 'mouseup'] as const);
		let last = event;
		let frame = 0;
		const follow = (next: MapMouseEvent | MapTouchEvent) => {
			last = next;
			frame ||= requestAnimationFrame(() => {
				frame = 0;
				editor.hover(from, placeOf(last), reachMetres(pixels));
			});
		};
		map.on(move, follow);
		map.once(end, () => {
			map.off(move, follow);
			cancelAnimationFrame(frame);
			const hasMoved = Math.hypot(last.point.x - event.point.x, last.point.y - event.point.y) >= tapPixels;
			if (hasMoved) editor.drop(from, placeOf(last), reachMetres(pixels));
			else {
				editor.preview = null;
				editor.chosen = from;
			}
		});
	}

	map.on('mousedown', (event) => start(event, false));
	map.on('touchstart', (event) => start(event, true));
	map.on('click', (event) => {
		if (editor.drawing) editor.draw(placeOf(event), reachMetres(reachPixels));
	});
	map.doubleClickZoom.disable();
}
