/** `npm run -s restore -- FILE`: a backup into an empty DATA_DIR, checked byte by byte and walked link by link. */
import { existsSync } from 'node:fs';
import { shanghaiMinute } from '#lib/calendar.ts';
import { restoreArchive } from './restoreArchive.server.ts';
import { exitCodes, printProblem, readArguments, terminalTranslate, wrongUsage } from './terminal.ts';

const usage = 'usage: restore FILE    (into DATA_DIR, which must be empty)';
const t = await terminalTranslate(process.env);
const file = readArguments({}, usage, t).positionals[0] ?? wrongUsage('FILE', usage, t);
if (!existsSync(file)) wrongUsage(`${file}: no such file`, usage, t);
const folder = process.env.DATA_DIR ?? 'data';

const restored = await restoreArchive(file, folder);
if (restored.ok) process.exitCode = report(restored.value);
else {
	printProblem(restored.problem, t);
	process.exitCode = exitCodes.refused;
}

function report({ manifest, chain }: NonNullable<Extract<typeof restored, { ok: true }>>['value']): number {
	const { position, link } = manifest.chain;
	const { records, documents, documentsWithoutPdf, documentsSigned, head, defects } = chain;
	const isSameHead = head.position === position && head.link === link;
	const createdAt = shanghaiMinute(manifest.createdAt);
	console.log(t('command.restore.done', { folder, count: manifest.files.length, createdAt }));
	console.log(
		isSameHead
			? t('command.restore.head', { position })
			: t('command.restore.head_differs', {
					got: `${head.position} ${head.link}`,
					expected: `${position} ${link}`
				})
	);
	const figures = { records, documents, documentsWithoutPdf, documentsSigned };
	console.log(
		defects.length === 0
			? t('command.verify.holds', { ...figures, ...head })
			: t('command.verify.defects', { ...figures, count: defects.length })
	);
	return isSameHead && defects.length === 0 ? exitCodes.done : exitCodes.refused;
}
