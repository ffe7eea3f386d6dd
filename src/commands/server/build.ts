import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const sources = ['src', 'static', 'scoring', 'package-lock.json', 'svelte.config.js', 'vite.config.ts'];

const stampOf = (root: string) => join(root, 'build/.built');

function newest(path: string): number {
	const own = statSync(path);
	if (!own.isDirectory()) return own.mtimeMs;
	return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** Builds the site when a source is newer than the last build. @returns whether it built. */
export function buildIfStale(root: string): boolean {
	const stamp = stampOf(root);
	const isFresh =
		existsSync(stamp) &&
		statSync(stamp).mtimeMs >= Math.max(...sources.map((path) => newest(join(root, path))));
	if (isFresh) return false;
	build(root);
	return true;
}

/** Which source became which file of the browser's. */
export const clientFiles = (root: string): string => join(root, 'build/client-files.json');

/** Builds the site and notes when. */
export function build(root: string): void {
	execFileSync(
		process.execPath,
		[join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'error'],
		{
			cwd: root,
			stdio: 'inherit'
		}
	);
	copyFileSync(join(root, '.svelte-kit/output/client/.vite/manifest.json'), clientFiles(root));
	writeFileSync(stampOf(root), '');
}
