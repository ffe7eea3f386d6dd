/** After this many failures of one account from one address, where nothing else is said … */
const usualFailures = 5;
/** … within this time, further ones wait until the oldest failure is this old. */
const windowMilliseconds = 10 * 60_000;
/** Whoever tries many names must not fill the memory: the oldest are forgotten. */
const rememberedKeys = 10_000;

/** Counts failures in this process; the audit log keeps them for longer. The instant is an argument. */
export class Attempts {
	readonly #failures = new Map<string, number[]>();
	readonly #allowed: number;

	constructor(allowedFailures = usualFailures) {
		this.#allowed = allowedFailures;
	}

	/** Whole minutes to wait, or 0 when one may try. */
	waitMinutes(key: string, now: number): number {
		const recent = this.#recent(key, now);
		if (recent.length < this.#allowed) return 0;
		return Math.max(1, Math.ceil((recent.at(-this.#allowed)! + windowMilliseconds - now) / 60_000));
	}

	noteFailure(key: string, now: number): void {
		const failures = [...this.#recent(key, now), now].slice(-this.#allowed);
		this.#failures.delete(key);
		this.#failures.set(key, failures);
		if (this.#failures.size > rememberedKeys) this.#failures.delete(this.#failures.keys().next().value!);
	}

	forget(key: string): void {
		this.#failures.delete(key);
	}

	#recent(key: string, now: number): number[] {
		return (this.#failures.get(key) ?? []).filter((at) => at > now - windowMilliseconds);
	}
}
