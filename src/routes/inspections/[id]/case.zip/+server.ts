import { Readable } from 'node:stream';
import { uuid } from '#lib/inspection/inspection.ts';
import { makeBundle } from '#lib/record/bundle/makeBundle.server.ts';
import { documentWorker } from '#lib/record/documentWorker.server.ts';
import { refuse, requireMember } from '../../../guard.ts';
import type { RequestHandler } from './$types';

/**
 * 「下载案卷」: everything of an inspection in one file. Who may have it the database decides, and notes; nothing but the
 * audit log changes, and papers that were not rendered yet are.
 */
export const GET: RequestHandler = async (event) => {
	requireMember(event);
	const { backend, client } = event.locals;
	const { id } = event.params;
	if (!uuid.safeParse(id).success) refuse({ code: 'not_found' });
	const worker = documentWorker();
	const made = await makeBundle(backend, client, id, (documentId) => worker.render(documentId));
	if (!made.ok) refuse(made.problem);
	const { fileName, chunks } = made.value;
	return new Response(Readable.toWeb(Readable.from(chunks)) as ReadableStream, {
		headers: {
			'content-type': 'application/zip',
			'content-disposition': `attachment; filename="${fileName}"`,
			'cache-control': 'private, no-store'
		}
	});
};
