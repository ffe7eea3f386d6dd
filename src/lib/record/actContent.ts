import { shanghaiDate, type IsoDate } from '#lib/calendar.ts';
import type { ActBody } from '#lib/document/acts.ts';
import { documentContentSchema, documentFormat, type DocumentContent } from '#lib/document/content.ts';
import { printedAgency, type SealedAgency } from '#lib/document/printedAgency.ts';
import { actSchema, type Act } from './act.ts';
import type { DocumentLinks, DocumentSource } from './documentSource.ts';

/** An act: everything it prints stands in its own record. */
export function actContent(source: DocumentSource, links: DocumentLinks): DocumentContent {
	const { enterprise, signer, body } = actSchema.parse(JSON.parse(source.record.text));
	const { correction } = source;
	return documentContentSchema.parse({
		...actForm(body, enterprise, signer.name),
		...(correction && {
			correction: {
				ordinal: correction.number,
				replaces: correction.replaces?.numberText ?? null,
				isSameKind: correction.replaces?.isSameKind ?? false,
				reason: correction.reason,
				changes: [],
				officers: [],
				by: 'issuer'
			}
		}),
		number: source.numberText,
		issuedOn: shanghaiDate(source.issuedAt),
		agency: printedAgency(source.agency),
		deliveryUrl: links.deliveryUrl,
		record: { sha256: source.record.sha256, verifyUrl: links.verifyUrl }
	});
}

/** What an act prints whether it is issued or only looked at. */
const actForm = (body: ActBody, enterprise: Act['enterprise'], signerName: string) => ({
	format: documentFormat,
	kind: body.kind,
	track: 'B' as const,
	provisionalCode: null,
	isSample: true,
	enterprise: { ...enterprise, principalDuty: null, principalName: null, principalPhone: null },
	inspectors: [{ name: signerName, licence: null, signature: null }],
	onSite: null,
	photos: [],
	body
});

/** An act before it is issued: without number, hash and address, and with 「预览」 where they would stand. */
export const previewContent = (
	{ body, enterprise, signer }: Pick<Act, 'body' | 'enterprise' | 'signer'>,
	{ agency, day }: { agency: SealedAgency; day: IsoDate }
): DocumentContent =>
	documentContentSchema.parse({
		...actForm(body, enterprise, signer.name),
		number: '预览',
		isPreview: true,
		issuedOn: day,
		agency: printedAgency(agency),
		deliveryUrl: null,
		record: { sha256: '0'.repeat(64), verifyUrl: 'https://preview.invalid/' }
	});
