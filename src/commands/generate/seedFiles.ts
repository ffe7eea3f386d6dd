import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { checklistFileSchema, checklistVersionOf, type ChecklistVersion } from '#lib/checklist/checklist.ts';
import {
	riskTagsFileSchema,
	siteTypesFileSchema,
	type RiskTag,
	type SiteType
} from '#lib/enterprise/siteType.ts';

/** The sample content that is shipped in `supabase/seed`, checked and with its ids. */
export interface SeedLibrary {
	siteTypes: SiteType[];
	riskTags: RiskTag[];
	versions: ChecklistVersion[];
}

const seedFolder = new URL('../../../supabase/seed/', import.meta.url);

const readYaml = (name: string): unknown => parse(readFileSync(new URL(name, seedFolder), 'utf8'));

/** Reads and checks every seed file; throws with the file's name when one of them is not as its schema says. */
export function readSeedLibrary(): SeedLibrary {
	const checked = <Value>(name: string, read: (content: unknown) => Value): Value => {
		try {
			return read(readYaml(name));
		} catch (cause) {
			throw new Error(`supabase/seed/${name} is not as its schema expects`, { cause });
		}
	};
	const checklistNames = readdirSync(new URL('checklists/', seedFolder))
		.filter((name) => name.endsWith('.yaml'))
		.sort();
	return {
		siteTypes: checked('site-types.yaml', (content) => siteTypesFileSchema.parse(content)),
		riskTags: checked('risk-tags.yaml', (content) => riskTagsFileSchema.parse(content)),
		versions: checklistNames.map((name) =>
			checked(`checklists/${name}`, (content) => checklistVersionOf(checklistFileSchema.parse(content)))
		)
	};
}
