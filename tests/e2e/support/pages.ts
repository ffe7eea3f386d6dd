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
	const own = /\/enterprises\/[0-9a-f-]{36}/.exec(await (await context.request.get('/my')).text())!;
	return `${own[0]}/account`;
}

/** Names of versions, as the addresses of the list of schemes have them. */
async function schemeVersions(context: BrowserContext): Promise<string[]> {
	const list = await (await context.request.get('/admin/schemes')).text();
	return [...list.matchAll(/\?version=([a-z0-9-]+@[0-9a-f]{8})/g)].map(([, name]) => name!);
}

async function someComparison(context: BrowserContext): Promise<string> {
	const [before, after] = await schemeVersions(context);
	return `/admin/schemes/compare?before=${before}&after=${after}`;
}

/** A dry run of the Chongming scheme over everything, once it is over. */
async function finishedRun(context: BrowserContext): Promise<string> {
	const version = (await schemeVersions(context)).find((name) => name.startsWith('chongming'))!;
	const from = new Date(Date.now() + 24 * 3_600_000).toISOString().slice(0, 10);
	const { request } = context;
	const home = new URL((await request.get('/admin')).url()).origin;
	const started = await request.post('/admin/schemes/try', {
		form: { version, scope: '', siteType: '', from },
		headers: { origin: home, accept: 'text/html' },
		maxRedirects: 0
	});
	const path = started.headers().location!;
	for (let attempt = 0; attempt < 300; attempt++) {
		const page = await (await request.get(path)).text();
		if (!page.includes('action="?/stop"')) return path;
		await new Promise((resolve) => setTimeout(resolve, 300));
	}
	throw new Error(`${path}: got a dry run still under way after 90 s, expected it over`);
}

async function worstEnterprise(context: BrowserContext): Promise<string> {
	const [worst] = (await readEnterprises(context)).toSorted(
		(a, b) => b.openHazards - a.openHazards || a.id.localeCompare(b.id)
	);
	return worst!.id;
}

/** An event that the sample street has on record. */
async function firstEvent(context: BrowserContext): Promise<string> {
	for (const { id } of (await readEnterprises(context)).toSorted((a, b) => b.openHazards - a.openHazards)) {
		const account = await (await context.request.get(`/enterprises/${id}/account`)).text();
		const event = /\/enterprises\/[0-9a-f-]{36}\/events\/[0-9a-f-]{36}/.exec(account);
		if (event) return event[0];
	}
	throw new Error('sample street: got no registered event, expected some');
}

async function firstMeasure(context: BrowserContext): Promise<string> {
	const list = await (await context.request.get('/measures')).text();
	return /\/measures\/[0-9a-f-]{36}/.exec(list)![0];
}

async function firstMajor(context: BrowserContext): Promise<string> {
	const list = await (await context.request.get('/majors')).text();
	return /\/majors\/[0-9a-f-]{36}/.exec(list)![0];
}

async function firstSupervision(context: BrowserContext): Promise<string> {
	const list = await (await context.request.get('/supervision')).text();
	return /\/supervision\/[0-9a-f-]{36}/.exec(list)![0];
}

/** A step of the ladder that waits; the sample street is looked through at its first start. */
async function someEscalation(context: BrowserContext): Promise<string> {
	for (let attempt = 0; attempt < 40; attempt++) {
		const list = await (await context.request.get('/escalations?state=all')).text();
		const step = /\/escalations\/[0-9a-f-]{36}/.exec(list);
		if (step) return step[0];
		await new Promise((resolve) => setTimeout(resolve, 500));
	}
	throw new Error('sample street: got no overdue order that waits for a step, expected some');
}

/** Codes and receipts of some check. */
async function someService(context: BrowserContext): Promise<string> {
	const page = await (await context.request.get(`/enterprises/${await worstEnterprise(context)}`)).text();
	return `${/\/inspections\/[0-9a-f-]{36}/.exec(page)![0]}/delivery`;
}

/** The form of a record that this person may correct. */
async function someCorrection(context: BrowserContext): Promise<string> {
	for (const { id } of (await readEnterprises(context)).toSorted((a, b) => b.openHazards - a.openHazards)) {
		const history = await (await context.request.get(`/enterprises/${id}`)).text();
		for (const [path] of history.matchAll(/\/inspections\/[0-9a-f-]{36}/g))
			if ((await (await context.request.get(path)).text()).includes(`${path}/correct"`))
				return `${path}/correct`;
	}
	throw new Error('sample street: got no record that a leader may correct, expected some');
}

