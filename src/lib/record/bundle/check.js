/**
 * The rules of a case bundle, on Web Crypto alone. This file runs as it stands in two places: inside the bundle's
 * index.html, opened from the disk without a server, and in `npm run -s verify -- --bundle`. Nothing is imported.
 *
 * @typedef {{path: string, bytes: number, sha256: string}} BundleFile
 * @typedef {{path: string, kind: string, subjectId: string, position: number, sha256: string, signature: string,
 *   keyId: string, numbersText: string, sealedAt: string, previousLink: string, link: string}} BundleRecord
 * @typedef {{path: string | null, kind: string, track: string, numberText: string, state: string,
 *   recordPosition: number, pdfSha256: string | null}} BundleDocument
 * @typedef {{keyId: string, publicKey: string}} BundleKey `publicKey`: SPKI, DER, base64
 * @typedef {{format: string, inspectionId: string, stateAt: string, agency: string, page: BundleFile,
 *   files: BundleFile[], records: BundleRecord[], documents: BundleDocument[], keys: BundleKey[]}} Manifest
 * @typedef {'holds' | 'broken' | 'unknown'} Verdict `unknown`: this program cannot tell
 * @typedef {{verdict: Verdict, kind: string, about: string, got?: string, expected?: string}} Finding
 * @typedef {{manifest: string, signature: string, records: Record<string, string>}} Statement
 */

export const bundleFormat = 'mingcha.bundle/1';
export const signatureFormat = 'mingcha.bundle-signature/1';
export const pagePath = 'index.html';
export const manifestPath = 'manifest.json';
export const signaturePath = 'signature.json';

/**
 * Between these the page holds the statement; its own hash is that of everything round it. Cut in two here, because
 * this text stands in the page, too, and must not end the element it stands in.
 */
export const dataStart = '<' + 'script type="application/json" id="statement">';
export const dataEnd = '<' + '/script>';

/** @param {unknown} value @returns {string} RFC 8785 */
export function canonical(value) {
	if (value === null || typeof value !== 'object') return JSON.stringify(value);
	if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
	const object = /** @type {Record<string, unknown>} */ (value);
	const members = Object.keys(object).sort();
	return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(object[name])}`).join(',')}}`;
}

