import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAnswer } from '#lib/backend/answer.ts';
import type { Backend, Client } from '#lib/backend/backend.server.ts';
import { sha256Of, type EvidenceStore } from '#lib/backend/evidenceStore.server.ts';
import { fingerprintOf, type Keys, type SigningKey } from '#lib/backend/keys.server.ts';
import { packageRoot } from '#lib/backend/packageRoot.server.ts';
import { canonicalText } from '#lib/canonical.ts';
import { strokesSvg } from '#lib/document/strokes.ts';
import { loadTranslate, type Translate } from '#lib/messages/index.ts';
import { failure, success, type Result } from '#lib/problem.ts';
import { signText } from '../recordSignature.server.ts';
import { bundleWords } from './bundleWords.ts';
import { lastChangeOf, pathOf, type CaseFile, type CaseRecord } from './caseFile.ts';
import { casePage, withStatement } from './casePage.ts';
import {
	bundleFormat,
	manifestPath,
	pagePath,
	signatureFormat,
	signaturePath,
	statementText,
	type BundleRecord,
	type Manifest
} from './check.js';
import type { PageParts } from './pageParts.ts';
import { placeSketch } from './placeSketch.ts';
import { signersOf } from './signers.ts';
import { readRecord, traceGeoJson, traceOf } from './trace.ts';
import { mostBundleBytes, zipOf, type BundleEntry } from './zip.server.ts';

/** A file of the bundle before its bytes are needed. */
interface BundleSource {
	path: string;
	sha256: string;
	bytes: number;
	read(): Promise<Uint8Array>;
}

export interface Bundle {
	/** `case-2026-11-20-1a2b3c4d.zip`: no name of an enterprise or a person. */
	fileName: string;
	/** The zip, made while it is read. */
	chunks: AsyncGenerator<Uint8Array>;
}

/** Renders a paper that has no PDF yet, as when somebody opens it. */
export type RenderNow = (documentId: string) => Promise<Result<{ sha256: string }>>;

/**
 * The case bundle of an inspection, asked for by a member of staff with their own token; the database notes the read.
 * @returns `not_found` for a case outside of what they may see; `evidence.not_found` for a photo that the server lost,
 *   because a case with a hole is not given out as whole; `bundle.too_large`.
 */
export async function makeBundle(
	backend: Backend,
	client: Client,
	inspectionId: string,
	render: RenderNow
): Promise<Result<Bundle>> {
	const opened = readAnswer<CaseFile>(await client.rpc('open_case', { p_inspection: inspectionId }));
	if (!opened.ok) return opened;
	const file = await withPapers(backend.documents, opened.value, render);
	const stored = await storedFiles(backend, file);
	if (!stored.ok) return stored;
	return assemble(backend.keys, file, stored.value, await loadTranslate('zh-CN'));
}

/** With every paper that can be made, made. One that cannot stays without a file, and the page says so. */
async function withPapers(store: EvidenceStore, file: CaseFile, render: RenderNow): Promise<CaseFile> {
	const documents = [];
	for (const document of file.documents) {
		const { pdfSha256 } = document;
		const isThere = pdfSha256 !== null && (await store.stat(pdfSha256)).ok;
		const rendered = isThere ? null : await render(document.id);
		documents.push(
			rendered ? { ...document, pdfSha256: rendered.ok ? rendered.value.sha256 : null } : document
		);
	}
	return { ...file, documents };
}

/** Papers and photos: their hash is their address, so none is read before its turn. */
async function storedFiles(backend: Backend, file: CaseFile): Promise<Result<BundleSource[]>> {
	const wanted = new Map<string, [EvidenceStore, string]>();
	for (const document of file.documents) {
		const { pdfSha256, signature } = document;
		if (pdfSha256) wanted.set(pathOf.document(document), [backend.documents, pdfSha256]);
		if (signature) wanted.set(pathOf.signedDocument(document), [backend.documents, signature.sha256]);
	}
	for (const photo of file.photos) wanted.set(pathOf.photo(photo), [backend.evidence, photo.sha256]);
	const sources: BundleSource[] = [];
	for (const [path, [store, sha256]] of wanted) {
		const found = await store.stat(sha256);
		if (!found.ok) return found;
		sources.push({ path, sha256, bytes: found.value.sizeBytes, read: () => bytesFrom(store, sha256) });
	}
	return success(sources);
}

async function bytesFrom(store: EvidenceStore, sha256: string): Promise<Uint8Array> {
	const found = await store.get(sha256);
	if (!found.ok)
		throw new Error(`bundle: got ${found.problem.code} for ${sha256}, expected the file it had just now`);
	return found.value;
}

