import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import type { Backend } from '#lib/backend/backend.server.ts';
import type { ReminderChannel } from './channel.server.ts';
import { reminderText, type Reminder } from './reminder.ts';

export interface Reminded {
	/** Lines made now; said before they are none. */
	reminders: number;
	escalations: number;
	/** Messages that the channel took. */
	sent: number;
}

const ask = (backend: Backend) => backend.asService('reminders');

/** Makes what is due today, so many at a time, until nothing is left. Done twice, or by two at once, it is done once. */
async function makeReminders(backend: Backend, signal?: AbortSignal): Promise<Omit<Reminded, 'sent'>> {
	const made = { reminders: 0, escalations: 0 };
	while (!signal?.aborted) {
		const answer = readAnswer<typeof made>(await ask(backend).rpc('make_reminders'));
		if (!answer.ok) throw new Error(`make_reminders: got ${answer.problem.code}, expected success`);
		made.reminders += answer.value.reminders;
		made.escalations += answer.value.escalations;
		if (answer.value.reminders + answer.value.escalations === 0) break;
	}
	return made;
}

/** Gives what nobody has taken to the channel; what it refuses stays for the next run. */
async function sendReminders(
	backend: Backend,
	channel: ReminderChannel,
	signal?: AbortSignal
): Promise<number> {
	let sent = 0;
	for (const reminder of expectValue<Reminder[]>(await ask(backend).rpc('reminders_to_send'))) {
		if (signal?.aborted) break;
		const taken = await channel.send(reminder, reminderText(reminder));
		if (!taken.ok) continue;
		const noted = readAnswer(
			await ask(backend).rpc('note_reminders_sent', { p_ids: reminder.ids, p_channel: channel.name })
		);
		if (!noted.ok) throw new Error(`note_reminders_sent: got ${noted.problem.code}, expected success`);
		sent += 1;
	}
	return sent;
}

/** One run of the worker. */
export async function remind(
	backend: Backend,
	channel: ReminderChannel,
	signal?: AbortSignal
): Promise<Reminded> {
	const made = await makeReminders(backend, signal);
	return { ...made, sent: await sendReminders(backend, channel, signal) };
}
