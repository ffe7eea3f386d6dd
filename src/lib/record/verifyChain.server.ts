import { expectValue } from '#lib/backend/answer.ts';
import type { Backend } from '#lib/backend/backend.server.ts';
import { sha256Of } from '#lib/backend/evidenceStore.server.ts';
import type { DocumentKind } from '#lib/document/document.ts';
import type { DocumentSignature } from '#lib/document/signing/signer.ts';
import type { Track } from '#lib/document/track.ts';
import { genesisLink, numbersTextOf, verifyLink, type ChainRecord, type LinkFault } from './chain.ts';
import { readKeptHead, type ChainHead } from './chainHead.server.ts';
import { signatureFault } from './recordSignature.server.ts';

interface ChainDocument {
	id: string;
	kind: DocumentKind;
	track: Track;
	year: number;
	number: number;
	numberText: string;
	agencyId: string;
	pdfSha256: string | null;
	pdfBytes: number | null;
	signature: DocumentSignature | null;
}

interface StoredRecord extends ChainRecord {
	kind: 'inspection' | 'adoption' | 'act' | 'correction';
	subjectId: string;
	contentSha256: string;
	signature: string;
	keyId: string;
	documents: ChainDocument[];
}

/**
 * - of a record: `LinkFault`, `signature`, `unknown_key`, `key_retired` (sealed after its key was), `position` (one
 *   before it is gone), `numbers` (its documents carry other numbers than the link says)
 * - of a document: `pdf_missing`, `pdf_changed`, `signed_missing`, `signed_changed`, `signed_other` (the signed file
 *   does not begin with the paper), `number_gap` (one before it is gone), `number_twice`
 * - of the end: `head` (the database's own head is not its last record), `tail_missing` (it ends before the kept
 *   head), `tail_changed` (it says otherwise at the kept head), `head_file` (not written by this server)
 */
type DefectKind =
	| LinkFault
	| 'signature'
	| 'unknown_key'
	| 'key_retired'
	| 'position'
	| 'numbers'
	| 'pdf_missing'
	| 'pdf_changed'
	| 'signed_missing'
	| 'signed_changed'
	| 'signed_other'
	| 'number_gap'
	| 'number_twice'
	| 'head'
	| 'tail_missing'
	| 'tail_changed'
	| 'head_file';

export interface ChainDefect {
	kind: DefectKind;
	/** Of the record it concerns, where there is one. */
	position?: number;
	subjectId?: string;
	documentId?: string;
	got: string;
	expected: string;
}

export interface ChainReport {
	records: number;
	documents: number;
	/** Not rendered yet, which is no defect. */
	documentsWithoutPdf: number;
	/** With the agency's own signature. */
	documentsSigned: number;
	head: ChainHead;
	defects: ChainDefect[];
}

const recordsPerPage = 200;

/** A record is signed before its transaction; this long one may be under way while the key changes. */
const sealUnderWayMilliseconds = 60_000;

/**
 * Walks the whole chain: texts, hashes, signatures, links, numbers, PDFs, and the end against the head kept
 * outside of the database. Names everything that does not hold and stops at nothing.
 */
export async function verifyChain(backend: Backend): Promise<ChainReport> {
	const defects: ChainDefect[] = [];
	const kept = readKeptHead(backend);
	const keptHead = kept.state === 'kept' ? kept.head : null;
	const series = new Map<string, number>();
	const report: ChainReport = {
		records: 0,
		documents: 0,
		documentsWithoutPdf: 0,
		documentsSigned: 0,
		head: { position: 0, link: genesisLink },
		defects
	};
	let last: ChainHead = report.head;
	let isOpenEnded = true;
	while (isOpenEnded) {
		const page = expectValue<{ head: ChainHead; records: StoredRecord[] }>(
			await backend
				.asService('document worker')
				.rpc('read_chain', { p_after: last.position, p_limit: recordsPerPage })
		);
		report.head = page.head;
		for (const record of page.records) {
			defects.push(...(await recordDefects(backend, record, last)));
			if (keptHead?.position === record.position && keptHead.link !== record.link)
				defects.push({
					kind: 'tail_changed',
					position: record.position,
					got: record.link,
					expected: keptHead.link
				});
			for (const document of record.documents) {
				defects.push(...numberDefects(series, document), ...(await pdfDefects(backend, document)));
				defects.push(...(await signedDefects(backend, document)));
				if (document.signature) report.documentsSigned += 1;
				if (!document.pdfSha256) report.documentsWithoutPdf += 1;
			}
			report.documents += record.documents.length;
			report.records += 1;
			last = { position: record.position, link: record.link };
		}
		isOpenEnded = page.records.length === recordsPerPage;
	}
	defects.push(...endDefects(report.head, last, keptHead));
	if (kept.state === 'forged')
		defects.push({ kind: 'head_file', got: 'head.json', expected: 'a file signed by a key of this folder' });
	return report;
}

