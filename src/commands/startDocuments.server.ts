import type { Backend } from '#lib/backend/backend.server.ts';
import { publicUrlOf } from '#lib/backend/publicUrl.ts';
import { serveDocuments } from '#lib/record/documentWorker.server.ts';

/**
 * Renders what was sealed, now and from now on; its addresses are those of `PUBLIC_URL`, the timestamps of its
 * signatures those of `PDF_TIMESTAMP_URL`.
 */
export async function startDocuments(backend: Backend, environment: NodeJS.ProcessEnv): Promise<void> {
	const { PDF_TIMESTAMP_URL: timestampUrl } = environment;
	serveDocuments(backend, { publicUrl: publicUrlOf(environment) }, { timestampUrl: timestampUrl || null });
}
