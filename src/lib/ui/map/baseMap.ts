import type {
	AddProtocolAction,
	LayerSpecification,
	Map as MapLibreMap,
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

export const baseIdPrefix = 'base-';
const isOfBase = (sourceId: string | undefined): boolean => sourceId?.startsWith(baseIdPrefix) ?? false;

/** A host that does not answer is not waited for: some networks let such requests hang for minutes. */
const patienceMilliseconds = 10_000;

/**
 * Tells whether the base comes: of what was asked since the map last stood still, nothing arrived, or something did. Single
 * tiles may be missing (at the edge of a provider's map), and come late.
 */
export function watchBase(map: MapLibreMap, onchange: (isMissing: boolean) => void): void {
	let asked = 0;
	let arrived = 0;
	let waiting: ReturnType<typeof setTimeout> | undefined;
	const judge = (): void => {
		clearTimeout(waiting);
		waiting = undefined;
		if (asked > 0) onchange(arrived === 0);
		asked = arrived = 0;
	};
	map.on('sourcedataloading', ({ sourceId, tile }) => {
		if (!tile || !isOfBase(sourceId)) return;
		asked++;
		waiting ??= setTimeout(judge, patienceMilliseconds);
	});
	map.on('sourcedataabort', ({ sourceId, tile }) => {
		if (tile && isOfBase(sourceId)) asked = Math.max(0, asked - 1);
	});
	map.on('sourcedata', ({ sourceId, tile }) => {
		if (!tile || !isOfBase(sourceId)) return;
		arrived++;
		onchange(false);
	});
	map.on('error', (event) => {
		const { sourceId, tile } = event as typeof event & { sourceId?: string; tile?: unknown };
		if (!isOfBase(sourceId)) console.error('map:', event.error);
		else if (!tile) onchange(true);
	});
	map.on('idle', judge);
	map.on('remove', () => clearTimeout(waiting));
}

/** Calls back once what is ours is drawn: MapLibre's own `load` waits for the base, too, however slow its host is. */
export function onceDrawn(map: MapLibreMap, drawn: () => void): void {
	map.once('style.load', () => {
		const own = Object.keys(map.getStyle().sources).filter((id) => !isOfBase(id));
		const check = (): void => {
			if (!own.every((id) => map.getSource(id) === undefined || map.isSourceLoaded(id))) return;
			map.off('render', check);
			drawn();
		};
		map.on('render', check);
	});
}

/** A base is asked for once, when a map is about to open: a page that is only read fetches nothing of it. */
export type LoadMapBase = () => Promise<MapBase | null>;
