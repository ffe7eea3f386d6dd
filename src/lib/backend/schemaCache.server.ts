import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CacheDriver } from '@supabase/lite';
import type { Migration } from './migrations.server.ts';

/**
 * What the API read of the schema at its first request, kept for the next start: reading it takes a second
 * and more, and it changes only when a migration or the library does.
 */
export async function openSchemaCache(folder: string, migrations: Migration[]): Promise<CacheDriver> {
	const hash = createHash('sha256');
	const library = await stat(fileURLToPath(import.meta.resolve('@supabase/lite/pglite')));
	for (const part of [`${library.size}`, ...migrations.map(({ sha256 }) => sha256)]) hash.update(part);
	const name = `schema-${hash.digest('hex').slice(0, 24)}.json`;
	return {
		async get() {
			try {
				return await readFile(join(folder, name), 'utf8');
			} catch (error) {
				if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
				throw error;
			}
		},
		async set(_key, value) {
			await mkdir(folder, { recursive: true });
			for (const old of await readdir(folder)) await rm(join(folder, old), { force: true });
			const temporary = join(folder, `${randomUUID()}.tmp`);
			await writeFile(temporary, value);
			await rename(temporary, join(folder, name));
		},
		// The library clears its cache whenever it closes; ours is meant to outlive that.
		delete: async () => {}
	};
}
