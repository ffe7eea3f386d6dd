import { expectValue } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import type { AgencyVersion } from '#lib/document/agencyVersion.ts';
import { completeTemplate, type SealedAgency } from '#lib/document/printedAgency.ts';
import { scopeCovers } from '#lib/identity/identity.ts';

interface AgencyRow {
	scope: string;
	name: string;
	short_name: string;
	template: Record<string, unknown>;
	is_sample: boolean;
}
const columns = 'scope, name, short_name, template, is_sample';

/** An agency as it is set today; null without an id, and for one that the client may not see. */
export async function readAgency(client: Client, id: string | null): Promise<SealedAgency | null> {
	if (!id) return null;
	const row = expectValue<AgencyRow | null>(
		await client.from('agencies').select(columns).eq('id', id).maybeSingle()
	);
	return (
		row && { name: row.name, shortName: row.short_name, template: row.template, isSample: row.is_sample }
	);
}

/** The office nearest to a place, with the telephone that enterprises may call. */
export async function readSupervisingOffice(
	client: Client,
	scope: string
): Promise<{ name: string; phone: string | null } | null> {
	const rows = expectValue<AgencyRow[]>(await client.from('agencies').select(columns));
	const [nearest] = rows
		.filter((row) => scopeCovers(row.scope, scope))
		.sort((a, b) => b.scope.length - a.scope.length);
	if (!nearest) return null;
	return { name: nearest.name, phone: completeTemplate(nearest.template).contact?.phone || null };
}

/** What an agency was called and how it worded its papers, the latest first. Administrators of its place only. */
export async function readAgencyVersions(client: Client, agencyId: string): Promise<AgencyVersion[]> {
	const rows = expectValue<
		{
			version: number;
			name: string;
			short_name: string;
			may_enforce: boolean;
			template: Record<string, unknown>;
			changed_by_name: string | null;
			changed_at: string;
		}[]
	>(
		await client
			.from('agency_versions')
			.select('version, name, short_name, may_enforce, template, changed_by_name, changed_at')
			.eq('agency_id', agencyId)
			.order('version', { ascending: false })
			.limit(200)
	);
	return rows.map((row) => ({
		version: row.version,
		name: row.name,
		shortName: row.short_name,
		mayEnforce: row.may_enforce,
		template: row.template,
		changedBy: row.changed_by_name,
		changedAt: new Date(row.changed_at).toISOString()
	}));
}
