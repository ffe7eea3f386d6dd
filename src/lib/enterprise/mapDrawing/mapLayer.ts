/** What the map is coloured by. The first three are switches on the map, the others stand behind 「更多」. */
export const mapLayers = [
	'band',
	'heat',
	'overdue',
	'risk',
	'key',
	'today',
	'open',
	'rate',
	'smoothed',
	'hot',
	'hexagons'
] as const;
export type MapLayer = (typeof mapLayers)[number];

export const firstLayers = ['band', 'heat', 'overdue'] as const satisfies readonly MapLayer[];
export const moreLayers = mapLayers.filter((layer) => !(firstLayers as readonly string[]).includes(layer));

/** `?layer=heat`; what is not said, or badly, is the score. */
export const layerFrom = (query: Pick<URLSearchParams, 'get'>): MapLayer =>
	mapLayers.find((layer) => layer === query.get('layer')) ?? 'band';

/** Layers that colour communities: by open hazards, by those per inspected site, by these smoothed, by hot spots. */
export const areaLayers = ['open', 'rate', 'smoothed', 'hot'] as const satisfies readonly MapLayer[];
export type AreaLayer = (typeof areaLayers)[number];

export const isAreaLayer = (layer: MapLayer): layer is AreaLayer =>
	(areaLayers as readonly MapLayer[]).includes(layer);
