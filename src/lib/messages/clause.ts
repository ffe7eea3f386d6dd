import type { Translate } from './index.ts';

/** 条.款: what a code such as 10.1 is made of; null for one that is a name (减免1). */
export function clauseParts(code: string): { article: string; paragraph: string | null } | null {
	const found = /^(\d+)(?:\.(\d+))?$/.exec(code);
	return found && { article: found[1]!, paragraph: found[2] ?? null };
}

/** 「第10条第1款」 of 10.1; a code that is a name is said as it is: 「减免1」. */
export function clauseText(code: string, t: Translate): string {
	const parts = clauseParts(code);
	if (!parts) return code;
	const { article, paragraph } = parts;
	return paragraph === null ? t('common.article', { article }) : t('common.clause', { article, paragraph });
}
