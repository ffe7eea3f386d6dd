import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Pages that strangers open, on whatever phone they have: docs/decisions/old-phones.md. */
const pages = globSync('src/routes/{o,t,v,tipoff}/**/*.svelte');
/** With a variable in it, no tool can translate one of these for an engine of 2018, which leaves it out. */
const unknownThere = /\b(?:padding|margin)-(?:inline|block):|\binset(?:-inline|-block)?:|:has\(|color-mix\(/;

describe('the styles of pages for strangers', () => {
	it('are found', () => expect(pages.length).toBeGreaterThan(20));

	it.each(pages)('hold on an old phone: %s', (file) => {
		const [, style = ''] = readFileSync(file, 'utf8').split('<style>');
		expect(style.match(unknownThere)?.[0]).toBeUndefined();
	});
});