/** The tree of areas and the rooms of its first community. */
async function areaPages(context: BrowserContext): Promise<Record<string, string>> {
	const tree = await (await context.request.get('/admin/areas')).text();
	const [, street, community] = [...tree.matchAll(/"(\/admin\/areas\/[0-9a-f-]{36})"/g)].map(
		([, path]) => path!
	);
	return {
		'admin-areas': '/admin/areas',
		'admin-area': community ?? street!,
		'admin-area-boundary': `${community ?? street!}/boundary`,
		'admin-areas-new': `/admin/areas/new?parent=${street!.split('/').at(-1)}`,
		'admin-areas-reassign': '/admin/areas/reassign'
	};
}

/** Pages that one person may open, besides the steps of a visit. */
export async function pagesOf(person: PersonName | null, context: BrowserContext): Promise<NamedPage[]> {
	const named = (entries: Record<string, string>): NamedPage[] =>
		Object.entries(entries).map(([name, path]) => ({ name, path }));
	switch (person) {
		case null:
			return named({
				'sign-in': '/sign-in',
				keys: '/v/keys',
				'delivery-unknown': `/o/${'x'.repeat(27)}`,
				'task-unknown': `/t/${'x'.repeat(27)}`,
				tipoff: '/tipoff',
				'tipoff-follow': '/tipoff/follow'
			});
		case 'leader': {
			const worst = await worstEnterprise(context);
			return named({
				overview: '/',
				'overview-map': '/?tab=map',
				'overview-matters': '/?tab=matters',
				enterprises: '/enterprises',
				enterprise: `/enterprises/${worst}`,
				account: `/enterprises/${worst}/account`,
				duties: `/enterprises/${worst}/duties`,
				alarms: `/enterprises/${worst}/alarms`,
				opinions: `/enterprises/${worst}/opinions`,
				documents: `/enterprises/${worst}/documents`,
				'document-new': `/enterprises/${worst}/documents/new?kind=supervision_opinion`,
				plans: '/plans',
				numbers: '/documents/numbers',
				correction: await someCorrection(context),
				'event-new': `/enterprises/${worst}/events/new`,
				'event-form': `/enterprises/${worst}/events/new?kind=accident.happened`,
				event: await firstEvent(context),
				risks: `/enterprises/${worst}/risks`,
				hazards: '/hazards',
				majors: '/majors?state=all',
				major: await firstMajor(context),
				areas: '/areas',
				measures: '/measures',
				measure: await firstMeasure(context),
				supervisions: '/supervision',
				supervision: await firstSupervision(context),
				'supervision-new': `/supervision/new?enterprise=${worst}&kind=overdue`,
				ratings: '/ratings',
				screen: '/screen',
				rankings: '/rankings',
				dashboard: '/dashboard',
				'dashboard-narrowed': '/dashboard?period=year&cause=management',
				'dashboard-monthly': '/dashboard/monthly',
				'rankings-smoothed': '/rankings?measure=smoothed&period=year',
				'rankings-enterprises': '/rankings/enterprises',
				'rankings-registers': '/rankings/registers',
				tipoffs: '/tipoffs',
				'tipoffs-poster': '/tipoffs/poster'
			});
		}
		case 'inspector':
			return named({
				round: '/round',
				cosign: '/cosign',
				reports: '/reports',
				extensions: '/extensions?state=all',
				objections: '/objections?state=all',
				escalations: '/escalations',
				escalation: await someEscalation(context),
				service: await someService(context),
				'enterprise-new': '/enterprises/new',
				'plan-new': `/plans/new?enterprise=${await worstEnterprise(context)}`,
				'risk-new': `/enterprises/${await worstEnterprise(context)}/risks?edit=new`
			});
		case 'administrator':
			return named({
				admin: '/admin',
				'admin-members': '/admin/members',
				'admin-invite': '/admin/members/invite?role=inspector',
				'admin-settings': '/admin/settings',
				'admin-settings-versions': '/admin/settings/versions',
				'admin-import': '/admin/import',
				...(await areaPages(context)),
				'admin-api-keys': '/admin/api-keys',
				'admin-keys': '/admin/keys',
				'admin-schemes': '/admin/schemes',
				'admin-scheme': '/admin/schemes/chongming-2020',
				'admin-schemes-compare': await someComparison(context),
				'admin-scheme-weights': '/admin/schemes/street-base/weights',
				'admin-schemes-try': '/admin/schemes/try',
				'admin-schemes-run': await finishedRun(context)
			});
		case 'principal':
			return named({
				my: '/my',
				notices: '/notices',
				'my-account': await ownAccount(context),
				password: '/password'
			});
		default:
			return [];
	}
}
