import { expectValue } from '#lib/backend/answer.ts';
import type { Backend } from '#lib/backend/backend.server.ts';
import { log } from '#lib/backend/log.server.ts';
import type { IsoDate } from '#lib/calendar.ts';
import type { FeedEvent } from './liveEvent.ts';

export interface Feed {
	/** Position of the newest event. */
	head: number;
	/** The day it is there. */
	today: IsoDate;
	/** Those after the position asked for, in order; at most a page. */
	events: FeedEvent[];
}
export type ReadFeed = (after: number) => Promise<Feed>;

export interface Follower {
	/** In order, each once. */
	onEvents(events: FeedEvent[]): void;
	/** The follower is too far behind to catch up: it must look at everything anew. It goes on from `head`. */
	onReset(head: number): void;
	/** Another day has begun where the database is. */
	onDay?(today: IsoDate): void;
	onError(error: unknown): void;
}

export interface EventReader {
	/** Follows the feed after a position (null: from now on). Returns how to stop. */
	follow(after: number | null, follower: Follower): () => void;
	/** Something was committed: read now instead of at the next poll. */
	poke(): void;
	/** Reads no more; returns once what was being read has come or failed. */
	close(): Promise<void>;
}

export interface ReaderOptions {
	pollMilliseconds?: number;
	/** Beyond this many missed events a page is cheaper loaded again. */
	catchUpLimit?: number;
}

const afterErrorMilliseconds = 2_000;
const afterEverything = Number.MAX_SAFE_INTEGER;

/** A follower and how far it has been told. While `isLive` is false it is reading what it missed by itself. */
interface Cursor {
	position: number;
	isLive: boolean;
	isGone: boolean;
	today: IsoDate | null;
	follower: Follower;
}

/**
 * One reader for all open streams of the process. Positions are given under the head's lock, so what is read
 * after a position is complete: nothing earlier can appear later. Reads only while somebody follows.
 */
export function createEventReader(
	readFeed: ReadFeed,
	{ pollMilliseconds = 250, catchUpLimit = 5_000 }: ReaderOptions = {}
): EventReader {
	const cursors = new Set<Cursor>();
	let position: number | null = null;
	let isReading = false;
	let isPoked = false;
	let timer: ReturnType<typeof setTimeout> | undefined;
	const underWay = new Set<Promise<unknown>>();

	function read(after: number): Promise<Feed> {
		const reading = readFeed(after);
		const settled: Promise<unknown> = reading.then(
			() => underWay.delete(settled),
			() => underWay.delete(settled)
		);
		underWay.add(settled);
		return reading;
	}

	function tell(cursor: Cursor, events: readonly FeedEvent[]): void {
		const fresh = events.filter((event) => event.position > cursor.position);
		if (fresh.length === 0 || cursor.isGone) return;
		cursor.position = fresh.at(-1)!.position;
		cursor.follower.onEvents(fresh);
	}

	function tellDay(cursor: Cursor, today: IsoDate): void {
		const isNew = cursor.today !== null && cursor.today !== today;
		cursor.today = today;
		if (isNew && !cursor.isGone) cursor.follower.onDay?.(today);
	}

	async function readOn(): Promise<void> {
		if (isReading) return void (isPoked = true);
		if (position === null) return; // Nobody has caught up yet.
		isReading = true;
		clearTimeout(timer);
		let wait = pollMilliseconds;
		try {
			do {
				isPoked = false;
				const { events, today }: Feed = await read(position);
				position = events.at(-1)?.position ?? position;
				for (const cursor of cursors) {
					if (cursor.isLive) tell(cursor, events);
					tellDay(cursor, today);
				}
				if (events.length > 0) isPoked = true; // A full page may have another one behind it.
			} while (isPoked && cursors.size > 0);
		} catch (error) {
			log.error({ err: error }, 'event reader: read failed');
			wait = afterErrorMilliseconds;
		}
		isReading = false;
		if (cursors.size > 0) timer = setTimeout(() => void readOn(), wait);
		else position = null; // Whoever comes next starts from then; what lies between is for nobody.
	}

	/** Reads what a follower missed, then hands it over to the common reading without a gap or a double. */
	async function catchUp(cursor: Cursor, after: number | null): Promise<void> {
		const { head } = await read(afterEverything);
		cursor.position = after ?? head;
		if (cursor.position > head || head - cursor.position > catchUpLimit) {
			cursor.position = head;
			if (!cursor.isGone) cursor.follower.onReset(head);
		}
		for (;;) {
			const { events } = await read(cursor.position);
			if (cursor.isGone) return;
			tell(cursor, events);
			if (events.length === 0 && (position ?? 0) <= cursor.position) break;
		}
		cursor.isLive = true;
		position ??= cursor.position;
		void readOn();
	}

	return {
		follow(after, follower) {
			const cursor: Cursor = { position: 0, isLive: false, isGone: false, today: null, follower };
			cursors.add(cursor);
			catchUp(cursor, after).catch((error: unknown) => {
				cursors.delete(cursor);
				if (!cursor.isGone) follower.onError(error);
			});
			return () => {
				cursor.isGone = true;
				cursors.delete(cursor);
			};
		},
		poke: () => void (cursors.size > 0 && readOn()),
		async close() {
			for (const cursor of cursors) cursor.isGone = true;
			cursors.clear();
			clearTimeout(timer);
			await Promise.all(underWay);
		}
	};
}

/** The feed of the database, read with the secret key. */
export const feedOf =
	(backend: Backend): ReadFeed =>
	async (after) =>
		expectValue<Feed>(
			await backend.asService('event reader').rpc('read_events', { p_after: after, p_limit: 500 })
		);

// One reader a process: a module loaded again while developing must not start a second one.
const key = Symbol.for('mingcha.eventReader');
const holder = globalThis as { [key]?: EventReader };

/** The reader of this server process. */
export const eventReader = (backend: Backend): EventReader =>
	(holder[key] ??= createEventReader(feedOf(backend)));
