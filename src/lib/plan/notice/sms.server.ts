import { createHmac } from 'node:crypto';
import { outcomeOf, patience, type Channel } from './channel.server.ts';
import type { ChannelSettings } from './channelSettings.ts';
import { noticeText } from './notice.ts';

/**
 * SMS by way of the operator's own gateway, because every provider's interface is another one. It receives
 * `{id, phone, text}` as JSON with `x-mingcha-timestamp` (seconds) and `x-mingcha-signature`, which is
 * `sha256=` and the hex HMAC-SHA256 of `timestamp.body`. It answers 2xx when it has taken it over; `id` is the same at
 * each try, so a gateway that has it already answers 2xx again.
 */
export function smsChannel(
	{ url, secret }: NonNullable<ChannelSettings['sms']>,
	patient = patience
): Channel {
	return async (attempt) => {
		if (!attempt.phone) return { outcome: 'never', reason: 'refused' };
		const { title, text } = noticeText(attempt);
		const body = JSON.stringify({ id: attempt.id, phone: attempt.phone, text: `【${title}】${text}` });
		const timestamp = String(Math.floor(Date.now() / 1000));
		try {
			const answer = await fetch(url, {
				method: 'POST',
				headers: {
					'content-type': 'application/json',
					'x-mingcha-timestamp': timestamp,
					'x-mingcha-signature': `sha256=${signatureOf(secret, timestamp, body)}`
				},
				body,
				// A signed message with somebody's number goes nowhere but where the operator said.
				redirect: 'manual',
				signal: AbortSignal.timeout(patient)
			});
			await answer.body?.cancel();
			return outcomeOf(answer.status);
		} catch (error) {
			return { outcome: 'again', reason: (error as Error).name === 'TimeoutError' ? 'slow' : 'unreachable' };
		}
	};
}

const signatureOf = (secret: string, timestamp: string, body: string): string =>
	createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
