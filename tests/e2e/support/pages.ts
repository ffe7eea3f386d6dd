import type { BrowserContext } from '@playwright/test';
import type { PersonName } from './fixtures.ts';
import { readEnterprises } from './visit.ts';

export interface NamedPage {
	/** File name of its screenshot. */
	name: string;
	path: string;
}

/** The account of the enterprise that a principal answers for. */
async function ownAccount(context: BrowserContext): Promise<string> {
	const [own] = await readEnterprises(context);
	return `/enterprises/${own!.id}/account`;
}

/** Pages that one person may open, besides the steps of a visit. */
export async function pagesOf(person: PersonName | null, context: BrowserContext): Promise<NamedPage[]> {
	const named = (entries: Record<string, string>): NamedPage[] =>
		Object.entries(entries).map(([name, path]) => ({ name, path }));
	switch (person) {
		case null:
			return named({ 'sign-in': '/sign-in', 'delivery-unknown': `/o/${'x'.repeat(27)}` });
		case 'leader':
		case 'inspector': {
			const worst = (await readEnterprises(context)).toSorted(
				(a, b) => b.openHazards - a.openHazards || a.id.localeCompare(b.id)
			)[0]!;
			const ofBoth = {
				enterprises: '/enterprises',
				enterprise: `/enterprises/${worst.id}`,
				account: `/enterprises/${worst.id}/account`,
				risks: `/enterprises/${worst.id}/risks`,
				hazards: '/hazards',
				measures: '/measures',
				rankings: '/rankings'
			};
			return person === 'leader'
				? named({
						overview: '/',
						'overview-map': '/?tab=map',
						'overview-matters': '/?tab=matters',
						...ofBoth
					})
				: named({
						round: '/round',
						cosign: '/cosign',
						reports: '/reports',
						'enterprise-new': '/enterprises/new'
					});
		}
		case 'administrator':
			return named({
				admin: '/admin',
				'admin-members': '/admin/members',
				'admin-invite': '/admin/members/invite?role=inspector',
				'admin-settings': '/admin/settings',
				'admin-import': '/admin/import'
			});
		case 'principal':
			return named({ my: '/my', 'my-account': await ownAccount(context), password: '/password' });
		default:
			return [];
	}
}
