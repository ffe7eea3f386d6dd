import type { Backend } from '#lib/backend/backend.server.ts';
import { log } from '#lib/backend/log.server.ts';
import { onShutdown } from '#lib/backend/shutdown.server.ts';
import { eventReader } from '#lib/live/eventReader.server.ts';
import { tallyFollower } from '#lib/tally/cube/followTallies.server.ts';

const afterErrorMilliseconds = 10_000;

/**
 * Reads the counters into memory and follows the feed from there. Nobody waits for it: until it is done, and whenever it fails,
 * rankings are asked of the database.
 */
export async function startTallies(backend: Backend): Promise<void> {
	const follower = tallyFollower(backend);
	let stopFollowing = () => {};
	let isClosing = false;
	let retry: NodeJS.Timeout | undefined;

	const begin = async () => {
		const started = performance.now();
		try {
			await follower.load();
		} catch (error) {
			return again(error);
		}
		if (isClosing) return;
		log.info(
			{ milliseconds: Math.round(performance.now() - started), bytes: follower.tallies?.cube.bytes },
			'tallies in memory'
		);
		stopFollowing = eventReader(backend).follow(follower.position, {
			onEvents: (events) => void follower.tell(events).catch(again),
			onReset: () => void follower.reset().catch(again),
			onError: again
		});
	};
	const again = (error: unknown) => {
		if (isClosing) return;
		log.error({ err: error }, 'tallies: not in memory');
		stopFollowing();
		follower.forget();
		clearTimeout(retry);
		retry = setTimeout(() => void begin(), afterErrorMilliseconds);
	};
	const loading = begin();
	onShutdown('workers', async () => {
		isClosing = true;
		clearTimeout(retry);
		stopFollowing();
		await loading;
	});
}
