import {
	agencyTemplateSchema,
	printedAgencySchema,
	sampleAgencyTemplate,
	type AgencyTemplate,
	type PrintedAgency
} from './agencyTemplate.ts';

/** An agency as the seal kept it; its template holds what was set and nothing else. */
export interface SealedAgency {
	name: string;
	shortName: string;
	template: Record<string, unknown>;
	isSample: boolean;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** `own` over `base`, field by field; what is not in `base` is not part of a template. */
function over(base: Record<string, unknown>, own: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(base).map(([key, value]) => {
			const chosen = own[key];
			if (chosen === undefined || chosen === null) return [key, value];
			return [key, isObject(value) && isObject(chosen) ? over(value, chosen) : chosen];
		})
	);
}

/** Whether every field of `base` was set. */
const isWhole = (base: Record<string, unknown>, own: Record<string, unknown>): boolean =>
	Object.entries(base).every(([key, value]) => {
		const chosen = own[key];
		return isObject(value)
			? isObject(chosen) && isWhole(value, chosen)
			: chosen !== undefined && chosen !== null;
	});

/** The wording of an agency, completed from the sample: as long as a single phrase is the sample's, it is one. */
export function completeTemplate(own: Record<string, unknown>): AgencyTemplate {
	const { isSample: _, format: __, ...phrases } = sampleAgencyTemplate;
	const template = agencyTemplateSchema.parse({
		...over(sampleAgencyTemplate, own),
		// Nobody's wording: there is no sample of it.
		...(isObject(own.contact) && { contact: own.contact })
	});
	return isWhole(phrases, own) ? template : { ...template, isSample: true };
}

/** @throws when a phrase that was set does not fit: settings are checked when they are saved, not when printed. */
export const printedAgency = ({ name, shortName, template }: SealedAgency): PrintedAgency =>
	printedAgencySchema.parse({ name, shortName, template: completeTemplate(template) });
