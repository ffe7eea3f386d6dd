import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** The rules of those standards that look at colours: by night only these can find something new, for the page is the same. */
const colourRules = ['color-contrast', 'link-in-text-block'];

/** One line for each kind of violation of WCAG 2.2 AA, by day and by night, with the first place where it stands. */
export async function violations(page: Page): Promise<string[]> {
	const found: string[] = [];
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		const rules = new AxeBuilder({ page });
		const { violations } = await (
			colorScheme === 'light' ? rules.withTags(standards) : rules.withRules(colourRules)
		).analyze();
		for (const { id, nodes } of violations) {
			const [first] = nodes;
			found.push(
				`(${colorScheme}) ${id} ×${nodes.length}: ${first!.target.join(' ')} — ${first!.failureSummary}`
			);
		}
	}
	await page.emulateMedia({ colorScheme: null, reducedMotion: null });
	return found;
}

/** How many pixels a page is wider than its screen. */
export const overflow = (page: Page): Promise<number> =>
	page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** What stands on the screen now can be read by everybody, and fits. */
export async function expectAccessible(page: Page): Promise<void> {
	expect(await violations(page)).toEqual([]);
	expect(await overflow(page)).toBeLessThanOrEqual(0);
}
