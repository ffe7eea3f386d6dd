import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import { packageRoot } from '#lib/backend/packageRoot.server.ts';
import type { IsoDate } from '#lib/calendar.ts';
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

// From the package, not from this file: the server runs it from a bundle.
const seedFolder = pathToFileURL(join(packageRoot(), 'supabase/seed/'));

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

/** The library as the backend's `install_dictionary` takes it. */
export function dictionaryOf({ siteTypes, riskTags, versions }: SeedLibrary, validFrom: IsoDate) {
	const named = <Named extends { name: string }>({ name, ...rest }: Named) => ({ ...rest, nameZh: name });
	return {
		siteTypes: siteTypes.map(named),
		riskTags: riskTags.map(named),
		checklists: versions.map(({ id, checklistId, checklistCode, kind, target, items, ...version }) => ({
			...named(version),
			id: checklistId,
			versionId: id,
			code: checklistCode,
			kind,
			siteType: kind === 'site_type' ? target : null,
			riskTag: kind === 'risk_tag' ? target : null,
			validFrom,
			items: items.map(({ text, hazardDescription, days, ...item }) => ({
				...item,
				content: text,
				hazard: hazardDescription,
				daysToRectify: days
			}))
		}))
	};
}
