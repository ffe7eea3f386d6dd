import { json } from '@sveltejs/kit';
import { getEvidence, putEvidence } from '#lib/inspection/evidence.server.ts';
import { problemAnswer, requireMember } from '../../../guard.ts';
import type { RequestHandler } from './$types';

/** A photo of a visit, by its own hash: sent before the seal, and again as often as the network wants. */
export const PUT: RequestHandler = async (event) => {
	requireMember(event);
	const { backend, client } = event.locals;
	const answer = await putEvidence(backend, client, event.params.sha256, event.request);
	return answer.ok ? json(answer.value) : problemAnswer(answer.problem);
};

const extensions = {
	'image/jpeg': 'jpg',
	'image/png': 'png',
	'image/webp': 'webp',
	'application/pdf': 'pdf'
};

export const GET: RequestHandler = async (event) => {
	requireMember(event);
	const { sha256 } = event.params;
	const { backend, client } = event.locals;
	const answer = await getEvidence(backend, client, sha256);
	if (!answer.ok) return problemAnswer(answer.problem);
	const { bytes, mediaType } = answer.value;
	return new Response(bytes, {
		headers: {
			'content-type': mediaType,
			'content-disposition': `inline; filename="${sha256.slice(0, 12)}.${extensions[mediaType]}"`,
			// Under its hash a file never changes; only this person's browser may keep it.
			'cache-control': 'private, max-age=31536000, immutable',
			// A browser shows a PDF in a frame of its own.
			'content-security-policy':
				mediaType === 'application/pdf'
					? "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'"
					: "default-src 'none'"
		}
	});
};
