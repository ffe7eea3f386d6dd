/**
 * `npm run -s verify`: walks the chain of records and that of events with what it holds, compares every row with the
 * text it came from and every file with its hash, and says what does not hold. Exit code 1 when something does not. `--bundle FILE` checks one case bundle instead, on any machine.
 */
import type { Backend } from '#lib/backend/backend.server.ts';
import { verifyEvents, type EventDefect, type SupervisionDefect } from '#lib/live/verifyEvents.server.ts';
import { verifyEvidence, type EvidenceDefect } from '#lib/record/proof/verifyEvidence.server.ts';
import { verifyRows, type RowDefect } from '#lib/record/proof/verifyRows.server.ts';
import { verifyChain, type ChainDefect } from '#lib/record/verifyChain.server.ts';
import { checkBundle } from './checkBundle.server.ts';
import { exitCodes, readArguments, terminalTranslate } from './terminal.ts';
import { withBackend } from './withBackend.server.ts';

const usage = 'usage: verify [--json]    verify --bundle FILE [--key FINGERPRINT] [--json]';
const t = await terminalTranslate(process.env);
const { values } = readArguments(
	{ json: { type: 'boolean', default: false }, bundle: { type: 'string' }, key: { type: 'string' } },
	usage,
	t
);

process.exitCode =
	values.bundle === undefined
		? await withBackend(process.env, t, '/admin', run)
		: await checkBundle({ file: values.bundle, key: values.key, json: values.json }, t);

async function run(backend: Backend): Promise<number> {
	const report = await verifyChain(backend);
	const feed = await verifyEvents(backend);
	const rows = await verifyRows(backend);
	const files = await verifyEvidence(backend);
	const { records, documents, documentsWithoutPdf, documentsSigned, head } = report;
	const lines = [
		...report.defects.map(describe),
		...rows.defects.map(describeRow),
		...files.defects.map(describeFile),
		...feed.defects.map(describeEvent),
		...feed.supervisionDefects.map(describeSupervision)
	];
	if (values.json) console.log(JSON.stringify({ ...report, feed, rows, files }));
	else if (lines.length === 0) {
		console.log(
			t('command.verify.holds', { records, documents, documentsWithoutPdf, documentsSigned, ...head })
		);
		console.log(t('command.verify.rows_hold', { rows: rows.rows, files: files.files }));
		console.log(t('command.verify.feed_holds', { events: feed.events, steps: feed.steps }));
	} else {
		console.log(t('command.verify.defects', { count: lines.length, records, documents }));
		for (const line of lines) console.log(`  ${line}`);
	}
	return lines.length === 0 ? exitCodes.done : exitCodes.refused;
}

// Functions, not constants: the work above begins before this line is reached.
function line(where: string, kind: string, { got, expected }: { got: string; expected: string }): string {
	return t('command.verify.defect', { where, kind, got, expected });
}

function describeEvent({ kind, position, about, ...differs }: EventDefect): string {
	return line(t('command.verify.event', { position }), about ? `${kind} ${about}` : kind, differs);
}

function describeSupervision({ kind, id, field, ...differs }: SupervisionDefect): string {
	return line(t('command.verify.supervision', { id }), `${kind} ${field}`, differs);
}

function describeRow({ kind, position, table, id, field, ...differs }: RowDefect): string {
	const where = position === undefined ? table : t('command.verify.record', { position });
	return line(where, `${kind} ${table} ${id} ${field}`, differs);
}

function describeFile({ kind, sha256, ...differs }: EvidenceDefect): string {
	return line(t('command.verify.evidence', { sha256 }), kind, differs);
}

function describe({ kind, position, documentId, ...differs }: ChainDefect): string {
	const where = documentId
		? t('command.verify.document', { documentId })
		: position === undefined
			? t('command.verify.head')
			: t('command.verify.record', { position });
	return line(where, kind, differs);
}