async function recordDefects(
	backend: Backend,
	record: StoredRecord,
	last: ChainHead
): Promise<ChainDefect[]> {
	const of = { position: record.position, subjectId: record.subjectId };
	const defects: ChainDefect[] = [];
	if (record.position !== last.position + 1)
		defects.push({
			...of,
			kind: 'position',
			got: String(record.position),
			expected: String(last.position + 1)
		});
	const expectedOf: Record<LinkFault, string> = {
		text: record.sha256,
		not_canonical: 'RFC 8785',
		previous: last.link,
		link: record.link
	};
	for (const kind of await verifyLink(record, last.link))
		defects.push({
			...of,
			kind,
			got: kind === 'previous' ? record.previousLink : 'other bytes',
			expected: expectedOf[kind]
		});
	const fault = signatureFault(backend.keys, { ...record, text: record.canonicalText });
	// A changed text is named once, as that.
	if (fault && fault !== 'hash')
		defects.push({ ...of, kind: fault, got: record.signature, expected: `a signature of ${record.keyId}` });
	const retiredAt = backend.keys.signingKeys.get(record.keyId)?.to;
	if (retiredAt && Date.parse(record.sealedAt) > Date.parse(retiredAt) + sealUnderWayMilliseconds)
		defects.push({ ...of, kind: 'key_retired', got: record.sealedAt, expected: `≤ ${retiredAt}` });
	const numbersText = numbersTextOf(record.documents);
	if (numbersText !== record.numbersText)
		defects.push({ ...of, kind: 'numbers', got: numbersText, expected: record.numbersText });
	return defects;
}

/** Numbers of one agency, kind, track and year follow each other without gaps, in the order of the chain. */
function numberDefects(series: Map<string, number>, document: ChainDocument): ChainDefect[] {
	const key = [document.agencyId, document.kind, document.track, document.year].join('/');
	const expected = (series.get(key) ?? 0) + 1;
	series.set(key, Math.max(document.number, expected - 1));
	if (document.number === expected) return [];
	const kind = document.number > expected ? 'number_gap' : 'number_twice';
	return [{ kind, documentId: document.id, got: document.numberText, expected: String(expected) }];
}

async function pdfDefects(backend: Backend, document: ChainDocument): Promise<ChainDefect[]> {
	const { id: documentId, pdfSha256 } = document;
	if (!pdfSha256) return [];
	const { fault, got } = await readFile(backend, pdfSha256);
	return fault ? [{ kind: `pdf_${fault}`, documentId, got, expected: pdfSha256 }] : [];
}

async function signedDefects(backend: Backend, document: ChainDocument): Promise<ChainDefect[]> {
	const { id: documentId, pdfSha256, pdfBytes, signature } = document;
	if (!signature) return [];
	const { fault, got, bytes } = await readFile(backend, signature.sha256);
	if (fault) return [{ kind: `signed_${fault}`, documentId, got, expected: signature.sha256 }];
	const paper = sha256Of(bytes.subarray(0, pdfBytes ?? 0));
	return paper === pdfSha256
		? []
		: [{ kind: 'signed_other', documentId, got: paper, expected: pdfSha256 ?? 'a rendered paper' }];
}

type FoundFile =
	{ fault: null; got: ''; bytes: Uint8Array } | { fault: 'missing' | 'changed'; got: string; bytes?: never };

async function readFile(backend: Backend, sha256: string): Promise<FoundFile> {
	try {
		const found = await backend.documents.get(sha256);
		if (found.ok) return { fault: null, got: '', bytes: found.value };
		if (found.problem.code !== 'evidence.not_found') throw new Error(`documents: got ${found.problem.code}`);
		return { fault: 'missing', got: 'no file' };
	} catch (error) {
		// The store throws when the bytes under an address are not those of the address.
		if (!/expected [0-9a-f]{64}$/.test((error as Error).message)) throw error;
		return { fault: 'changed', got: (error as Error).message };
	}
}

function endDefects(head: ChainHead, last: ChainHead, kept: ChainHead | null): ChainDefect[] {
	const defects: ChainDefect[] = [];
	if (head.position !== last.position || head.link !== last.link)
		defects.push({
			kind: 'head',
			position: head.position,
			got: `${last.position} ${last.link}`,
			expected: `${head.position} ${head.link}`
		});
	if (kept && kept.position > last.position)
		defects.push({
			kind: 'tail_missing',
			position: kept.position,
			got: String(last.position),
			expected: `${kept.position} ${kept.link}`
		});
	return defects;
}
