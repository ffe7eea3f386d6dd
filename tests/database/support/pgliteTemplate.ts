import { createHash, randomUUID } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { cp, mkdir, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openBackend } from '#lib/backend/backend.server.ts';
import { readMigrations } from '#lib/backend/migrations.server.ts';
import { packageRoot } from '#lib/backend/packageRoot.server.ts';

export const projectMigrations = () => join(packageRoot(), 'supabase/migrations');

const cache = () => join(packageRoot(), '.cache/test-database');

/**
 * A migrated PGlite folder to copy for each test file: a fresh one takes many seconds, a copy less than
 * one. Kept in `.cache` under the hash of what made it, in two steps: prepared, and prepared and migrated.
 */
export async function pgliteTemplate(): Promise<string> {
	const base = await cached('base', await preparationHash(), async (building) => {
		await openOnce(building, join(building, 'no-migrations'));
	});
	const migrations = await readMigrations(projectMigrations());
	const hash = digest([base, ...migrations.map(({ version, sha256 }) => version + sha256)]);
	return cached('migrated', hash, async (building) => {
		await copyTemplate(base, join(building, 'database'));
		await openOnce(building, projectMigrations());
	});
}

export const copyTemplate = (template: string, folder: string): Promise<void> =>
	cp(template, folder, { recursive: true, mode: constants.COPYFILE_FICLONE });

async function cached(kind: string, hash: string, build: (folder: string) => Promise<void>): Promise<string> {
	const wanted = join(cache(), `${kind}-${hash}`);
	if (existsSync(wanted)) return wanted;
	const building = join(cache(), `building-${randomUUID()}`);
	await mkdir(building, { recursive: true });
	try {
		await build(building);
		for (const name of await readdir(cache()))
			if (name.startsWith(kind)) await rm(join(cache(), name), { recursive: true, force: true });
		await rename(join(building, 'database'), wanted).catch((error: Error) => {
			if (!existsSync(wanted)) throw error; // Another run built the same one meanwhile.
		});
	} finally {
		await rm(building, { recursive: true, force: true });
	}
	return wanted;
}

async function openOnce(dataFolder: string, migrationsFolder: string): Promise<void> {
	const opened = await openBackend({ dataFolder, migrationsFolder });
	if (!opened.ok) throw new Error(`template: got ${opened.problem.code}, expected a fresh folder`);
	await opened.value.close();
}

async function preparationHash(): Promise<string> {
	const files = [
		'src/lib/backend/prepareDatabase.server.ts',
		'node_modules/@electric-sql/pglite/package.json',
		'node_modules/@supabase/lite/package.json'
	];
	return digest(await Promise.all(files.map((file) => readFile(join(packageRoot(), file), 'utf8'))));
}

const digest = (parts: string[]) => createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 24);
