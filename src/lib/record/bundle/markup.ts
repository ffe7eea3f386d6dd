/** Markup that is safe to join: made by `safe` or vouched for by `trusted`. */
export interface Markup {
	markup: string;
}

type Part = Markup | string | number | null | false | undefined | readonly Part[];

const entities: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;'
};
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => entities[character]!);

function textOf(part: Part): string {
	if (part === null || part === undefined || part === false) return '';
	if (Array.isArray(part)) return part.map(textOf).join('');
	if (typeof part === 'object') return (part as Markup).markup;
	return escaped(String(part));
}

/** Every value is text and escaped, unless it is markup itself: what an enterprise is called runs nothing. */
export const safe = (strings: TemplateStringsArray, ...values: Part[]): Markup => ({
	markup: strings
		.map((string, index) => string + (index < values.length ? textOf(values[index]) : ''))
		.join('')
});

/** What the program itself wrote: drawings, style and script. Never for text of a person. */
export const trusted = (markup: string): Markup => ({ markup });
