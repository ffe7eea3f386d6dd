import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The project's own folder, found by walking up to the package.json named `mingcha`: this module runs both
 * from its source and from a bundle under `build/`, and what it needs beside it (migrations, the database
 * worker) is always read from the source tree.
 */
export function packageRoot(from: string = import.meta.url): string {
	for (let folder = dirname(fileURLToPath(from)); ; folder = dirname(folder)) {
		const manifest = join(folder, 'package.json');
		if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name === 'mingcha') return folder;
		if (dirname(folder) === folder)
			throw new Error(`packageRoot: got ${from}, expected a file under the package "mingcha"`);
	}
}
