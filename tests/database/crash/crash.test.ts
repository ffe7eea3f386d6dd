/**
 * kill -9 around sealing. Eight kills by default; the long run is
 * `MINGCHA_KILLS=60 npx vitest run --config tests/vitest.config.ts --project database tests/database/crash`.
 *
 * Each life of the server checks what the one before left behind, seals again what was in flight, and is killed in its
 * turn, at a moment spread over one and a half times what a seal has just taken.
 */
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CrashPoint } from '#lib/backend/crashPoint.server.ts';
import type { InspectionContent } from '#lib/record/content.ts';
import type { SealAnswer } from '#lib/record/sealAnswer.ts';
import { foundTwo, picture } from '../record/sealed.ts';
import { makeStreet, type Street } from '../record/street.ts';
import { photographed } from '../support/neighbourhood.ts';
import { openTestBackend, testDatabase, type TestBackend } from '../support/testBackend.ts';
import { startServer, type SealingServer } from './protocol.ts';

const kills = Number(process.env.MINGCHA_KILLS ?? 8);
/** How many must fall on each side of the commit. */
const eachSide = Math.min(10, Math.floor(kills / 6));
const capMilliseconds = kills * 40_000 + 60_000;

type Sealed = Extract<SealAnswer, { state: 'sealed' }>;

let opened: TestBackend;
let street: Street;
const photos = [picture(1), picture(2)];
/** What the server said was sealed, by id. */
const acknowledged = new Map<string, Sealed>();

describe.runIf(testDatabase() === 'pglite')('a server that is killed', () => {
	beforeAll(async () => {
		opened = await openTestBackend();
		street = await makeStreet(opened);
		for (const number of [1, 2]) await photographed(opened, street, street.wang, number);
		await opened.backend.close(); // The folder stays; from here on it belongs to the servers.
	});
	afterAll(() => rm(opened.dataFolder, { recursive: true, force: true }));

	test.each(['before_commit', 'after_commit'] satisfies CrashPoint[])(
		'at %s: the visit is not there, or wholly there, and sealed again it is sealed once',
		async (point) => {
			const content = nextVisit();
			const dying = await startServer(opened.dataFolder, point);
			dying.send(sealTask(content));
			await dying.expect('sealing');
			expect(await dying.next('sealed')).toBeNull();
			expect(await dying.ended).toBe('SIGKILL');
			const server = await startServer(opened.dataFolder);
			expect((await checked(server)).has(content.id)).toBe(point === 'after_commit');
			await sealTwice(server, content);
			await close(server);
		},
		60_000
	);

	test('before a PDF is made: the documents are there, and their PDFs appear after the restart', async () => {
		const dying = await startServer(opened.dataFolder, 'before_pdf');
		const content = nextVisit();
		await sealed(dying, content);
		dying.send({ kind: 'render', wait: true });
		expect(await dying.next('rendered')).toBeNull();
		expect(await dying.ended).toBe('SIGKILL');
		const server = await startServer(opened.dataFolder);
		expect((await checked(server)).has(content.id)).toBe(true);
		await everyPdfIsThere(server);
		await close(server);
	}, 90_000);

	test(
		`${kills} times at any moment of a seal: each visit is wholly there or not at all, and nothing acknowledged is lost`,
		async () => {
			const started = Date.now();
			const sides = { before: 0, after: 0 };
			const sealMilliseconds: number[] = [];
			let inFlight: InspectionContent[] = [];
			let server = await startServer(opened.dataFolder);
			for (let kill = 0; kill < kills || Math.min(sides.before, sides.after) < eachSide; kill++) {
				if (Date.now() - started > capMilliseconds) break;
				for (const content of inFlight) await sealTwice(server, content);
				await sealed(server, nextVisit()); // The first one after a start is slow: it is no measure.
				const took = await sealed(server, nextVisit());
				sealMilliseconds.push(took);
				// Every third server makes PDFs meanwhile.
				if (kill % 3 === 2) server.send({ kind: 'render', wait: false });
				inFlight = await killedAfter(server, 1.5 * took * momentOf(kill, sides));
				server = await startServer(opened.dataFolder);
				const standing = await checked(server);
				sides[standing.has(inFlight[0]!.id) ? 'after' : 'before'] += 1;
			}
			for (const content of inFlight) await sealTwice(server, content);
			await everyPdfIsThere(server);
			await close(server);
			sealMilliseconds.sort((a, b) => a - b);
			const median = sealMilliseconds[Math.floor(sealMilliseconds.length / 2)]!;
			console.info(
				`${sides.before + sides.after} kills in ${Math.round((Date.now() - started) / 1000)} s: ${sides.before} before the commit, ${sides.after} after it; ` +
					`a seal took ${Math.round(median)} ms (median); ${acknowledged.size} seals acknowledged, none lost`
			);
			expect(sides.before + sides.after).toBeGreaterThanOrEqual(kills);
			expect(Math.min(sides.before, sides.after)).toBeGreaterThanOrEqual(eachSide);
		},
		capMilliseconds + 120_000
	);
});

