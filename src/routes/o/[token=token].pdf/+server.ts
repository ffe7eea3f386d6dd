import { redirect } from '@sveltejs/kit';
import { mainDocument } from '#lib/record/delivery.ts';
import { readDelivery } from '#lib/record/delivery.server.ts';
import { readablePdf, signedPdf } from '#lib/record/documentPdf.server.ts';
import { documentWorker } from '#lib/record/documentWorker.server.ts';
import { pdfResponse } from '../../pdfResponse.ts';
import { admit, privateHeaders, readProof } from '../access.ts';
import type { RequestHandler } from './$types';

/**
 * `?document={id}` is one of the delivery's papers; without it the one that has to be acted on. `?signed`: with the
 * agency's signature, for one that nothing replaced. Whoever cannot have
 * it is led to the page, which says why: a code is asked for, the QR was replaced, the paper is being made.
 */
export const GET: RequestHandler = async (event) => {
	admit(event);
	const { token } = event.params;
	const { backend } = event.locals;
	const opened = await readDelivery(backend, token, readProof(event));
	if (!opened.ok || opened.value.isLocked) redirect(303, `/o/${token}`);
	const { documents } = opened.value.delivery;
	const wanted = event.url.searchParams.get('document');
	const document = wanted ? documents.find(({ id }) => id === wanted) : mainDocument(documents);
	const isSigned = event.url.searchParams.has('signed') && document?.state === 'issued';
	const pdf =
		document &&
		(isSigned
			? await signedPdf(backend, document, document.signature?.sha256 ?? null)
			: await readablePdf(backend, documentWorker(), document));
	if (!pdf?.ok) redirect(303, `/o/${token}`);
	event.setHeaders({ 'x-robots-tag': privateHeaders['x-robots-tag'] });
	return pdfResponse(pdf.value);
};
