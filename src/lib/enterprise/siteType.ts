import { z } from 'zod';

/** 场所类型 and 风险标签 as they are shipped (`supabase/seed`): a file says once whether it is a sample and whence. */
const code = z.string().regex(/^[a-z][a-z0-9_]*$/);
const provenance = { is_sample: z.boolean(), source: z.string().min(1) };

export interface SiteType {
	code: string;
	name: string;
	nameEn: string;
	/** Its name among 九小场所, if its smallest belong to them. */
	smallPlace: string | null;
	isSample: boolean;
	source: string;
}
export type RiskTag = Omit<SiteType, 'smallPlace'>;

const named = z.object({ code, name: z.string().min(1), name_en: z.string().min(1) });

export const siteTypesFileSchema = z
	.object({ ...provenance, site_types: z.array(named.extend({ small_place: z.string().nullable() })).min(1) })
	.transform(({ is_sample, source, site_types }): SiteType[] =>
		site_types.map(({ code, name, name_en, small_place }) => ({
			code,
			name,
			nameEn: name_en,
			smallPlace: small_place,
			isSample: is_sample,
			source
		}))
	);

export const riskTagsFileSchema = z
	.object({ ...provenance, risk_tags: z.array(named).min(1) })
	.transform(({ is_sample, source, risk_tags }): RiskTag[] =>
		risk_tags.map(({ code, name, name_en }) => ({ code, name, nameEn: name_en, isSample: is_sample, source }))
	);
