import { createServer } from 'node:net';
import webPush from 'web-push';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Attempt } from '#lib/plan/notice/channel.server.ts';
import { emailChannel } from '#lib/plan/notice/email.server.ts';
import { pushChannel } from '#lib/plan/notice/push.server.ts';
import { smsChannel } from '#lib/plan/notice/sms.server.ts';
import {
	makeDevice,
	openGateway,
	openMailServer,
	openPush,
	openPushService,
	vapidClaims,
	type Gateway,
	type MailServer,
	type PushService
} from './servers.ts';

const secret = 'a-secret-of-the-operator';
const home = 'https://mingcha.example.test';
const device = makeDevice();
const keys = webPush.generateVAPIDKeys();

let mail: MailServer;
let gateway: Gateway;
let service: PushService;
/** A port that nobody listens on. */
let nobody: number;

beforeAll(async () => {
	[mail, gateway, service] = await Promise.all([openMailServer(), openGateway(secret), openPushService()]);
	nobody = await new Promise<number>((resolve) => {
		const probe = createServer().listen(0, '127.0.0.1', () => {
			const { port } = probe.address() as { port: number };
			probe.close(() => resolve(port));
		});
	});
});
afterAll(() => Promise.all([mail.close(), gateway.close(), service.close()]));
beforeEach(() => {
	mail.answer = null;
	gateway.status = 202;
	service.status = 201;
	mail.letters.length = gateway.messages.length = service.pushes.length = 0;
});

const attempt = (more: Partial<Attempt> = {}): Attempt => ({
	id: '3f0c9f0e-7a55-4c39-9f1d-0a8b7f3c2d11',
	channel: 'push',
	tries: 1,
	role: 'principal',
	hazards: 2,
	deadline: '2026-11-23',
	days: 3,
	email: 'qian@example.test',
	phone: '13800000000',
	push: { endpoint: `https://${service.host}/send/abc`, p256dh: device.p256dh, auth: device.auth },
	...more
});
const from = '示例街道 <notices@example.test>';
const byEmail = (url = mail.url) => emailChannel({ url, from }, home, 300);
const bySms = (url = gateway.url, key = secret) => smsChannel({ url, secret: key }, 300);
const byPush = (hosts = [service.host]) =>
	pushChannel({ contact: 'mailto:notices@example.test', hosts }, keys, {
		patient: 300,
		agent: service.agent
	});

describe('e-mail', () => {
	it('arrives once, says that a machine wrote it, and leads to the page of notices', async () => {
		expect(await byEmail()(attempt())).toEqual({ outcome: 'taken' });
		expect(mail.letters).toHaveLength(1);
		const { to, text } = mail.letters[0]!;
		expect(to).toBe('qian@example.test');
		expect(text).toMatch(/^Auto-Submitted: auto-generated$/m);
		expect(text).toContain('Message-ID: <3f0c9f0e-7a55-4c39-9f1d-0a8b7f3c2d11@mingcha.example.test>');
		const body = text.split('\r\n\r\n').slice(1).join('').replaceAll(/\s/g, '');
		expect(Buffer.from(body, 'base64').toString()).toContain(`${home}/notices`);
	});

	it('is refused, put off or cut off, each in its way', async () => {
		mail.answer = { code: 550, text: 'no such mailbox' };
		expect(await byEmail()(attempt())).toEqual({ outcome: 'never', reason: 'refused' });
		mail.answer = { code: 451, text: 'greylisted' };
		expect(await byEmail()(attempt())).toEqual({ outcome: 'again', reason: 'busy' });
		mail.answer = 'silent';
		expect(await byEmail()(attempt())).toEqual({ outcome: 'again', reason: 'slow' });
		expect(await byEmail(`smtp://127.0.0.1:${nobody}`)(attempt())).toEqual({
			outcome: 'again',
			reason: 'unreachable'
		});
		expect(await byEmail()(attempt({ email: null }))).toEqual({ outcome: 'never', reason: 'refused' });
		expect(mail.letters).toEqual([]);
	});
});

