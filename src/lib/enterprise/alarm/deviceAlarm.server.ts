import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import type { Result } from '#lib/problem.ts';
import type { AlarmForm, DeviceAlarm } from './deviceAlarm.ts';

/** The leads at one enterprise, open ones first; staff only. */
export const readAlarms = async (client: Client, enterpriseId: string): Promise<DeviceAlarm[]> =>
	expectValue<DeviceAlarm[]>(await client.rpc('device_alarms_of', { p_enterprise: enterpriseId }));

export const recordAlarm = async (
	client: Client,
	enterpriseId: string,
	alarm: AlarmForm
): Promise<Result<unknown>> =>
	readAnswer(await client.rpc('record_device_alarm', { p_alarm: { ...alarm, enterpriseId } }));

/** A person says why nobody has to go. */
export const dismissAlarm = async (client: Client, id: string, reason: string): Promise<Result<unknown>> =>
	readAnswer(await client.rpc('dismiss_device_alarm', { p_alarm: id, p_reason: reason }));
