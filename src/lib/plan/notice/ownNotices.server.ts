import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import type { Result } from '#lib/problem.ts';
import type { NoticeChoice, OwnNotices } from './ownNotices.ts';
import type { PushSubscriptionText } from './pushAddress.ts';

export const readOwnNotices = async (client: Client): Promise<OwnNotices> =>
	expectValue<OwnNotices>(await client.rpc('own_notices'));

export const saveChoice = async (client: Client, choice: NoticeChoice): Promise<Result<unknown>> =>
	readAnswer(await client.rpc('save_notice_choice', { p_choice: { ...choice } }));

/** This browser is told from now on, and whoever had it switched on before is not. */
export const saveDevice = async (
	client: Client,
	{ endpoint, keys }: PushSubscriptionText
): Promise<Result<unknown>> =>
	readAnswer(
		await client.rpc('save_push_subscription', {
			p_subscription: {
				endpoint: new URL(endpoint).href,
				p256dh: keys.p256dh.replaceAll('=', ''),
				auth: keys.auth.replaceAll('=', '')
			}
		})
	);

/** @param endpoint null for all of the person's. */
export const removeDevices = async (client: Client, endpoint: string | null): Promise<Result<unknown>> =>
	readAnswer(await client.rpc('remove_push_subscription', { p_endpoint: endpoint as string }));
