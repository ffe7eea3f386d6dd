import { packOf } from '#lib/assessment/account/accountContent.ts';
import { readAccount } from '#lib/assessment/account/account.server.ts';
import { factsOf, schemeBand } from '#lib/assessment/account/assess.ts';
import { accountHistory } from '#lib/assessment/account/history.ts';
import { bandEdges, drawHistory } from '#lib/assessment/account/history.server.ts';
import { bandWord } from '#lib/enterprise/band.ts';
import { loadTranslate } from '#lib/messages/index.ts';
import { refuse, requireMember } from '../../../../guard.ts';
import type { RequestHandler } from './$types';

const heightPixels = 220;
const widths = { min: 280, usual: 760, max: 1200 };

/** How the balance of an account came to be what it is, as a picture. */
export const GET: RequestHandler = async (event) => {
	requireMember(event);
	const { params, url, locals } = event;
	const content = await readAccount(locals.client, params.id);
	if (!content?.scheme) refuse({ code: 'not_found' });
	const t = await loadTranslate(locals.locale);
	const pack = packOf(content.scheme);
	const edges = bandEdges(pack).map(({ key, hundredths }) => ({
		balance: hundredths / 100,
		name: bandWord(schemeBand(pack.bands.find((band) => band.key === key)!), t)
	}));
	const asked = Number(url.searchParams.get('width')) || widths.usual;
	const widthPixels = Math.min(widths.max, Math.max(widths.min, asked));
	const points = accountHistory(pack, factsOf(params.id, content.facts), content.today);
	const svg = drawHistory(points, edges, t('assessment.balance'), { widthPixels, heightPixels });
	return new Response(svg, {
		headers: { 'content-type': 'image/svg+xml', 'cache-control': 'private, max-age=30' }
	});
};
