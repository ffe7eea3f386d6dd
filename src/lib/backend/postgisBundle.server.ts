import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Extension } from '@electric-sql/pglite';
import { postgis } from '@electric-sql/pglite-postgis';
import { create, extract } from 'tar';
import { packageRoot } from './packageRoot.server.ts';

// Of the package's archive, what our migrations use. The rest (raster, topology, a geocoder, upgrade scripts)
// is two thirds of it, and PGlite compiles every library it finds at each start.
const wanted =
	/^(\.\/)?(lib\/postgresql\/postgis-3\.so|share\/postgresql\/extension\/postgis(--\d+\.\d+\.\d+\.sql|\.control)|share\/proj\/proj\.db)$/;

/** PostGIS for PGlite from an archive of a third of the size, made once beside the installed packages. */
export async function slimPostgis(): Promise<Extension> {
	const bundlePath = pathToFileURL(await slimArchive());
	return {
		name: 'postgis',
		setup: async (pglite, options) => ({ ...(await postgis.setup(pglite, options)), bundlePath })
	};
}

async function slimArchive(): Promise<string> {
	const original = fileURLToPath(
		new URL('./postgis.tar.gz', import.meta.resolve('@electric-sql/pglite-postgis'))
	);
	const { size } = await stat(original);
	const cache = join(packageRoot(), 'node_modules/.cache/mingcha');
	const archive = join(cache, `postgis-of-${size}.tar.gz`);
	if (existsSync(archive)) return archive;
	const unpacked = await mkdtemp(join(tmpdir(), 'mingcha-postgis-'));
	const building = `${archive}.${randomUUID()}.tmp`;
	try {
		await mkdir(cache, { recursive: true });
		await extract({ file: original, cwd: unpacked, filter: (path) => wanted.test(path) });
		// Level 1: it is unpacked at every start, and lies on one disk.
		await create({ file: building, cwd: unpacked, gzip: { level: 1 }, portable: true }, ['lib', 'share']);
		await rename(building, archive);
		return archive;
	} finally {
		await rm(unpacked, { recursive: true, force: true });
		await rm(building, { force: true });
	}
}
