import { previewAct } from '#lib/record/act.server.ts';
import { refuse } from '../../../../guard.ts';
import { pdfResponse } from '../../../../pdfResponse.ts';
import { draftAct } from '../draftAct.server.ts';
import type { RequestHandler } from './$types';

/** The form as the paper it would be: without a number, kept nowhere. */
export const POST: RequestHandler = async (event) => {
	const form = await event.request.formData();
	const { card, who, read } = await draftAct(event, String(form.get('kind') ?? ''));
	const body = read(form);
	if (!body.ok) refuse(body.problem);
	const id = String(form.get('id') ?? '');
	const made = await previewAct(event.locals.client, who, { id, card, body: body.value });
	if (!made.ok) refuse(made.problem);
	return pdfResponse({ bytes: made.value.bytes, fileName: '预览.pdf' });
};
