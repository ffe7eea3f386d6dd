import type { LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl';
import type { MapBase } from './baseMap.ts';
import type { ShapeName } from './shapes.ts';

/** What a map shows. Layers are drawn in their order; sources may be GeoJSON or tiles of our own server. */
export interface MapDrawing {
	sources: Record<string, SourceSpecification>;
	layers: LayerSpecification[];
}

/** The present value of a colour token: `colour('band-normal')` is `#3b8f5a` by day. */
export type TokenColour = (token: string) => string;

/** One feature's state, read by `['feature-state', …]` in paint properties. Needs ids on the features. */
export interface FeatureState {
	source: string;
	sourceLayer?: string;
	id: string | number;
	state: Record<string, string | number | boolean | null>;
}

/** What of the world is in sight: goes into the URL. WGS-84 degrees. */
export interface MapView {
	longitude: number;
	latitude: number;
	zoom: number;
	/** west, south, east, north */
	bounds: [number, number, number, number];
}

const shapePrefix = 'shape:';

/** The name of a shape for `icon-image`. MapView draws it when a layer first asks for it. */
export const shapeIcon = (shape: ShapeName): string => shapePrefix + shape;

export const shapeOfIcon = (icon: string): string | null =>
	icon.startsWith(shapePrefix) ? icon.slice(shapePrefix.length) : null;

/**
 * Fonts of labels for `text-font`. The style has no `glyphs` address, so MapLibre draws every character from
 * the fonts of the device and asks no server; a character that the device lacks shows as the device shows it.
 */
export const labelFont = [
	'PingFang SC',
	'HarmonyOS Sans SC',
	'Noto Sans SC',
	'Noto Sans CJK SC',
	'Microsoft YaHei'
];

/** A whole style: plain ground, the base if there is one, then the drawing. Without a base no address is outside our own server. */
export function styleOf(
	drawing: MapDrawing,
	colour: TokenColour,
	base: MapBase | null = null
): StyleSpecification {
	return {
		version: 8,
		...(base?.sprite && { sprite: base.sprite }),
		sources: { ...base?.sources, ...drawing.sources },
		layers: [
			{ id: 'ground', type: 'background', paint: { 'background-color': colour('map-ground') } },
			...(base?.layers ?? []),
			...drawing.layers
		]
	};
}

const stateKey = ({ source, sourceLayer, id }: FeatureState): string =>
	JSON.stringify([source, sourceLayer, id]);

/** What has to be told to the map so that `after` holds where `before` held: removals and settings. */
export function featureStateChanges(
	before: readonly FeatureState[],
	after: readonly FeatureState[]
): { removed: FeatureState[]; set: FeatureState[] } {
	const old = new Map(before.map((entry) => [stateKey(entry), entry]));
	const set = after.filter((entry) => {
		const known = old.get(stateKey(entry));
		return !known || JSON.stringify(known.state) !== JSON.stringify(entry.state);
	});
	const kept = new Set(after.map(stateKey));
	// Setting merges, so an entry whose state lost a name is cleared first.
	const lost = set.flatMap((entry) => {
		const known = old.get(stateKey(entry));
		return known && Object.keys(known.state).some((name) => !(name in entry.state)) ? [known] : [];
	});
	return { removed: [...before.filter((entry) => !kept.has(stateKey(entry))), ...lost], set };
}
