import { createHash } from 'node:crypto';
import type { RequestEvent } from '@sveltejs/kit';
import { evidenceLimitMegabytes } from '#lib/inspection/receiveEvidence.server.ts';
import { failure, success, type Result } from '#lib/problem.ts';
import { putDeliveryEvidence } from '#lib/record/delivery.server.ts';
import { readProof } from '../access.ts';

/** Photos that the script put before come as hashes; without script the form carries the files themselves. */
export async function receivePhotos(
	event: RequestEvent,
	token: string,
	form: FormData
): Promise<Result<string[]>> {
	const hashes = form.getAll('sha256').filter((value) => typeof value === 'string');
	for (const file of form.getAll('photo')) {
		// A file field in which nothing was chosen sends one empty file.
		if (!(file instanceof File) || file.size === 0) continue;
		if (file.size > evidenceLimitMegabytes * 1024 * 1024)
			return failure('evidence.too_large', { limitMegabytes: evidenceLimitMegabytes });
		const bytes = new Uint8Array(await file.arrayBuffer());
		const sha256 = createHash('sha256').update(bytes).digest('hex');
		const request = new Request(event.url, { method: 'PUT', body: bytes });
		const put = await putDeliveryEvidence(event.locals.backend, token, sha256, {
			request,
			proof: readProof(event)
		});
		if (!put.ok) return put;
		hashes.push(sha256);
	}
	return success(hashes);
}
