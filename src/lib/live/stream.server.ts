import { onShutdown } from '#lib/backend/shutdown.server.ts';
import type { EventReader } from './eventReader.server.ts';
import { liveMessage, maySee, type FeedEvent, type Visibility } from './liveEvent.ts';

export interface StreamOptions {
	reader: EventReader;
	/** The last position the page knows of; null: from now on. */
	after: number | null;
	visibility: Visibility;
	/** What may be seen now; null: nothing any more, and the stream ends. */
	recheck(): Promise<Visibility | null>;
	heartbeatMilliseconds?: number;
	recheckMilliseconds?: number;
}

/** A page that does not read for this long a queue is let go; it comes back by itself and resumes. */
const mostWaitingChunks = 2_000;
const retryMilliseconds = 1_000;

/** Server-sent events for one page: each line carries its position, so that the browser resumes where it stopped. */
export function openLiveStream(options: StreamOptions): ReadableStream<Uint8Array> {
	const { reader, after, recheck, heartbeatMilliseconds = 15_000, recheckMilliseconds = 30_000 } = options;
	let visibility = options.visibility;
	let told = after;
	let end = () => {};
	const encoder = new TextEncoder();

	return new ReadableStream<Uint8Array>({
		start(controller) {
			const send = (text: string) => {
				controller.enqueue(encoder.encode(text));
				if ((controller.desiredSize ?? 0) < -mostWaitingChunks) end();
			};
			const stopFollowing = reader.follow(after, {
				onEvents(events) {
					told = events.at(-1)!.position;
					for (const event of events) if (maySee(visibility, event)) send(lineOf(visibility, event));
				},
				onReset(head) {
					told = head;
					send(`id: ${head}\nevent: reset\ndata: {}\n\n`);
				},
				onError: () => end()
			});
			// An id without data moves the place to resume from past what this page may not see.
			const heartbeat = setInterval(
				() => send(told === null ? ':\n\n' : `id: ${told}\n\n`),
				heartbeatMilliseconds
			);
			const again = setInterval(() => {
				recheck().then(
					(now) => (now === null ? end() : (visibility = now)),
					() => end()
				);
			}, recheckMilliseconds);
			const forget = onShutdown('streams', () => end());
			end = () => {
				end = () => {};
				stopFollowing();
				clearInterval(heartbeat);
				clearInterval(again);
				forget();
				try {
					controller.close();
				} catch {
					// The page has closed it already.
				}
			};
			send(`retry: ${retryMilliseconds}\n\n`);
		},
		cancel: () => end()
	});
}

const lineOf = (visibility: Visibility, event: FeedEvent): string =>
	`id: ${event.position}\nevent: change\ndata: ${JSON.stringify(liveMessage(visibility, event))}\n\n`;
