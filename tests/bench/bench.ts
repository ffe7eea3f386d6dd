/** What a file of this folder exports as `bench`. */
export interface Bench {
	name: string;
	/** Measures ours and each peer in turn, in this process; throws when their results are not equal. */
	run: (say: (line: string) => void) => Promise<Comparison[]>;
}

/** Ours against one peer. `ratio`: how many times better ours is. */
export interface Comparison {
	bench: string;
	peer_name: string;
	ours: number;
	peer: number;
	unit: string;
	ratio: number;
	goal: number;
	held: boolean;
}

/** Of things done a second, where more is better. */
export function comparedRates(
	bench: string,
	peerName: string,
	{ ours, peer, goal }: { ours: number; peer: number; goal: number },
	unit: string
): Comparison {
	const ratio = ours / peer;
	return {
		bench,
		peer_name: peerName,
		ours: Math.round(ours),
		peer: Math.round(peer),
		unit,
		ratio: Number(ratio.toPrecision(4)),
		goal,
		held: ratio >= goal
	};
}

/** Of times that something takes, where less is better. */
export function comparedTimes(
	bench: string,
	peerName: string,
	{ ours, peer, goal }: { ours: number; peer: number; goal: number },
	unit: string
): Comparison {
	const ratio = peer / ours;
	const [shownOurs, shownPeer, shownRatio] = [ours, peer, ratio].map((value) => Number(value.toPrecision(4)));
	return {
		bench,
		peer_name: peerName,
		ours: shownOurs!,
		peer: shownPeer!,
		unit,
		ratio: shownRatio!,
		goal,
		held: ratio >= goal
	};
}

export function median(numbers: readonly number[]): number {
	const sorted = numbers.toSorted((a, b) => a - b);
	const middle = sorted.length >>> 1;
	return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Seconds that something takes. */
export async function seconds(act: () => unknown): Promise<number> {
	const started = performance.now();
	await act();
	return (performance.now() - started) / 1000;
}
