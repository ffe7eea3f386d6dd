/**
 * A server for crash.test.ts to kill: opens the folder of its first argument and does what each line on stdin says.
 * It answers with a line of JSON as soon as a thing is done, so whatever the parent has read was acknowledged.
 */
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { openBackend } from '#lib/backend/backend.server.ts';
import { startDocumentWorker, type DocumentWorker } from '#lib/record/documentWorker.server.ts';
import { sealInspection } from '#lib/record/sealInspection.server.ts';
import { verifyChain } from '#lib/record/verifyChain.server.ts';
import { faultsOf } from '../support/sealedState.ts';
import type { ServerAnswer, ServerTask } from './protocol.ts';

const [dataFolder = ''] = process.argv.slice(2);
// Written at once: a buffered line would be lost with the process.
const say = (answer: ServerAnswer) => void writeSync(1, `${JSON.stringify(answer)}\n`);

const opened = await openBackend({ dataFolder });
if (!opened.ok || opened.value.kind !== 'embedded')
	throw new Error('sealing server: expected an embedded folder');
const backend = opened.value;
let worker: DocumentWorker | null = null;
say({ kind: 'open' });

for await (const line of createInterface(process.stdin)) await handle(JSON.parse(line) as ServerTask);

async function handle(task: ServerTask): Promise<void> {
	switch (task.kind) {
		case 'seal': {
			say({ kind: 'sealing' });
			const answer = await sealInspection(backend, backend.asUser(task.accessToken), task.content);
			return say({ kind: 'sealed', answer });
		}
		case 'check': {
			const rows = await backend.sql<{ id: string }>('select subject_id as id from public.records');
			return say({ kind: 'checked', faults: await faultsOf(backend.sql), sealed: rows.map(({ id }) => id) });
		}
		case 'render': {
			worker ??= startDocumentWorker(backend, { publicUrl: 'https://mingcha.example' });
			if (!task.wait) return;
			worker.poke();
			await worker.idle();
			const { documents, documentsWithoutPdf, defects } = await verifyChain(backend);
			return say({ kind: 'rendered', documents, documentsWithoutPdf, defects });
		}
		case 'close':
			await worker?.close();
			await backend.close();
			process.exit(0);
	}
}
