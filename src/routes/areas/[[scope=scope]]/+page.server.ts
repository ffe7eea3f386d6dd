import { drawStillMap } from '#lib/area/stillMap.ts';
import { hasRole } from '#lib/identity/identity.ts';
import { byUrgency } from '#lib/tally/areaFigures.ts';
import { readAreaFigures } from '#lib/tally/areaFigures.server.ts';
import { refuse, requireMember } from '../../guard.ts';
import type { PageServerLoad } from './$types';

/** A place from above: its figures, then what lies below it. Without a scope, the uppermost that one works in. */
export const load: PageServerLoad = async (event) => {
	const { memberships } = requireMember(event, 'leader', 'administrator', 'inspector', 'community_worker');
	const top = memberships.map(({ scope }) => scope).sort((a, b) => a.length - b.length)[0]!;
	const found = await readAreaFigures(event.locals.client, event.params.scope ?? top);
	const { area, path, figures, children } = found ?? refuse({ code: 'not_found' });
	return {
		area,
		path,
		figures,
		children: children.toSorted(byUrgency).map(({ geometry: _, ...child }) => child),
		picture: drawStillMap(children),
		mayAdminister: hasRole(memberships, 'leader', 'administrator')
	};
};
