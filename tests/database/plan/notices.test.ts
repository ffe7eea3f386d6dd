/** Reminders become notices of people and go out, once, by what each of them chose; the other sides are real servers. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { emailChannel } from '#lib/plan/notice/email.server.ts';
import { tellPeople, type Channels } from '#lib/plan/notice/notice.server.ts';
import { pushChannel } from '#lib/plan/notice/push.server.ts';
import { smsChannel } from '#lib/plan/notice/sms.server.ts';
import { remind } from '#lib/plan/reminder/reminder.server.ts';
import {
	makeDevice,
	openGateway,
	openMailServer,
	openPushService,
	type Gateway,
	type MailServer,
	type PushService
} from '../../unit/plan/notice/servers.ts';
import { foundTwo, sealedBy } from '../record/sealed.ts';
import { makeStreet, type Street } from '../record/street.ts';
import { openTestBackend, type Person, type TestBackend } from '../support/testBackend.ts';

const secret = 'a-secret-of-the-operator';
let opened: TestBackend;
let street: Street;
/** Has an account and nothing else. */
let wu: Person;
let gao: Person;
let mail: MailServer;
let gateway: Gateway;
let service: PushService;
let channels: Channels;
let exit: string;
const device = makeDevice();

/** Friday; the exit is due on the 23rd, the alarm on the 27th. */
const friday = '2026-11-20T06:00:00Z';
/** The exit is over since yesterday; the alarm has three days. */
const tuesday = '2026-11-24T02:00:00Z';

beforeAll(async () => {
	opened = await openTestBackend();
	[street, mail, gateway, service] = await Promise.all([
		makeStreet(opened),
		openMailServer(),
		openGateway(secret),
		openPushService()
	]);
	wu = await opened.signUp('wu@example.cn');
	gao = await opened.signUp('gao@example.cn');
	await opened.sql(
		`insert into public.memberships (user_id, role, agency_id, scope, display_name) values ($1, 'administrator', $2, '0001', '高主任')`,
		[gao.userId, street.agencyId]
	);
	await opened.setClock(friday);
	const visit = foundTwo(street, new Date('2026-11-20T05:30:00Z'));
	exit = visit.hazards[1]!.id;
	await sealedBy(opened, street, visit, street.wang);
	for (const [{ userId }, email] of [
		[street.qian, 'qian@example.test'],
		[street.wang, 'wang@example.test'],
		[street.li, 'li@example.test']
	] as const)
		await opened.sql(`update public.memberships set email = $2 where user_id = $1`, [userId, email]);
	await opened.sql(`update public.enterprises set contact_phone = '13800000000' where id = $1`, [
		street.restaurantId
	]);
	const patient = 300;
	channels = {
		email: emailChannel({ url: mail.url, from: 'a@example.test' }, 'https://mingcha.example.test', patient),
		sms: smsChannel({ url: gateway.url, secret }, patient),
		push: pushChannel({ contact: 'mailto:a@example.test', hosts: [service.host] }, opened.backend.keys.push, {
			patient,
			agent: service.agent
		})
	};
});
afterAll(() => Promise.all([opened.close(), mail.close(), gateway.close(), service.close()]));
beforeEach(async () => {
	await opened.sql('delete from public.notices');
	await opened.sql('delete from public.reminders');
	await opened.sql('delete from public.push_subscriptions');
	await opened.sql('delete from public.notice_choices');
	[mail.answer, gateway.status, service.status] = [null, 202, 201];
	mail.letters.length = gateway.messages.length = service.pushes.length = 0;
});

const choose = (person: Person, email: boolean, sms: boolean) =>
	street.as(person).rpc('save_notice_choice', { p_choice: { email, sms } });
const endpoint = () => `https://${service.host}/send/abc`;
const switchOn = (person: Person) =>
	street.as(person).rpc('save_push_subscription', {
		p_subscription: { endpoint: endpoint(), p256dh: device.p256dh, auth: device.auth }
	});
const run = () => tellPeople(opened.backend, channels);
const attempts = (channel?: string) =>
	opened.sql<{ state: string; reason: string | null; tries: number }>(
		`select state, reason, tries from public.notice_attempts where $1::text is null or channel = $1 order by channel, id`,
		[channel ?? null]
	);
/** Everything has its clock: what is due then. */
async function at(instant: string) {
	await opened.setClock(instant);
	await remind(opened.backend);
	return run();
}
const arrived = () => ({
	letters: mail.letters.map(({ to }) => to).sort(),
	messages: gateway.messages.length,
	pushes: service.pushes.length
});

