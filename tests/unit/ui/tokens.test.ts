import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const css = readFileSync(new URL('../../../src/lib/ui/tokens.css', import.meta.url), 'utf8');

/** The declarations of the block that opens with `selector`. */
function declarations(selector: string): Record<string, string> {
	const start = css.indexOf(`${selector} {`);
	if (start < 0) throw new Error(`tokens.css: got no "${selector}", expected one`);
	const block = css.slice(css.indexOf('{', start) + 1, css.indexOf('}', start));
	return Object.fromEntries(
		[...block.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value])
	);
}

const light = declarations(':root');
const themes = { light, dark: { ...light, ...declarations("[data-theme='dark']") } };

/** Relative luminance and contrast by WCAG 2.2. */
function luminance(hex: string): number {
	const channels = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
	const [r, g, b] = channels.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
	return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}
function contrast(a: string, b: string): number {
	const [darker, lighter] = [luminance(a), luminance(b)].sort((x, y) => x - y);
	return (lighter! + 0.05) / (darker! + 0.05);
}

test('the dark theme of the system and the chosen one are the same', () => {
	expect(declarations("[data-theme='dark']")).toEqual(declarations(":root:not([data-theme='light'])"));
});

const text: [ink: string, grounds: string[]][] = [
	[
		'ink',
		[
			'ground',
			'panel',
			'panel-raised',
			'panel-sunken',
			'accent-soft',
			'success-soft',
			'warning-soft',
			'danger-soft'
		]
	],
	['ink-2', ['ground', 'panel', 'panel-raised', 'panel-sunken']],
	['accent', ['ground', 'panel', 'panel-raised', 'accent-soft']],
	['accent-ink', ['accent', 'accent-strong']],
	['success', ['panel', 'success-soft']],
	['warning', ['panel', 'warning-soft']],
	['danger', ['ground', 'panel', 'panel-raised', 'danger-soft']],
	['map-label', ['map-ground']]
];
test.each(Object.entries(themes))(
	'every text of the %s theme can be read (WCAG 1.4.3: 4.5 : 1)',
	(_, theme) => {
		for (const [ink, grounds] of text) {
			for (const ground of grounds)
				expect(contrast(theme[ink]!, theme[ground]!), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5);
		}
	}
);

test.each(Object.entries(themes))(
	'fields and filled shapes of the %s theme can be seen (WCAG 1.4.11: 3 : 1)',
	(_, theme) => {
		for (const name of [
			'control-line',
			'band-key',
			'band-highest',
			'band-normal',
			'risk-major',
			'risk-low'
		]) {
			expect(contrast(theme[name]!, theme['panel']!), name).toBeGreaterThanOrEqual(3);
		}
	}
);
