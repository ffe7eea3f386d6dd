import { areaLevels } from '#lib/area/areaLevel.ts';
import { readAreaTree, readSurroundings } from '#lib/area/areaChange.server.ts';
import { shanghaiDate } from '#lib/calendar.ts';
import { success } from '#lib/problem.ts';
import { refuse, requireMember } from '../../../guard.ts';
import { attemptChange, boundaryStep, otherSteps, type StepsOf } from '../changeForm.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** The area above and the level are in the address, so that the map can show the neighbours. */
export const load: PageServerLoad = async (event) => {
	const { memberships } = requireMember(event, 'administrator');
	const { client } = event.locals;
	const above = (await readAreaTree(client)).filter(
		({ endedOn, isAdministered, level }) => endedOn === null && isAdministered && level !== 'grid'
	);
	const asked = event.url.searchParams.get('parent');
	const ofEverything = memberships.some(({ scope }) => scope === '');
	const parent = asked ? (above.find(({ id }) => id === asked) ?? refuse({ code: 'not_found' })) : null;
	const levels = areaLevels.filter((level) =>
		parent
			? areaLevels.indexOf(level) > areaLevels.indexOf(parent.level)
			: ['district', 'street'].includes(level)
	);
	const level = levels.find((each) => each === event.url.searchParams.get('level')) ?? levels[0]!;
	return {
		above: above.map(({ id, name, scope }) => ({ id, name, scope })),
		ofEverything,
		parentId: parent?.id ?? null,
		levels,
		level,
		mayAdd: parent !== null || ofEverything,
		surroundings: parent || ofEverything ? await readSurroundings(client, parent?.id ?? null, level) : null,
		today: shanghaiDate(new Date())
	};
};

const steps =
	({ url }: RequestEvent): StepsOf =>
	(entered) => {
		const boundary = boundaryStep(entered);
		if (!boundary.ok) return boundary;
		const others = otherSteps(entered);
		if (!others.ok) return others;
		const { name, officialCode, localCode, level } = entered;
		const parent = url.searchParams.get('parent') ?? undefined;
		// Neighbours give way first: the new area then lies where nobody is.
		return success([
			...others.value,
			{ kind: 'add', parent, level, name, officialCode, localCode, ...boundary.value }
		]);
	};

export const actions: Actions = {
	preview: (event) => attemptChange(event, false, steps(event)),
	save: (event) => attemptChange(event, true, steps(event))
};
