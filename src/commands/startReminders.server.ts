import type { Backend } from '#lib/backend/backend.server.ts';
import { log } from '#lib/backend/log.server.ts';
import { onShutdown } from '#lib/backend/shutdown.server.ts';
import { eventReader } from '#lib/live/eventReader.server.ts';
import { remind } from '#lib/plan/reminder/reminder.server.ts';

/** A deadline is over at midnight; who has to know is told within the hour. */
const lookAgainMilliseconds = 3_600_000;

/** Reminds of deadlines and proposes what follows when they are over: at start what was missed, then hourly. */
export async function startReminders(backend: Backend): Promise<void> {
	const closing = new AbortController();
	let queue: Promise<unknown> = Promise.resolve();
	const run = () => {
		queue = queue.then(async () => {
			try {
				const made = await remind(backend, closing.signal);
				if (made.reminders + made.escalations === 0) return;
				log.info(made, 'reminders made');
				eventReader(backend).poke();
			} catch (error) {
				// What was left undone is found again by the next run.
				log.error({ err: error }, 'reminding failed');
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
