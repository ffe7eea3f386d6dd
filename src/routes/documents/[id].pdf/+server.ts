import { documentPdf, findDocument, readablePdf } from '#lib/record/documentPdf.server.ts';
import { documentWorker } from '#lib/record/documentWorker.server.ts';
import { refuse, requireMember } from '../../guard.ts';
import { pdfResponse } from '../../pdfResponse.ts';
import type { RequestHandler } from './$types';

/** A document for staff of its area and for the enterprise's own account: whose rows show it. `?sealed`: its bytes as they were sealed, also when it was replaced since. */
export const GET: RequestHandler = async (event) => {
	requireMember(event);
	const { backend, client } = event.locals;
	const document = await findDocument(client, event.params.id);
	if (!document.ok) refuse(document.problem);
	const read = event.url.searchParams.has('sealed') ? documentPdf : readablePdf;
	const pdf = await read(backend, documentWorker(), document.value);
	if (!pdf.ok) refuse(pdf.problem);
	return pdfResponse(pdf.value);
};
