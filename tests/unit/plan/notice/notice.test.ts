import { describe, expect, it, test } from 'vitest';
import { channelsOn, readChannels } from '#lib/plan/notice/channelSettings.ts';
import { noticeText, pauseAfter, reaches, type ChannelsOn, type Reach } from '#lib/plan/notice/notice.ts';
import { isPushAddress, pushSubscriptionSchema } from '#lib/plan/notice/pushAddress.ts';

const off: ChannelsOn = { push: false, email: false, sms: false, console: false };
const nobody: Reach = { devices: [], email: false, sms: false };
const everything: Reach = { devices: ['a', 'b'], email: true, sms: true };
const ways = (reach: Reach, on: Partial<ChannelsOn>) =>
	reaches(reach, { ...off, ...on }).map(({ channel, target }) => (target ? `${channel} ${target}` : channel));

test.each<[string, Reach, Partial<ChannelsOn>, string[]]>([
	['who chose nothing is reached by nothing', nobody, { push: true, email: true, sms: true }, []],
	['each device', { ...nobody, devices: ['a', 'b'] }, { push: true }, ['push a', 'push b']],
	['what the server has not is no way', everything, { email: true }, ['email']],
	[
		'what was not chosen is no way',
		{ ...nobody, sms: true },
		{ push: true, email: true, sms: true },
		['sms']
	],
	['all of it', everything, { push: true, email: true, sms: true }, ['push a', 'push b', 'email', 'sms']],
	['the log, where the server has nothing else', nobody, { console: true }, ['console']]
])('reaches: %s', (_says, reach, on, expected) => expect(ways(reach, on)).toEqual(expected));

test('pauses grow, and after five tries it is given up', () => {
	expect([1, 2, 3, 4, 5, 6].map(pauseAfter)).toEqual([60, 300, 1800, 7200, null, null]);
});

describe('the text', () => {
	const facts = { role: 'principal', hazards: 2, deadline: '2026-11-23', days: 3 } as const;
	it('says how many, until when, and what to do', () => {
		expect(noticeText(facts).text).toContain(
			'有2项隐患，整改期限为2026年11月23日（含当日，自然日），还剩3天。'
		);
		expect(noticeText({ ...facts, days: 0 }).text).toContain('有2项隐患今天到期，整改期限为2026年11月23日');
		expect(noticeText({ ...facts, days: -1 })).toMatchObject({
			title: '安全生产逾期提醒',
			text: expect.stringContaining('有2项隐患已逾期1天')
		});
		expect(noticeText({ ...facts, role: 'inspector', days: -7 }).text).toBe(
			'您经办的文书有2项隐患已逾期7天，请登录查看并安排复查。'
		);
	});
});

describe('what the operator has set up', () => {
	const channels = (environment: Record<string, string>) => {
		const read = readChannels(environment);
		return read.ok ? channelsOn(read.value) : `${read.problem.path}: ${read.problem.details?.expected}`;
	};
	it('is the log, where nothing is', () => {
		expect(channels({})).toEqual({ ...off, console: true });
		expect(channels({ PUBLIC_URL: 'http://127.0.0.1:5173' })).toEqual({ ...off, console: true });
	});
	it('is what is named', () => {
		expect(channels({ PUBLIC_URL: 'https://mingcha.example.test' })).toEqual({ ...off, push: true });
		expect(channels({ PUSH_CONTACT: 'mailto:a@example.test' })).toEqual({ ...off, push: true });
		expect(
			channels({
				SMTP_URL: 'smtps://user:pass@mail.example.test',
				MAIL_FROM: '示例街道 <notices@example.test>',
				SMS_WEBHOOK_URL: 'http://127.0.0.1:9000/sms',
				SMS_WEBHOOK_SECRET: 'x'.repeat(16)
			})
		).toEqual({ push: true, email: true, sms: true, console: false });
		expect(
			readChannels({ MAIL_FROM: '示例 <a@b.test>', PUSH_HOSTS: 'push.example.test, other.test:444' })
		).toMatchObject({
			value: {
				push: { contact: 'mailto:a@b.test', hosts: ['push.example.test', 'other.test:444'] },
				email: null
			}
		});
	});
	test.each([
		[{ SMTP_URL: 'mail.example.test', MAIL_FROM: 'a@b.test' }, /^SMTP_URL: /],
		[{ SMTP_URL: 'smtp://mail.example.test' }, /^MAIL_FROM: /],
		[{ MAIL_FROM: 'a@b.test\r\nBcc: c@d.test' }, /^MAIL_FROM: /],
		[
			{ SMS_WEBHOOK_URL: 'http://gateway.example.test/', SMS_WEBHOOK_SECRET: 'x'.repeat(16) },
			/^SMS_WEBHOOK_URL: /
		],
		[{ SMS_WEBHOOK_URL: 'https://gateway.example.test/' }, /^SMS_WEBHOOK_SECRET: /],
		[
			{ SMS_WEBHOOK_URL: 'https://gateway.example.test/', SMS_WEBHOOK_SECRET: 'short' },
			/^SMS_WEBHOOK_SECRET: /
		],
		[{ PUSH_CONTACT: 'nobody' }, /^PUSH_CONTACT: /]
	])('is refused by name when it cannot be right: %o', (environment, expected) => {
		const said = channels(environment as Record<string, string>);
		expect(said).toMatch(expected);
		expect(said).not.toContain('short');
	});
});

describe('where a push may go', () => {
	it('is a push service over https, and nothing that only looks like one', () => {
		for (const endpoint of [
			'https://fcm.googleapis.com/fcm/send/x',
			'https://updates.push.services.mozilla.com/wpush/v2/x',
			'https://web.push.apple.com/x',
			'https://wns2-by3p.notify.windows.com/w/?token=x'
		])
			expect([endpoint, isPushAddress(endpoint)]).toEqual([endpoint, true]);
		for (const endpoint of [
			'http://fcm.googleapis.com/x',
			'https://fcm.googleapis.com:8443/x',
			'https://fcm.googleapis.com.evil.test/x',
			'https://evil-push.apple.com.test/x',
			'https://user@fcm.googleapis.com/x',
			'https://127.0.0.1/x',
			'https://[::1]/x',
			'https://169.254.169.254/latest/meta-data',
			'not an address'
		])
			expect([endpoint, isPushAddress(endpoint)]).toEqual([endpoint, false]);
	});
	it('needs keys of the right size', () => {
		const keys = { p256dh: 'A'.repeat(87), auth: 'B'.repeat(22) };
		const read = (value: object) =>
			pushSubscriptionSchema.safeParse({
				endpoint: 'https://fcm.googleapis.com/x',
				keys: { ...keys, ...value }
			}).success;
		expect([read({}), read({ auth: 'B' }), read({ p256dh: '!'.repeat(87) })]).toEqual([true, false, false]);
	});
});
