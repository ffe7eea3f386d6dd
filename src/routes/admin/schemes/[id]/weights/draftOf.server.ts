import type { RequestEvent } from '@sveltejs/kit';
import { readPack, readSchemes } from '#lib/assessment/scheme/schemes.server.ts';
import { versionNamed } from '#lib/assessment/scheme/schemes.ts';
import { draftYear, readHappened } from '#lib/assessment/scheme/weights.server.ts';
import { refuse, requireMember } from '../../../../guard.ts';

/** The version of a scheme that the address names (the newest unless it says), and next year's draft of it. */
export async function draftOf(event: RequestEvent) {
	const { memberships } = requireMember(event, 'administrator', 'leader');
	const { client } = event.locals;
	const [book, happened] = await Promise.all([readSchemes(client), readHappened(client)]);
	if (book === null || happened === null) refuse({ code: 'permission.role' });
	const versions = book.packs.filter(({ id }) => id === event.params.id);
	const asked = event.url.searchParams.get('version');
	const version = asked === null ? versions[0] : versionNamed(versions, asked);
	if (!version) refuse({ code: 'scheme.unknown' });
	const pack = await readPack(client, version.sha256);
	return { version, pack, draft: draftYear(pack, happened), memberships };
}
