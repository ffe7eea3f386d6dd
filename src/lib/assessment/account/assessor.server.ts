import type { Backend } from '#lib/backend/backend.server.ts';
import { log } from '#lib/backend/log.server.ts';
import { assessBehind, assessEnterprises } from './assessment.server.ts';

export interface Assessor {
	/** These accounts have new facts; without ids: look for all that is behind. Returns once they are assessed. */
	poke(enterpriseIds?: readonly string[]): Promise<void>;
	/** Begins nothing more and ends with what is under way. */
	close(): Promise<void>;
}

/** Points lapse and packs come into force at midnight, and another process may have been the one that sealed. */
const lookAgainMilliseconds = 3_600_000;

/**
 * Keeps every account up with its facts: at start, when poked, and hourly. One run at a time in this process; a
 * second process can only store the same or something newer (`facts_seen`).
 * @param onStored called after a run, so that the event reader looks at once
 */
export function startAssessor(backend: Backend, onStored: () => void = () => {}): Assessor {
	let isClosed = false;
	let queue: Promise<void> = Promise.resolve();

	function enqueue(work: () => Promise<unknown>): Promise<void> {
		queue = queue.then(async () => {
			if (isClosed) return;
			try {
				await work();
				onStored();
			} catch (error) {
				// What was left undone is found again by the next run.
				log.error({ err: error }, 'assessor: run failed');
			}
		});
		return queue;
	}
	const poke = (enterpriseIds?: readonly string[]) =>
		enqueue(() => (enterpriseIds ? assessEnterprises(backend, enterpriseIds) : assessBehind(backend)));

	void poke();
	const hourly = setInterval(() => void poke(), lookAgainMilliseconds);
	hourly.unref();
	return {
		poke,
		async close() {
			isClosed = true;
			clearInterval(hourly);
			await queue;
		}
	};
}
