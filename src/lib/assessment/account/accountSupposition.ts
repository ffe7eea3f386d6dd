import { packOf, type AccountContent } from './accountContent.ts';
import { factsOf } from './assess.ts';
import { supposableClauses, supposed, suppositionFrom } from './supposition.ts';

/** 试算 on an account, as an address supposes it; null where no scheme was declared. */
export function accountSupposition(enterpriseId: string, content: AccountContent, query: URLSearchParams) {
	if (!content.scheme) return null;
	const { today } = content;
	const pack = packOf(content.scheme);
	const asked = suppositionFrom(query, today);
	const outcome = asked?.ok
		? supposed(pack, factsOf(enterpriseId, content.facts), asked.value, today)
		: asked;
	return {
		clauses: supposableClauses(pack, today).map(({ code, text, points, sharePercent }) => ({
			code,
			text,
			points,
			sharePercent
		})),
		asked: asked?.ok ? asked.value : null,
		outcome: outcome?.ok ? outcome.value : null,
		problem: outcome && !outcome.ok ? outcome.problem : null
	};
}
