/**
 * `npm run -s verify`: walks the chain of records, and that of events with the steps of people it holds, and says what
 * does not hold. Exit code 1 when something does not.
 */
import type { Backend } from '#lib/backend/backend.server.ts';
import { verifyEvents, type EventDefect, type SupervisionDefect } from '#lib/live/verifyEvents.server.ts';
import { verifyChain, type ChainDefect } from '#lib/record/verifyChain.server.ts';
import { exitCodes, readArguments, terminalTranslate } from './terminal.ts';
import { withBackend } from './withBackend.server.ts';

const usage = 'usage: verify [--json]';
const t = await terminalTranslate(process.env);
const { values } = readArguments({ json: { type: 'boolean', default: false } }, usage, t);

process.exitCode = await withBackend(process.env, t, '/admin', run);

async function run(backend: Backend): Promise<number> {
	const report = await verifyChain(backend);
	const feed = await verifyEvents(backend);
	const { records, documents, documentsWithoutPdf, head } = report;
	const count = report.defects.length + feed.defects.length + feed.supervisionDefects.length;
	if (values.json) console.log(JSON.stringify({ ...report, feed }));
	else if (count === 0) {
		console.log(t('command.verify.holds', { records, documents, documentsWithoutPdf, ...head }));
		console.log(t('command.verify.feed_holds', { events: feed.events, steps: feed.steps }));
	} else {
		console.log(t('command.verify.defects', { count, records, documents }));
		for (const defect of report.defects) console.log(`  ${describe(defect)}`);
		for (const defect of feed.defects) console.log(`  ${describeEvent(defect)}`);
		for (const defect of feed.supervisionDefects) console.log(`  ${describeSupervision(defect)}`);
	}
	return count === 0 ? exitCodes.done : exitCodes.refused;
}

const describeEvent = ({ kind, position, got, expected }: EventDefect): string =>
	t('command.verify.defect', { where: t('command.verify.event', { position }), kind, got, expected });

const describeSupervision = ({ kind, id, field, got, expected }: SupervisionDefect): string =>
	t('command.verify.defect', {
		where: t('command.verify.supervision', { id }),
		kind: `${kind} ${field}`,
		got,
		expected
	});

function describe({ kind, position, documentId, got, expected }: ChainDefect): string {
	const where = documentId
		? t('command.verify.document', { documentId })
		: position === undefined
			? t('command.verify.head')
			: t('command.verify.record', { position });
	return t('command.verify.defect', { where, kind, got, expected });
}
