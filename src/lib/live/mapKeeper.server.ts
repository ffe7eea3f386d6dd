import { setTimeout } from 'node:timers/promises';
import type { Backend } from '#lib/backend/backend.server.ts';
import { log } from '#lib/backend/log.server.ts';
import { onShutdown } from '#lib/backend/shutdown.server.ts';
import { loadMapIndex, readMapLines } from '#lib/enterprise/mapIndex/loadMapIndex.server.ts';
import type { MapIndex } from '#lib/enterprise/mapIndex/mapIndex.ts';
import type { EventReader } from './eventReader.server.ts';
import type { FeedEvent } from './liveEvent.ts';

const afterErrorMilliseconds = 2_000;
/** A request waits for a reading no longer: then it is answered with what there is. */
const patienceMilliseconds = 1_500;
/** Kinds of events after which everything below their scope is read again. */
const readAgainAfter = ['register.changed', 'attention.changed'];

export interface KeptMap {
	/** As of the last event that was read. */
	readonly index: MapIndex;
	/** When what an event said is in it; soon also when the database does not answer, or a whole day is being loaded. */
	settled(): Promise<void>;
}

/**
 * Loads the map index and keeps it right by the feed alone: changed enterprises come with their event, and a changed
 * register is read again where it changed. When the day changes, all of it is loaded anew beside the old one.
 */
export async function keepMap(backend: Backend, reader: EventReader): Promise<KeptMap> {
	const closing = new AbortController();
	const load = () =>
		loadMapIndex(
			backend,
			(loaded, all) => {
				if (loaded < all) log.info({ loaded, all }, 'map index: loading');
			},
			closing.signal
		);
	const kept = { index: await load(), work: Promise.resolve() };
	let stop = () => {};

	/** One after another, so that what is read later is written later; again and again until it is done. */
	function later(work: () => Promise<void>): void {
		kept.work = kept.work.then(async () => {
			while (!closing.signal.aborted) {
				try {
					return await work();
				} catch (error) {
					if (closing.signal.aborted) return;
					log.error({ err: error }, 'map index: could not be read');
					await setTimeout(afterErrorMilliseconds, null, { signal: closing.signal }).catch(() => {});
				}
			}
		});
	}
	function startAnew(): void {
		stop();
		later(async () => {
			kept.index = await load();
			follow();
		});
	}
	/** What came while a scope was being read: it may be newer than what was read. */
	const readings = new Set<FeedEvent[]>();
	function readAgain(scope: string): void {
		later(async () => {
			const meanwhile: FeedEvent[] = [];
			readings.add(meanwhile);
			try {
				kept.index.replace(scope, await readMapLines(backend, scope));
				for (const event of meanwhile) applyEnterprise(kept.index, event);
			} finally {
				readings.delete(meanwhile);
			}
		});
	}
	function follow(): void {
		stop = reader.follow(kept.index.position, {
			onEvents(events) {
				for (const event of events) {
					kept.index.position = event.position;
					if (readAgainAfter.includes(event.kind)) readAgain(event.scope);
					applyEnterprise(kept.index, event);
					for (const meanwhile of readings) meanwhile.push(event);
				}
			},
			onReset: startAnew,
			onDay: startAnew,
			onError(error) {
				log.error({ err: error }, 'map index: lost the feed');
				startAnew();
			}
		});
	}
	follow();
	onShutdown('workers', async () => {
		closing.abort();
		stop();
		await kept.work;
	});
	return {
		get index() {
			return kept.index;
		},
		settled: () => Promise.race([kept.work, setTimeout(patienceMilliseconds, undefined, { ref: false })])
	};
}

function applyEnterprise(index: MapIndex, { enterprise }: FeedEvent): void {
	if (!enterprise) return;
	if (enterprise.mapLine === null) index.remove(enterprise.ordinal);
	else index.change(enterprise.mapLine);
}

// The starter runs from source and the pages from a bundle: what they share hangs on the process.
const key = Symbol.for('mingcha.map');
const holder = globalThis as { [key]?: KeptMap };

export async function startMap(backend: Backend, reader: EventReader): Promise<void> {
	holder[key] = await keepMap(backend, reader);
}

/** The map of this server process. */
export function keptMap(): KeptMap {
	const map = holder[key];
	if (!map) throw new Error('keptMap: got a request before the map was loaded, expected start-up first');
	return map;
}
