import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import { success, type Result } from '#lib/problem.ts';
import { scopeCovers } from './identity.ts';
import {
	checkInLimitsSchema,
	periodsSchema,
	type AgencyRow,
	type CheckInLimits,
	type Periods,
	type Rules
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
export async function rulesAt(client: Client, scope: string): Promise<Rules> {
	const rows = expectValue<SettingRow[]>(
		await client.from('settings').select('scope, key, value, is_sample').in('key', Object.values(keys))
	);
	const nearest = (key: string): SettingRow => {
		const found = rows
			.filter((row) => row.key === key && scopeCovers(row.scope, scope))
			.sort((a, b) => b.scope.length - a.scope.length)[0];
		if (!found) throw new Error(`settings: got none for ${key}, expected the one at scope ''`);
		return found;
	};
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

/** Each key is one statement; the first refusal ends it, and what was saved before stays. */
export async function saveRules(
	client: Client,
	scope: string,
	limits: CheckInLimits,
	periods: Periods
): Promise<Result<null>> {
	const values = [
		[keys.limits, limits],
		[keys.deliveryDays, periods.deliveryDays],
		[keys.recheckDays, periods.recheckDays],
		[keys.appealDays, periods.appealDays],
		[keys.ratingDays, periods.ratingDays]
	] as const;
	for (const [key, value] of values) {
		const saved = readAnswer(
			await client.rpc('save_setting', { p_scope: scope, p_key: key, p_value: value })
		);
		if (!saved.ok) return saved;
	}
	return success(null);
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
