import { success, type Result } from '#lib/problem.ts';
import { log } from '#lib/backend/log.server.ts';
import type { Reminder } from './reminder.ts';

/**
 * A way to reach an enterprise besides its page, which always shows what is due: an SMS gateway, e-mail, an
 * enterprise app. To add one, write this interface and name it where the worker starts (src/commands/startReminders.server.ts).
 */
export interface ReminderChannel {
	/** As it stands in `reminders.sent_by`. */
	readonly name: string;
	/** Taken over once it answers; a refusal is tried again within the hour, as long as the reminder is news. */
	send(reminder: Reminder, text: string): Promise<Result<null>>;
}

/** Where nothing else is set up: the server's own log, without the enterprise's name or phone. */
export const consoleChannel: ReminderChannel = {
	name: 'console',
	send: async ({ enterpriseId }, text) => {
		log.info({ enterpriseId, text }, 'reminder');
		return success(null);
	}
};
