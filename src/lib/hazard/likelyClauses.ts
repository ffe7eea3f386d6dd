import type { Clause } from '#scoring';

/** More than this is a list again. */
const mostLikely = 3;
/** Two words of two characters that few other clauses have; tuned on the shipped checklists (sample). */
const leastWeight = 3;

/**
 * The clauses that are probably meant, the likeliest first: those cited before for the same, then those whose text
 * shares words with the finding. Words that many clauses have weigh little. It only sorts; a person chooses.
 * @param words of the finding, in Chinese
 */
export function likelyClauses<Kind extends Pick<Clause, 'code' | 'text'>>(
	clauses: readonly Kind[],
	words: string,
	citedBefore: readonly string[] = []
): Kind[] {
	const said = pairsOf(words);
	const texts = clauses.map((clause) => ({ clause, pairs: pairsOf(clause.text) }));
	const weightOf = (pair: string): number =>
		Math.log(clauses.length / texts.filter(({ pairs }) => pairs.has(pair)).length);
	return texts
		.map(({ clause, pairs }) => ({
			clause,
			weight:
				(citedBefore.includes(clause.code) ? 1000 : 0) +
				[...pairs].filter((pair) => said.has(pair)).reduce((sum, pair) => sum + weightOf(pair), 0)
		}))
		.filter(({ weight }) => weight >= leastWeight)
		.sort((a, b) => b.weight - a.weight)
		.slice(0, mostLikely)
		.map(({ clause }) => clause);
}

/** Chinese has no spaces: each two neighbouring characters are a word for this purpose. */
function pairsOf(text: string): Set<string> {
	const runs = text.match(/\p{Script=Han}+/gu) ?? [];
	return new Set(
		runs.flatMap((run) => Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2)))
	);
}
