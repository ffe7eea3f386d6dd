import { error, fail, redirect } from '@sveltejs/kit';
import { v7 as uuidV7 } from 'uuid';
import { packOf } from '#lib/assessment/account/accountContent.ts';
import { actOnAccount, readAccount } from '#lib/assessment/account/account.server.ts';
import {
	clauseChoices,
	clausesReading,
	earliestEventDay,
	eventKinds,
	pointsAsked,
	proposableKinds
} from '#lib/assessment/event/registeredEvent.ts';
import { registerEvent } from '#lib/assessment/event/registeredEvent.server.ts';
import { readCard, readHistory } from '#lib/enterprise/enterprise.server.ts';
import { hasRole, type MemberRole } from '#lib/identity/identity.ts';
import { eventReader } from '#lib/live/eventReader.server.ts';
import { problemStatus } from '#lib/problem.ts';
import { requireMember } from '../../../../guard.ts';
import type { Actions, PageServerLoad } from './$types';
import { checkEntry, correctedEvent, readEntry, valuesOf } from './entry.server.ts';

const leaders: MemberRole[] = ['leader', 'administrator'];
const registrars: MemberRole[] = [...leaders, 'inspector'];

export const load: PageServerLoad = async (event) => {
	const { memberships } = requireMember(event, ...registrars);
	const { client } = event.locals;
	const { id } = event.params;
	const query = event.url.searchParams;
	const [card, content, corrected] = await Promise.all([
		readCard(client, id),
		readAccount(client, id),
		correctedEvent(client, id, query.get('corrects'))
	]);
	if (!card || !content || (query.has('corrects') && !corrected))
		error(404, { message: 'not_found', problem: { code: 'not_found' } });
	const { today } = content;
	const pack = content.scheme && packOf(content.scheme);
	const isLeader = hasRole(memberships, ...leaders);
	const kind = corrected?.kind ?? eventKinds.find((one) => one === query.get('kind')) ?? null;
	const isPerInspection = pack?.cycle.kind === 'per_inspection';
	return {
		enterprise: { id, name: card.name, isSample: card.isSample },
		scheme: pack?.name ?? null,
		kinds: eventKinds.map((one) => ({
			kind: one,
			isOpen: isLeader || proposableKinds.includes(one),
			codes: pack ? clausesReading(pack, one, today).map(({ code }) => code) : []
		})),
		kind,
		isLeader,
		corrected,
		values: corrected ? valuesOf(corrected, pack, corrected.occurredOn) : {},
		choices: pack && kind ? clauseChoices(pack, kind, corrected?.occurredOn ?? today) : [],
		range: kind ? pointsAsked(pack, kind, today) : null,
		inspections: isPerInspection ? ((await readHistory(client, id))?.inspections ?? []) : [],
		today,
		earliest: earliestEventDay(today),
		/** One id for the form: sent again after a lost answer, it is the same event. */
		newId: uuidV7()
	};
};

export const actions: Actions = {
	preview: async (event) => {
		requireMember(event, ...registrars);
		const entry = await readEntry(event);
		const checked = await checkEntry(event, entry);
		if (!checked.ok)
			return fail(problemStatus[checked.problem.code], { ...entry, problem: checked.problem, checked: null });
		return { ...entry, problem: null, checked: { preview: checked.value.preview } };
	},
	edit: async (event) => {
		requireMember(event, ...registrars);
		return { ...(await readEntry(event)), problem: null, checked: null };
	},
	register: async (event) => {
		requireMember(event, ...registrars);
		const { backend, client } = event.locals;
		const { id } = event.params;
		const entry = await readEntry(event);
		const checked = await checkEntry(event, entry);
		const hashes = entry.evidence.map(({ sha256 }) => sha256);
		const done = checked.ok
			? await actOnAccount(backend, id, () =>
					registerEvent(client, id, checked.value.event, checked.value.conditions, hashes)
				)
			: checked;
		if (!done.ok)
			return fail(problemStatus[done.problem.code], { ...entry, problem: done.problem, checked: null });
		eventReader(backend).poke();
		redirect(303, `/enterprises/${id}/events/${done.value.id}`);
	}
};
