/**
 * Makes `node_modules` match package-lock.json, so that `npm run demo` and `npm test` are all a newcomer needs.
 * Plain JavaScript for whatever Node is there: the Node the project runs on comes with the packages.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const stamp = `${root}node_modules/.installed-from`;
const wanted = createHash('sha256')
	.update(readFileSync(`${root}package-lock.json`))
	.digest('hex');
const isCurrent = existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;

if (!isCurrent) {
	const started = Date.now();
	console.log('Installing packages (once; about a minute) …');
	// Not `npm ci`: it refuses a lock file made where a registry holds only this platform's optional packages,
	// while `install` keeps every pinned version all the same.
	execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
		cwd: root,
		stdio: 'inherit'
	});
	writeFileSync(stamp, wanted);
	console.log(`Installed in ${((Date.now() - started) / 1000).toFixed(0)} s.`);
}
