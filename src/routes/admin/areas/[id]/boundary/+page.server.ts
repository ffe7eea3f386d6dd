import { pathTo } from '#lib/area/areaChange.ts';
import { readAreaTree, readSurroundings } from '#lib/area/areaChange.server.ts';
import { shanghaiDate } from '#lib/calendar.ts';
import { success } from '#lib/problem.ts';
import { refuse, requireMember } from '../../../../guard.ts';
import { attemptChange, boundaryStep, otherSteps, type StepsOf } from '../../changeForm.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	requireMember(event, 'administrator');
	const { client } = event.locals;
	const tree = await readAreaTree(client);
	const area = tree.find(({ id, endedOn }) => id === event.params.id && endedOn === null);
	if (!area?.isAdministered) refuse({ code: 'not_found' });
	return {
		area: { id: area.id, name: area.name, level: area.level },
		path: pathTo(tree, area.scope).map(({ id, name }) => ({ id, name })),
		surroundings: await readSurroundings(client, area.parentId, area.level),
		today: shanghaiDate(new Date())
	};
};

const steps =
	({ params }: RequestEvent): StepsOf =>
	(entered) => {
		const boundary = boundaryStep(entered);
		if (!boundary.ok) return boundary;
		if (!boundary.value.geometry)
			return { ok: false, problem: { code: 'area.coordinates', path: 'geometry', details: { got: '0' } } };
		const others = otherSteps(entered);
		return others.ok
			? success([{ kind: 'revise', area: params.id, ...boundary.value }, ...others.value])
			: others;
	};

export const actions: Actions = {
	preview: (event) => attemptChange(event, false, steps(event)),
	save: (event) => attemptChange(event, true, steps(event))
};
