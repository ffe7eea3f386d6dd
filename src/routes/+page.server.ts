import { redirect } from '@sveltejs/kit';
import { readAreasOfPicture } from '#lib/area/boundary.server.ts';
import { readDeclaredSchemes } from '#lib/assessment/scheme/schemes.server.ts';
import { shanghaiDate } from '#lib/calendar.ts';
import { siteTypeNames } from '#lib/enterprise/enterprise.server.ts';
import { layerFrom } from '#lib/enterprise/mapDrawing/mapLayer.ts';
import { lookAt, lookAtChanges } from '#lib/enterprise/mapDrawing/lookAt.ts';
import { readMapAnswer } from '#lib/enterprise/mapIndex/mapAnswer.server.ts';
import { hasRole } from '#lib/identity/identity.ts';
import { firstPlaces } from '#lib/ranking/ranking.ts';
import { readRanking } from '#lib/ranking/ranking.server.ts';
import { readMatters, readOverview } from '#lib/tally/overview.server.ts';
import { periodFrom } from '#lib/tally/period.ts';
import { comparisonOf } from './comparisonRequest.ts';
import { refuse, requireMember } from './guard.ts';
import { mapRequest } from './mapRequest.ts';
import { seenBy } from './seenBy.ts';
import type { PageServerLoad } from './$types';

/** Rows of the list in the first look; the rest comes with the map. */
const firstRows = 30;
const mattersPerKind = 5;
const placesShown = 6;

export const load: PageServerLoad = async (event) => {
	const { memberships } = requireMember(event);
	const staff = memberships.filter(({ role }) => role !== 'principal');
	if (staff.length === 0) redirect(303, '/my');
	event.depends('mingcha:figures');
	const { client, locale } = event.locals;
	const period = periodFrom(event.url.searchParams, shanghaiDate(new Date()));
	const { index, ...request } = await mapRequest(event);
	const firstPage = { bounds: null, offset: 0, limit: firstRows };
	const [overview, matters, communities, siteTypes, answer, comparison, boundaries, typeNames, schemes] =
		await Promise.all([
			readOverview(client, period),
			readMatters(client, mattersPerKind),
			readRanking(client, 'community', period, locale, { seen: seenBy(event) }),
			readRanking(client, 'site_type', period, locale, { seen: seenBy(event) }),
			readMapAnswer(client, index, { ...request, ...firstPage }),
			comparisonOf(event, request, firstPage),
			readAreasOfPicture(client),
			siteTypeNames(client, locale),
			readDeclaredSchemes(client)
		]);
	if (overview === null) refuse({ code: 'session.no_membership' });
	if (!communities.ok) refuse(communities.problem);
	if (!siteTypes.ok) refuse(siteTypes.problem);
	const selection = index.select(request.visible, request.filter, request.found);
	return {
		period,
		place: staff.length === 1 ? staff[0]!.placeName : null,
		overview,
		matters,
		rankings: {
			communities: firstPlaces(communities.value, placesShown),
			siteTypes: firstPlaces(siteTypes.value, placesShown)
		},
		map: {
			look: comparison?.ok
				? lookAtChanges(index, selection, boundaries, comparison.value.dots)
				: lookAt(index, selection, boundaries, layerFrom(event.url.searchParams)),
			answer,
			comparison
		},
		siteTypeNames: typeNames,
		schemes,
		mayInspect: hasRole(memberships, 'inspector', 'community_worker'),
		mayAdopt: hasRole(memberships, 'inspector'),
		maySupervise: hasRole(memberships, 'leader', 'administrator'),
		mayImport: hasRole(memberships, 'administrator')
	};
};
