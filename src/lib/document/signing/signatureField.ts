/** Room for a signature in a PDF, by an incremental update (ISO 32000-1, 7.5.6 and 12.8): nothing before it changes. */

export interface PdfWithRoom {
	bytes: Buffer;
	/** The two stretches that are signed: all but the hexadecimal string between them. */
	covered: [Uint8Array, Uint8Array];
	/** Where the signature's hexadecimal digits begin. */
	digitsAt: number;
}

interface ParsedPdf {
	text: string;
	/** Where each object begins, by its number. */
	offsets: ReadonlyMap<number, number>;
	startXref: number;
	size: number;
	root: number;
	/** `/Info …` and `/ID …` of the trailer, which every update repeats. */
	rest: string;
}

/**
 * @param pdf one as our renderer writes it: a plain cross-reference table, direct `/Annots`, no form yet.
 * @throws for any other PDF, with what was expected: it is ours, so that is a broken invariant.
 */
export function withSignatureField(
	pdf: Uint8Array,
	{ at, name, reservedBytes }: { at: Date; name: string; reservedBytes: number }
): PdfWithRoom {
	const parsed = parse(pdf);
	const page = firstPage(parsed);
	const [signature, field] = [parsed.size, parsed.size + 1];
	const objects: [number, string][] = [
		[page, withAnnotation(objectText(parsed, page), `${field} 0 R`)],
		[
			parsed.root,
			extended(objectText(parsed, parsed.root), `/AcroForm << /Fields [${field} 0 R] /SigFlags 3 >>`)
		],
		[signature, signatureDictionary(name, at, reservedBytes)],
		[
			field,
			`<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature1) /F 132 /Rect [0 0 0 0] /P ${page} 0 R /V ${signature} 0 R >>`
		]
	];
	const bytes = Buffer.concat([pdf, Buffer.from(updateText(parsed, pdf.byteLength, objects), 'latin1')]);
	return withByteRange(bytes, pdf.byteLength, reservedBytes);
}

/** The file with the signature in its place. */
export function withSignature(
	{ bytes, digitsAt }: PdfWithRoom,
	signature: Uint8Array
): Uint8Array<ArrayBuffer> {
	const signed = new Uint8Array(bytes);
	signed.set(Buffer.from(Buffer.from(signature).toString('hex'), 'latin1'), digitsAt);
	return signed;
}

const expected = (what: string): Error => new Error(`signatureField: expected ${what} in a PDF of our own`);

function parse(pdf: Uint8Array): ParsedPdf {
	const text = Buffer.from(pdf).toString('latin1');
	const startXref = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)?.[1]);
	const table = /^xref\s+0 (\d+)\s+((?:\d{10} \d{5} [fn]\s+)+)trailer\s*<<([^]*?)>>\s*startxref/.exec(
		text.slice(startXref)
	);
	if (!table) throw expected('one plain cross-reference table at the end');
	const [, count, entries, trailer] = table as unknown as [string, string, string, string];
	const offsets = new Map(
		[...entries.matchAll(/(\d{10}) \d{5} ([fn])/g)]
			.map(([, offset, state], number) => [number, state === 'n' ? Number(offset) : -1] as const)
			.filter(([, offset]) => offset >= 0)
	);
	const root = Number(/\/Root (\d+) 0 R/.exec(trailer)?.[1]);
	if (!offsets.has(root)) throw expected('a /Root');
	const rest = [/\/Info \d+ 0 R/, /\/ID \[[^\]]*\]/].map((part) => part.exec(trailer)?.[0] ?? '').join(' ');
	return { text, offsets, startXref, size: Number(count), root, rest };
}

/** The dictionary of an object, from `<<` to its own `>>`. */
function objectText({ text, offsets }: ParsedPdf, number: number): string {
	const offset = offsets.get(number);
	if (offset === undefined) throw expected(`object ${number}`);
	const object = /^(\d+) 0 obj\s*(<<[^]*?>>)\s*endobj/.exec(text.slice(offset));
	if (!object || Number(object[1]) !== number) throw expected(`a dictionary as object ${number}`);
	return object[2]!;
}

function firstPage(parsed: ParsedPdf): number {
	const catalog = objectText(parsed, parsed.root);
	if (catalog.includes('/AcroForm')) throw expected('no /AcroForm');
	let number = Number(/\/Pages (\d+) 0 R/.exec(catalog)?.[1]);
	for (;;) {
		const node = objectText(parsed, number);
		if (/\/Type \/Page\b(?!s)/.test(node)) return number;
		number = Number(/\/Kids \[\s*(\d+) 0 R/.exec(node)?.[1]);
	}
}

const extended = (dictionary: string, entry: string): string => `${dictionary.slice(0, -2)} ${entry} >>`;

function withAnnotation(page: string, reference: string): string {
	if (!page.includes('/Annots')) return extended(page, `/Annots [${reference}]`);
	if (!/\/Annots \[/.test(page)) throw expected('direct /Annots');
	return page.replace(/\/Annots \[/, `/Annots [${reference} `);
}

/** Wide enough for any file; the numbers are written over it, so that no offset moves. */
const byteRangeRoom = `[${' '.repeat(46)}]`;

function signatureDictionary(name: string, at: Date, reservedBytes: number): string {
	const digits = '0'.repeat(2 * reservedBytes);
	return `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /Name <${utf16(name)}> /M (${pdfDate(at)}) /ByteRange ${byteRangeRoom} /Contents <${digits}> >>`;
}

const utf16 = (text: string): string =>
	`FEFF${Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase()}`;

/** `D:20261123120000+00'00'` */
const pdfDate = (at: Date): string => `D:${at.toISOString().slice(0, 19).replace(/\D/g, '')}+00'00'`;

function updateText(parsed: ParsedPdf, length: number, objects: readonly [number, string][]): string {
	let text = '\n';
	const offsets = objects.map(([number, dictionary]) => {
		const offset = length + text.length;
		text += `${number} 0 obj\n${dictionary}\nendobj\n`;
		return [number, offset] as const;
	});
	const startXref = length + text.length;
	const sections = offsets
		.sort(([a], [b]) => a - b)
		.map(([number, offset]) => `${number} 1\n${String(offset).padStart(10, '0')} 00000 n\r\n`);
	const trailer = `<< /Size ${parsed.size + 2} /Root ${parsed.root} 0 R ${parsed.rest} /Prev ${parsed.startXref} >>`;
	return `${text}xref\n${sections.join('')}trailer\n${trailer}\nstartxref\n${startXref}\n%%EOF\n`;
}

function withByteRange(bytes: Buffer, from: number, reservedBytes: number): PdfWithRoom {
	const rangeAt = bytes.indexOf(byteRangeRoom, from, 'latin1');
	const opening = bytes.indexOf('/Contents <', from, 'latin1') + '/Contents '.length;
	const after = opening + 2 * reservedBytes + 2;
	const range = `[0 ${opening} ${after} ${bytes.byteLength - after}]`.padEnd(byteRangeRoom.length);
	bytes.write(range, rangeAt, 'latin1');
	return { bytes, covered: [bytes.subarray(0, opening), bytes.subarray(after)], digitsAt: opening + 1 };
}
