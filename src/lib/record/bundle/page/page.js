/* The page's own part: it asks the rules above and says what they found. Nothing is fetched and nothing leaves this computer. */

const element = (id) => document.getElementById(id);
const words = JSON.parse(element('words').textContent);
const statement = JSON.parse(element('statement').textContent);

const say = (key, values = {}) =>
	(words[key] ?? key).replaceAll(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''));

function findingLine({ verdict, kind, about, got, expected }) {
	const line = document.createElement('li');
	line.className = verdict;
	const mark = { holds: '✓', broken: '✗', unknown: '?' }[verdict];
	line.textContent = `${mark} ${say(`verdict.${verdict}`)} · ${say(`finding.${kind}`)} · ${about}`;
	if (got !== undefined) {
		const detail = document.createElement('small');
		detail.textContent = say('difference', { got, expected });
		line.append(detail);
	}
	return line;
}

/** What is wrong stands first, what cannot be told next. */
function show(listId, summaryId, findings) {
	const rank = { broken: 0, unknown: 1, holds: 2 };
	const sorted = [...findings].sort((a, b) => rank[a.verdict] - rank[b.verdict]);
	const list = element(listId);
	list.replaceChildren(...sorted.map(findingLine));
	list.parentElement.open = findings.some(({ verdict }) => verdict !== 'holds');
	const count = (verdict) => findings.filter((one) => one.verdict === verdict).length;
	const worst = count('broken') ? 'broken' : count('unknown') ? 'unknown' : 'holds';
	const summary = element(summaryId);
	summary.className = `summary ${worst}`;
	summary.textContent = say(`summary.${worst}`, {
		broken: count('broken'),
		unknown: count('unknown'),
		all: findings.length
	});
}

/** The entries of a zip that holds them as they are; null when it is another kind of zip. */
async function zipEntries(file) {
	const tail = new DataView(await file.slice(Math.max(0, file.size - 22)).arrayBuffer());
	if (tail.byteLength < 22 || tail.getUint32(0, true) !== 0x06054b50) return null;
	const directory = new DataView(await file.slice(tail.getUint32(16, true), file.size - 22).arrayBuffer());
	const entries = new Map();
	let at = 0;
	for (let n = 0; n < tail.getUint16(10, true); n++) {
		if (at + 46 > directory.byteLength || directory.getUint32(at, true) !== 0x02014b50) return null;
		if (directory.getUint16(at + 10, true) !== 0) return null;
		const nameLength = directory.getUint16(at + 28, true);
		const size = directory.getUint32(at + 24, true);
		const start = directory.getUint32(at + 42, true) + 30 + nameLength;
		const name = new TextDecoder().decode(new Uint8Array(directory.buffer, at + 46, nameLength));
		entries.set(name, file.slice(start, start + size));
		at += 46 + nameLength + directory.getUint16(at + 30, true) + directory.getUint16(at + 32, true);
	}
	return entries;
}

/** What was chosen, by the path it has in the bundle. */
async function chosenEntries(files) {
	const zips = files.filter(({ name }) => /\.zip$/i.test(name));
	if (zips.length === 1 && files.length === 1) return zipEntries(zips[0]);
	// A whole folder says where each file lies; without that the name alone must do.
	const known = [...statement.manifest.matchAll(/"path":"([^"]+)"/g)].map(([, path]) => path);
	known.push(pagePath, manifestPath, signaturePath);
	const pathOf = ({ webkitRelativePath, name }) =>
		known.find((path) => webkitRelativePath?.endsWith(`/${path}`)) ??
		known.find((path) => path.split('/').at(-1) === name);
	return new Map(files.map((file) => [pathOf(file) ?? file.name, file]));
}

async function checkChosen(files) {
	element('file-summary').textContent = say('working');
	const entries = await chosenEntries(files);
	if (!entries)
		return show('file-checks', 'file-summary', [
			{ verdict: 'broken', kind: 'container', about: files[0].name }
		]);
	const { manifest } = await checkStatement(statement);
	if (!manifest) return;
	const findings = missingFiles(manifest, new Set(entries.keys()));
	for (const [path, blob] of entries) {
		const bytes = new Uint8Array(await blob.arrayBuffer());
		findings.push(...(await checkEntry(manifest, path, bytes)));
	}
	show('file-checks', 'file-summary', findings);
	await showFiles(manifest, entries);
}

const decode = (bytes) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

async function checkEntry(manifest, path, bytes) {
	if (path === pagePath) return checkPage(manifest, decode(bytes), statement);
	const own = { [manifestPath]: statement.manifest, [signaturePath]: statement.signature }[path];
	if (own === undefined) return [await checkFile(manifest, path, bytes)];
	return [{ verdict: decode(bytes) === own ? 'holds' : 'broken', kind: 'same_statement', about: path }];
}

/** Pictures and papers from what was chosen, for who opened this page without unpacking the rest. */
async function showFiles(manifest, entries) {
	const types = {
		jpg: 'image/jpeg',
		png: 'image/png',
		webp: 'image/webp',
		svg: 'image/svg+xml',
		pdf: 'application/pdf'
	};
	for (const node of document.querySelectorAll('[data-path]')) {
		const { path } = node.dataset;
		const blob = entries.get(path);
		if (!blob) continue;
		// Only what is as it was signed is shown as part of the case.
		const bytes = new Uint8Array(await blob.arrayBuffer());
		const { verdict } = await checkFile(manifest, path, bytes);
		const address =
			verdict === 'holds' && URL.createObjectURL(new Blob([bytes], { type: types[path.split('.').at(-1)] }));
		if (node.tagName === 'IMG') node.src = address || '';
		else if (address) node.href = address;
	}
}

async function start() {
	if (!globalThis.crypto?.subtle) {
		element('summary').textContent = say('no_crypto');
		element('choose').hidden = true;
		return;
	}
	const { findings } = await checkStatement(statement);
	show('checks', 'summary', findings);
	for (const id of ['zip', 'folder'])
		element(id).addEventListener('change', ({ currentTarget }) => {
			if (currentTarget.files.length > 0) void checkChosen([...currentTarget.files]);
		});
	const drop = element('choose');
	drop.addEventListener('dragover', (event) => event.preventDefault());
	drop.addEventListener('drop', (event) => {
		event.preventDefault();
		if (event.dataTransfer.files.length > 0) void checkChosen([...event.dataTransfer.files]);
	});
}

void start();
