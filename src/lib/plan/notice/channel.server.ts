import { log } from '#lib/backend/log.server.ts';
import { noticeText, type ChannelName, type FailureReason, type NoticeFacts } from './notice.ts';

/** One try to tell one person by one channel. */
export interface Attempt extends NoticeFacts {
	/** The same at each try, so that whoever takes it can tell a repetition. */
	id: string;
	channel: ChannelName;
	/** This one counted. */
	tries: number;
	/** Only what its channel needs is there. */
	email: string | null;
	phone: string | null;
	push: { endpoint: string; p256dh: string; auth: string } | null;
}

export type Outcome =
	| { outcome: 'taken' }
	/** Tried again later. */
	| { outcome: 'again'; reason: FailureReason }
	/** Trying again would change nothing, or might tell somebody twice. */
	| { outcome: 'never'; reason: FailureReason }
	/** The device is not there any more. */
	| { outcome: 'gone' };

/** A way to tell somebody. It ends within half a minute and never throws for what happens on a network. */
export type Channel = (attempt: Attempt) => Promise<Outcome>;

/** How long a channel waits for an answer, in milliseconds. */
export const patience = 15_000;

/** What an answer over HTTP means: 2xx it is taken, else by what a repetition could change. */
export function outcomeOf(status: number): Outcome {
	if (status >= 200 && status < 300) return { outcome: 'taken' };
	if (status === 408 || status === 429 || status >= 500) return { outcome: 'again', reason: 'busy' };
	return { outcome: 'never', reason: 'refused' };
}

/** Where nothing else is set up: the server's own log, without the person, the enterprise or an address. */
export const consoleChannel: Channel = async (attempt) => {
	log.info({ attempt: attempt.id, ...noticeText(attempt) }, 'notice');
	return { outcome: 'taken' };
};
