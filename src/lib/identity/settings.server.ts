import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import type { Result } from '#lib/problem.ts';
import { scopeCovers } from './identity.ts';
import {
	checkInLimitsSchema,
	periodsSchema,
	type AgencyRow,
	type CheckInLimits,
	type DeadlineRules,
	type Periods,
	type Rules,
	type SettingVersion
} from './settings.ts';

const keys = {
	limits: 'check_in.limits',
	deliveryDays: 'delivery.valid_days',
	recheckDays: 'recheck.days',
	appealDays: 'appeal.days',
	ratingDays: 'rating.days'
} as const;

/** Agencies in the scopes that are administered, from the top down. */
export async function administeredAgencies(client: Client, scopes: string[]): Promise<AgencyRow[]> {
	const rows = expectValue<
		{ id: string; scope: string; name: string; short_name: string; may_enforce: boolean; template: unknown }[]
	>(
		await client.from('agencies').select('id, scope, name, short_name, may_enforce, template').order('scope')
	);
	return rows
		.filter((row) => scopes.some((scope) => scopeCovers(scope, row.scope)))
		.map(({ short_name: shortName, may_enforce: mayEnforce, ...row }) => ({ ...row, shortName, mayEnforce }));
}

interface SettingRow {
	scope: string;
	key: string;
	value: unknown;
	is_sample: boolean;
}

/** The nearest value upward wins for each key, as in SQL (`app.setting`). */
async function settingsAt(client: Client, scope: string, wanted: readonly string[]) {
	const rows = expectValue<SettingRow[]>(
		await client
			.from('settings')
			.select('scope, key, value, is_sample')
			.in('key', [...wanted])
	);
	return (key: string): SettingRow => {
		const found = rows
			.filter((row) => row.key === key && scopeCovers(row.scope, scope))
			.sort((a, b) => b.scope.length - a.scope.length)[0];
		if (!found) throw new Error(`settings: got none for ${key}, expected the one at scope ''`);
		return found;
	};
}

export async function rulesAt(client: Client, scope: string): Promise<Rules> {
	const nearest = await settingsAt(client, scope, Object.values(keys));
	const found = Object.values(keys).map(nearest);
	return {
		limits: checkInLimitsSchema.parse(nearest(keys.limits).value),
		periods: periodsSchema.parse({
			deliveryDays: nearest(keys.deliveryDays).value,
			recheckDays: nearest(keys.recheckDays).value,
			appealDays: nearest(keys.appealDays).value,
			ratingDays: nearest(keys.ratingDays).value
		}),
		isOwn: found.some((row) => row.scope === scope),
		isSample: found.every((row) => row.is_sample)
	};
}

/** All of it or nothing. */
export const saveRules = async (
	client: Client,
	scope: string,
	limits: CheckInLimits,
	periods: Periods
): Promise<Result<unknown>> =>
	readAnswer(
		await client.rpc('save_settings', {
			p_scope: scope,
			p_values: {
				[keys.limits]: limits,
				[keys.deliveryDays]: periods.deliveryDays,
				[keys.recheckDays]: periods.recheckDays,
				[keys.appealDays]: periods.appealDays,
				[keys.ratingDays]: periods.ratingDays
			}
		})
	);

const deadlineKeys = { reminders: 'reminder.days', ladder: 'ladder.days' } as const;

export async function deadlineRulesAt(client: Client, scope: string): Promise<DeadlineRules> {
	const nearest = await settingsAt(client, scope, Object.values(deadlineKeys));
	const [reminders, ladder] = [nearest(deadlineKeys.reminders), nearest(deadlineKeys.ladder)];
	const { before, over } = reminders.value as { before: number[]; over: number[] };
	const [first, second, third] = ladder.value as [number, number, number];
	return { before, over, first, second, third, isSample: reminders.is_sample && ladder.is_sample };
}

/** What is on record already stays: a step that was proposed, a reminder that was made. */
export const saveDeadlineRules = async (
	client: Client,
	scope: string,
	{ before, over, first, second, third }: Omit<DeadlineRules, 'isSample'>
): Promise<Result<unknown>> =>
	readAnswer(
		await client.rpc('save_settings', {
			p_scope: scope,
			p_values: {
				[deadlineKeys.reminders]: { before, over },
				[deadlineKeys.ladder]: [first, second, third]
			}
		})
	);

/** Who changed which rule of this place, the latest first. Administrators of it only. */
export async function readSettingVersions(client: Client, scope: string): Promise<SettingVersion[]> {
	const rows = expectValue<
		{
			id: number;
			key: string;
			value: unknown;
			previous: unknown;
			changed_by_name: string | null;
			changed_at: string;
		}[]
	>(
		await client
			.from('setting_versions')
			.select('id, key, value, previous, changed_by_name, changed_at')
			.eq('scope', scope)
			.order('id', { ascending: false })
			.limit(50)
	);
	return rows.map(({ changed_by_name: changedBy, changed_at: changedAt, ...row }) => ({
		...row,
		changedBy,
		changedAt
	}));
}

export interface AgencyChange {
	name?: string;
	shortName?: string;
	mayEnforce?: boolean;
	template?: object;
}

export const saveAgency = async (
	client: Client,
	id: string,
	change: AgencyChange
): Promise<Result<unknown>> =>
	readAnswer(await client.rpc('save_agency', { p_id: id, p_agency: change as never }));

export const addAgency = async (
	client: Client,
	scope: string,
	agency: { name: string; shortName: string; template: object }
): Promise<Result<{ id: string }>> =>
	readAnswer(await client.rpc('add_agency', { p_scope: scope, p_agency: agency as never }));
