import type { APIRequestContext, Browser } from '@playwright/test';
import { expect, openDevice, test, type PersonName } from './support/fixtures.ts';
import type { RunningServer } from './support/server.ts';

/**
 * Pages, endpoints and files × people, as the browser meets them. The rows behind them are watched by
 * tests/database/permissions; here it is the doors that are tried, refusals first.
 */
type Answer = 'opens' | 'sign-in' | 'refused' | 'unseen';
type Visitor = PersonName | 'visitor';

const everybody: Visitor[] = [
	'visitor',
	'neighbour',
	'communityWorker',
	'principal',
	'inspector',
	'unlicensed',
	'leader',
	'administrator'
];

/** What a door says: let in, sent to sign in (or 401), refused (403), or nothing of the kind exists (404). */
async function tryDoor(request: APIRequestContext, path: string): Promise<Answer> {
	const response = await request.get(path, { maxRedirects: 0 });
	const status = response.status();
	if (status === 401) return 'sign-in';
	if (status >= 300 && status < 400)
		return response.headers().location?.startsWith('/sign-in') ? 'sign-in' : 'opens';
	if (status === 403) return 'refused';
	if (status === 404) return 'unseen';
	if (status === 200) return 'opens';
	throw new Error(`${path}: got ${status}, expected an answer this test knows`);
}

/** Pages of a role: everyone not named is refused; a visitor is asked to sign in. */
const doorsOfRoles: Record<string, PersonName[]> = {
	'/admin': ['administrator'],
	'/admin/members': ['administrator'],
	'/admin/members/invite': ['administrator'],
	'/admin/settings': ['administrator'],
	'/admin/keys': ['administrator'],
	'/admin/import': ['administrator'],
	'/admin/import/waiting': ['administrator'],
	'/admin/areas': ['administrator', 'leader'],
	'/areas': ['inspector', 'unlicensed', 'neighbour', 'communityWorker', 'leader', 'administrator'],
	'/admin/areas/new': ['administrator'],
	'/admin/areas/reassign': ['administrator'],
	'/admin/schemes': ['administrator', 'leader'],
	'/admin/schemes/street-base': ['administrator', 'leader'],
	'/admin/schemes/street-base/weights': ['administrator', 'leader'],
	'/admin/schemes/compare': ['administrator', 'leader'],
	'/admin/schemes/try': ['administrator', 'leader'],
	'/round': ['inspector', 'unlicensed', 'neighbour', 'communityWorker'],
	'/enterprises/new': ['inspector', 'unlicensed', 'neighbour', 'communityWorker'],
	'/notices': ['inspector', 'unlicensed', 'neighbour', 'principal'],
	'/cosign': ['inspector', 'unlicensed', 'neighbour'],
	'/reports': ['inspector', 'unlicensed', 'neighbour', 'communityWorker', 'leader', 'administrator'],
	'/extensions': ['inspector', 'unlicensed', 'neighbour', 'communityWorker', 'leader', 'administrator'],
	'/objections': ['inspector', 'unlicensed', 'neighbour', 'leader', 'administrator'],
	'/escalations': ['inspector', 'unlicensed', 'neighbour', 'leader', 'administrator'],
	'/measures': ['inspector', 'unlicensed', 'neighbour', 'communityWorker', 'leader', 'administrator'],
	'/supervision': ['inspector', 'unlicensed', 'neighbour', 'communityWorker', 'leader', 'administrator'],
	'/tipoffs': ['inspector', 'unlicensed', 'neighbour', 'leader', 'administrator'],
	'/tipoffs/poster': ['inspector', 'unlicensed', 'neighbour', 'leader', 'administrator'],
	'/admin/api-keys': ['administrator'],
	'/screen': ['leader', 'administrator'],
	'/ratings': ['leader', 'administrator'],
	'/supervision/new': ['leader', 'administrator'],
	'/rankings/enterprises': ['leader', 'administrator'],
	'/rankings/registers': [
		'inspector',
		'unlicensed',
		'neighbour',
		'communityWorker',
		'leader',
		'administrator'
	],
	'/dashboard': ['inspector', 'unlicensed', 'neighbour', 'communityWorker', 'leader', 'administrator'],
	'/dashboard/export?format=csv': [
		'inspector',
		'unlicensed',
		'neighbour',
		'communityWorker',
		'leader',
		'administrator'
	],
	'/hazards/export?format=csv': [
		'inspector',
		'unlicensed',
		'neighbour',
		'communityWorker',
		'leader',
		'administrator'
	],
	'/dashboard/monthly': ['leader', 'administrator'],
	'/rankings/export?format=csv': [
		'inspector',
		'unlicensed',
		'neighbour',
		'communityWorker',
		'leader',
		'administrator'
	],
	'/admin/settings/versions': ['administrator'],
	'/documents/numbers': ['inspector', 'unlicensed', 'neighbour', 'leader', 'administrator'],
	'/plans': ['inspector', 'unlicensed', 'neighbour', 'leader', 'administrator'],
	'/rankings': ['inspector', 'unlicensed', 'neighbour', 'communityWorker', 'leader', 'administrator']
};

