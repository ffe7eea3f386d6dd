import { createContext } from 'svelte';
import type { MessageKey, MessageValues, Translate } from './index.ts';

const [getTranslator, setTranslator] = createContext<() => Translate>();

/**
 * Called once, by the root layout. Takes a function so that the texts follow when the language changes
 * without a full page load.
 */
export const setTranslate = (current: () => Translate): void => void setTranslator(current);

/** In a component: `const t = getTranslate();` then `t('common.close')`. Only while the component is set up. */
export function getTranslate(): Translate {
	const current = getTranslator();
	const translate = (key: MessageKey, values?: MessageValues): string => current()(key, values);
	return Object.defineProperty(translate, 'locale', { get: () => current().locale }) as Translate;
}
