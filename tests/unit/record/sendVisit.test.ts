import { describe, expect, test } from 'vitest';
import type { Draft } from '#lib/record/draft.ts';
import type { DraftStore, StoredPhoto } from '#lib/record/draftStore.ts';
import { buildContent, fixContent } from '#lib/record/buildContent.ts';
import { sendVisit } from '#lib/record/sendVisit.ts';
import { sendWaiting } from '#lib/record/sendWaiting.ts';
import * as visit from '#lib/record/visit.ts';
import { answered, at, bundle, photo, signed, today, uuid } from './sampleVisit.ts';

/** The phone's store in memory: the rules of `draftStore` without a browser. */
function memoryStore(drafts: Draft[], files: string[]): DraftStore & { kept: Map<string, StoredPhoto> } {
	const kept = new Map(
		files.map((sha256): [string, StoredPhoto] => [
			sha256,
			{
				userId: uuid(2),
				visitId: drafts[0]!.id,
				sha256,
				blob: new Blob([sha256]),
				uploadedAt: null,
				refusedCode: null
			}
		])
	);
	const change = async (sha256: string, next: Partial<StoredPhoto>) =>
		void kept.set(sha256, { ...kept.get(sha256)!, ...next });
	return {
		kept,
		read: async () => null,
		begin: async () => {},
		save: async (draft) =>
			void drafts.splice(
				drafts.findIndex(({ id }) => id === draft.id),
				1,
				draft
			),
		list: async () => [...drafts],
		savePhoto: async () => {},
		photos: async (visitId) => [...kept.values()].filter((one) => one.visitId === visitId),
		noteUpload: (_, sha256, outcome) =>
			change(sha256, 'at' in outcome ? { uploadedAt: outcome.at } : outcome),
		forgetUpload: (_, sha256) => change(sha256, { uploadedAt: null }),
		releasePhotos: async (visitId) =>
			kept.forEach((one, sha256) => one.visitId === visitId && kept.delete(sha256)),
		remove: async () => {},
		close: () => {}
	};
}

type Reply = [status: number, body: unknown] | 'no network';
/** A server by path; what it was asked is kept. */
function server(reply: (path: string, asked: string[]) => Reply) {
	const asked: string[] = [];
	const send = (async (path: string) => {
		asked.push(path);
		const answer = reply(path, asked);
		if (answer === 'no network') throw new TypeError('fetch failed');
		return new Response(JSON.stringify(answer[1]), { status: answer[0] });
	}) as typeof fetch;
	return { asked, send };
}
const sealedAnswer = { state: 'sealed', inspectionId: uuid(10), sealedAt: at };
const stored = (path: string): Reply => [200, { sha256: path.split('/').at(-1) }];
const isPhoto = (path: string) => path.startsWith('/api/evidence/');

async function fixedDraft(files: string[], companionId: string | null = null): Promise<Draft> {
	let draft = files.reduce((one, letter) => visit.addPhoto(one, photo(letter)), answered());
	draft = visit.changeHazard(draft, uuid(20), { photos: files.map((letter) => photo(letter).sha256) }, today);
	draft = signed(visit.setCompanion(draft, companionId));
	return visit.fix(draft, await fixContent(buildContent(draft, bundle, null, at)));
}
async function sending(
	files: string[],
	reply: (path: string, asked: string[]) => Reply,
	companionId: string | null = null
) {
	const draft = await fixedDraft(files, companionId);
	const store = memoryStore(
		[draft],
		files.map((letter) => photo(letter).sha256)
	);
	const { asked, send } = server(reply);
	const uploads: string[] = [];
	const attempt = () => sendVisit(draft, store, send, ({ done, total }) => uploads.push(`${done}/${total}`));
	return { draft, store, asked, uploads, attempt };
}