describe('who may', () => {
	test('an account without a membership chooses nothing, and nobody touches what is another’s', async () => {
		for (const answer of [await choose(wu, true, true), await switchOn(wu)])
			expect(answer.data).toMatchObject({ ok: false, problem: { code: 'permission.denied' } });
		await switchOn(street.qian);
		await street.as(street.wang).rpc('remove_push_subscription', { p_endpoint: endpoint() });
		const own = async (person: Person) => (await street.as(person).rpc('own_notices')).data;
		expect(await own(street.qian)).toMatchObject({ devices: [endpoint()], phones: ['138****0000'] });
		expect(await own(street.wang)).toMatchObject({ devices: [], phones: [] });
		// The browser is handed on: its next person switches it on, and it is theirs alone.
		await switchOn(street.wang);
		expect(await own(street.qian)).toMatchObject({ devices: [] });
		expect(await own(street.wang)).toMatchObject({ devices: [endpoint()] });
	});

	test('what is no subscription or no choice is refused', async () => {
		const save = (more: object) =>
			street.as(street.qian).rpc('save_push_subscription', {
				p_subscription: { endpoint: endpoint(), p256dh: device.p256dh, auth: device.auth, ...more }
			});
		for (const more of [
			{ endpoint: 'http://127.0.0.1/' },
			{ endpoint: null },
			{ auth: 'x' },
			{ p256dh: null }
		])
			expect((await save(more)).data).toMatchObject({ ok: false, problem: { code: 'request.invalid' } });
		expect(
			(await street.as(street.qian).rpc('save_notice_choice', { p_choice: { email: 'yes' } })).data
		).toMatchObject({ ok: false });
	});

	test('sums are for administrators', async () => {
		await choose(street.qian, true, false);
		await at(friday);
		const overview = async (person: Person) =>
			(await street.as(person).rpc('notice_overview', { p_scope: '0001' })).data;
		expect(await overview(gao)).toMatchObject({
			channels: [{ channel: 'email', taken: 1, waiting: 0, givenUp: 0 }],
			failures: []
		});
		for (const person of [street.wang, street.qian, wu])
			expect(await overview(person)).toEqual({ channels: [], failures: [] });
	});
});

describe('who is told', () => {
	test('nobody who has not asked for it; the page has it anyway', async () => {
		expect(await at(friday)).toEqual({ notices: 1, taken: 0, failed: 0 });
		const { data } = await street.as(street.qian).rpc('own_notices');
		expect(data).toMatchObject({ rows: [{ kind: 'before', hazards: 1, deadline: '2026-11-23' }] });
		expect(arrived()).toEqual({ letters: [], messages: 0, pushes: 0 });
	});

	test('before the deadline who answers for the enterprise, by each way they chose, once a day', async () => {
		for (const person of [street.qian, street.wang, street.li]) await choose(person, true, true);
		await switchOn(street.qian);
		expect(await at(friday)).toEqual({ notices: 1, taken: 3, failed: 0 });
		expect(arrived()).toEqual({ letters: ['qian@example.test'], messages: 1, pushes: 1 });
		// Another rule of the same day, and another run: nothing more.
		await opened.sql(
			`insert into public.reminders (hazard_id, scope, enterprise_id, kind, days, deadline, made_on)
			select id, scope, enterprise_id, 'before', 60, deadline, app.today() from public.hazards`
		);
		expect(await run()).toEqual({ notices: 0, taken: 0, failed: 0 });
		const said = [
			...mail.letters.map(({ text }) => text),
			...gateway.messages.map(({ text }) => text)
		].join();
		for (const word of ['示例餐饮店', '疏散', '钱总', '王检']) expect(said).not.toContain(word);
	});

	test('once it is over, also the inspector whose order it is, and no other', async () => {
		for (const person of [street.qian, street.wang, street.li]) await choose(person, true, true);
		expect(await at(tuesday)).toMatchObject({ notices: 3 });
		expect(arrived()).toEqual({
			letters: ['qian@example.test', 'qian@example.test', 'wang@example.test'],
			messages: 2,
			pushes: 0
		});
	});

	test('the log, where nothing else is set up', async () => {
		await opened.setClock(friday);
		await remind(opened.backend);
		const lines: string[] = [];
		const told = await tellPeople(opened.backend, {
			console: async ({ id }) => {
				lines.push(id);
				return { outcome: 'taken' };
			}
		});
		expect(told).toEqual({ notices: 1, taken: 1, failed: 0 });
		expect(lines).toHaveLength(1);
	});
});

