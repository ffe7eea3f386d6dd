import {
	documentPdf,
	findDocument,
	findSignedSha256,
	readablePdf,
	signedPdf
} from '#lib/record/documentPdf.server.ts';
import { documentWorker } from '#lib/record/documentWorker.server.ts';
import { refuse, requireMember } from '../../guard.ts';
import { pdfResponse } from '../../pdfResponse.ts';
import type { RequestHandler } from './$types';

/** A document for staff of its area and for the enterprise's own account: whose rows show it. `?sealed`: its bytes as they were sealed, also when it was replaced since; `?signed`: those with the agency's signature behind them. */
export const GET: RequestHandler = async (event) => {
	requireMember(event);
	const { backend, client } = event.locals;
	const document = await findDocument(client, event.params.id);
	if (!document.ok) refuse(document.problem);
	const asked = event.url.searchParams;
	const read = asked.has('sealed') ? documentPdf : readablePdf;
	const pdf = asked.has('signed')
		? await signedPdf(backend, document.value, await findSignedSha256(client, document.value.id))
		: await read(backend, documentWorker(), document.value);
	if (!pdf.ok) refuse(pdf.problem);
	return pdfResponse(pdf.value);
};