describe('sending a visit', () => {
	test('files first, each acknowledged by its hash, then the seal', async () => {
		const { attempt, asked, uploads } = await sending(['b', 'c'], (path) =>
			isPhoto(path) ? stored(path) : [200, sealedAnswer]
		);
		expect(await attempt()).toEqual({ state: 'sealed', answer: sealedAnswer });
		expect(asked.map((path) => path.split('/').slice(1, 3).join('/'))).toEqual([
			'api/evidence',
			'api/evidence',
			'api/inspections'
		]);
		expect(uploads).toEqual(['0/2', '1/2', '2/2']);
	});

	test('a file acknowledged under another hash is not sent', async () => {
		const { attempt, store } = await sending(['b'], () => [200, { sha256: 'd'.repeat(64) }]);
		expect((await attempt()).state).toBe('photos_refused');
		expect([...store.kept.values()][0]!.uploadedAt).toBeNull();
	});

	test('one that the server will not have holds up no other, and its reason stays with it', async () => {
		const bad = photo('b').sha256;
		const { attempt, store } = await sending(['b', 'c'], (path) =>
			path.endsWith(bad) ? [415, { problem: { code: 'evidence.media_type' } }] : stored(path)
		);
		expect(await attempt()).toEqual({ state: 'photos_refused', sha256s: [bad] });
		expect(store.kept.get(bad)).toMatchObject({ uploadedAt: null, refusedCode: 'evidence.media_type' });
		expect(store.kept.get(photo('c').sha256)!.uploadedAt).not.toBeNull();
	});

	test('without a network it stops, and goes on later with what is missing', async () => {
		let isOnline = false;
		const { attempt, asked } = await sending(['b', 'c'], (path, all) => {
			if (!isOnline && all.length === 2) return 'no network';
			return isPhoto(path) ? stored(path) : [200, sealedAnswer];
		});
		expect(await attempt()).toEqual({ state: 'offline' });
		isOnline = true;
		expect((await attempt()).state).toBe('sealed');
		expect(asked.filter((path) => path.endsWith(photo('b').sha256))).toHaveLength(1);
	});

	test('signed out meanwhile: nothing is lost, nothing is deleted', async () => {
		const { attempt, store } = await sending(['b'], () => [401, { problem: { code: 'session.expired' } }]);
		expect(await attempt()).toEqual({ state: 'signed_out' });
		expect(store.kept.size).toBe(1);
	});

	test('a file the server lost is sent again when it says so', async () => {
		let seals = 0;
		const { attempt, asked } = await sending(['b'], (path) => {
			if (isPhoto(path)) return stored(path);
			return [200, seals++ === 0 ? { state: 'missing', missing: [photo('b').sha256] } : sealedAnswer];
		});
		expect((await attempt()).state).toBe('sealed');
		expect(asked.filter(isPhoto)).toHaveLength(2);
	});

	test('with a companion it is offered first and waits for them', async () => {
		const { attempt, asked } = await sending(
			[],
			(path) => (path.endsWith('/offer') ? [200, {}] : [200, { state: 'awaiting_cosignature' }]),
			uuid(4)
		);
		expect(await attempt()).toEqual({ state: 'awaiting_cosignature' });
		expect(asked.map((path) => path.split('/').at(-1))).toEqual(['offer', 'seal']);
	});

	test('when the answer to a seal was lost, the next attempt gets it although the offer is closed', async () => {
		const { attempt } = await sending(
			[],
			(path) =>
				path.endsWith('/offer')
					? [409, { problem: { code: 'inspection.already_sealed' } }]
					: [200, sealedAnswer],
			uuid(4)
		);
		expect((await attempt()).state).toBe('sealed');
	});

	test('a refusal is told with its problem; an unsigned draft is never sent', async () => {
		const { attempt } = await sending([], () => [422, { problem: { code: 'hazard.deadline' } }]);
		expect(await attempt()).toEqual({ state: 'refused', problem: { code: 'hazard.deadline' } });
		const { send } = server(() => [200, sealedAnswer]);
		await expect(sendVisit(signed(), memoryStore([signed()], []), send)).rejects.toThrow(
			'expected it signed'
		);
	});
});

test('pictures leave the phone only when the server has the record and every file', async () => {
	const draft = await fixedDraft(['b']);
	const drafts = [draft];
	const store = memoryStore(drafts, [photo('b').sha256]);
	expect(await sendWaiting(store, server(() => 'no network').send)).toBe(0);
	expect(store.kept.size).toBe(1);
	const { send } = server((path) => (isPhoto(path) ? stored(path) : [200, sealedAnswer]));
	expect(await sendWaiting(store, send)).toBe(1);
	expect(store.kept.size).toBe(0);
	expect(drafts[0]!.sealed).toEqual(sealedAnswer);
});
