import { documentPdf, findDocument } from '#lib/record/documentPdf.server.ts';
import { documentWorker } from '#lib/record/documentWorker.server.ts';
import { refuse, requireMember } from '../../guard.ts';
import { pdfResponse } from '../../pdfResponse.ts';
import type { RequestHandler } from './$types';

/** A document for staff of its area and for the enterprise's own account: whose rows show it. */
export const GET: RequestHandler = async (event) => {
	requireMember(event);
	const { backend, client } = event.locals;
	const document = await findDocument(client, event.params.id);
	if (!document.ok) refuse(document.problem);
	const pdf = await documentPdf(backend, documentWorker(), document.value);
	if (!pdf.ok) refuse(pdf.problem);
	return pdfResponse(pdf.value);
};
