import { createTransport } from 'nodemailer';
import { patience, type Attempt, type Channel, type Outcome } from './channel.server.ts';
import type { ChannelSettings } from './channelSettings.ts';
import { noticeText } from './notice.ts';

/** E-mail over SMTP, one connection a letter. `home` is where the letter leads. */
export function emailChannel(
	{ url, from }: NonNullable<ChannelSettings['email']>,
	home: string,
	patient = patience
): Channel {
	const transport = createTransport({
		url,
		connectionTimeout: patient,
		greetingTimeout: patient,
		socketTimeout: patient
	});
	return async (attempt) => {
		if (!attempt.email) return { outcome: 'never', reason: 'refused' };
		try {
			await transport.sendMail(letterTo(attempt, attempt.email, from, home));
			return { outcome: 'taken' };
		} catch (error) {
			return failedAs(error as SmtpError);
		}
	};
}

function letterTo(attempt: Attempt, to: string, from: string, home: string) {
	const { title, text } = noticeText(attempt);
	return {
		from,
		to,
		subject: title,
		text: `${text}\n\n查看与设置提醒：${home}/notices\n\n这是系统自动发送的邮件，请勿回复。`,
		// The same at each try: a mailbox that has it already can tell.
		messageId: `<${attempt.id}@${new URL(home).hostname}>`,
		// RFC 3834: no vacation notes in answer.
		headers: { 'Auto-Submitted': 'auto-generated' }
	};
}

interface SmtpError extends Error {
	code?: string;
	/** How far it came: CONN, EHLO, AUTH, MAIL FROM, RCPT TO, DATA … */
	command?: string;
	/** What the server answered (RFC 5321). */
	responseCode?: number;
}

function failedAs({ code, command, responseCode }: SmtpError): Outcome {
	if (code === 'EAUTH') return { outcome: 'again', reason: 'sign_in' };
	if (responseCode && responseCode >= 500) return { outcome: 'never', reason: 'refused' };
	if (responseCode) return { outcome: 'again', reason: 'busy' };
	// The letter was handed over and no answer came: it may well have arrived.
	if (command === 'DATA') return { outcome: 'never', reason: 'interrupted' };
	return { outcome: 'again', reason: code === 'ETIMEDOUT' ? 'slow' : 'unreachable' };
}
