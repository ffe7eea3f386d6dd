/**
 * Work that can wait, a piece at a time, each in a task of its own when the browser has nothing more urgent to do: a
 * finger is answered between two pieces.
 */
const waiting = new Set<() => void>();
/** However busy the browser is. */
const mostMilliseconds = 2_000;
let isAsked = false;

/** @returns takes it back, when it is no longer wanted or has been done otherwise */
export function oneByOne(work: () => void): () => void {
	waiting.add(work);
	askBrowser();
	return () => waiting.delete(work);
}

function askBrowser(): void {
	if (isAsked) return;
	isAsked = true;
	// Safari has no idle callback.
	const whenIdle = globalThis.requestIdleCallback ?? ((work: () => void) => setTimeout(work, 50));
	whenIdle(doNext, { timeout: mostMilliseconds });
}

function doNext(): void {
	isAsked = false;
	const [work] = waiting;
	if (!work) return;
	waiting.delete(work);
	if (waiting.size > 0) askBrowser();
	work();
}
