import { shanghaiDate } from '#lib/calendar.ts';
import { readNumberLedger } from '#lib/record/documentPage.server.ts';
import { requireMember } from '../../guard.ts';
import type { PageServerLoad } from './$types';

/** 文号台账 of one year: what was numbered, what is void, what is missing. */
export const load: PageServerLoad = async (event) => {
	requireMember(event, 'inspector', 'leader', 'administrator');
	const thisYear = Number(shanghaiDate(new Date()).slice(0, 4));
	const asked = Number(event.url.searchParams.get('year'));
	const year = asked >= 2020 && asked <= thisYear ? asked : thisYear;
	return {
		year,
		years: [thisYear, thisYear - 1, thisYear - 2],
		series: await readNumberLedger(event.locals.client, year)
	};
};
