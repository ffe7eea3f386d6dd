import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import QRCode from 'qrcode';
import { packageRoot } from '#lib/backend/packageRoot.server.ts';
import { failure, success, type Result } from '#lib/problem.ts';
import { isActKind } from './acts.ts';
import { documentContentSchema, type DocumentContent } from './content.ts';
import { missingCharacters, nameCharacter } from './fontCoverage.server.ts';
import { readFonts } from './fonts.server.ts';
import { present } from './present.ts';

export interface RenderedPdf {
	bytes: Uint8Array<ArrayBuffer>;
	sha256: string;
	pageCount: number;
	/** Of the templates that made it: the same content under the same version gives the same bytes. */
	templateVersion: string;
}

/** Image files by sha-256, as stored: JPEG, PNG or WebP. */
export type PhotoBytes = ReadonlyMap<string, Uint8Array>;

export interface PdfRenderer {
	templateVersion: string;
	/**
	 * One document as PDF, byte for byte the same for the same content.
	 * Problems: `document.glyph_missing` (details.got), `evidence.not_found`, `evidence.media_type`
	 * (details.sha256: a photo that is no picture).
	 */
	render(content: DocumentContent, photos?: PhotoBytes): Promise<Result<RenderedPdf>>;
}

/** Results of earlier renders that were not used again for this many are dropped from the compiler's cache: hardly any are, and they are large. */
const cacheRenders = 1;

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

function templateVersionOf(folder: string): string {
	const files = readdirSync(folder)
		.filter((name) => name.endsWith('.typ'))
		.sort();
	return sha256(files.map((name) => `${name}\n${readFileSync(join(folder, name), 'utf8')}`).join('\n')).slice(
		0,
		16
	);
}

/** Every string that will be set, without the SVG drawings. */
function textOf(value: unknown): string {
	if (typeof value === 'string') return value.startsWith('<svg') ? '' : value;
	return value && typeof value === 'object' ? Object.values(value).map(textOf).join('') : '';
}

/** Acts share one template: they differ in a sentence or two. The plan is a form of its own. */
const templateOf = (kind: DocumentContent['kind']): string =>
	`${isActKind(kind) && kind !== 'inspection_plan' ? 'act' : kind}.typ`;

/** Quiet zone is the paper round it; error correction Q survives a stain or a fold. */
const qrSvg = (url: string): Promise<string> =>
	QRCode.toString(url, { type: 'svg', margin: 0, errorCorrectionLevel: 'Q' });

/** Loads fonts and compiler once (half a second); keep it for the life of the process. */
export function createPdfRenderer(): PdfRenderer {
	const root = packageRoot();
	const templates = join(root, 'src/lib/document/templates');
	const { fontBlobs, fonts } = readFonts();
	const compiler = NodeCompiler.create({ workspace: templates, fontArgs: [{ fontBlobs }] });
	const templateVersion = templateVersionOf(templates);
	const photoPath = (hash: string) => join(templates, 'photos', hash);

	/** Synchronous from the first photo to the last byte, so that two documents never see each other's files. */
	function compile(template: string, inputs: Record<string, string>, photos: PhotoBytes) {
		for (const [hash, bytes] of photos) compiler.mapShadow(photoPath(hash), Buffer.from(bytes));
		try {
			const outcome = compiler.compile({ mainFilePath: join(templates, template), inputs });
			if (!outcome.result) return { diagnostics: outcome.takeDiagnostics()?.shortDiagnostics ?? [] };
			// Tags would double a record with a long checklist; the accessible form is the page behind the QR.
			const bytes = new Uint8Array(compiler.pdf(outcome.result, { pdfTags: false }));
			return { bytes, pageCount: outcome.result.numOfPages };
		} finally {
			for (const hash of photos.keys()) compiler.unmapShadow(photoPath(hash));
			compiler.evictCache(cacheRenders);
		}
	}

	const isPicture = (hash: string, bytes: Uint8Array): boolean =>
		'bytes' in compile('photo_check.typ', { photo: hash }, new Map([[hash, bytes]]));

	return {
		templateVersion,
		async render(content, photos = new Map()) {
			const data = present(documentContentSchema.parse(content));
			const missing = missingCharacters(textOf(data), fonts);
			if (missing.length > 0) {
				return failure('document.glyph_missing', { got: missing.map(nameCharacter).join('、') });
			}
			const used = new Map<string, Uint8Array>();
			for (const { sha256: hash } of content.photos) {
				const bytes = photos.get(hash);
				if (!bytes) return failure('evidence.not_found', { sha256: hash });
				used.set(hash, bytes);
			}
			const qr = await qrSvg(content.deliveryUrl ?? content.record.verifyUrl);
			const inputs = { data: JSON.stringify(data), qr };
			const made = compile(templateOf(content.kind), inputs, used);
			if ('bytes' in made && made.bytes) {
				const { bytes, pageCount } = made;
				return success({ bytes, sha256: sha256(bytes), pageCount, templateVersion });
			}
			const unreadable = [...used].find(([hash, bytes]) => !isPicture(hash, bytes));
			if (unreadable) return failure('evidence.media_type', { sha256: unreadable[0] });
			throw new Error(`renderPdf: ${content.kind} did not compile: ${JSON.stringify(made.diagnostics)}`);
		}
	};
}

let shared: PdfRenderer | undefined;

/** The process's own renderer, made at its first use. */
export const renderPdf: PdfRenderer['render'] = (content, photos) =>
	(shared ??= createPdfRenderer()).render(content, photos);
