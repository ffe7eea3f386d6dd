import { invalidate } from '$app/navigation';
import { bandsOf, type MapEnterprise, type MapContent } from '#lib/enterprise/mapEnterprise.ts';
import type { MapState } from '#lib/enterprise/mapState.svelte.ts';
import { bandWord, isSameBand } from '#lib/enterprise/band.ts';
import type { LiveMessage } from '#lib/live/liveEvent.ts';
import { LiveFeed } from '#lib/live/liveFeed.svelte.ts';
import type { Translate } from '#lib/messages/index.ts';
import { showToast } from '#lib/ui/toasts.svelte.ts';

/** Figures and rankings are asked for again at most this often, however much happens. */
const figuresMilliseconds = 3_000;
const toastMilliseconds = 1_500;
/** An import changes many places at once and says so once a community. */
const reloadMilliseconds = 300;

/** Keeps an open map and the figures around it as they are now, and says quietly what changed. */
export function followMap(map: MapState, t: Translate): { feed: LiveFeed; start(): void; stop(): void } {
	const feed = new LiveFeed();
	let figures: ReturnType<typeof setTimeout> | undefined;
	let reloading: ReturnType<typeof setTimeout> | undefined;
	let lastToast = 0;

	function reload(): void {
		reloading ??= setTimeout(() => {
			reloading = undefined;
			void load();
		}, reloadMilliseconds);
	}
	async function load(): Promise<void> {
		const response = await fetch('/api/map');
		if (response.ok) map.load((await response.json()) as MapContent);
	}
	function refreshFigures(): void {
		figures ??= setTimeout(() => {
			figures = undefined;
			void invalidate('mingcha:figures');
		}, figuresMilliseconds);
	}
	function say(text: string | null): void {
		if (text === null || Date.now() - lastToast < toastMilliseconds) return;
		lastToast = Date.now();
		showToast(text, 'info');
	}
	function changed(message: LiveMessage): void {
		refreshFigures();
		const { kind, enterpriseId, enterprise } = message;
		if (kind === 'register.changed') return reload();
		if (enterpriseId === null || enterprise === null) return;
		const before = map.apply(enterpriseId, enterprise);
		if (before) say(newsOf(message, before, t));
		else reload();
	}
	return {
		feed,
		start: () => feed.follow({ after: map.position, onchange: changed, onreset: reload }),
		stop() {
			clearTimeout(figures);
			clearTimeout(reloading);
			feed.stop();
		}
	};
}

/** One line about a change; null when there is nothing to say that the map does not show. */
function newsOf({ kind, enterprise }: LiveMessage, before: MapEnterprise, t: Translate): string | null {
	const { name } = before;
	const [, , open] = enterprise!;
	const { band, pendingBand } = bandsOf(enterprise!);
	if (kind === 'inspection.sealed') return t('live.sealed', { name, open });
	if (kind === 'delivery.received') return t('live.received', { name });
	if (kind === 'hazard.rectification_submitted') return t('live.rectified', { name });
	if (kind === 'report.adopted') return t('live.adopted', { name });
	if (!isSameBand(band, before.band))
		return t('live.band_changed', {
			name,
			before: bandWord(before.band, t),
			after: bandWord(band, t)
		});
	return pendingBand !== null && !isSameBand(pendingBand, before.pendingBand)
		? t('live.band_pending', { name })
		: null;
}
