import { shanghaiDate } from '#lib/calendar.ts';
import { readFrozenMonths } from '#lib/ranking/monthlyReport.server.ts';
import { requireMember } from '../../guard.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	requireMember(event, 'leader', 'administrator');
	const months = await readFrozenMonths(event.locals.client);
	return {
		months: months.map(({ month, frozenAt }) => ({
			month: month.slice(0, 7),
			frozenOn: shanghaiDate(frozenAt)
		}))
	};
};
