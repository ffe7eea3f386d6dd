import { readAnswer } from '#lib/backend/answer.ts';
import type { Backend } from '#lib/backend/backend.server.ts';
import {
	currentCertificate,
	keepCertificate,
	removeCertificate,
	type KeptCertificate
} from '#lib/document/signing/certificateFolder.server.ts';
import { certificateFacts, readPkcs12 } from '#lib/document/signing/credential.server.ts';
import { failure, success, type Result } from '#lib/problem.ts';

/**
 * From now on this certificate signs what is rendered. Noted in the audit log and in the chain of events before.
 * @returns what `readPkcs12` refuses.
 */
export async function storeCertificate(
	backend: Backend,
	file: Uint8Array,
	password: string,
	now: Date
): Promise<Result<KeptCertificate>> {
	const credential = readPkcs12(file, password, now);
	if (!credential.ok) return credential;
	const noted = await note(backend, certificateFacts(credential.value).sha256, true);
	return noted.ok ? success(keepCertificate(backend.folder.keysFolder, credential.value, now)) : noted;
}

/** @returns `certificate.none` when nothing signs. */
export async function dropCertificate(backend: Backend, now: Date): Promise<Result<KeptCertificate>> {
	const current = currentCertificate(backend.folder.keysFolder);
	if (!current) return failure('certificate.none');
	const noted = await note(backend, current.sha256, false);
	if (!noted.ok) return noted;
	removeCertificate(backend.folder.keysFolder, now);
	return success(current);
}

const note = async (backend: Backend, sha256: string, isKept: boolean) =>
	readAnswer(
		await backend
			.asService('start-up')
			.rpc('note_pdf_certificate', { p_certificate_sha256: sha256, p_is_kept: isKept })
	);
