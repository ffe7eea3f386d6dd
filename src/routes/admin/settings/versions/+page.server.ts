import { changesOf } from '#lib/document/agencyVersion.ts';
import { administeredAgencies } from '#lib/identity/settings.server.ts';
import { readAgencyVersions } from '#lib/record/agency.server.ts';
import { refuse, requireMember } from '../../../guard.ts';
import type { PageServerLoad } from './$types';

/** Who changed what of an agency's wording, and when. */
export const load: PageServerLoad = async (event) => {
	const { memberships } = requireMember(event, 'administrator');
	const { client } = event.locals;
	const agencies = await administeredAgencies(
		client,
		memberships.map(({ scope }) => scope)
	);
	const asked = event.url.searchParams.get('agency');
	const agency = asked ? agencies.find(({ id }) => id === asked) : agencies[0];
	if (!agency) refuse({ code: 'not_found' });
	const versions = await readAgencyVersions(client, agency.id);
	return {
		agency: { id: agency.id, name: agency.name },
		versions: versions.map((one, index) => ({
			version: one.version,
			changedBy: one.changedBy,
			changedAt: one.changedAt,
			changes: changesOf(one, versions[index + 1] ?? null)
		}))
	};
};
