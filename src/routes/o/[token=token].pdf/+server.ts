import { mainDocument } from '#lib/record/delivery.ts';
import { readDelivery } from '#lib/record/delivery.server.ts';
import { documentPdf } from '#lib/record/documentPdf.server.ts';
import { documentWorker } from '#lib/record/documentWorker.server.ts';
import { refuse } from '../../guard.ts';
import { pdfResponse } from '../../pdfResponse.ts';
import { privateHeaders, readProof } from '../access.ts';
import type { RequestHandler } from './$types';

/** `?document={id}` is one of the delivery's papers; without it the one that has to be acted on. */
export const GET: RequestHandler = async (event) => {
	event.setHeaders({ 'x-robots-tag': privateHeaders['x-robots-tag'] });
	const { backend } = event.locals;
	const opened = await readDelivery(backend, event.params.token, readProof(event));
	if (!opened.ok) refuse(opened.problem);
	const { delivery, isLocked } = opened.value;
	if (isLocked) refuse({ code: 'delivery.code_wrong' });
	const wanted = event.url.searchParams.get('document');
	const document = wanted
		? delivery.documents.find(({ id }) => id === wanted)
		: mainDocument(delivery.documents);
	if (!document) refuse({ code: 'not_found' });
	const pdf = await documentPdf(backend, documentWorker(), document);
	if (!pdf.ok) refuse(pdf.problem);
	return pdfResponse(pdf.value);
};
