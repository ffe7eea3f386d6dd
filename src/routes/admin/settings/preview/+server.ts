import { formatDocumentNumber } from '#lib/document/agencyTemplate.ts';
import { renderPdf } from '#lib/document/renderPdf.server.ts';
import { everySample } from '#lib/document/sampleContent.ts';
import { enteredText } from '#lib/identity/credentials.ts';
import { administeredAgencies } from '#lib/identity/settings.server.ts';
import { refuse, requireMember } from '../../../guard.ts';
import { pdfResponse } from '../../../pdfResponse.ts';
import { templateFromForm } from '../agencyForm.ts';
import type { RequestHandler } from './$types';

/** A sample paper with the wording that stands in the form, before it is saved. */
export const POST: RequestHandler = async (event) => {
	const { memberships } = requireMember(event, 'administrator');
	const scopes = memberships.map(({ scope }) => scope);
	const agencies = await administeredAgencies(event.locals.client, scopes);
	const agency = agencies.find(({ id }) => id === event.url.searchParams.get('agency'));
	if (!agency) refuse({ code: 'not_found' });
	const { preview, ...entered } = enteredText(await event.request.formData());
	const [, sample] = everySample().find(([name]) => name === preview) ?? [];
	if (!sample) refuse({ code: 'not_found' });
	const template = templateFromForm(entered);
	if (!template.ok) refuse(template.problem);
	const printed = { name: agency.name, shortName: agency.shortName, template: template.value };
	const year = Number(sample.issuedOn.slice(0, 4));
	const made = await renderPdf({
		...sample,
		agency: printed,
		number: formatDocumentNumber(printed, sample.kind, sample.track, { year, serial: 1 }),
		isPreview: true
	});
	if (!made.ok) refuse(made.problem);
	return pdfResponse({ bytes: made.value.bytes, fileName: '预览.pdf' });
};
