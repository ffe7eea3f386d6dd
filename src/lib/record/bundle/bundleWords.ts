import type { MessageKey, Translate } from '#lib/messages/index.ts';

/** Everything that `check.js` can find (Finding.kind). */
export const findingKinds = [
	'container',
	'manifest',
	'key',
	'signature',
	'record_text',
	'record_signature',
	'link',
	'previous',
	'order',
	'numbers',
	'file',
	'missing',
	'unlisted',
	'page',
	'page_statement',
	'same_statement'
] as const;

const verdicts = ['holds', 'broken', 'unknown'] as const;

/** The texts that the page's script says, under its own names; placeholders stay in them. */
export function bundleWords(t: Translate): Record<string, string> {
	const places = {
		broken: '{broken}',
		unknown: '{unknown}',
		all: '{all}',
		got: '{got}',
		expected: '{expected}'
	};
	const say = (key: MessageKey) => t(key, places);
	return {
		...Object.fromEntries(verdicts.map((one) => [`verdict.${one}`, say(`bundle.verdict.${one}`)])),
		...Object.fromEntries(verdicts.map((one) => [`summary.${one}`, say(`bundle.summary.${one}`)])),
		...Object.fromEntries(findingKinds.map((one) => [`finding.${one}`, say(`bundle.finding.${one}`)])),
		difference: say('bundle.difference'),
		working: say('bundle.working'),
		no_crypto: say('bundle.no_crypto')
	};
}
