import { createHash, randomUUID } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { cp, mkdir, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { openBackend } from '#lib/backend/backend.server.ts';
import { readMigrations } from '#lib/backend/migrations.server.ts';
import { packageRoot } from '#lib/backend/packageRoot.server.ts';

export const projectMigrations = () => join(packageRoot(), 'supabase/migrations');

const cache = () => join(packageRoot(), '.cache/test-database');

/**
 * A data folder with a migrated PGlite to copy for each test file: a fresh one takes many seconds, a copy
 * less than one. Kept in `.cache` under the hash of what made it.
 */
export async function pgliteTemplate(): Promise<string> {
	const prepared = await preparedTemplate();
	const migrations = await readMigrations(projectMigrations());
	const hash = digest([prepared, ...migrations.map(({ version, sha256 }) => version + sha256)]);
	return cached('migrated', hash, async (building) => {
		await copyTemplate(prepared, building);
		await openOnce(building, projectMigrations());
	});
}

/** The same before the first migration. */
export const preparedTemplate = async (): Promise<string> =>
	cached('prepared', await preparationHash(), (building) =>
		openOnce(building, join(building, 'no-migrations'))
	);

/** Copies a template into a data folder that is not open yet. */
export async function copyTemplate(template: string, dataFolder: string): Promise<void> {
	for (const part of ['database', 'cache'])
		await cp(join(template, part), join(dataFolder, part), {
			recursive: true,
			mode: constants.COPYFILE_FICLONE
		});
}

async function cached(kind: string, hash: string, build: (folder: string) => Promise<void>): Promise<string> {
	const wanted = join(cache(), `${kind}-${hash}`);
	if (existsSync(wanted)) return wanted;
	const building = join(cache(), `building-${randomUUID()}`);
	await mkdir(building, { recursive: true });
	try {
		await build(building);
		// Each copy is a folder of its own, with keys of its own.
		for (const part of ['keys', 'folder.lock', 'folder.pid'])
			await rm(join(building, part), { recursive: true, force: true });
		await removeOld(kind);
		await rename(building, wanted).catch((error: Error) => {
			if (!existsSync(wanted)) throw error; // Another run built the same one meanwhile.
		});
	} finally {
		await rm(building, { recursive: true, force: true });
	}
	return wanted;
}

/** Another run, on other migrations, may be copying its own template now: only what is hours old goes. */
async function removeOld(kind: string): Promise<void> {
	for (const name of await readdir(cache())) {
		const folder = join(cache(), name);
		if (!name.startsWith(kind) || Date.now() - (await stat(folder)).mtimeMs < 3_600_000) continue;
		await rm(folder, { recursive: true, force: true });
	}
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
