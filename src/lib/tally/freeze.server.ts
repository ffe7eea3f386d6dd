import { readAnswer } from '#lib/backend/answer.ts';
import type { Backend } from '#lib/backend/backend.server.ts';
import type { IsoDate } from '#lib/calendar.ts';

/**
 * Freezes every month that is over and not frozen yet, the earliest first, each in a transaction of its own.
 * Again when none is left it does nothing.
 * @param stop begins no further month once aborted; what is left is found again
 * @returns the months frozen now, each by its first day
 */
export async function freezeMonths(backend: Backend, stop?: AbortSignal): Promise<IsoDate[]> {
	const client = backend.asService('assessor');
	const frozen: IsoDate[] = [];
	while (!stop?.aborted) {
		const answer = readAnswer<{ month: IsoDate | null }>(await client.rpc('freeze_month'));
		if (!answer.ok) throw new Error(`freeze_month: got ${answer.problem.code}, expected ok`);
		if (answer.value.month === null) break;
		frozen.push(answer.value.month);
	}
	return frozen;
}
