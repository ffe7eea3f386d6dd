import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parsePack, type Pack } from '#scoring';
import { Refusal } from './refusal.ts';

const packsFolder = fileURLToPath(new URL('../../../scoring/packs/', import.meta.url));

/** A pack by the id of a shipped one or by its file; refused with every reason, line by line. */
export function readPack(name: string): Pack {
	const file = packFile(name);
	const outcome = parsePack(readFileSync(file, 'utf8'));
	if (outcome.ok) return outcome.pack;
	const reasons = outcome.problems.map(({ line, path, message }) => {
		const place = path.length > 0 ? `${path.join('.')}: ` : '';
		return `${file}:${line}: ${place}${message}`;
	});
	throw new Refusal(reasons.join('\n'));
}

function packFile(name: string): string {
	const shipped = /^[a-z][a-z0-9_-]*$/.test(name) ? `${packsFolder}${name}.yaml` : null;
	const file = shipped && existsSync(shipped) ? shipped : name;
	if (!existsSync(file))
		throw new Refusal(`${name}: no such pack, expected the id of a shipped pack or a file`);
	return file;
}
