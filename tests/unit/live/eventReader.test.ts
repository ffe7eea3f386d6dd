import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { createEventReader, type EventReader, type ReadFeed } from '#lib/live/eventReader.server.ts';
import type { FeedEvent } from '#lib/live/liveEvent.ts';

/** A feed in memory: positions from 1, read in small pages and with a delay, so that readings overlap. */
function feedInMemory(pageSize = 3) {
	const events: FeedEvent[] = [];
	const read: ReadFeed = async (after) => {
		await new Promise((resolve) => setTimeout(resolve, events.length % 3));
		return {
			head: events.length,
			today: '2026-11-22',
			events: events.filter(({ position }) => position > after).slice(0, pageSize)
		};
	};
	const commit = (count = 1) => {
		for (let i = 0; i < count; i++)
			events.push({
				position: events.length + 1,
				at: '2026-11-22T06:00:00.000Z',
				kind: 'inspection.sealed',
				scope: '0001',
				enterpriseId: null,
				data: {},
				enterprise: null
			});
	};
	return { read, commit, events };
}

function collect(reader: EventReader, after: number | null) {
	const got: number[] = [];
	const resets: number[] = [];
	const stop = reader.follow(after, {
		onEvents: (events) => void got.push(...events.map(({ position }) => position)),
		onReset: (head) => void resets.push(head),
		onError: (error) => {
			throw error;
		}
	});
	return { got, resets, stop };
}

const settle = (milliseconds = 60) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const upTo = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const readers: EventReader[] = [];
const readerOf = (...arguments_: Parameters<typeof createEventReader>) => {
	const reader = createEventReader(...arguments_);
	readers.push(reader);
	return reader;
};
afterEach(() => {
	for (const reader of readers.splice(0)) reader.close();
});

describe('following the feed', () => {
	test('a page that comes back with the last position it saw gets exactly what it missed, then what comes', async () => {
		const { read, commit } = feedInMemory();
		commit(10);
		const reader = readerOf(read, { pollMilliseconds: 5 });
		const { got } = collect(reader, 4);
		await settle();
		commit(5);
		reader.poke();
		await settle();
		expect(got).toEqual(upTo(5, 15));
	});

	test('a page that asks for nothing older is told only what happens from now on', async () => {
		const { read, commit } = feedInMemory();
		commit(10);
		const reader = readerOf(read, { pollMilliseconds: 5 });
		const { got } = collect(reader, null);
		await settle();
		commit(2);
		await settle();
		expect(got).toEqual([11, 12]);
	});

	test('a page too far behind, or ahead of a restored database, is told to look anew and goes on from there', async () => {
		const { read, commit } = feedInMemory();
		commit(30);
		const reader = readerOf(read, { pollMilliseconds: 5, catchUpLimit: 20 });
		const late = collect(reader, 3);
		const ahead = collect(reader, 99);
		await settle();
		commit();
		await settle();
		expect([late.resets, ahead.resets]).toEqual([[30], [30]]);
		expect([late.got, ahead.got]).toEqual([[31], [31]]);
	});

	test('nobody follows: nothing is read', async () => {
		const { read, commit } = feedInMemory();
		let readings = 0;
		const reader = readerOf((after) => (readings++, read(after)), { pollMilliseconds: 2 });
		const { stop } = collect(reader, null);
		await settle(30);
		stop();
		await settle(30);
		readings = 0;
		commit(3);
		reader.poke();
		await settle(30);
		expect(readings).toBe(0);
	});

	test('whatever comes, goes and comes back in between: every page gets each event once and in order', async () => {
		const step = fc.oneof(
			fc.record({ do: fc.constant('commit' as const), count: fc.integer({ min: 1, max: 5 }) }),
			fc.record({ do: fc.constant('return' as const), page: fc.integer({ min: 0, max: 2 }) }),
			fc.record({ do: fc.constant('wait' as const), milliseconds: fc.integer({ min: 0, max: 6 }) })
		);
		await fc.assert(
			fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
				const { read, commit, events } = feedInMemory();
				const reader = readerOf(read, { pollMilliseconds: 2 });
				const seen: number[][] = [[], [], []];
				const stops = seen.map(() => () => {});
				const come = (page: number) => {
					stops[page]!();
					const { got, stop } = collect(reader, seen[page]!.at(-1) ?? 0);
					// The page keeps what it got until it leaves.
					stops[page] = () => (stop(), void seen[page]!.push(...got.splice(0)));
				};
				for (const page of [0, 1, 2]) come(page);
				for (const each of steps) {
					if (each.do === 'commit') {
						commit(each.count);
						reader.poke();
					} else if (each.do === 'return') come(each.page);
					else await settle(each.milliseconds);
				}
				await settle(80);
				for (const stop of stops) stop();
				for (const got of seen) expect(got).toEqual(upTo(1, events.length));
			}),
			{ numRuns: 25 }
		);
	}, 30_000);
});
