import { error, redirect } from '@sveltejs/kit';
import { readAttention } from '#lib/assessment/attention/attention.server.ts';
import { readAlarms } from '#lib/enterprise/alarm/deviceAlarm.server.ts';
import { readCard, readForeignVisits, readHistory } from '#lib/enterprise/enterprise.server.ts';
import { readOpinions } from '#lib/enterprise/opinion/opinion.server.ts';
import { readExtensions } from '#lib/hazard/extension/extension.server.ts';
import { hasRole } from '#lib/identity/identity.ts';
import { requireMember } from '../../guard.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { memberships } = requireMember(event);
	// A principal's own page says the same in their words.
	if (memberships.every(({ role }) => role === 'principal')) redirect(303, '/my');
	const { client, locale } = event.locals;
	const [card, history, attention, alarms, opinions, foreign, extensions] = await Promise.all([
		readCard(client, event.params.id),
		readHistory(client, event.params.id),
		readAttention(client, event.params.id),
		readAlarms(client, event.params.id),
		readOpinions(client, event.params.id),
		readForeignVisits(client, event.params.id),
		readExtensions(client, { state: 'asked', enterprise: event.params.id })
	]);
	if (!card || !history) error(404, { message: 'not_found', problem: { code: 'not_found' } });
	return {
		card,
		history,
		attention,
		alarms,
		opinions,
		foreign,
		extensions,
		siteTypeName: card.siteTypeName[locale],
		mayInspect: hasRole(memberships, 'inspector', 'community_worker')
	};
};
