import { sign } from 'node:crypto';
import { readAnswer, readValue } from '#lib/backend/answer.ts';
import type { Backend, Client } from '#lib/backend/backend.server.ts';
import { crashPoint } from '#lib/backend/crashPoint.server.ts';
import { canonicalText, sha256Hex } from '#lib/canonical.ts';
import { deliveryHashes, deliveryTokens } from '#lib/document/deliveryTokens.server.ts';
import { failure, success, type Result } from '#lib/problem.ts';
import { announceSeal } from './afterSeal.server.ts';
import { inspectionContentSchema, type InspectionContent } from './content.ts';
import type { SealAnswer, SealedFacts } from './sealAnswer.ts';

/** The content as it is hashed and kept. @returns `request.invalid` with the path of the first fault. */
export function readContent(body: unknown): Result<InspectionContent> {
	const parsed = inspectionContentSchema.safeParse(body);
	if (parsed.success) return success(parsed.data);
	const issue = parsed.error.issues[0];
	return failure('request.invalid', { got: issue?.message ?? '' }, issue?.path.join('.'));
}

type DatabaseAnswer =
	| { state: 'missing'; missing: string[] }
	| { state: 'awaiting_cosignature' }
	| ({ state: 'sealed' } & SealedFacts);

/**
 * Seals one visit, once: the same content again gets the same answer, changed content `inspection.already_sealed`.
 * The server makes the text canonical and signs it before the transaction; every rule stands in the transaction
 * itself (`app.seal`), which derives all rows from the text.
 * @param client of the person who checked, with their own token
 * @param inspectionId as the address names it; the content must be of the same
 */
export async function sealInspection(
	backend: Backend,
	client: Client,
	body: unknown,
	inspectionId?: string
): Promise<Result<SealAnswer>> {
	const content = readContent(body);
	if (!content.ok) return content;
	if (inspectionId && content.value.id !== inspectionId) return failure('request.invalid', {}, 'id');
	const contentText = canonicalText(content.value);
	const contentSha256 = await sha256Hex(contentText);
	const cosignature = readValue<string | null>(
		await client.rpc('cosignature_of', { p_inspection: content.value.id, p_content_sha256: contentSha256 })
	);
	if (!cosignature.ok) return cosignature;
	const text = recordText(contentText, contentSha256, cosignature.value);
	const { keyId, privateKey } = backend.keys.recordSigning;
	crashPoint('before_commit');
	const answer = readAnswer<DatabaseAnswer>(
		await client.rpc('seal_inspection', {
			p_content_text: contentText,
			p_record_text: text,
			p_signature: sign(null, Buffer.from(text), privateKey).toString('base64url'),
			p_key_id: keyId,
			p_delivery: { ...deliveryHashes(backend.keys.deliverySecret, content.value.deliveryId) }
		})
	);
	if (!answer.ok || answer.value.state !== 'sealed') return answer as Result<SealAnswer>;
	crashPoint('after_commit');
	announceSeal(answer.value);
	const { deliveryId, deliverySerial } = answer.value;
	const { screenToken, code } = deliveryTokens(backend.keys.deliverySecret, deliveryId, deliverySerial);
	return success({ ...answer.value, screenToken, code });
}

/**
 * `mingcha.record/1`, canonical because its keys stand in order and both parts are canonical already; the
 * database builds the same text from its own co-signature and refuses any other.
 */
export const recordText = (
	contentText: string,
	contentSha256: string,
	cosignatureText: string | null
): string =>
	`{"content":${contentText},"contentSha256":"${contentSha256}","cosignature":${cosignatureText ?? 'null'},"format":"mingcha.record/1"}`;
