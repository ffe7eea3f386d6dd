import { fail } from '@sveltejs/kit';
import { z } from 'zod';
import { pathTo } from '#lib/area/areaChange.ts';
import { readAreaTree, readMisplaced, reassignEnterprises } from '#lib/area/areaChange.server.ts';
import { problemStatus, type Problem } from '#lib/problem.ts';
import { refuse, requireMember } from '../../../guard.ts';
import type { Actions, PageServerLoad } from './$types';

const rowsPerPage = 50;

/** Enterprises that stand elsewhere than their community lies, and those in none. */
export const load: PageServerLoad = async (event) => {
	requireMember(event, 'administrator');
	const { client } = event.locals;
	const { searchParams } = event.url;
	const kind: 'waiting' | 'elsewhere' = searchParams.get('kind') === 'waiting' ? 'waiting' : 'elsewhere';
	const page = Math.max(1, Number(searchParams.get('page')) || 1);
	const [tree, elsewhere, waiting] = await Promise.all([
		readAreaTree(client),
		readMisplaced(client, 'elsewhere', kind === 'elsewhere' ? page : 1),
		readMisplaced(client, 'waiting', kind === 'waiting' ? page : 1)
	]);
	if (!elsewhere.ok) return refuse(elsewhere.problem);
	if (!waiting.ok) return refuse(waiting.problem);
	const shown = kind === 'waiting' ? waiting.value : elsewhere.value;
	const current = tree.filter(({ endedOn }) => endedOn === null);
	return {
		kind,
		totals: { elsewhere: elsewhere.value.total, waiting: waiting.value.total },
		rows: shown.rows,
		total: shown.total,
		page,
		pageCount: Math.max(1, Math.ceil(shown.total / rowsPerPage)),
		communities: current
			.filter(({ level, isAdministered }) => level === 'community' && isAdministered)
			.map(({ id, name, scope }) => ({
				value: id,
				label: [pathTo(current, scope).at(-1)?.name, name].filter(Boolean).join(' · ')
			}))
	};
};

/** `<enterprise>|<the area it had>`: another one meanwhile refuses all. */
const chosen = z
	.string()
	.transform((text) => text.split('|'))
	.pipe(z.tuple([z.uuid(), z.uuid().or(z.literal(''))]));
const reassignment = z.object({
	chosen: z.array(chosen).min(1),
	area: z.uuid().or(z.literal('')),
	reason: z.string().trim().min(2).max(200)
});

export const actions: Actions = {
	default: async (event) => {
		requireMember(event, 'administrator');
		const form = await event.request.formData();
		const entered = { area: String(form.get('area') ?? ''), reason: String(form.get('reason') ?? '') };
		const refused = (problem: Problem) =>
			fail(problemStatus[problem.code], { problem, entered, chosen: form.getAll('enterprise').map(String) });
		const read = reassignment.safeParse({ ...entered, chosen: form.getAll('enterprise') });
		if (!read.success) {
			const path = String(read.error.issues[0]?.path[0] ?? '');
			return refused({ code: 'request.invalid', path });
		}
		const { area, reason } = read.data;
		const lines = read.data.chosen.map(([enterprise, from]) => ({
			enterprise,
			area: area || null,
			from: from || null
		}));
		const answer = await reassignEnterprises(event.locals.client, lines, reason);
		return answer.ok ? { moves: answer.value } : refused(answer.problem);
	}
};
