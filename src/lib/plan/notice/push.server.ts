import type { Agent } from 'node:https';
import webPush from 'web-push';
import type { PushKeys } from '#lib/backend/keys.server.ts';
import { outcomeOf, patience, type Channel, type Outcome } from './channel.server.ts';
import type { ChannelSettings } from './channelSettings.ts';
import { noticeText } from './notice.ts';
import { isPushAddress } from './pushAddress.ts';

export interface PushOptions {
	/** In milliseconds. */
	patient?: number;
	/** Of the connection; for certificates of one's own. */
	agent?: Agent;
}

/** Web push (RFC 8030, 8291, 8292): encrypted for the browser, so that the push service reads nothing. */
export function pushChannel(
	{ contact, hosts }: NonNullable<ChannelSettings['push']>,
	{ publicKey, privateKey }: PushKeys,
	{ patient = patience, agent }: PushOptions = {}
): Channel {
	const options = {
		vapidDetails: { subject: contact, publicKey, privateKey },
		// Old news is no news: a phone that is off for longer reads it on the page.
		TTL: 86_400,
		urgency: 'normal' as const,
		timeout: patient,
		...(agent && { agent })
	};
	return async (attempt) => {
		const { push } = attempt;
		if (!push || !isPushAddress(push.endpoint, hosts)) return { outcome: 'never', reason: 'refused' };
		const subscription = {
			// As the check above has read it, not as another parser might.
			endpoint: new URL(push.endpoint).href,
			keys: { p256dh: push.p256dh, auth: push.auth }
		};
		// What waits at the push service is replaced by a repetition: 32 letters of the id.
		const topic = attempt.id.replaceAll('-', '');
		try {
			await webPush.sendNotification(subscription, JSON.stringify(noticeText(attempt)), {
				...options,
				topic
			});
			return { outcome: 'taken' };
		} catch (error) {
			return failedAs(error);
		}
	};
}

function failedAs(error: unknown): Outcome {
	if (error instanceof webPush.WebPushError) {
		if (error.statusCode === 404 || error.statusCode === 410) return { outcome: 'gone' };
		return outcomeOf(error.statusCode);
	}
	const { message, code } = error as NodeJS.ErrnoException;
	if (message === 'Socket timeout') return { outcome: 'again', reason: 'slow' };
	// Not the network but the keys of the browser, which are no point of the curve.
	if (!code || code.startsWith('ERR_CRYPTO')) return { outcome: 'never', reason: 'refused' };
	return { outcome: 'again', reason: 'unreachable' };
}
