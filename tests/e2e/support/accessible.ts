import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';
import type axeCore from 'axe-core';
import type { AxeResults, RunOptions } from 'axe-core';

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** The rules of those standards that look at colours: by night only these can find something new, for the page is the same. */
const colourRules = ['color-contrast', 'link-in-text-block'];
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * One line for each kind of violation of WCAG 2.2 AA, by day and by night, with the first place where it stands.
 *
 * axe is given to the page once and run there: no page of ours has frames, so nothing is to be put together elsewhere.
 */
export async function violations(page: Page, within = 'html'): Promise<string[]> {
	if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
	const found: string[] = [];
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		for (const { id, nodes } of await run(page, within, colorScheme)) {
			const [first] = nodes;
			found.push(
				`(${colorScheme}) ${id} ×${nodes.length}: ${first!.target.join(' ')} — ${first!.failureSummary}`
			);
		}
	}
	await page.emulateMedia({ colorScheme: null, reducedMotion: null });
	return found;
}

const run = (page: Page, within: string, colorScheme: 'light' | 'dark'): Promise<AxeResults['violations']> =>
	page.evaluate(
		async ([context, options]) => {
			const { axe } = window as unknown as { axe: typeof axeCore };
			return (await axe.run(context, options)).violations;
		},
		[
			within,
			{
				runOnly:
					colorScheme === 'light'
						? { type: 'tag', values: standards }
						: { type: 'rule', values: colourRules },
				// What passes is counted, not described.
				resultTypes: ['violations']
			}
		] as [string, RunOptions]
	);

/** How many pixels a page is wider than its screen. */
export const overflow = (page: Page): Promise<number> =>
	page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** What stands on the screen now can be read by everybody, and fits. */
export async function expectAccessible(page: Page): Promise<void> {
	expect(await violations(page)).toEqual([]);
	expect(await overflow(page)).toBeLessThanOrEqual(0);
}
