import { draftYaml } from '#lib/assessment/scheme/weights.server.ts';
import { loadTranslate } from '#lib/messages/index.ts';
import { refuse } from '../../../../../guard.ts';
import { draftOf } from '../draftOf.server.ts';
import type { RequestHandler } from './$types';

/** The draft as a pack file: it passes the check, so it can be tried like any other. */
export const GET: RequestHandler = async (event) => {
	const { version, pack, draft } = await draftOf(event);
	if (!draft) refuse({ code: 'not_found' });
	const yaml = draftYaml(pack, draft, await loadTranslate(event.locals.locale));
	const file = `${version.id}-${draft.begins.slice(0, 4)}-draft.yaml`;
	return new Response(yaml, {
		headers: {
			'content-type': 'application/yaml; charset=utf-8',
			'content-disposition': `attachment; filename="${file}"`,
			'cache-control': 'private, no-store'
		}
	});
};