/** Moments spread evenly, each part of the seal in turn; beyond the wanted number, towards the side that lacks kills. */
function momentOf(kill: number, sides: { before: number; after: number }): number {
	if (kill >= kills) return sides.before < sides.after ? 0.2 : 0.75;
	const stride = 7; // Has no factor in common with 8, 12 or 60.
	return (((kill * stride) % kills) + 0.5) / kills;
}

function nextVisit(): InspectionContent {
	const at = new Date(Date.now() - 30 * 60_000);
	const visit = foundTwo(street, at);
	for (const [index, hazard] of visit.hazards.entries()) hazard.photos = [photos[index]!.sha256];
	const evidence = photos.map(({ sha256, bytes }) => ({
		sha256,
		bytes: bytes.byteLength,
		mediaType: 'image/png' as const,
		takenAt: at.toISOString(),
		position: null
	}));
	return { ...visit, evidence };
}

const sealTask = (content: InspectionContent) =>
	({ kind: 'seal', accessToken: street.wang.accessToken, content }) as const;

/** Seals one visit and notes what was acknowledged. @returns how long it took, in milliseconds. */
async function sealed(server: SealingServer, content: InspectionContent): Promise<number> {
	const started = performance.now();
	server.send(sealTask(content));
	await server.expect('sealing');
	const { answer } = await server.expect('sealed');
	const took = performance.now() - started;
	note(content, answer.ok ? answer.value : answer);
	return took;
}

function note(content: InspectionContent, answer: unknown): void {
	const told = answer as Sealed;
	if (told.state !== 'sealed') throw new Error(`seal: got ${JSON.stringify(answer)}, expected sealed`);
	const before = acknowledged.get(content.id);
	if (before) expect(told).toEqual(before);
	acknowledged.set(content.id, told);
}

/** Twice the same answer, and the one that was acknowledged before the crash if there was one. */
async function sealTwice(server: SealingServer, content: InspectionContent): Promise<void> {
	await sealed(server, content);
	await sealed(server, content);
}

/** Seals one visit after another until the kill. @returns those not known to be sealed, or sealed last; the first is the one aimed at. */
async function killedAfter(server: SealingServer, milliseconds: number): Promise<InspectionContent[]> {
	const sent: InspectionContent[] = [];
	let timer: NodeJS.Timeout | undefined;
	for (;;) {
		const content = nextVisit();
		sent.push(content);
		server.send(sealTask(content));
		if (!(await server.next('sealing'))) break;
		timer ??= setTimeout(() => server.kill(), milliseconds);
		const told = await server.next('sealed');
		if (!told) break;
		note(content, told.answer.ok ? told.answer.value : told.answer);
	}
	clearTimeout(timer);
	expect(await server.ended).toBe('SIGKILL');
	return sent;
}

/** Nothing is broken or half there, and whatever was acknowledged stands. @returns the ids of what is sealed. */
async function checked(server: SealingServer): Promise<Set<string>> {
	server.send({ kind: 'check' });
	const { faults, sealed: standing } = await server.expect('checked');
	expect(faults).toEqual([]);
	const ids = new Set(standing);
	expect([...acknowledged.keys()].filter((id) => !ids.has(id))).toEqual([]);
	return ids;
}

async function everyPdfIsThere(server: SealingServer): Promise<void> {
	server.send({ kind: 'render', wait: true });
	const { documents, documentsWithoutPdf, defects } = await server.expect('rendered');
	expect(documents).toBeGreaterThan(0);
	expect({ documentsWithoutPdf, defects }).toEqual({ documentsWithoutPdf: 0, defects: [] });
}

async function close(server: SealingServer): Promise<void> {
	server.send({ kind: 'close' });
	await server.ended;
}
