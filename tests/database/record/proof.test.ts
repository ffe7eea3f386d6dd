import { readFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fingerprintOf } from '#lib/backend/keys.server.ts';
import { verifyEvents } from '#lib/live/verifyEvents.server.ts';
import { makeBundle } from '#lib/record/bundle/makeBundle.server.ts';
import { verifyBundle } from '#lib/record/bundle/verifyBundle.server.ts';
import { renderDocument } from '#lib/record/renderDocument.server.ts';
import { rotateKey } from '#lib/record/rotateKey.server.ts';
import { verifyEvidence } from '#lib/record/proof/verifyEvidence.server.ts';
import { verifyRows } from '#lib/record/proof/verifyRows.server.ts';
import { verifyChain } from '#lib/record/verifyChain.server.ts';
import { openTestBackend, testDatabase, type Person, type TestBackend } from '../support/testBackend.ts';
import { makeProvenCase, type ProvenCase } from './provenCase.ts';
import { provenColumns, provenTable } from './provenColumns.ts';
import { sealedBy } from './sealed.ts';
import { tamperer } from './tampering.ts';
import { cleanVisit } from './visit.ts';

let opened: TestBackend;
let proven: ProvenCase;
let folder: string;

beforeAll(async () => {
	opened = await openTestBackend();
	proven = await makeProvenCase(opened);
	folder = await mkdtemp(join(tmpdir(), 'mingcha-bundle-'));
});
afterAll(async () => {
	await opened.close();
	await rm(folder, { recursive: true, force: true });
});

/** Everything that `npm run -s verify` would name. */
async function defects(): Promise<unknown[]> {
	const feed = await verifyEvents(opened.backend);
	return [
		...(await verifyChain(opened.backend)).defects,
		...(await verifyRows(opened.backend)).defects,
		...(await verifyEvidence(opened.backend)).defects,
		...feed.defects,
		...feed.supervisionDefects
	];
}

const bundleFor = async (person: Person, inspectionId = proven.inspectionId) =>
	makeBundle(opened.backend, proven.place.as(person), inspectionId, (id) =>
		renderDocument(opened.backend, id, { publicUrl: 'https://mingcha.example' })
	);

async function bytesOf(person: Person, inspectionId?: string): Promise<Buffer> {
	const made = await bundleFor(person, inspectionId);
	if (!made.ok) throw new Error(made.problem.code);
	const chunks = [];
	for await (const chunk of made.value.chunks) chunks.push(chunk);
	return Buffer.concat(chunks);
}

async function checked(bytes: Uint8Array) {
	const file = join(folder, 'case.zip');
	await writeFile(file, bytes);
	return verifyBundle(file);
}

describe('an untouched case', () => {
	test('holds: records, rows, files, events', async () => {
		expect(await defects()).toEqual([]);
		expect((await verifyRows(opened.backend)).rows).toBeGreaterThan(40);
		expect((await verifyEvidence(opened.backend)).files).toBe(11);
		expect((await verifyEvents(opened.backend)).steps).toBeGreaterThan(8);
	});
});

describe('the case bundle', () => {
	test('is for staff of the place only, and each try is noted', async () => {
		const { wang, lin, chen, sun, qian, wu } = proven.place;
		for (const person of [sun, qian, wu])
			expect(await bundleFor(person)).toMatchObject({ problem: { code: 'not_found' } });
		for (const person of [wang, lin, chen]) expect((await bundleFor(person)).ok).toBe(true);
		const noted = await opened.sql<{ user_id: string; succeeded: boolean }>(
			`select user_id, succeeded from public.audit_log where action = 'case.download' order by id`
		);
		expect(noted).toEqual([
			...[sun, qian, wu].map(({ userId }) => ({ user_id: userId, succeeded: false })),
			...[wang, lin, chen].map(({ userId }) => ({ user_id: userId, succeeded: true }))
		]);
		const direct = await opened.backend.asAnonymous().rpc('open_case', { p_inspection: proven.inspectionId });
		expect(direct.error?.code).toBe('42501');
	});

	test('holds everything of the inspection and what followed, and verifies without a server', async () => {
		const report = await checked(await bytesOf(proven.place.wang));
		if (!report.ok || !report.value.manifest) throw new Error(JSON.stringify(report));
		const { manifest, fingerprint, findings } = report.value;
		expect(findings.filter(({ verdict }) => verdict !== 'holds')).toEqual([]);
		expect(fingerprint).toBe(fingerprintOf(opened.backend.keys.recordSigning));
		expect(manifest.records.map(({ kind }) => kind)).toEqual(['inspection', 'inspection']);
		expect(manifest.documents.map(({ kind }) => kind)).toEqual([
			'inspection_record',
			'rectification_order',
			'inspection_record',
			'recheck_opinion'
		]);
		const folders = (name: string) => manifest.files.filter(({ path }) => path.startsWith(`${name}/`)).length;
		expect(['documents', 'photos', 'records', 'signatures'].map(folders)).toEqual([8, 9, 2, 5]);
		expect(manifest.files.map(({ path }) => path)).toEqual(
			expect.arrayContaining(['case.json', 'place.svg', 'trace.geojson'])
		);
	});

	test('is the same to the byte whoever asks, from the recheck too, and another once something happened', async () => {
		const first = await bytesOf(proven.place.wang);
		expect((await bytesOf(proven.place.lin)).equals(first)).toBe(true);
		expect((await bytesOf(proven.place.wang, proven.recheckId)).equals(first)).toBe(true);
		expect((await bytesOf(proven.place.wang, proven.refusedId)).equals(first)).toBe(false);
	});

	test('says on its first page what of persons is in it, and runs nothing that a name says', async () => {
		const text = (await bytesOf(proven.place.wang)).toString('utf8');
		const page = text.slice(text.indexOf('<!doctype html>'), text.indexOf('</html>'));
		expect(page.indexOf('本案卷含个人信息')).toBeLessThan(page.indexOf('<section>'));
		for (const said of [
			'手写签名',
			'现场照片',
			'位置和时间',
			'签收、提出异议的人的姓名',
			'示例餐饮店',
			'疏散出口上锁'
		])
			expect(page).toContain(said);
		expect(page).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
	});
});

