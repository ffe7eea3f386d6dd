/**
 * What must end before the process may. The web server runs from a bundle and its starter from source, so two
 * copies of this module meet in one process: the list hangs on the process itself, not on the module.
 */

/** In this order: nobody gets new events, then no new work is begun, then the database closes. */
export const shutdownPhases = ['streams', 'workers', 'backend'] as const;
export type ShutdownPhase = (typeof shutdownPhases)[number];

type Close = () => void | Promise<void>;
interface Shutdown {
	closers: Record<ShutdownPhase, Set<Close>>;
	under: Promise<Error[]> | null;
}

const key = Symbol.for('mingcha.shutdown');
const holder = globalThis as { [key]?: Shutdown };
const shutdown = (holder[key] ??= {
	closers: { streams: new Set(), workers: new Set(), backend: new Set() },
	under: null
});

/**
 * Registers what ends a part of the process. Called at once when the process is ending already.
 * @returns a function that takes it off the list: a stream calls it when its visitor has gone.
 */
export function onShutdown(phase: ShutdownPhase, close: Close): () => void {
	if (shutdown.under) void close();
	shutdown.closers[phase].add(close);
	return () => void shutdown.closers[phase].delete(close);
}

export const isShuttingDown = (): boolean => shutdown.under !== null;

/**
 * Ends everything registered, phase by phase: streams and workers get a quarter of the time each, the database
 * what is left.
 * Asked twice, it waits for the first. Errors of one part do not keep the others from ending: they are returned.
 * @param withinMilliseconds whole time; the design allows two seconds from SIGTERM, the end of the process included.
 */
export function shutDown(withinMilliseconds = 1600): Promise<Error[]> {
	return (shutdown.under ??= endPhases(Date.now() + withinMilliseconds, withinMilliseconds / 4));
}

async function endPhases(deadline: number, shareMilliseconds: number): Promise<Error[]> {
	const errors: Error[] = [];
	for (const phase of shutdownPhases) {
		const left = Math.max(0, deadline - Date.now());
		errors.push(...(await endPhase(phase, phase === 'backend' ? left : Math.min(left, shareMilliseconds))));
	}
	return errors;
}

async function endPhase(phase: ShutdownPhase, milliseconds: number): Promise<Error[]> {
	const closing = [...shutdown.closers[phase]].map(async (close) => close());
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<null>((resolve) => {
		timer = setTimeout(resolve, milliseconds, null);
	});
	const outcome = await Promise.race([Promise.allSettled(closing), late]);
	clearTimeout(timer);
	if (!outcome) return [new Error(`shutdown: ${phase} got no end in ${milliseconds} ms`)];
	return outcome
		.filter((one) => one.status === 'rejected')
		.map(({ reason }) => (reason instanceof Error ? reason : new Error(String(reason))));
}
