/**
 * Papers: a thousand orders with codes of their own in one process, which may not hold more at the end. Then a 整改文书
 * with five hazards, its signatures and its QR, made by our templates (Typst) and drawn by pdfkit with the same fonts: the
 * same lines in the same two weights, placed by hand as somebody would there. Both must give back the same words (pdftotext).
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import PDFDocument from 'pdfkit';
import QRCode from 'qrcode';
import type { DocumentContentOf } from '#lib/document/content.ts';
import { headingOf } from '#lib/document/document.ts';
import { createPdfRenderer } from '#lib/document/renderPdf.server.ts';
import { gasAlarm, sampleOrder } from '#lib/document/sampleContent.ts';
import { drawStrokes } from '#lib/document/strokes.ts';
import { comparedTimes, median, type Bench, type Comparison } from './bench.ts';

type Order = DocumentContentOf<'rectification_order'>;

const rounds = 60;
const hazardCount = 5;
const orders = 1_000;
const goals = { ratio: 25, bytes: 60_000 };
const growthMegabytes = 30;

const { resolve } = createRequire(import.meta.url);
const fontOf = (file: string) => readFileSync(resolve(`@expo-google-fonts/noto-serif-sc/${file}.ttf`));
const regular = fontOf('400Regular/NotoSerifSC_400Regular');
const bold = fontOf('700Bold/NotoSerifSC_700Bold');

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Every one has its own number and address, as in a city's morning. */
const orderOf = (number: number): Order => {
	const order = sampleOrder('B') as Order;
	const hazards = Array.from({ length: hazardCount }, (_, index) => ({
		...gasAlarm,
		number: index + 1,
		description: `第${index + 1}处未装可燃气体报警装置`
	}));
	return {
		...order,
		number: `（示例）安检改〔2026〕${number}号`,
		hazards,
		photos: [],
		deliveryUrl: `https://mingcha.example/o/${String(number).padStart(27, 'A')}`
	};
};

const renderer = createPdfRenderer();
async function ours(order: Order): Promise<Uint8Array> {
	const made = await renderer.render(order);
	if (!made.ok) throw new Error(`documents: got ${made.problem.code}, expected a PDF`);
	return made.value.bytes;
}

/** The same lines by hand, the title in bold, the signatures as curves, the code as squares. */
async function drawn(order: Order, lines: readonly string[]): Promise<Uint8Array> {
	const { title } = headingOf(order.kind, order.track);
	const document = new PDFDocument({ size: 'A4', margin: 60 });
	const chunks: Buffer[] = [];
	document.on('data', (chunk: Buffer) => chunks.push(chunk));
	const ended = new Promise((resolve) => document.on('end', resolve));
	for (const line of lines)
		if (line === title) document.font(bold).fontSize(20).text(line, { align: 'center' });
		else document.font(regular).fontSize(11).text(line);
	for (const path of signaturesOf(order)) document.path(path).stroke();
	const { modules } = QRCode.create(order.deliveryUrl ?? order.record.verifyUrl, {
		errorCorrectionLevel: 'Q'
	});
	for (let at = 0; at < modules.data.length; at++)
		if (modules.data[at])
			document.rect(60 + (at % modules.size) * 2, 680 + Math.floor(at / modules.size) * 2, 2, 2);
	document.fill('black').end();
	await ended;
	return Buffer.concat(chunks);
}

const signaturesOf = ({ inspectors, onSite }: Order): string[] =>
	[
		...inspectors.map(({ signature }) => signature),
		onSite?.outcome === 'signed' ? onSite.signature : null
	].flatMap((strokes) => (strokes ? [drawStrokes(strokes).path] : []));

const linesOf = (pdf: Uint8Array): string[] =>
	execFileSync('pdftotext', ['-raw', '-', '-'], { input: pdf })
		.toString()
		.split(/[\n\f]/)
		.filter(Boolean);

/** What both must give back: every line of ours, without its spaces. */
function expectSameWords(lines: readonly string[], peers: Uint8Array): void {
	const text = linesOf(peers).join('').replaceAll(/\s/g, '');
	const missing = lines.filter((line) => !text.includes(line.replaceAll(/\s/g, '')));
	if (missing.length > 0)
		throw new Error(`pdfkit: got no ${missing.join('、')}, expected every line of ours`);
}

async function milliseconds(make: (order: Order) => Promise<Uint8Array>, from: number): Promise<number[]> {
	const times: number[] = [];
	for (let round = 0; round < rounds; round++) {
		const order = orderOf(from + round);
		const started = performance.now();
		await make(order);
		times.push(performance.now() - started);
		await new Promise((resolve) => setImmediate(resolve));
	}
	return times;
}

async function run(say: (line: string) => void): Promise<Comparison[]> {
	// Before the peer is used: what that leaves behind is none of ours.
	const memory = await manyOrders(say);
	const first = orderOf(1);
	const mine = await ours(first);
	const lines = linesOf(mine);
	const peer = (order: Order) =>
		drawn(
			order,
			lines.map((line) => line.replace(first.number, order.number))
		);
	const peers = await peer(first);
	expectSameWords(lines, peers);
	say(`${mine.byteLength} B, pdfkit ${peers.byteLength} B (goal ≤ ${goals.bytes} B)`);
	// Both are warm: the first paper of a process pays for its fonts once.
	const comparison = comparedTimes(
		'documents',
		'pdfkit with Noto Serif SC',
		{
			ours: median(await milliseconds(ours, 2_000)),
			peer: median(await milliseconds(peer, 3_000)),
			goal: goals.ratio
		},
		'ms a paper (p50)'
	);
	return [comparison, memory, sizeOf(mine, peers)];
}

/** MB of the whole process, garbage collected, when these papers are made. */
async function heldAfter(from: number, to: number): Promise<number> {
	for (let number = from; number <= to; number++) {
		await ours(orderOf(number));
		// As the document worker does: what the compiler held is given back between two papers, not within one.
		await new Promise((resolve) => setImmediate(resolve));
	}
	collectGarbage();
	return process.memoryUsage().rss / 1e6;
}

const sizeOf = (mine: Uint8Array, peers: Uint8Array): Comparison => ({
	bench: 'documents',
	peer_name: `at most, pdfkit ${peers.byteLength} B`,
	ours: mine.byteLength,
	peer: goals.bytes,
	unit: 'B a paper',
	ratio: Number((goals.bytes / mine.byteLength).toPrecision(4)),
	goal: 1,
	held: mine.byteLength <= goals.bytes
});

/**
 * What the process holds after the first thousand (V8's heap, the compiler's caches and arenas have their size by then)
 * and after the second. A leak of one page a paper would be tens of megabytes.
 */
async function manyOrders(say: (line: string) => void): Promise<Comparison> {
	const [atFirst, filled] = [await heldAfter(1, 100), await heldAfter(101, orders)];
	const grown = (await heldAfter(orders + 1, 2 * orders)) - filled;
	say(
		`one process: ${atFirst.toFixed(0)} MB after 100 papers, ${filled.toFixed(0)} after ${orders}, ${grown.toFixed(1)} more after ${2 * orders}`
	);
	return {
		bench: 'documents',
		peer_name: 'at most',
		ours: Number(grown.toFixed(1)),
		peer: growthMegabytes,
		unit: `MB more after another ${orders} papers`,
		ratio: Number((growthMegabytes / Math.max(grown, 0.1)).toPrecision(4)),
		goal: 1,
		held: grown <= growthMegabytes
	};
}

export const bench: Bench = { name: 'documents', run };
