import { readAnswer } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import type { ChecklistItem, ChecklistKind, ChecklistVersion } from '#lib/checklist/checklist.ts';
import { success, type Result } from '#lib/problem.ts';
import type { VisitBundle } from './visitBundle.ts';

interface ItemRow extends Omit<ChecklistItem, 'text' | 'hazardDescription' | 'days' | 'isSample' | 'source'> {
	content: string;
	hazard: string;
	daysToRectify: number;
}
interface ChecklistRow {
	id: string;
	code: string;
	kind: ChecklistKind;
	siteType: string | null;
	riskTag: string | null;
	nameZh: string;
	nameEn: string;
	versionId: string;
	version: number;
	isSample: boolean;
	source: string;
	items: ItemRow[] | null;
}

/** @returns `not_found` outside one's scope, `permission.role` for those who check nothing. */
export async function readVisitBundle(client: Client, enterpriseId: string): Promise<Result<VisitBundle>> {
	const answer = readAnswer<Omit<VisitBundle, 'versions'> & { checklists: ChecklistRow[] }>(
		await client.rpc('visit_bundle', { p_enterprise: enterpriseId })
	);
	if (!answer.ok) return answer;
	const { checklists, ...rest } = answer.value;
	return success({ ...rest, versions: checklists.map(versionOf) });
}

const versionOf = (row: ChecklistRow): ChecklistVersion => ({
	id: row.versionId,
	checklistId: row.id,
	checklistCode: row.code,
	kind: row.kind,
	target: row.siteType ?? row.riskTag,
	name: row.nameZh,
	nameEn: row.nameEn,
	version: row.version,
	isSample: row.isSample,
	source: row.source,
	items: (row.items ?? []).map(({ content, hazard, daysToRectify, ...item }) => ({
		...item,
		text: content,
		hazardDescription: hazard,
		days: daysToRectify,
		isSample: row.isSample,
		source: row.source
	}))
});