async function requestsOf(browser: Browser, server: RunningServer) {
	const opened = new Map<Visitor, APIRequestContext>();
	for (const person of everybody) {
		const { context } = await openDevice(browser, server, person === 'visitor' ? null : person, {
			opensHome: false
		});
		opened.set(person, context.request);
	}
	return opened;
}

const firstId = (html: string, pattern: RegExp): string => {
	const id = pattern.exec(html)?.[1];
	if (!id) throw new Error(`page: got no ${pattern}, expected the principal's own to have one`);
	return id;
};

test('every door is tried by everybody: refusals first', async ({ browser, server }) => {
	test.setTimeout(300_000);
	const people = await requestsOf(browser, server);
	const wrong: string[] = [];
	const check = async (path: string, expected: (person: Visitor) => Answer, ...except: Visitor[]) => {
		for (const [person, request] of people) {
			if (except.includes(person)) continue;
			const answer = await tryDoor(request, path);
			if (answer !== expected(person))
				wrong.push(`${person} ${path}: got ${answer}, expected ${expected(person)}`);
		}
	};

	for (const [path, allowed] of Object.entries(doorsOfRoles))
		await check(path, (person) =>
			person === 'visitor' ? 'sign-in' : allowed.includes(person) ? 'opens' : 'refused'
		);

	// The archive of everything; that the administrator gets it is tried with the backup itself.
	await check('/admin/backup', (person) => (person === 'visitor' ? 'sign-in' : 'refused'), 'administrator');

	// The principal's own enterprise, its checks and papers: its street sees them, the neighbour street does not.
	const mine = await (await people.get('principal')!.get('/my')).text();
	const enterprise = firstId(mine, /\/enterprises\/([0-9a-f-]{36})/);
	const itsPage = await (await people.get('leader')!.get(`/enterprises/${enterprise}`)).text();
	const inspection = firstId(itsPage, /\/inspections\/([0-9a-f-]{36})/);
	const document = firstId(mine, /\/documents\/([0-9a-f-]{36})\.pdf/);
	const seenByWorker = await people.get('communityWorker')!.get(`/api/map/enterprise?id=${enterprise}`);
	const inWorkersCommunity = (await seenByWorker.json()) !== null;
	const ofTheStreet = (person: Visitor): Answer => {
		if (person === 'visitor') return 'sign-in';
		if (person === 'neighbour' || (person === 'communityWorker' && !inWorkersCommunity)) return 'unseen';
		return 'opens';
	};
	await check(`/enterprises/${enterprise}`, ofTheStreet);
	await check(`/enterprises/${enterprise}/account`, ofTheStreet);
	await check(`/enterprises/${enterprise}/duties`, ofTheStreet);
	await check(`/enterprises/${enterprise}/risks`, ofTheStreet);
	await check(`/enterprises/${enterprise}/risks/board.pdf`, ofTheStreet);
	const mayRegister: PersonName[] = ['inspector', 'unlicensed', 'leader', 'administrator'];
	await check(`/enterprises/${enterprise}/events/new`, (person) =>
		person === 'visitor'
			? 'sign-in'
			: person === 'neighbour'
				? 'unseen'
				: mayRegister.includes(person as PersonName)
					? 'opens'
					: 'refused'
	);
	// Leads are for who may be sent to look, never for the enterprise itself.
	await check(`/enterprises/${enterprise}/alarms`, (person) =>
		person === 'principal' ? 'refused' : ofTheStreet(person)
	);
	await check(`/enterprises/${enterprise}/opinions`, ofTheStreet);
	await check(`/inspections/${inspection}`, ofTheStreet);
	// The codes of a delivery open the enterprise's page: the enterprise has its own.
	await check(`/inspections/${inspection}/delivery`, (person) =>
		person === 'principal' ? 'refused' : ofTheStreet(person)
	);
	await check(`/documents/${document}.pdf`, ofTheStreet);
	// The whole case is for staff: the enterprise has its own page.
	await check(`/inspections/${inspection}/case.zip`, (person) =>
		person === 'principal' ? 'unseen' : ofTheStreet(person)
	);
	// A 重大 hazard opens for whoever has it on their own list.
	await check('/majors', (person) => (person === 'visitor' ? 'sign-in' : 'opens'));
	const listOf = async (person: Visitor) =>
		(await people.get(person)!.get('/majors?state=all', { maxRedirects: 0 })).text();
	const major = firstId(await listOf('leader'), /\/majors\/([0-9a-f-]{36})/);
	const lists = new Map(
		await Promise.all(everybody.map(async (person) => [person, await listOf(person)] as const))
	);
	expect(lists.get('neighbour')).not.toContain(major);
	await check(`/majors/${major}`, (person) =>
		person === 'visitor' ? 'sign-in' : lists.get(person)!.includes(major) ? 'opens' : 'unseen'
	);
	// Whom of the street it opens to depends on who was there: tried in tests/database/record/corrections.test.ts.
	await check(
		`/inspections/${inspection}/correct`,
		(person) => (person === 'principal' || person === 'administrator' ? 'refused' : ofTheStreet(person)),
		'inspector',
		'unlicensed',
		'leader',
		'communityWorker'
	);
	await check('/v/keys', () => 'opens');
	await check(`/documents/${document}`, ofTheStreet);
	await check(`/enterprises/${enterprise}/documents`, ofTheStreet);
	// A step of the ladder is between colleagues of the place until its paper is issued.
	const steps = await (await people.get('leader')!.get('/escalations?state=all')).text();
	await check(`/escalations/${firstId(steps, /\/escalations\/([0-9a-f-]{36})/)}`, (person) => {
		if (person === 'visitor') return 'sign-in';
		if (person === 'principal' || person === 'communityWorker') return 'refused';
		return person === 'neighbour' ? 'unseen' : 'opens';
	});
	// What judges how others do their duty is issued by those in charge; a plan is drafted by inspectors.
	const issued = `/enterprises/${enterprise}/documents/new?kind=supervision_card`;
	await check(issued, (person) => {
		const seen = ofTheStreet(person);
		return seen === 'opens' && person !== 'leader' && person !== 'administrator' ? 'refused' : seen;
	});
	await check(`/plans/new?enterprise=${enterprise}`, (person) => {
		if (person === 'visitor') return 'sign-in';
		if (person === 'neighbour') return 'unseen';
		return person === 'inspector' || person === 'unlicensed' ? 'opens' : 'refused';
	});
	const unknownFile = `/api/evidence/${'0'.repeat(64)}`;
	await check(unknownFile, (person) => (person === 'visitor' ? 'sign-in' : 'unseen'));
	await check('/password', (person) => (person === 'visitor' ? 'sign-in' : 'opens'));
	for (const path of [
		'/api/map',
		'/api/map/changes?against=2026-06-01',
		'/tiles/enterprises.json',
		'/tiles/enterprises/12/3426/1674.mvt'
	])
		await check(path, (person) =>
			person === 'visitor' ? 'sign-in' : person === 'principal' ? 'refused' : 'opens'
		);
	await check('/api/areas?level=community', (person) => (person === 'visitor' ? 'sign-in' : 'opens'));
	await check('/api/rankings?by=community&from=2026-01-01&to=2026-12-31', (person) =>
		person === 'visitor' ? 'sign-in' : person === 'principal' ? 'refused' : 'opens'
	);
	await check('/o/AAAAAAAAAAAAAAAAAAAAAAAAAAA', () => 'unseen');
	await check('/t/AAAAAAAAAAAAAAAAAAAAAAAAAAA', () => 'unseen');
	expect(wrong).toEqual([]);

	// What an open door shows is one's own: the neighbour's map has nothing of the street, the principal's one place.
	const ofNeighbour = people.get('neighbour')!;
	expect(await (await ofNeighbour.get(`/api/map/enterprise?id=${enterprise}`)).json()).toBeNull();
	expect((await (await ofNeighbour.get('/api/map')).json()).total).toBeLessThan(100);
	const own = await people.get('principal')!.get(`/api/map/enterprise?id=${enterprise}`);
	expect((await own.json()).id).toBe(enterprise);
});
