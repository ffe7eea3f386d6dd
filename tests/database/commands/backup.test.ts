import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBackend, type EmbeddedBackend } from '#lib/backend/backend.server.ts';
import { sha256Of } from '#lib/backend/evidenceStore.server.ts';
import {
	keepCertificate,
	openCertificate,
	type KeptCertificate
} from '#lib/document/signing/certificateFolder.server.ts';
import { sealInspection } from '#lib/record/sealInspection.server.ts';
import { archiveOf } from '../../../src/commands/archive.server.ts';
import { restoreArchive } from '../../../src/commands/restoreArchive.server.ts';
import { makeStreet, type Street } from '../record/street.ts';
import { cleanVisit } from '../record/visit.ts';
import { sampleCertificate } from '../support/certificate.ts';
import { openTestBackend, testDatabase, type TestBackend } from '../support/testBackend.ts';

const photo = new TextEncoder().encode('a photo of the gas alarm');

// A remote backend is backed up by Supabase's own means; the command says so.
describe.skipIf(testDatabase() === 'postgres')('a backup of a folder with a sealed record', () => {
	let opened: TestBackend;
	let street: Street;
	let work: string;
	let archive: string;
	let certificate: KeptCertificate;

	beforeAll(async () => {
		opened = await openTestBackend();
		street = await makeStreet(opened);
		const { backend } = opened;
		backend.folder.markKind('demo');
		await seal();
		await backend.evidence.put(sha256Of(photo), photo, 'image/jpeg');
		certificate = keepCertificate(backend.folder.keysFolder, await sampleCertificate(), new Date());
		work = await mkdtemp(join(tmpdir(), 'mingcha-backup-'));
		archive = join(work, 'backup.tar');
		await pipeline(
			Readable.from(archiveOf(backend as EmbeddedBackend, new Date('2026-11-22T06:00:00Z'))),
			createWriteStream(archive)
		);
	});
	afterAll(async () => {
		await opened.close();
		await rm(work, { recursive: true, force: true });
	});

	async function seal() {
		const visit = cleanVisit({ street, at: new Date(Date.now() - 30 * 60_000) });
		const sealed = await sealInspection(opened.backend, street.as(street.wang), visit);
		if (!sealed.ok || sealed.value.state !== 'sealed') throw new Error(JSON.stringify(sealed));
	}
	const spoilt = async (name: string, change: (bytes: Buffer) => Buffer) => {
		const file = join(work, name);
		await writeFile(file, change(await readFile(archive)));
		return file;
	};

	test('restored elsewhere, the chain verifies and everything is there', async () => {
		await seal(); // After the backup: not in it, and no reason to doubt it.
		const folder = join(work, 'restored');
		const restored = await restoreArchive(archive, folder);
		if (!restored.ok) throw new Error(JSON.stringify(restored.problem));
		const { manifest, chain } = restored.value;
		expect(chain).toMatchObject({ records: 1, defects: [] });
		expect(chain.head).toEqual(manifest.chain);
		expect((await readdir(folder)).sort()).toEqual(
			expect.arrayContaining(['database', 'evidence', 'folder.json', 'keys'])
		);
		expect(await readdir(folder)).not.toContain('.restoring');
		expect((await stat(join(folder, 'keys/jwt-secret'))).mode & 0o077).toBe(0);

		const again = await openBackend({ dataFolder: folder });
		if (!again.ok || again.value.kind !== 'embedded') throw new Error('restored: expected it to open');
		try {
			expect(again.value.folder.kind()).toBe('demo');
			expect(again.value.keys.recordSigning.keyId).toBe(opened.backend.keys.recordSigning.keyId);
			// Browsers go on taking notices of the restored server.
			expect(again.value.keys.push).toEqual(opened.backend.keys.push);
			// So does the agency's certificate.
			expect(openCertificate(again.value.folder.keysFolder)?.kept).toEqual(certificate);
			expect(await again.value.evidence.get(sha256Of(photo))).toMatchObject({ ok: true });
			// Who was signed in when the backup was taken still is: accounts and keys belong together.
			const rows = await again.value.asUser(street.wang.accessToken).from('records').select('position');
			expect(rows.data).toEqual([{ position: 1 }]);
		} finally {
			await again.value.close();
		}
	}, 60_000);

	test('one flipped bit is named with the file it is in, and nothing is restored', async () => {
		const bytes = await readFile(archive);
		const address = sha256Of(photo);
		const photoAt = bytes.indexOf(photo);
		const flipAt = (at: number) => (copy: Buffer) => {
			copy[at]! ^= 1;
			return copy;
		};
		const places: [string, number, string][] = [
			['evidence', photoAt + 3, `evidence/${address.slice(0, 2)}/${address}`],
			['database', 5_000, 'database.tar.gz'],
			['manifest', bytes.indexOf('"createdAt"') + 20, 'manifest.json'],
			['heading', bytes.indexOf(`evidence/${address.slice(0, 2)}/${address}`) + 2, 'byte '],
			['padding', photoAt + photo.byteLength + 9, `evidence/${address.slice(0, 2)}/${address}`]
		];
		for (const [name, at, named] of places) {
			const folder = join(work, `from-${name}`);
			const refused = await restoreArchive(await spoilt(`${name}.tar`, flipAt(at)), folder);
			expect(!refused.ok && refused.problem).toMatchObject({
				code: 'backup.invalid',
				details: { got: expect.stringContaining(named) as string }
			});
			await expect(readdir(folder)).rejects.toThrow('ENOENT');
		}
	});

	test('an archive that was cut off, or is none, is refused', async () => {
		const cut = await spoilt('cut.tar', (bytes) => bytes.subarray(0, bytes.length - 5_000));
		const text = await spoilt('text.tar', () => Buffer.from('not an archive'));
		for (const file of [cut, text])
			expect(await restoreArchive(file, join(work, 'none'))).toMatchObject({
				problem: { code: 'backup.invalid' }
			});
	});

	test('a folder that holds anything is left alone', async () => {
		const folder = join(work, 'in-use');
		await mkdir(folder);
		await writeFile(join(folder, 'notes.txt'), 'mine');
		expect(await restoreArchive(archive, folder)).toMatchObject({ problem: { code: 'folder.not_empty' } });
		expect(await readdir(folder)).toEqual(['notes.txt']);
	});
});
