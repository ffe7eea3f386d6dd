import { sha256Hex } from '#lib/canonical.ts';
import { failure, success, type Problem, type Result } from '#lib/problem.ts';

/**
 * Sends one photo of a rectification before its form. Sent again it changes nothing.
 * @returns its hash; `by_form` where a browser cannot hash (plain http on a local network): the form carries it then.
 */
export async function putPhoto(token: string, blob: Blob): Promise<Result<{ sha256: string } | 'by_form'>> {
	if (!crypto.subtle) return success('by_form');
	const sha256 = await sha256Hex(await blob.arrayBuffer());
	let response: Response;
	try {
		response = await fetch(`/o/${token}/evidence/${sha256}`, { method: 'PUT', body: blob });
	} catch {
		return failure('backend.unavailable');
	}
	if (response.ok) return success({ sha256 });
	const body = (await response.json().catch(() => ({}))) as { problem?: Problem };
	return body.problem ? { ok: false, problem: body.problem } : failure('backend.unavailable');
}
