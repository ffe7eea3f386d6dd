import { failure, success, type Result } from '#lib/problem.ts';
import type { ChannelsOn } from './notice.ts';

/** What the operator has set up, from the environment (README.md). */
export interface ChannelSettings {
	push: {
		/** Whom a push service may write to about us (RFC 8292 `sub`): mailto: or https:. */
		contact: string;
		/** Hosts of push services besides the known ones. */
		hosts: string[];
	} | null;
	email: { url: string; from: string } | null;
	sms: { url: string; secret: string } | null;
}

/** The address in 「名称 <a@b>」 or on its own. */
const addressIn = (from: string): string | null =>
	/^(?:[^<>\r\n]*<)?\s*([^\s<>"@]+@[^\s<>"@]+)\s*>?$/.exec(from)?.[1] ?? null;

const urlOf = (text: string): URL | null => (URL.canParse(text) ? new URL(text) : null);

/** Over the network only encrypted; on the machine itself, or to the next container, as the operator likes. */
const isOurOwn = ({ hostname }: URL): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(hostname);

const wrong = (name: string, expected: string) => failure('request.invalid', { expected }, name);

function readEmail({ SMTP_URL: url, MAIL_FROM: from }: NodeJS.ProcessEnv): Result<ChannelSettings['email']> {
	if (from && !addressIn(from)) return wrong('MAIL_FROM', 'an address, or 「name <address>」');
	if (!url) return success(null);
	if (!/^smtps?:$/.test(urlOf(url)?.protocol ?? '')) return wrong('SMTP_URL', 'smtp:// or smtps://');
	return from ? success({ url, from }) : wrong('MAIL_FROM', 'a sender, since SMTP_URL is set');
}

const shortestSecret = 16;

function readSms(environment: NodeJS.ProcessEnv): Result<ChannelSettings['sms']> {
	const { SMS_WEBHOOK_URL: address, SMS_WEBHOOK_SECRET: secret } = environment;
	if (!address) return success(null);
	const url = urlOf(address);
	if (!url || !(url.protocol === 'https:' || (url.protocol === 'http:' && isOurOwn(url))))
		return wrong('SMS_WEBHOOK_URL', 'https://, or http:// on this machine');
	if ((secret?.length ?? 0) < shortestSecret)
		return wrong('SMS_WEBHOOK_SECRET', `at least ${shortestSecret} characters`);
	return success({ url: address, secret: secret! });
}

/** Push needs no account anywhere, but push services want to know whom to write to. */
function readPush(environment: NodeJS.ProcessEnv): Result<ChannelSettings['push']> {
	const { PUSH_CONTACT, PUBLIC_URL = '', MAIL_FROM = '', PUSH_HOSTS = '' } = environment;
	if (PUSH_CONTACT && !/^(https:\/\/|mailto:.+@)/.test(PUSH_CONTACT))
		return wrong('PUSH_CONTACT', 'mailto: or https:');
	const sender = addressIn(MAIL_FROM);
	const contact =
		PUSH_CONTACT ||
		(sender ? `mailto:${sender}` : PUBLIC_URL.startsWith('https://') ? PUBLIC_URL : undefined);
	const hosts = PUSH_HOSTS.split(',').flatMap((host) => host.trim() || []);
	return success(contact ? { contact, hosts } : null);
}

/** @returns `request.invalid` with the name of the setting; what it was set to is never said, it may be a password. */
export function readChannels(environment: NodeJS.ProcessEnv): Result<ChannelSettings> {
	const [push, email, sms] = [readPush(environment), readEmail(environment), readSms(environment)];
	if (!push.ok) return push;
	if (!email.ok) return email;
	return sms.ok ? success({ push: push.value, email: email.value, sms: sms.value }) : sms;
}

/** The log is the channel of a server that has no other. */
export const channelsOn = ({ push, email, sms }: ChannelSettings): ChannelsOn => ({
	push: push !== null,
	email: email !== null,
	sms: sms !== null,
	console: push === null && email === null && sms === null
});