describe('a rotation of the key', () => {
	test('is for who administers everything, is noted, and what was signed before still holds', async () => {
		const { backend } = opened;
		const before = backend.keys.recordSigning.keyId;
		const refused = await rotateKey(backend, proven.place.as(proven.place.gao), new Date());
		expect(refused).toMatchObject({ problem: { code: 'permission.role' } });
		expect(backend.keys.recordSigning.keyId).toBe(before);

		const old = await bytesOf(proven.place.wang);
		const done = await rotateKey(backend, backend.asService('start-up'), new Date('2026-11-28T07:00:00Z'));
		expect(done).toMatchObject({ ok: true, value: { retired: before, head: 'kept' } });
		await opened.setClock('2026-11-28T08:00:00Z');
		await sealedBy(
			opened,
			proven.place,
			cleanVisit({ street: proven.place, at: new Date('2026-11-28T07:30:00Z') })
		);
		await proven.settle();
		expect(await defects()).toEqual([]);
		const keys = await opened.sql<{ key_id: string }>('select distinct key_id from public.records');
		expect(keys.map(({ key_id }) => key_id).sort()).toEqual(
			[before, backend.keys.recordSigning.keyId].sort()
		);

		// A bundle of before names its own key; one of now both.
		expect(await checked(old)).toMatchObject({ ok: true });
		const now = await checked(await bytesOf(proven.place.wang));
		expect(now.ok && now.value.manifest?.keys).toHaveLength(2);
		expect(now.ok && now.value.findings.every(({ verdict }) => verdict === 'holds')).toBe(true);
	});

	test('a record that a retired key signed after its day is named', async () => {
		const { backend } = opened;
		const [retired] = [...backend.keys.signingKeys.values()];
		expect(retired!.to).toBe('2026-11-28T07:00:00.000Z');
		await opened.sql('alter table public.records disable trigger records_append_only');
		const back = async (keyId: string) =>
			opened.sql(
				'update public.records set key_id = $1 where position = (select max(position) from public.records)',
				[keyId]
			);
		await back(retired!.keyId);
		const found = (await verifyChain(backend)).defects.map(({ kind }) => kind);
		expect(found.sort()).toEqual(['key_retired', 'signature']);
		await back(backend.keys.recordSigning.keyId);
		await opened.sql('alter table public.records enable trigger records_append_only');
	});
});

describe('what must not change', () => {
	test('each column of it has its proof, or the reason why it has none', async () => {
		const rows = await opened.sql<{ table: string; column: string }>(
			`select table_name as table, column_name as column from information_schema.columns
			where table_schema = 'public' and table_name = any ($1)`,
			[Object.keys(provenColumns)]
		);
		const inDatabase = rows.map(({ table, column }) => `${table}.${column}`).sort();
		const listed = Object.entries(provenColumns).flatMap(([table, columns]) =>
			Object.keys(columns).map((column) => `${table}.${column}`)
		);
		expect(listed.sort()).toEqual(inDatabase);
	});

	test('docs/decisions/proof.md has the same list', async () => {
		const page = await readFile(new URL('../../../docs/decisions/proof.md', import.meta.url), 'utf8');
		const bare = (text: string) => text.replaceAll(/[\s-]+/g, '');
		expect(bare(page)).toContain(bare(provenTable()));
	});

	// The database is in this process's own hands there; what is looked for is the same on both.
	test.skipIf(testDatabase() === 'postgres')(
		'1,000 changes of one byte, and cut tails, are found and named',
		async () => {
			const tamper = await tamperer(opened, {
				bundle: await bytesOf(proven.place.wang),
				bundleFile: join(folder, 'tampered.zip')
			});
			const missed: string[] = [];
			const counts: Record<string, number> = {};
			let made = 0;
			while (made < 1000)
				for (const { proof, what, isNamed } of await tamper.round()) {
					made += 1;
					counts[proof] = (counts[proof] ?? 0) + 1;
					if (!isNamed) missed.push(what);
				}
			missed.push(...(await tamper.tails()));
			expect(missed).toEqual([]);
			for (const proof of ['link', 'text', 'steps', 'witness', 'events', 'file', 'bundle'])
				expect(counts[proof], proof).toBeGreaterThan(15);
			await tamper.end();
			expect(await defects()).toEqual([]);
		},
		300_000
	);
});
