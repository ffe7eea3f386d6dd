import type { Map as MapLibreMap, StyleSpecification, VectorTileSource } from 'maplibre-gl';

/**
 * Shows a style; only the difference reaches the map. Tiles from another address stay the same source: MapLibre's own
 * comparison would take it away with all its layers and build them anew, a long task after every tap on a filter.
 */
export function restyle(map: MapLibreMap, style: StyleSpecification): void {
	for (const [id, wanted] of Object.entries(style.sources)) {
		const shown = map.getSource<VectorTileSource>(id);
		if (shown?.type !== 'vector' || wanted.type !== 'vector' || !wanted.tiles) continue;
		if (wanted.tiles.join() !== shown.tiles.join()) shown.setTiles(wanted.tiles);
	}
	map.setStyle(style, { diff: true });
}
