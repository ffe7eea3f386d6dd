import type {
	AddProtocolAction,
	LayerSpecification,
	SourceSpecification,
	SpriteSpecification
} from 'maplibre-gl';

/** What lies under the drawing: pictures or a style of somebody else. Ids begin with `base-`, so that none meets one of ours. */
export interface MapBase {
	sources: Record<string, SourceSpecification>;
	layers: LayerSpecification[];
	sprite?: SpriteSpecification;
	/** Always shown while it is. */
	credit: string | null;
	/** Ways to fetch that MapLibre does not know, by scheme. */
	protocols?: Record<string, AddProtocolAction>;
}

/** A base is asked for once, when a map is about to open: a page that is only read fetches nothing of it. */
export type LoadMapBase = () => Promise<MapBase | null>;
