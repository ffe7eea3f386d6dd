/**
 * Papers: a 整改文书 with five hazards and its QR, made by our templates (Typst) and drawn by pdfkit with the same font,
 * line by line as somebody would write it there. Both must give back the same sentences (pdftotext). Then a thousand of
 * ours with codes of their own in one process: what the process holds may not grow.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import QRCode from 'qrcode';
import type { DocumentContentOf } from '#lib/document/content.ts';
import { headingOf } from '#lib/document/document.ts';
import { createPdfRenderer } from '#lib/document/renderPdf.server.ts';
import { gasAlarm, sampleOrder } from '#lib/document/sampleContent.ts';
import { comparedTimes, median, type Bench, type Comparison } from './bench.ts';

type Order = DocumentContentOf<'rectification_order'>;

const rounds = 60;
const hazardCount = 5;
const orders = 1_000;
const goals = { ratio: 25, bytes: 60_000 };
/** A process that leaks a page a document would hold tens of megabytes more. */
const growthMegabytes = 30;

const font = readFileSync(
	createRequire(import.meta.url).resolve(
		'@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf'
	)
);

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

/** The same words by hand: a title, the parties, the items, the signatories, the code as squares. */
async function drawn(order: Order): Promise<Uint8Array> {
	const { family, title } = headingOf(order.kind, order.track);
	const document = new PDFDocument({ size: 'A4', margin: 60 });
	const chunks: Buffer[] = [];
	document.on('data', (chunk: Buffer) => chunks.push(chunk));
	const ended = new Promise((resolve) => document.on('end', resolve));
	document
		.font(font)
		.fontSize(12)
		.text(family, { align: 'center' })
		.fontSize(20)
		.text(title, { align: 'center' });
	document.fontSize(11).text(order.number, { align: 'right' }).moveDown();
	document.text(`${order.enterprise.name}：`).text(order.enterprise.address);
	for (const { number, part, description, legalBasis, acceptance, deadline } of order.hazards)
		document.text(
			[`${number}.`, part, description, legalBasis, acceptance, deadline].filter(Boolean).join(' ')
		);
	document
		.moveDown()
		.text(order.inspectors.map(({ name, licence }) => `${name} ${licence ?? ''}`).join('、'));
	document.text(`${order.agency.name} ${order.issuedOn}`, { align: 'right' });
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

const textOf = (pdf: Uint8Array): string =>
	execFileSync('pdftotext', ['-raw', '-', '-'], { input: pdf }).toString().replaceAll(/\s/g, '');

/** Sentences that both must give back. */
function expectSentences(pdf: Uint8Array, order: Order, who: string): void {
	const text = textOf(pdf);
	const wanted = [
		order.number,
		order.enterprise.name,
		...order.hazards.map(({ description }) => description)
	];
	const missing = wanted.filter((sentence) => !text.includes(sentence.replaceAll(/\s/g, '')));
	if (missing.length > 0) throw new Error(`${who}: got no ${missing.join('、')}, expected every sentence`);
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
	const first = orderOf(1);
	const [mine, peers] = [await ours(first), await drawn(first)];
	expectSentences(mine, first, 'ours');
	expectSentences(peers, first, 'pdfkit');
	say(`${mine.byteLength} B, pdfkit ${peers.byteLength} B (goal ≤ ${goals.bytes} B)`);
	// Both are warm: the first paper of a process pays for its fonts once.
	const comparison = comparedTimes(
		'documents',
		'pdfkit with Noto Serif SC',
		{
			ours: median(await milliseconds(ours, 100)),
			peer: median(await milliseconds(drawn, 300)),
			goal: goals.ratio
		},
		'ms a paper (p50)'
	);
	return [comparison, await manyOrders(say), sizeOf(mine, peers)];
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

async function manyOrders(say: (line: string) => void): Promise<Comparison> {
	const held = () => process.memoryUsage().rss / 1e6;
	let after = 0;
	for (let number = 1; number <= orders; number++) {
		await ours(orderOf(number));
		// As the document worker does: what the compiler held is given back between two papers, not within one.
		await new Promise((resolve) => setImmediate(resolve));
		// What the first hundred fill (caches, the compiler's arenas) is no growth.
		if (number === 100) after = held();
	}
	const grown = held() - after;
	say(
		`${orders} papers in one process: ${after.toFixed(0)} MB after 100, ${grown.toFixed(1)} MB more at the end`
	);
	return {
		bench: 'documents',
		peer_name: 'at most',
		ours: Number(grown.toFixed(1)),
		peer: growthMegabytes,
		unit: `MB more after ${orders} papers`,
		ratio: Number((growthMegabytes / Math.max(grown, 0.1)).toPrecision(4)),
		goal: 1,
		held: grown <= growthMegabytes
	};
}

export const bench: Bench = { name: 'documents', run };
