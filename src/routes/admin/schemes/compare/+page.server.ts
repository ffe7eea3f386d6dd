import { comparePacks } from '#lib/assessment/scheme/schemeComparison.ts';
import { packView } from '#lib/assessment/scheme/packView.ts';
import { readPack, readSchemes } from '#lib/assessment/scheme/schemes.server.ts';
import { activationState, versionName, versionNamed } from '#lib/assessment/scheme/schemes.ts';
import { refuse, requireMember } from '../../../guard.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { memberships } = requireMember(event, 'administrator', 'leader');
	const { client } = event.locals;
	const book = await readSchemes(client);
	if (book === null) refuse({ code: 'permission.role' });
	const query = event.url.searchParams;
	const inForce = book.activations.find((each) => activationState(each, book.today) === 'counts');
	// What counts now is what another one would be compared with.
	const usual = book.packs.find(({ sha256 }) => sha256 === inForce?.packSha256) ?? null;
	const before = query.has('before') ? versionNamed(book.packs, query.get('before')) : usual;
	const after = versionNamed(book.packs, query.get('after'));
	const [left, right] = await Promise.all(
		[before, after].map((version) => (version ? readPack(client, version.sha256) : null))
	);
	return {
		versions: book.packs,
		before: before && versionName(before),
		after: after && versionName(after),
		isSame: before !== null && before.sha256 === after?.sha256,
		sides: left && right ? { before: packView(left), after: packView(right) } : null,
		comparison: left && right ? comparePacks(left, right) : null,
		isAdministrator: memberships.some(({ role }) => role === 'administrator')
	};
};
