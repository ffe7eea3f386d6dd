import { LiveFeed } from '../liveFeed.svelte.ts';
import { wallClock, type ScreenContent } from './screen.ts';

/** However much happens, the wall is asked for anew at most this often. */
const shortestGapMilliseconds = 3_000;
/** And at least this often, also when nothing is heard. */
const longestGapMilliseconds = 60_000;
/** An answer that takes longer is as good as none. */
const patienceMilliseconds = 20_000;

/**
 * Keeps a wall right for days. It holds one answer of the server and nothing of what went before: an event only says
 * that it is time to ask again. Without a connection it goes on showing what it has, and since when.
 */
export class WallState {
	content: ScreenContent;
	connection = $state.raw<'live' | 'lost' | 'signed_out'>('live');
	/** When the content was read, and the time now: milliseconds by the server's clock. */
	readAt: number;
	now: number;
	#offsetMilliseconds = 0;
	#feed = new LiveFeed();
	#ticking: ReturnType<typeof setInterval> | undefined;
	#waiting: ReturnType<typeof setTimeout> | undefined;
	#askedAt = 0;
	#isAsking = false;
	/** Something was heard while an answer was under way, which may not hold it yet. */
	#isBehind = false;
	#isStopped = false;

	constructor(content: ScreenContent) {
		this.content = $state.raw(content);
		this.readAt = $state.raw(Date.parse(content.overview.at));
		this.now = $state.raw(this.readAt);
	}

	get clock(): { day: string; time: string } {
		return wallClock(this.now);
	}

	start(): void {
		this.#isStopped = false;
		this.#offsetMilliseconds = this.readAt - Date.now();
		this.#askedAt = Date.now();
		this.#ticking = setInterval(() => this.#tick(), 1_000);
		const changed = () => this.#askSoon();
		this.#feed.follow({ after: this.content.position, onchange: changed, onreset: changed });
	}

	stop(): void {
		this.#isStopped = true;
		clearInterval(this.#ticking);
		clearTimeout(this.#waiting);
		this.#feed.stop();
	}

	#tick(): void {
		const before = this.now;
		this.now = Date.now() + this.#offsetMilliseconds;
		if (this.#feed.state === 'lost' && this.connection === 'live') this.connection = 'lost';
		// At midnight periods, deadlines and rankings are those of another day.
		const isNewDay = wallClock(before).day !== this.clock.day;
		if (isNewDay || Date.now() - this.#askedAt >= longestGapMilliseconds) this.#askSoon();
	}

	#askSoon(): void {
		if (this.#isStopped) return;
		const wait = Math.max(0, this.#askedAt + shortestGapMilliseconds - Date.now());
		this.#waiting ??= setTimeout(() => {
			this.#waiting = undefined;
			void this.#ask();
		}, wait);
	}

	async #ask(): Promise<void> {
		if (this.#isAsking) {
			this.#isBehind = true;
			return;
		}
		this.#isAsking = true;
		this.#isBehind = false;
		this.#askedAt = Date.now();
		try {
			const response = await fetch('/api/screen', { signal: AbortSignal.timeout(patienceMilliseconds) });
			if (response.ok) this.#take((await response.json()) as ScreenContent);
			else this.connection = response.status === 401 || response.status === 403 ? 'signed_out' : 'lost';
		} catch {
			this.connection = 'lost';
		} finally {
			this.#isAsking = false;
			if (this.#isBehind) this.#askSoon();
		}
	}

	/** Nobody stands at a wall to press a key: it leaves what it shows only for a page that is there. */
	async #takeNewBuild(): Promise<void> {
		const page = await fetch(location.href, { signal: AbortSignal.timeout(patienceMilliseconds) }).catch(
			() => null
		);
		if (page?.ok && !this.#isStopped) location.reload();
		else this.connection = 'lost';
	}

	#take(content: ScreenContent): void {
		if (this.#isStopped) return;
		if (content.version !== this.content.version) return void this.#takeNewBuild();
		this.content = content;
		this.readAt = Date.parse(content.overview.at);
		this.#offsetMilliseconds = this.readAt - Date.now();
		this.connection = this.#feed.state === 'lost' ? 'lost' : 'live';
	}
}
