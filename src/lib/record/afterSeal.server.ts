export interface SealNews {
	/** None for a paper that was issued on its own. */
	inspectionId?: string;
	enterpriseId: string;
}
type Listener = (news: SealNews) => void;

const listeners = new Set<Listener>();

/**
 * Asks to be poked after each seal: the document worker, the assessor, the event reader. A poke is a hint and
 * carries nothing that matters: each of them also looks at what is unfinished when it starts.
 * @returns how to be left alone again.
 */
export function onSealed(listener: Listener): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}

/** The seal is committed; what a listener does wrong must not take its answer away. */
export function announceSeal(news: SealNews): void {
	for (const listener of listeners) {
		queueMicrotask(() => listener(news));
	}
}