describe('SMS', () => {
	it('reaches the gateway signed, with the number, the text and an id to know a repetition by', async () => {
		expect(await bySms()(attempt())).toEqual({ outcome: 'taken' });
		expect(gateway.messages).toEqual([
			{
				id: attempt().id,
				phone: '13800000000',
				text: expect.stringMatching(/^【安全生产整改提醒】您单位有2项隐患/)
			}
		]);
	});

	it('is not taken with another secret, and follows no redirection', async () => {
		expect(await bySms(gateway.url, 'another-secret-altogether')(attempt())).toEqual({
			outcome: 'never',
			reason: 'refused'
		});
		gateway.status = 307;
		expect(await bySms()(attempt())).toEqual({ outcome: 'never', reason: 'refused' });
		expect(gateway.messages).toEqual([]);
	});

	it('is tried again when the gateway is busy, slow or away', async () => {
		for (const status of [429, 503]) {
			gateway.status = status;
			expect(await bySms()(attempt())).toEqual({ outcome: 'again', reason: 'busy' });
		}
		gateway.status = 0;
		expect(await bySms()(attempt())).toEqual({ outcome: 'again', reason: 'slow' });
		expect(await bySms(`http://127.0.0.1:${nobody}/`)(attempt())).toEqual({
			outcome: 'again',
			reason: 'unreachable'
		});
	});
});

describe('web push', () => {
	it('is readable by the browser alone, and says whose server sends it', async () => {
		expect(await byPush()(attempt())).toEqual({ outcome: 'taken' });
		const [{ path, headers, body }] = service.pushes as [PushService['pushes'][0]];
		expect(path).toBe('/send/abc');
		expect(headers).toMatchObject({
			'content-encoding': 'aes128gcm',
			ttl: '86400',
			topic: attempt().id.replaceAll('-', '')
		});
		const { exp, ...claims } = vapidClaims(headers.authorization!);
		expect(claims).toEqual({
			aud: `https://${service.host}`,
			sub: 'mailto:notices@example.test',
			key: keys.publicKey
		});
		// No longer than a day ahead (RFC 8292 §2).
		expect(exp - Date.now() / 1000).toBeLessThanOrEqual(86_400);
		expect(body.includes('隐患')).toBe(false);
		expect(JSON.parse(openPush(body, device))).toEqual({
			title: '安全生产整改提醒',
			text: expect.stringContaining('您单位有2项隐患')
		});
		expect(() => openPush(body, makeDevice())).toThrow();
	});

	it('ends for a device that is gone, is tried again where it may help, and else given up', async () => {
		for (const [status, outcome] of [
			[404, { outcome: 'gone' }],
			[410, { outcome: 'gone' }],
			[429, { outcome: 'again', reason: 'busy' }],
			[503, { outcome: 'again', reason: 'busy' }],
			[403, { outcome: 'never', reason: 'refused' }],
			[0, { outcome: 'again', reason: 'slow' }]
		] as const) {
			service.status = status;
			expect([status, await byPush()(attempt())]).toEqual([status, outcome]);
		}
		const away = { endpoint: `https://127.0.0.1:${nobody}/`, p256dh: device.p256dh, auth: device.auth };
		expect(await byPush([`127.0.0.1:${nobody}`])(attempt({ push: away }))).toEqual({
			outcome: 'again',
			reason: 'unreachable'
		});
	});

	it('goes to push services only, whatever address a browser gave, and not to keys that are none', async () => {
		const { push } = attempt();
		for (const endpoint of [
			push!.endpoint,
			'https://fcm.googleapis.com@127.0.0.1/',
			'http://fcm.googleapis.com/x'
		])
			expect(await byPush([])(attempt({ push: { ...push!, endpoint } }))).toEqual({
				outcome: 'never',
				reason: 'refused'
			});
		expect(await byPush()(attempt({ push: { ...push!, p256dh: 'A'.repeat(87) } }))).toEqual({
			outcome: 'never',
			reason: 'refused'
		});
		expect(service.pushes).toEqual([]);
	});
});
