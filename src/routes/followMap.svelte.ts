import { invalidate } from '$app/navigation';
import { bandWord, isSameBand } from '#lib/enterprise/band.ts';
import type { MapAsker } from '#lib/enterprise/map/mapAsker.ts';
import { unpackEnterprise, type MapEnterprise } from '#lib/enterprise/mapIndex/mapEnterprise.ts';
import type { MapState, TileChange } from '#lib/enterprise/map/mapState.svelte.ts';
import type { LiveMessage } from '#lib/live/liveEvent.ts';
import { LiveFeed } from '#lib/live/liveFeed.svelte.ts';
import type { Translate } from '#lib/messages/index.ts';
import { showToast } from '#lib/ui/toasts.svelte.ts';

/** Figures and rankings are asked for again at most this often, however much happens. */
const figuresMilliseconds = 3_000;
/** The order of the list and the numbers of the legend. */
const listMilliseconds = 800;
const toastMilliseconds = 1_500;

/** What tiles are fetched again for: dots that are elsewhere, came or went; a street's new 动态风险分; counts of cells. */
const streetWide: Partial<Record<string, TileChange>> = {
	'register.changed': 'places',
	'attention.changed': 'attention'
};

interface Following {
	feed: LiveFeed;
	start(): void;
	stop(): void;
}

/**
 * Keeps an open map and the figures around it as they are now, and says quietly what changed.
 * @param refresh fetches tiles again: at once what moved, the rest soon
 */
export function followMap(
	map: MapState,
	asker: MapAsker,
	refresh: (what: TileChange) => void,
	t: Translate
): Following {
	const feed = new LiveFeed();
	let figures: ReturnType<typeof setTimeout> | undefined;
	let list: ReturnType<typeof setTimeout> | undefined;
	let lastToast = 0;

	function refreshFigures(): void {
		figures ??= setTimeout(() => {
			figures = undefined;
			void invalidate('mingcha:figures');
		}, figuresMilliseconds);
	}
	function refreshList(): void {
		list ??= setTimeout(() => {
			list = undefined;
			void asker.ask();
		}, listMilliseconds);
	}
	function say(text: string | null): void {
		if (text === null || Date.now() - lastToast < toastMilliseconds) return;
		lastToast = Date.now();
		showToast(text, 'info');
	}
	function changed(message: LiveMessage): void {
		refreshFigures();
		// Another day than today stays as it was.
		if (!map.isLive) return;
		refreshList();
		const change = streetWide[message.kind];
		if (change) return refresh(change);
		if (message.enterprise === null) return;
		const now = unpackEnterprise(message.enterprise);
		const before = map.known(now.id);
		map.apply(now, message.mapLine);
		refresh(message.mapLine === null ? 'places' : 'counts');
		say(newsOf(message.kind, now, before, t));
	}
	function lookAnew(): void {
		map.forgetChanges();
		refresh('places');
		refreshList();
		refreshFigures();
	}
	return {
		feed,
		start: () => feed.follow({ after: map.answer.position, onchange: changed, onreset: lookAnew }),
		stop() {
			clearTimeout(figures);
			clearTimeout(list);
			feed.stop();
		}
	};
}

/** One line about a change; null when there is nothing to say that the map does not show. */
function newsOf(
	kind: string,
	{ name, openHazards, band, pendingBand }: MapEnterprise,
	before: MapEnterprise | null,
	t: Translate
): string | null {
	if (kind === 'inspection.sealed') return t('live.sealed', { name, open: openHazards });
	if (kind === 'delivery.received') return t('live.received', { name });
	if (kind === 'hazard.rectification_submitted') return t('live.rectified', { name });
	if (kind === 'report.adopted') return t('live.adopted', { name });
	if (before === null) return null;
	if (!isSameBand(band, before.band))
		return t('live.band_changed', { name, before: bandWord(before.band, t), after: bandWord(band, t) });
	return pendingBand !== null && !isSameBand(pendingBand, before.pendingBand)
		? t('live.band_pending', { name })
		: null;
}
