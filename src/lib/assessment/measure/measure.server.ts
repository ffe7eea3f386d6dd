import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import type { IsoDate } from '#lib/calendar.ts';
import type { Result } from '#lib/problem.ts';
import type { MeasureFilter, MeasurePage, MeasureRows } from './measure.ts';

/** A page of the measures that the client may see, the most pressing first. */
export const readMeasures = async (client: Client, filter: MeasureFilter, page = 1): Promise<MeasureRows> =>
	expectValue<MeasureRows>(
		await client.rpc('measure_rows', {
			p_filter: { ...filter, mine: filter.mine ? 'true' : null },
			p_page: page
		})
	);

/** One measure; null when there is none that the client may see. */
export const readMeasure = async (client: Client, id: string): Promise<MeasurePage | null> =>
	expectValue<MeasurePage | null>(await client.rpc('read_measure', { p_measure: id }));

export const orderMeasure = async (
	client: Client,
	id: string,
	{ owner, deadline, note }: { owner: string; deadline: IsoDate; note: string }
): Promise<Result<unknown>> =>
	readAnswer(
		await client.rpc('order_measure', { p_measure: id, p_owner: owner, p_deadline: deadline, p_note: note })
	);

/** Several to one person: all or none. */
export const orderMeasures = async (
	client: Client,
	{ measures, owner, deadline, note }: { measures: string[]; owner: string; deadline: IsoDate; note: string }
): Promise<Result<{ ordered: number }>> =>
	readAnswer(
		await client.rpc('order_measures', {
			p_measures: measures,
			p_owner: owner,
			p_deadline: deadline,
			p_note: note
		})
	);

/** @param photos hashes of files that the same person has put */
export const completeMeasure = async (
	client: Client,
	id: string,
	note: string,
	photos: readonly string[]
): Promise<Result<unknown>> =>
	readAnswer(await client.rpc('complete_measure', { p_measure: id, p_note: note, p_photos: [...photos] }));

export const dropMeasure = async (client: Client, id: string, reason: string): Promise<Result<unknown>> =>
	readAnswer(await client.rpc('drop_measure', { p_measure: id, p_reason: reason }));