describe('when', () => {
	test('not at night; in the morning', async () => {
		await choose(street.qian, true, false);
		// 21:30 and 07:59 in Shanghai.
		expect(await at('2026-11-20T13:30:00Z')).toEqual({ notices: 1, taken: 0, failed: 0 });
		expect(await at('2026-11-20T23:59:00Z')).toMatchObject({ taken: 0 });
		expect(await at('2026-11-21T00:00:00Z')).toMatchObject({ taken: 1 });
		expect(arrived().letters).toHaveLength(1);
	});

	test('in the evening, what is due this very day', async () => {
		await choose(street.qian, true, false);
		await opened.setClock('2026-11-23T14:00:00Z');
		await opened.sql(
			`insert into public.reminders (hazard_id, scope, enterprise_id, kind, days, deadline, made_on)
			select id, scope, enterprise_id, 'before', 0, deadline, app.today() from public.hazards where id = $1`,
			[exit]
		);
		expect(await run()).toMatchObject({ taken: 1 });
	});

	test('not any more when it was put right, put off or is unwanted by then', async () => {
		await choose(street.qian, true, false);
		const evening = '2026-11-20T13:30:00Z';
		const morning = '2026-11-21T00:30:00Z';
		await at(evening);
		await opened.sql(`update public.hazards set deadline = '2026-12-20' where id = $1`, [exit]);
		await at(morning);
		expect(await attempts()).toEqual([{ state: 'given_up', reason: 'settled', tries: 0 }]);
		await opened.sql(`update public.hazards set deadline = '2026-11-23' where id = $1`, [exit]);
		await opened.sql('delete from public.notices');
		await opened.sql('delete from public.reminders');
		await at(evening);
		await choose(street.qian, false, false);
		await at(morning);
		expect(await attempts()).toEqual([{ state: 'given_up', reason: 'withdrawn', tries: 0 }]);
		expect(mail.letters).toEqual([]);
	});
});

describe('when something fails', () => {
	const minutes = (count: number) => new Date(Date.parse(friday) + count * 60_000).toISOString();

	test('a gateway that is down is tried again after growing pauses, and taken once', async () => {
		await choose(street.qian, false, true);
		gateway.status = 503;
		expect(await at(friday)).toEqual({ notices: 1, taken: 0, failed: 1 });
		expect(await at(friday)).toMatchObject({ failed: 0 });
		expect(await at(minutes(1.1))).toMatchObject({ failed: 1 });
		expect(await at(minutes(5))).toMatchObject({ failed: 0 });
		gateway.status = 202;
		expect(await at(minutes(7))).toMatchObject({ taken: 1 });
		expect(await at(minutes(60))).toMatchObject({ taken: 0 });
		expect(gateway.messages).toHaveLength(1);
		expect(await attempts()).toEqual([{ state: 'taken', reason: null, tries: 3 }]);
	});

	test('after five tries it is given up, and says why', async () => {
		await choose(street.qian, true, false);
		mail.answer = 'silent';
		for (const after of [0, 2, 8, 40, 170, 171]) await at(minutes(after));
		expect(await attempts()).toEqual([{ state: 'given_up', reason: 'slow', tries: 5 }]);
		const { data } = await street.as(gao).rpc('notice_overview', { p_scope: '' });
		expect(data).toMatchObject({
			channels: [{ channel: 'email', taken: 0, givenUp: 1 }],
			failures: [{ channel: 'email', reason: 'slow', tries: 5, state: 'given_up' }]
		});
	});

	test('a browser that is gone is forgotten, and keeps nothing else back', async () => {
		await choose(street.qian, true, false);
		await switchOn(street.qian);
		service.status = 410;
		expect(await at(friday)).toEqual({ notices: 1, taken: 1, failed: 1 });
		expect(await opened.sql('select 1 from public.push_subscriptions')).toEqual([]);
		expect(await attempts('push')).toEqual([{ state: 'given_up', reason: 'gone', tries: 1 }]);
	});

	test('a server that dies between beginning and end sends nothing twice', async () => {
		await choose(street.qian, false, true);
		await at('2026-11-20T13:30:00Z');
		await opened.setClock('2026-11-21T00:30:00Z');
		const begun = await opened.backend.asService('reminders').rpc('begin_notice_attempts');
		expect(begun.data).toMatchObject({ value: [{ channel: 'sms', tries: 1, phone: '13800000000' }] });
		expect(await run()).toMatchObject({ taken: 0, failed: 0 });
		await opened.setClock('2026-11-21T00:36:00Z');
		expect(await run()).toMatchObject({ taken: 0, failed: 0 });
		expect(await attempts()).toEqual([{ state: 'given_up', reason: 'interrupted', tries: 1 }]);
		expect(gateway.messages).toEqual([]);
	});

	test('two workers at once tell everybody once', async () => {
		await choose(street.qian, true, true);
		await switchOn(street.qian);
		await opened.setClock(friday);
		await remind(opened.backend);
		const told = await Promise.all([run(), run(), run()]);
		expect(told.reduce((sum, { taken }) => sum + taken, 0)).toBe(3);
		expect(arrived()).toEqual({ letters: ['qian@example.test'], messages: 1, pushes: 1 });
	});
});
