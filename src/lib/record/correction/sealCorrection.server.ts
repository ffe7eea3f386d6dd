import { sign } from 'node:crypto';
import { readAnswer, readValue } from '#lib/backend/answer.ts';
import type { Backend, Client } from '#lib/backend/backend.server.ts';
import { canonicalText, sha256Hex } from '#lib/canonical.ts';
import type { DocumentKind } from '#lib/document/document.ts';
import type { Track } from '#lib/document/track.ts';
import { failure, success, type Result } from '#lib/problem.ts';
import { announceSeal } from '../afterSeal.server.ts';
import type { InspectionContent } from '../content.ts';
import { readContent, recordText } from '../sealInspection.server.ts';

export interface CorrectedFacts {
	inspectionId: string;
	correctionId: string;
	number: number;
	enterpriseId: string;
	record: { position: number; sha256: string; link: string };
	documents: { id: string; kind: DocumentKind; track: Track; numberText: string }[];
}

/** Until `sealed` the record that held before still holds. */
export type CorrectionAnswer =
	| { state: 'missing'; missing: string[] }
	| { state: 'awaiting_cosignature' }
	| ({ state: 'sealed' } & CorrectedFacts);

/**
 * Seals a correction, once: the same content again gets the same answer. Every rule stands in the transaction
 * (`correct_inspection`), which also replaces the papers, moves the hazards and takes facts back.
 * @param client of the officer of the visit, or of the supervisor, with their own token
 * @param inspectionId as the address names it
 */
export async function sealCorrection(
	backend: Backend,
	client: Client,
	body: unknown,
	inspectionId: string
): Promise<Result<CorrectionAnswer>> {
	const content = readContent(body);
	if (!content.ok) return content;
	if (content.value.correction?.inspectionId !== inspectionId)
		return failure('request.invalid', {}, 'correction');
	const { contentText, text } = await textsOf(client, content.value);
	if (text === null) return failure('request.invalid', {}, 'cosignature');
	const { keyId, privateKey } = backend.keys.recordSigning;
	const answer = readAnswer<CorrectionAnswer>(
		await client.rpc('correct_inspection', {
			p_content_text: contentText,
			p_record_text: text,
			p_signature: sign(null, Buffer.from(text), privateKey).toString('base64url'),
			p_key_id: keyId
		})
	);
	if (answer.ok && answer.value.state === 'sealed') announceSeal(answer.value);
	return answer.ok ? success(answer.value) : answer;
}

async function textsOf(client: Client, content: InspectionContent) {
	const contentText = canonicalText(content);
	const contentSha256 = await sha256Hex(contentText);
	const cosignature = readValue<string | null>(
		await client.rpc('cosignature_of', { p_inspection: content.id, p_content_sha256: contentSha256 })
	);
	return {
		contentText,
		text: cosignature.ok ? recordText(contentText, contentSha256, cosignature.value) : null
	};
}
