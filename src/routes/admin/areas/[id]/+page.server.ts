import { pathTo } from '#lib/area/areaChange.ts';
import { readAreaHistory, readAreaTree } from '#lib/area/areaChange.server.ts';
import { drawStillMap } from '#lib/area/stillMap.ts';
import { shanghaiDate } from '#lib/calendar.ts';
import { hasRole } from '#lib/identity/identity.ts';
import { success } from '#lib/problem.ts';
import { refuse, requireMember } from '../../../guard.ts';
import { attemptChange, type StepsOf } from '../changeForm.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** One area through time: what it was called and where it lay, and the version that the address asks for. */
export const load: PageServerLoad = async (event) => {
	const { memberships } = requireMember(event, 'administrator', 'leader');
	const { client } = event.locals;
	const [tree, versions] = await Promise.all([
		readAreaTree(client),
		readAreaHistory(client, event.params.id)
	]);
	const area = tree.find(({ id }) => id === event.params.id) ?? refuse({ code: 'not_found' });
	const asked = event.url.searchParams.get('version');
	const shown = versions.find(({ id }) => id === asked) ?? versions[0]!;
	return {
		area,
		path: pathTo(tree, area.scope).map(({ id, name }) => ({ id, name })),
		children: tree.filter(({ parentId, endedOn }) => parentId === area.id && endedOn === null),
		versions: versions.map(({ geometry, ...version }) => ({ ...version, hasBoundary: geometry !== null })),
		shownId: shown.id,
		picture: drawStillMap([{ id: area.id, name: shown.name, geometry: shown.geometry }]),
		mayChange: hasRole(memberships, 'administrator') && area.isAdministered && area.endedOn === null,
		moved: event.url.searchParams.get('moved'),
		today: shanghaiDate(new Date())
	};
};

const nameStep =
	({ params }: RequestEvent): StepsOf =>
	({ name, officialCode, localCode }) =>
		success([{ kind: 'revise', area: params.id, name, officialCode, localCode }]);
const endStep =
	({ params }: RequestEvent): StepsOf =>
	() =>
		success([{ kind: 'end', area: params.id }]);

export const actions: Actions = {
	previewName: (event) => attemptChange(event, false, nameStep(event)),
	saveName: (event) => attemptChange(event, true, nameStep(event)),
	previewEnd: (event) => attemptChange(event, false, endStep(event)),
	saveEnd: (event) => attemptChange(event, true, endStep(event))
};
