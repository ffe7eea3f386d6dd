import type { LiveMessage } from './liveEvent.ts';

export interface LiveFeedOptions {
	/** The event up to which the page is right. */
	after: number;
	onchange: (message: LiveMessage) => void;
	/** Too much was missed: what the page shows must be fetched anew. */
	onreset: () => void;
}

/**
 * What changes while a page is open. The browser reconnects and resumes by itself; when the server turns it away
 * (signed out, ended), it is asked again after a while.
 */
export class LiveFeed {
	/** `lost` since a while: what the page shows may be old. */
	state = $state.raw<'connecting' | 'open' | 'lost'>('connecting');
	/** When the connection was lost: an instant by this device's clock. */
	lostAt = $state.raw<string | null>(null);
	#source: EventSource | null = null;
	#position = 0;
	#retry: ReturnType<typeof setTimeout> | undefined;

	follow(options: LiveFeedOptions): void {
		this.stop();
		this.#position = options.after;
		this.#open(options);
	}

	#open(options: LiveFeedOptions): void {
		const source = new EventSource(`/api/live?after=${this.#position}`);
		this.#source = source;
		const note = (event: MessageEvent) => {
			this.#position = Math.max(this.#position, Number(event.lastEventId) || 0);
		};
		source.addEventListener('open', () => {
			this.state = 'open';
			this.lostAt = null;
		});
		source.addEventListener('change', (event) => {
			note(event);
			options.onchange(JSON.parse(event.data) as LiveMessage);
		});
		source.addEventListener('reset', (event) => {
			note(event);
			options.onreset();
		});
		source.addEventListener('error', () => {
			this.state = 'lost';
			// eslint-disable-next-line svelte/prefer-svelte-reactivity -- an instant, never changed
			this.lostAt ??= new Date().toISOString();
			if (source.readyState !== EventSource.CLOSED) return;
			clearTimeout(this.#retry);
			this.#retry = setTimeout(() => this.#open(options), 5_000);
		});
	}

	stop(): void {
		clearTimeout(this.#retry);
		this.#source?.close();
		this.#source = null;
	}
}
