/** `npm run types`: writes src/lib/backend/database.types.ts from the migrations. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBackend } from '#lib/backend/backend.server.ts';
import { copyTemplate, pgliteTemplate } from '../database/support/pgliteTemplate.ts';
import { generateDatabaseTypes, typesFile } from './databaseTypes.ts';

const dataFolder = await mkdtemp(join(tmpdir(), 'mingcha-types-'));
try {
	await copyTemplate(await pgliteTemplate(), dataFolder);
	const opened = await openBackend({ dataFolder });
	if (!opened.ok || opened.value.kind !== 'embedded')
		throw new Error('types: got no embedded backend, expected one in a fresh folder');
	await writeFile(typesFile(), await generateDatabaseTypes(opened.value.sql));
	await opened.value.close();
} finally {
	await rm(dataFolder, { recursive: true, force: true });
}
