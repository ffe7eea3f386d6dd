import type { TokenColour } from './drawing.ts';

/** Reads colour tokens as they are now, in the theme in force. */
export function readTokenColours(): TokenColour {
	const style = getComputedStyle(document.documentElement);
	return (token) => {
		const value = style.getPropertyValue(`--${token}`).trim();
		if (!value) throw new RangeError(`tokens: got "--${token}", expected a token of tokens.css`);
		return value;
	};
}

/** Calls back when the theme changes, by the system or by `data-theme`. Returns how to stop. */
export function watchTheme(onchange: () => void): () => void {
	const scheme = matchMedia('(prefers-color-scheme: dark)');
	scheme.addEventListener('change', onchange);
	const observer = new MutationObserver(onchange);
	observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
	return () => {
		scheme.removeEventListener('change', onchange);
		observer.disconnect();
	};
}