function assemble(keys: Keys, file: CaseFile, stored: BundleSource[], t: Translate): Result<Bundle> {
	const parts = partsOf(keys.recordSigning, file, t);
	const sources = [...stored, ...madeFiles(parts)].sort((a, b) => (a.path < b.path ? -1 : 1));
	const page = casePage(parts, t);
	const manifest = canonicalText(manifestOf(keys, parts, sources, page));
	const signature = canonicalText({ format: signatureFormat, ...signText(keys, manifest) });
	const records = Object.fromEntries(file.records.map((record) => [pathOf.record(record), record.text]));
	const whole = withStatement(page, statementText({ manifest, signature, records }));
	const first = [
		madeFile(pagePath, whole),
		madeFile(manifestPath, manifest),
		madeFile(signaturePath, signature)
	];
	const all = [...first, ...sources];
	// A hundred bytes and twice its name are what an entry costs beside its content.
	const total = all.reduce((sum, { path, bytes }) => sum + bytes + 100 + 2 * path.length, 100);
	if (total > mostBundleBytes) return failure('bundle.too_large', { limitMegabytes: mostBundleBytes / 1e6 });
	const [{ id, inspectedOn }] = file.inspections as [CaseFile['inspections'][number]];
	return success({
		fileName: `case-${inspectedOn}-${id.slice(0, 8)}.zip`,
		chunks: zipOf(entriesOf(all), parts.stateAt)
	});
}

async function* entriesOf(sources: readonly BundleSource[]): AsyncGenerator<BundleEntry> {
	for (const { path, read } of sources) yield { path, bytes: await read() };
}

function madeFile(path: string, text: string): BundleSource {
	const content = Buffer.from(text);
	return { path, sha256: sha256Of(content), bytes: content.byteLength, read: async () => content };
}

const ownFile = (name: string): string =>
	readFileSync(join(packageRoot(), 'src/lib/record/bundle', name), 'utf8');

function partsOf(key: SigningKey, file: CaseFile, t: Translate): PageParts {
	const records = file.records.map(readRecord);
	const points = traceOf(file, records);
	return {
		file,
		stateAt: lastChangeOf(file),
		records,
		signers: records.flatMap(signersOf),
		points,
		sketch: points.length > 0 ? placeSketch(points, t) : null,
		fingerprint: fingerprintOf(key),
		style: ownFile('page/page.css'),
		// One script without modules: a page opened from the disk may load no other file of script.
		script: ownFile('check.js').replaceAll(/^export /gm, '') + ownFile('page/page.js'),
		words: bundleWords(t)
	};
}

function madeFiles({ file, stateAt, signers, points, sketch }: PageParts): BundleSource[] {
	const { records, ...rest } = file;
	const positions = records.map(({ position }) => position);
	return [
		...records.map((record) => madeFile(pathOf.record(record), record.text)),
		...signers.map(({ path, strokes }) => madeFile(path, strokesSvg(strokes))),
		madeFile('case.json', canonicalText({ format: 'mingcha.case/1', stateAt, records: positions, ...rest })),
		madeFile('trace.geojson', canonicalText(traceGeoJson(points))),
		...(sketch === null ? [] : [madeFile('place.svg', sketch)])
	];
}

function manifestOf(keys: Keys, parts: PageParts, sources: readonly BundleSource[], page: string): Manifest {
	const { file, stateAt } = parts;
	const pageBytes = Buffer.from(page);
	return {
		format: bundleFormat,
		inspectionId: file.inspections[0]!.id,
		stateAt,
		agency: file.agency.name,
		page: { path: pagePath, bytes: pageBytes.byteLength, sha256: sha256Of(pageBytes) },
		files: sources.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 })),
		records: file.records.map(recordLine),
		documents: file.documents.map((document) => ({
			path: document.pdfSha256 ? pathOf.document(document) : null,
			kind: document.kind,
			track: document.track,
			numberText: document.numberText,
			state: document.state,
			recordPosition: document.recordPosition,
			pdfSha256: document.pdfSha256
		})),
		keys: keyLines(keys, file.records)
	};
}

const recordLine = ({ text: _, ...record }: CaseRecord): BundleRecord => ({
	path: pathOf.record(record),
	...record
});

/** Every key that signed something here; one that this folder never had is left out, and the check names the record. */
function keyLines({ recordSigning, signingKeys }: Keys, records: readonly CaseRecord[]): Manifest['keys'] {
	const ids = new Set([recordSigning.keyId, ...records.map(({ keyId }) => keyId)]);
	return [...ids].sort().flatMap((keyId) => {
		const key = signingKeys.get(keyId);
		return key
			? [{ keyId, publicKey: key.publicKey.export({ type: 'spki', format: 'der' }).toString('base64') }]
			: [];
	});
}
