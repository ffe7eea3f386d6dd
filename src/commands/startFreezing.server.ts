import type { Backend } from '#lib/backend/backend.server.ts';
import { log } from '#lib/backend/log.server.ts';
import { onShutdown } from '#lib/backend/shutdown.server.ts';
import { freezeMonths } from '#lib/tally/freeze.server.ts';

/** A month ends at midnight; its numbers are frozen within the hour. */
const lookAgainMilliseconds = 3_600_000;

/** Freezes the numbers of months that are over: at start what was missed, then hourly. One run at a time. */
export async function startFreezing(backend: Backend): Promise<void> {
	const closing = new AbortController();
	let queue: Promise<unknown> = Promise.resolve();
	const run = () => {
		queue = queue.then(async () => {
			try {
				const months = await freezeMonths(backend, closing.signal);
				if (months.length > 0) log.info({ months }, 'months frozen');
			} catch (error) {
				// What was left undone is found again by the next run.
				log.error({ err: error }, 'freezing failed');
			}
		});
	};
	const hourly = setInterval(run, lookAgainMilliseconds);
	hourly.unref();
	onShutdown('workers', async () => {
		closing.abort();
		clearInterval(hourly);
		await queue;
	});
	run();
}
