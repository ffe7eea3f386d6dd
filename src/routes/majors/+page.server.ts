import { pageFrom } from '#lib/hazard/hazardRows.ts';
import { readMajors } from '#lib/hazard/major/major.server.ts';
import { majorFilterFrom } from '#lib/hazard/major/major.ts';
import { requireMember } from '../guard.ts';
import type { PageServerLoad } from './$types';

/** Staff read those of their places, a principal their own. */
export const load: PageServerLoad = async (event) => {
	requireMember(event);
	const query = event.url.searchParams;
	const filter = majorFilterFrom(query);
	const page = pageFrom(query);
	return { filter, page, majors: await readMajors(event.locals.client, filter, page) };
};
