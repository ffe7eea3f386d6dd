import { expectValue } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import type { Matters } from './matters.ts';
import type { DayFlow, Overview } from './overview.ts';
import type { Period } from './period.ts';

/** The figures of what the client may see; null for somebody who sees no scope. */
export const readOverview = async (client: Client, { from, to }: Period): Promise<Overview | null> =>
	expectValue<Overview | null>(await client.rpc('overview', { p_from: from, p_to: to }));

/** Every day of the period up to today, also those on which nothing happened. */
export const readDailyFlows = async (client: Client, { from, to }: Period): Promise<DayFlow[]> =>
	expectValue<DayFlow[]>(await client.rpc('daily_flows', { p_from: from, p_to: to }));

/** What needs a leader: up to `perKind` enterprises of each kind. */
export const readMatters = async (client: Client, perKind: number): Promise<Matters> =>
	expectValue<Matters>(await client.rpc('matters', { p_limit: perKind }));
