import { sha256 as sha256Schema } from '#lib/inspection/inspection.ts';
import { verifyRecord } from '#lib/record/verifyRecord.server.ts';
import { refuse } from '../../guard.ts';
import type { PageServerLoad } from './$types';

/** Anyone may verify: nothing of a person or of what was found leaves the server. */
export const load: PageServerLoad = async ({ params, locals, setHeaders }) => {
	setHeaders({ 'x-robots-tag': 'noindex', 'cache-control': 'no-store' });
	const asked = params.sha256.toLowerCase();
	if (!sha256Schema.safeParse(asked).success) refuse({ code: 'record.unknown' });
	const verified = await verifyRecord(locals.backend, asked);
	if (!verified.ok) refuse(verified.problem);
	return { frame: 'none' as const, record: verified.value, asked };
};