/** @param {string | Uint8Array} content */
export async function sha256(content) {
	const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
	const digest = await crypto.subtle.digest('SHA-256', /** @type {BufferSource} */ (bytes));
	return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @param {string} text base64 or base64url */
function bytesOf(text) {
	const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
	return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}

/**
 * Ed25519 over a text. @returns {Promise<Verdict>} `unknown` where the browser has no Ed25519.
 * @param {BundleKey} key @param {string} signature @param {string} text
 */
async function signatureVerdict(key, signature, text) {
	let publicKey;
	try {
		publicKey = await crypto.subtle.importKey('spki', bytesOf(key.publicKey), { name: 'Ed25519' }, false, [
			'verify'
		]);
	} catch (error) {
		return /** @type {Error} */ (error).name === 'NotSupportedError' ? 'unknown' : 'broken';
	}
	try {
		const isValid = await crypto.subtle.verify(
			'Ed25519',
			publicKey,
			bytesOf(signature),
			new TextEncoder().encode(text)
		);
		return isValid ? 'holds' : 'broken';
	} catch {
		return 'broken';
	}
}

/** @param {string} text @returns {any} null when it is not canonical JSON */
function parseCanonical(text) {
	try {
		const value = JSON.parse(text);
		return canonical(value) === text ? value : null;
	} catch {
		return null;
	}
}

/** @param {string} kind @param {string} about @param {string} got @param {string} expected @returns {Finding} */
const compared = (kind, about, got, expected) =>
	got === expected ? { verdict: 'holds', kind, about } : { verdict: 'broken', kind, about, got, expected };

/** What each list of a manifest must say in words; `position` and its like are numbers. */
const shapes = {
	files: ['path', 'sha256'],
	records: ['path', 'sha256', 'signature', 'keyId', 'numbersText', 'sealedAt', 'previousLink', 'link'],
	documents: ['kind', 'numberText'],
	keys: ['keyId', 'publicKey']
};

/** @param {any} manifest whatever somebody wrote there @returns {boolean} */
const isWhole = (manifest) =>
	manifest?.format === bundleFormat &&
	typeof manifest.page?.sha256 === 'string' &&
	typeof manifest.stateAt === 'string' &&
	Object.entries(shapes).every(
		([list, names]) =>
			Array.isArray(manifest[list]) &&
			manifest[list].every((/** @type {any} */ one) => names.every((name) => typeof one?.[name] === 'string'))
	) &&
	manifest.records.length > 0 &&
	manifest.records.every((/** @type {any} */ one) => Number.isSafeInteger(one.position));

/**
 * Everything that can be told from the manifest, its signature and the records' texts.
 * @param {Statement} statement
 * @returns {Promise<{manifest: Manifest | null, findings: Finding[]}>} null: nothing else can be checked
 */
export async function checkStatement({ manifest: text, signature: signatureText, records }) {
	const manifest = /** @type {Manifest | null} */ (parseCanonical(text));
	if (!manifest || !isWhole(manifest))
		return { manifest: null, findings: [{ verdict: 'broken', kind: 'manifest', about: manifestPath }] };
	const findings = [...(await keyFindings(manifest)), await manifestFinding(manifest, text, signatureText)];
	let last = null;
	for (const record of manifest.records) {
		findings.push(...(await recordFindings(manifest, record, records[record.path], last)));
		last = record;
	}
	return { manifest, findings };
}

/** A key is called by its own hash, so nobody can put another under its name. @param {Manifest} manifest */
async function keyFindings({ keys }) {
	const findings = [];
	for (const { keyId, publicKey } of keys) {
		let got = '—';
		try {
			got = (await sha256(bytesOf(publicKey))).slice(0, 16);
		} catch {
			// Not base64: the dash is told.
		}
		findings.push(compared('key', keyId, got, keyId));
	}
	return findings;
}

/** @param {Manifest} manifest @param {string} text @param {string} signatureText @returns {Promise<Finding>} */
async function manifestFinding(manifest, text, signatureText) {
	const signed = parseCanonical(signatureText);
	const key = manifest.keys.find(({ keyId }) => keyId === signed?.keyId);
	const about = signaturePath;
	if (signed?.format !== signatureFormat || !key || typeof signed.signature !== 'string')
		return { verdict: 'broken', kind: 'signature', about };
	return { verdict: await signatureVerdict(key, signed.signature, text), kind: 'signature', about };
}

/**
 * @param {Manifest} manifest @param {BundleRecord} record @param {string | undefined} text
 * @param {BundleRecord | null} before the record before it in the bundle
 */
async function recordFindings(manifest, record, text, before) {
	const about = record.path;
	if (text === undefined) return [/** @type {Finding} */ ({ verdict: 'broken', kind: 'missing', about })];
	const key = manifest.keys.find(({ keyId }) => keyId === record.keyId);
	const link = await sha256(
		[record.previousLink, record.sha256, record.numbersText, record.sealedAt].join('\n')
	);
	const numbers = manifest.documents
		.filter(({ recordPosition }) => recordPosition === record.position)
		.map(({ kind, numberText }) => `${kind}=${numberText}`);
	/** @type {Finding[]} */
	const findings = [
		compared('record_text', about, await sha256(text), record.sha256),
		{
			verdict:
				parseCanonical(text) === null
					? 'broken'
					: key
						? await signatureVerdict(key, record.signature, text)
						: 'broken',
			kind: 'record_signature',
			about
		},
		compared('link', about, link, record.link),
		compared('numbers', about, numbers.sort((a, b) => (a < b ? -1 : 1)).join('\n'), record.numbersText)
	];
	// Records of other cases lie between most; where none does, the links must meet.
	if (before && before.position + 1 === record.position)
		findings.push(compared('previous', about, record.previousLink, before.link));
	if (before && before.position >= record.position)
		findings.push({ verdict: 'broken', kind: 'order', about });
	return findings;
}

/**
 * One file against the manifest.
 * @param {Manifest} manifest @param {string} path @param {Uint8Array} bytes @returns {Promise<Finding>}
 */
export async function checkFile(manifest, path, bytes) {
	const listed = manifest.files.find((file) => file.path === path);
	if (!listed) return { verdict: 'broken', kind: 'unlisted', about: path };
	return compared('file', path, await sha256(bytes), listed.sha256);
}

/** @param {Manifest} manifest @param {ReadonlySet<string>} paths @returns {Finding[]} what is listed and not there */
export const missingFiles = (manifest, paths) =>
	manifest.files
		.filter(({ path }) => !paths.has(path))
		.map(({ path }) => ({ verdict: 'broken', kind: 'missing', about: path }));

/** The bytes of the statement inside the page. @param {Statement} statement */
export const statementText = (statement) => canonical(statement).replaceAll('<', '\\u003c');

/**
 * The page: all round the statement must be what was signed, and the statement what the other files say.
 * @param {Manifest} manifest @param {string} html @param {Statement} statement @returns {Promise<Finding[]>}
 */
export async function checkPage(manifest, html, statement) {
	const start = html.indexOf(dataStart) + dataStart.length;
	const end = html.indexOf(dataEnd, start);
	if (start < dataStart.length || end === -1) return [{ verdict: 'broken', kind: 'page', about: pagePath }];
	const frame = html.slice(0, start) + html.slice(end);
	const inside = html.slice(start, end);
	const findings = [compared('page', pagePath, await sha256(frame), manifest.page.sha256)];
	if (inside !== statementText(statement))
		findings.push({ verdict: 'broken', kind: 'page_statement', about: pagePath });
	return findings;
}
