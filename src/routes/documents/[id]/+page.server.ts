import { publicUrlOf } from '#lib/backend/publicUrl.ts';
import { hasRole } from '#lib/identity/identity.ts';
import { readDocumentPage, screenCode } from '#lib/record/documentPage.server.ts';
import { refuse, requireMember } from '../../guard.ts';
import type { PageServerLoad } from './$types';

/** One paper: what it is, how it stands, and the QR to hand it over with. */
export const load: PageServerLoad = async (event) => {
	const { memberships } = requireMember(event);
	const { backend, client } = event.locals;
	const read = await readDocumentPage(client, event.params.id);
	if (!read.ok) refuse(read.problem);
	const { delivery, act } = read.value;
	const mayHandOver = act !== null && hasRole(memberships, 'inspector', 'leader', 'administrator');
	const code = mayHandOver && delivery && !delivery.isRevoked ? screenCode(backend, delivery.id) : null;
	return {
		document: read.value,
		handOver: code && { address: new URL(code.path, publicUrlOf(process.env)).href, code: code.code },
		isNew: event.url.searchParams.has('issued')
	};
};
