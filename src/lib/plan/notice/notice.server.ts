import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import type { Backend } from '#lib/backend/backend.server.ts';
import { log } from '#lib/backend/log.server.ts';
import type { Attempt, Channel, Outcome } from './channel.server.ts';
import { pauseAfter, reaches, type ChannelName, type ChannelsOn, type Reach } from './notice.ts';

/** The channels that are on, by name. */
export type Channels = Partial<Record<ChannelName, Channel>>;

export interface Told {
	/** Made now, a person at a time. */
	notices: number;
	/** Messages that a channel took. */
	taken: number;
	/** Tries that failed, to be repeated or given up. */
	failed: number;
}

const ask = (backend: Backend) => backend.asService('reminders');

async function must<Value>(
	name: string,
	answer: PromiseLike<Parameters<typeof readAnswer>[0]>
): Promise<Value> {
	const result = readAnswer<Value>(await answer);
	if (!result.ok) throw new Error(`${name}: got ${result.problem.code}, expected success`);
	return result.value;
}

/** Reminders become notices of people, until none is left. Done twice, or by two at once, it is done once. */
async function makeNotices(backend: Backend, signal?: AbortSignal): Promise<number> {
	let made = 0;
	while (!signal?.aborted) {
		const now = await must<{ enterprises: number; notices: number }>(
			'make_notices',
			ask(backend).rpc('make_notices')
		);
		made += now.notices;
		if (now.enterprises === 0) break;
	}
	return made;
}

async function planNotices(backend: Backend, on: ChannelsOn, signal?: AbortSignal): Promise<void> {
	while (!signal?.aborted) {
		const unplanned = expectValue<(Reach & { id: string })[]>(await ask(backend).rpc('notices_to_plan'));
		if (unplanned.length === 0) return;
		const plans = unplanned.map(({ id, ...reach }) => ({
			id,
			ways: reaches(reach, on).map((way) => ({ ...way }))
		}));
		await must('plan_notices', ask(backend).rpc('plan_notices', { p_plans: plans }));
	}
}

/** How a try ends on record: what is to be repeated has its pause, or is given up. */
function endOf(outcome: Outcome, tries: number) {
	if (outcome.outcome !== 'again') return { ...outcome };
	const afterSeconds = pauseAfter(tries);
	return afterSeconds === null ? { outcome: 'never', reason: outcome.reason } : { ...outcome, afterSeconds };
}

async function send(backend: Backend, attempt: Attempt, channels: Channels): Promise<Outcome> {
	const channel = channels[attempt.channel];
	// Switched off since it was planned; on again, it is tried again.
	const outcome: Outcome = channel ? await channel(attempt) : { outcome: 'again', reason: 'unreachable' };
	const end = endOf(outcome, attempt.tries);
	await must('end_notice_attempt', ask(backend).rpc('end_notice_attempt', { p_id: attempt.id, p_end: end }));
	if (outcome.outcome !== 'taken')
		log.warn(
			{ attempt: attempt.id, channel: attempt.channel, tries: attempt.tries, ...end },
			'notice not taken'
		);
	return outcome;
}

/** Takes what is due, a few at a time, as noted in the database before it begins, and says how each ended. */
async function sendDue(
	backend: Backend,
	channels: Channels,
	signal?: AbortSignal
): Promise<Omit<Told, 'notices'>> {
	const told = { taken: 0, failed: 0 };
	while (!signal?.aborted) {
		const due = await must<Attempt[]>('begin_notice_attempts', ask(backend).rpc('begin_notice_attempts'));
		if (due.length === 0) break;
		for (const { outcome } of await Promise.all(due.map((attempt) => send(backend, attempt, channels))))
			told[outcome === 'taken' ? 'taken' : 'failed'] += 1;
	}
	return told;
}

/** One run of the worker: who is to be told, by which ways, and what is due goes out. */
export async function tellPeople(backend: Backend, channels: Channels, signal?: AbortSignal): Promise<Told> {
	const isOn = (name: ChannelName) => channels[name] !== undefined;
	const notices = await makeNotices(backend, signal);
	await planNotices(
		backend,
		{ push: isOn('push'), email: isOn('email'), sms: isOn('sms'), console: isOn('console') },
		signal
	);
	return { notices, ...(await sendDue(backend, channels, signal)) };
}
