import { fail } from '@sveltejs/kit';
import { z } from 'zod';
import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import { problemStatus } from '#lib/problem.ts';
import { requireMember } from '../../../guard.ts';
import type { Actions, PageServerLoad } from './$types';

interface Waiting {
	id: string;
	name: string;
	address: string;
	longitude: number | null;
	latitude: number | null;
}

const rowsPerPage = 50;

/** The queue: enterprises in no community, because they lie outside every one or have no position. */
export const load: PageServerLoad = async (event) => {
	requireMember(event, 'administrator');
	const { client } = event.locals;
	const page = Math.max(1, Number(event.url.searchParams.get('page')) || 1);
	const [waiting, areas] = await Promise.all([
		client
			.from('enterprises')
			.select('id, name, address, longitude, latitude', { count: 'exact' })
			.is('area_id', null)
			.order('name')
			.order('id')
			.range((page - 1) * rowsPerPage, page * rowsPerPage - 1),
		client
			.from('current_areas')
			.select('id, name, scope, level')
			.in('level', ['street', 'community'])
			.order('scope')
	]);
	const all = expectValue<{ id: string; name: string; scope: string; level: string }[]>(areas);
	const streets = new Map(
		all.filter(({ level }) => level === 'street').map(({ scope, name }) => [scope, name])
	);
	return {
		rows: expectValue<Waiting[]>(waiting),
		total: waiting.count ?? 0,
		page,
		pageCount: Math.max(1, Math.ceil((waiting.count ?? 0) / rowsPerPage)),
		communities: all
			.filter(({ level }) => level === 'community')
			.map(({ id, name, scope }) => ({
				value: id,
				label: [streets.get(scope.slice(0, -4)), name].filter(Boolean).join(' · ')
			}))
	};
};

const assignment = z.object({ enterprise: z.uuid(), area: z.uuid() });

export const actions: Actions = {
	place: async (event) => {
		requireMember(event, 'administrator');
		const answer = readAnswer<{ placed: number; waiting: number }>(
			await event.locals.client.rpc('place_waiting_enterprises')
		);
		if (!answer.ok) return fail(problemStatus[answer.problem.code], { problem: answer.problem });
		return { placed: answer.value };
	},
	assign: async (event) => {
		requireMember(event, 'administrator');
		const read = assignment.safeParse(Object.fromEntries(await event.request.formData()));
		if (!read.success) return fail(400, { problem: { code: 'request.invalid' as const } });
		const answer = readAnswer(
			await event.locals.client.rpc('assign_enterprise_area', {
				p_enterprise: read.data.enterprise,
				p_area: read.data.area
			})
		);
		if (!answer.ok) return fail(problemStatus[answer.problem.code], { problem: answer.problem });
		return { assigned: true };
	}
};
