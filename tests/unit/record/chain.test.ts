import { expect, test } from 'vitest';
import { canonicalText, sha256Hex } from '#lib/canonical.ts';
import { genesisLink, linkText, numbersTextOf, verifyLink, type ChainRecord } from '#lib/record/chain.ts';

async function sealed(position: number, previousLink: string, value: unknown): Promise<ChainRecord> {
	const text = canonicalText(value);
	const record = {
		position,
		canonicalText: text,
		sha256: await sha256Hex(text),
		numbersText: 'inspection_record=（示例）安检记〔2026〕1号',
		sealedAt: '2026-11-22T06:02:00.000Z',
		previousLink
	};
	return { ...record, link: await sha256Hex(linkText(record)) };
}

test('the bytes of a link are four lines; no documents leave an empty one', () => {
	const [previousLink, sha256, sealedAt] = ['p', 's', 't'];
	expect(linkText({ previousLink, sha256, sealedAt, numbersText: 'a=1\nb=2' })).toBe('p\ns\na=1\nb=2\nt');
	expect(linkText({ previousLink, sha256, sealedAt, numbersText: '' })).toBe('p\ns\n\nt');
});

test('numbers stand in the order of their kinds', () => {
	const documents = ['rectification_order', 'inspection_record'].map((kind) => ({
		kind,
		numberText: `${kind[0]}1`
	}));
	expect(numbersTextOf(documents)).toBe('inspection_record=i1\nrectification_order=r1');
});

test('an untouched record holds, and each change is named', async () => {
	const first = await sealed(1, genesisLink, { a: 1 });
	const second = await sealed(2, first.link, { b: '二' });
	expect(await verifyLink(first, genesisLink)).toEqual([]);
	expect(await verifyLink(second, first.link)).toEqual([]);

	expect(await verifyLink({ ...second, canonicalText: '{"b":"三"}' }, first.link)).toEqual(['text']);
	expect(await verifyLink({ ...second, canonicalText: '{ "b": "二" }' }, first.link)).toEqual([
		'text',
		'not_canonical'
	]);
	expect(await verifyLink({ ...second, canonicalText: 'no json' }, first.link)).toEqual([
		'text',
		'not_canonical'
	]);
	expect(await verifyLink({ ...second, numbersText: '' }, first.link)).toEqual(['link']);
	expect(await verifyLink({ ...second, sealedAt: '2026-11-22T06:02:00.001Z' }, first.link)).toEqual(['link']);
	// The record in between was taken out, or this one was given another place.
	expect(await verifyLink(second, genesisLink)).toEqual(['previous']);
	// Everything recomputed to fit: then the record after it no longer follows.
	const forged = await sealed(1, genesisLink, { a: 2 });
	expect(await verifyLink(forged, genesisLink)).toEqual([]);
	expect(await verifyLink(second, forged.link)).toEqual(['previous']);
});
