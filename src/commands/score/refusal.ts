/** An expected reason why nothing is scored; its message is what standard error then says. */
export class Refusal extends Error {}

/** Beyond this many refused lines the rest is counted, not told. */
const toldReasons = 50;

/** Throws when anything was refused, with `FILE:LINE: reason` for each of the first. */
export function refuseAll(reasons: readonly string[]): void {
	if (reasons.length === 0) return;
	const rest = reasons.length - toldReasons;
	throw new Refusal(
		[...reasons.slice(0, toldReasons), ...(rest > 0 ? [`… and ${rest} more`] : [])].join('\n')
	);
}
