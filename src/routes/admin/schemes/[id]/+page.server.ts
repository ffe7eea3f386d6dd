import { packView } from '#lib/assessment/scheme/packView.ts';
import { checkStoredPack, readSchemes } from '#lib/assessment/scheme/schemes.server.ts';
import { versionNamed } from '#lib/assessment/scheme/schemes.ts';
import { siteTypeNames } from '#lib/enterprise/enterprise.server.ts';
import { refuse, requireMember } from '../../../guard.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { memberships } = requireMember(event, 'administrator', 'leader');
	const { client, locale } = event.locals;
	const [book, typeNames] = await Promise.all([readSchemes(client), siteTypeNames(client, locale)]);
	if (book === null) refuse({ code: 'permission.role' });
	const versions = book.packs.filter(({ id }) => id === event.params.id);
	const asked = event.url.searchParams.get('version');
	const version = asked === null ? versions[0] : versionNamed(versions, asked);
	const outcome = version && (await checkStoredPack(client, version.sha256));
	if (!version || !outcome) refuse({ code: 'scheme.unknown' });
	return {
		version,
		versions,
		pack: outcome.ok ? packView(outcome.pack) : null,
		faults: outcome.ok ? [] : outcome.problems,
		activations: book.activations.filter(({ packSha256 }) => packSha256 === version.sha256),
		siteTypeNames: typeNames,
		today: book.today,
		isAdministrator: memberships.some(({ role }) => role === 'administrator'),
		wasAdded: event.url.searchParams.get('outcome') === 'added'
	};
};
