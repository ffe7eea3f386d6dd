import { v5 as uuidV5 } from 'uuid';
import { z } from 'zod';

/** Three-way cause and the two severities, as hazards have them (`hazard` stands a floor higher; a test compares). */
export const itemCauses = ['object', 'behaviour', 'management'] as const;
export type ItemCause = (typeof itemCauses)[number];
const itemSeverities = ['general', 'major'] as const;
export type ItemSeverity = (typeof itemSeverities)[number];

/** `common` is asked everywhere, `site_type` by kind of place (场所类型), `risk_tag` where the tag is set. */
export const checklistKinds = ['common', 'site_type', 'risk_tag'] as const;
export type ChecklistKind = (typeof checklistKinds)[number];

export interface ChecklistItem {
	id: string;
	/** Names the question itself: the same code in two checklists is asked once, and its past is remembered. */
	code: string;
	/** 部位: where one stands when looking at it. */
	part: string;
	/** What to look at, phrased so that 符合 is good. */
	text: string;
	/** What the hazard is called when the item fails; the inspector may rewrite it. */
	hazardDescription: string;
	/** 怎样算合格: what the recheck will look at. */
	acceptance: string;
	cause: ItemCause;
	severity: ItemSeverity;
	/** Said to the inspector only: 重大 is chosen by a person with its clause, never by the machine. */
	majorHint: string | null;
	/** Calendar days suggested for putting it right. */
	days: number;
	legalBasis: string | null;
	isSample: boolean;
	source: string;
}

export interface ChecklistVersion {
	id: string;
	checklistId: string;
	checklistCode: string;
	kind: ChecklistKind;
	/** Code of the site type or risk tag; null for `common`. */
	target: string | null;
	name: string;
	nameEn: string;
	version: number;
	isSample: boolean;
	source: string;
	items: ChecklistItem[];
}

const code = z.string().regex(/^[a-z][a-z0-9_]*$/);
const itemCode = z.string().regex(/^[a-z][a-z0-9_]*(\.[a-z0-9-]+)+$/);
const line = (maximum: number) => z.string().trim().min(2).max(maximum);

// The limits are those of `answerSchema` and `hazardSchema`, into which these texts are copied.
const itemFileSchema = z.object({
	code: itemCode,
	part: line(60),
	text: line(200),
	hazard: line(200),
	acceptance: line(300),
	cause: z.enum(itemCauses),
	severity: z.enum(itemSeverities).default('general'),
	major_hint: line(200).nullable().default(null),
	days: z.number().int().min(1).max(180),
	legal_basis: line(300).nullable().default(null),
	is_sample: z.boolean().optional(),
	source: z.string().min(1).optional()
});

/** One YAML file of `supabase/seed/checklists`; `is_sample` and `source` hold for every item that does not say otherwise. */
export const checklistFileSchema = z
	.object({
		code,
		kind: z.enum(checklistKinds),
		target: code.nullable(),
		name: line(60),
		name_en: line(120),
		version: z.number().int().positive(),
		is_sample: z.boolean(),
		source: z.string().min(1),
		items: z.array(itemFileSchema).min(1)
	})
	.refine((file) => (file.kind === 'common') === (file.target === null), {
		path: ['target'],
		message: 'a target belongs to site_type and risk_tag, and to them only'
	})
	.refine((file) => new Set(file.items.map((item) => item.code)).size === file.items.length, {
		path: ['items'],
		message: 'an item code stands twice'
	})
	// Said by the app, 重大 would be a machine's judgement (安全生产法第一百一十八条: departments set the criteria).
	.refine((file) => file.items.every((item) => item.severity === 'general'), {
		path: ['items'],
		message: 'a default severity is general; give major_hint instead'
	});
export type ChecklistFile = z.infer<typeof checklistFileSchema>;

/** Namespace of every id that follows from a code, so that loading a checklist again changes nothing. */
const namespace = uuidV5('https://mingcha.example/checklists', uuidV5.URL);
export const checklistId = (checklistCode: string): string => uuidV5(`checklist/${checklistCode}`, namespace);
export const checklistVersionId = (checklistCode: string, version: number): string =>
	uuidV5(`version/${checklistCode}/${version}`, namespace);
export const checklistItemId = (checklistCode: string, version: number, item: string): string =>
	uuidV5(`item/${checklistCode}/${version}/${item}`, namespace);

/** A parsed file as a version with its ids. */
export function checklistVersionOf(file: ChecklistFile): ChecklistVersion {
	const { is_sample: isSample, source } = file;
	return {
		id: checklistVersionId(file.code, file.version),
		checklistId: checklistId(file.code),
		checklistCode: file.code,
		kind: file.kind,
		target: file.target,
		name: file.name,
		nameEn: file.name_en,
		version: file.version,
		isSample,
		source,
		items: file.items.map(({ hazard, major_hint, legal_basis, is_sample, ...item }) => ({
			...item,
			id: checklistItemId(file.code, file.version, item.code),
			hazardDescription: hazard,
			majorHint: major_hint,
			legalBasis: legal_basis,
			isSample: is_sample ?? isSample,
			source: item.source ?? source
		}))
	};
}

export interface ComposedItem extends ChecklistItem {
	versionId: string;
	failedBefore: boolean;
}
export interface ComposedSection {
	part: string;
	items: ComposedItem[];
}
export interface ComposedChecklist {
	/** The versions that are asked here, to be pinned at check-in. */
	versionIds: string[];
	sections: ComposedSection[];
}

export interface ComposeInput {
	siteType: string;
	tags: readonly string[];
	/** The versions in force, one for each checklist; those of other places are passed over. */
	versions: readonly ChecklistVersion[];
	/** Item codes that failed at this place before. */
	failedBefore: ReadonlySet<string>;
}

function versionsAskedHere({ siteType, tags, versions }: ComposeInput): ChecklistVersion[] {
	const asked = [
		...versions.filter((version) => version.kind === 'common'),
		...versions.filter((version) => version.kind === 'site_type' && version.target === siteType),
		...tags.flatMap((tag) =>
			versions.filter((version) => version.kind === 'risk_tag' && version.target === tag)
		)
	];
	const checklists = new Set<string>();
	return asked.filter((version, index) => {
		if (asked.indexOf(version) !== index) return false;
		if (checklists.has(version.checklistId)) {
			throw new RangeError(
				`composeChecklist: got ${version.checklistCode} twice, expected its version in force`
			);
		}
		return checklists.add(version.checklistId);
	});
}

/**
 * The checklist for one place: common items, then those of its kind, then those of its tags, grouped by part in
 * the order the parts first appear. An item code that comes again is left out; within a part, what failed here
 * before comes first.
 */
export function composeChecklist(input: ComposeInput): ComposedChecklist {
	const asked = versionsAskedHere(input);
	const seen = new Set<string>();
	const parts = new Map<string, ComposedItem[]>();
	for (const version of asked) {
		for (const item of version.items) {
			if (seen.has(item.code)) continue;
			seen.add(item.code);
			const composed = { ...item, versionId: version.id, failedBefore: input.failedBefore.has(item.code) };
			const part = parts.get(item.part);
			if (part) part.push(composed);
			else parts.set(item.part, [composed]);
		}
	}
	const sections = [...parts].map(([part, items]) => ({
		part,
		items: [...items.filter((item) => item.failedBefore), ...items.filter((item) => !item.failedBefore)]
	}));
	return { versionIds: asked.map((version) => version.id), sections };
}
