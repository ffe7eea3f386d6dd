/** `npm run -s verify`: walks the record chain and says what does not hold. Exit code 1 when something does not. */
import type { Backend } from '#lib/backend/backend.server.ts';
import { verifyChain, type ChainDefect } from '#lib/record/verifyChain.server.ts';
import { exitCodes, readArguments, terminalTranslate } from './terminal.ts';
import { withBackend } from './withBackend.server.ts';

const usage = 'usage: verify [--json]';
const t = await terminalTranslate(process.env);
const { values } = readArguments({ json: { type: 'boolean', default: false } }, usage, t);

process.exitCode = await withBackend(process.env, t, '/admin', run);

async function run(backend: Backend): Promise<number> {
	const report = await verifyChain(backend);
	const { records, documents, documentsWithoutPdf, head, defects } = report;
	if (values.json) console.log(JSON.stringify(report));
	else if (defects.length === 0)
		console.log(t('command.verify.holds', { records, documents, documentsWithoutPdf, ...head }));
	else {
		console.log(t('command.verify.defects', { count: defects.length, records, documents }));
		for (const defect of defects) console.log(`  ${describe(defect)}`);
	}
	return defects.length === 0 ? exitCodes.done : exitCodes.refused;
}

function describe({ kind, position, documentId, got, expected }: ChainDefect): string {
	const where = documentId
		? t('command.verify.document', { documentId })
		: position === undefined
			? t('command.verify.head')
			: t('command.verify.record', { position });
	return t('command.verify.defect', { where, kind, got, expected });
}
