import { json } from '@sveltejs/kit';
import { deliveryPhoto, putDeliveryEvidence } from '#lib/record/delivery.server.ts';
import { problemAnswer } from '../../../../guard.ts';
import { admit, privateHeaders, readProof } from '../../../access.ts';
import type { RequestHandler } from './$types';

/** A photo that this page shows, and no other. */
export const GET: RequestHandler = async (event) => {
	admit(event);
	const { token, sha256 } = event.params;
	const photo = await deliveryPhoto(event.locals.backend, token, sha256, readProof(event));
	if (!photo.ok) return problemAnswer(photo.problem);
	return new Response(photo.value.bytes, {
		headers: {
			...privateHeaders,
			'content-type': photo.value.mediaType,
			// Under its hash a file never changes; only this browser may keep it, and only for the visit.
			'cache-control': 'private, max-age=3600',
			'content-security-policy': "default-src 'none'"
		}
	});
};

/** A photo of a rectification, before the form that names it. */
export const PUT: RequestHandler = async (event) => {
	admit(event);
	const { token, sha256 } = event.params;
	const put = await putDeliveryEvidence(event.locals.backend, token, sha256, {
		request: event.request,
		proof: readProof(event)
	});
	return put.ok ? json(put.value, { headers: privateHeaders }) : problemAnswer(put.problem);
};
