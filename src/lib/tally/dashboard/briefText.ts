import type { Translate } from '#lib/messages/index.ts';
import { inTimePercent } from '../overview.ts';
import type { Dashboard } from './dashboard.ts';

/** Places named as lagging. */
const mostNamed = 3;

/** The period in words: what was found and closed, what stands open and overdue, and where most is overdue. */
export function briefText(t: Translate, dashboard: Dashboard, names: (scope: string) => string): string {
	const { from, to, pace, flows, register } = dashboard;
	const end = flows.at(-1);
	const percent = inTimePercent(pace);
	const lagging = dashboard.communities
		.filter(({ overdue }) => overdue > 0)
		.toSorted((a, b) => b.overdue - a.overdue || (a.key < b.key ? -1 : 1))
		.slice(0, mostNamed)
		.map(({ key, overdue }) => t('dashboard.brief_place', { name: names(key), overdue }));
	return [
		t('dashboard.brief_text', {
			from,
			to,
			inspections: register.inspections,
			found: pace.found,
			closed: pace.closed,
			open: end?.open ?? 0,
			overdue: end?.overdue ?? 0
		}),
		...(percent === null ? [] : [t('dashboard.brief_in_time', { percent })]),
		...(lagging.length === 0
			? []
			: [t('dashboard.brief_lagging', { places: lagging.join(t('dashboard.brief_comma')) })])
	].join('');
}
