import { z } from 'zod';
import {
	agencyTemplateSchema,
	sampleAgencyTemplate,
	type AgencyTemplate
} from '#lib/document/agencyTemplate.ts';
import { completeTemplate } from '#lib/document/printedAgency.ts';
import { agencyNameFields } from '#lib/identity/invitation.ts';
import { failure, success, type Result } from '#lib/problem.ts';

/** Whom an enterprise may ask; shown on its page, not printed. */
const contactSchema = z.object({ name: z.string().trim().max(50), phone: z.string().trim().max(40) });
export type Contact = z.infer<typeof contactSchema>;

export const agencySchema = z.object({
	...agencyNameFields,
	mayEnforce: z.literal('on').optional(),
	contactName: contactSchema.shape.name.default(''),
	contactPhone: contactSchema.shape.phone.default('')
});

/** An agency's wording as the form shows it; what was never set shows the sample's. */
export function readTemplate(stored: unknown): { template: AgencyTemplate; contact: Contact } {
	const contact = z.object({ contact: contactSchema }).safeParse(stored);
	return {
		template: completeTemplate((stored ?? {}) as Record<string, unknown>),
		contact: contact.success ? contact.data.contact : { name: '', phone: '' }
	};
}

/** Names of the form's fields: the path in the template, as in `numberPatterns.A.inspection_record`. */
export function templateFromForm(entered: Record<string, string>): Result<AgencyTemplate> {
	const draft: Record<string, unknown> = {
		format: sampleAgencyTemplate.format,
		isSample: entered.isSample === 'on'
	};
	for (const [path, value] of Object.entries(entered))
		if (path !== 'isSample') setAt(draft, path.split('.'), value);
	const parsed = agencyTemplateSchema.safeParse(draft);
	if (parsed.success) return success(parsed.data);
	return failure('request.invalid', undefined, parsed.error.issues[0]?.path.join('.'));
}

function setAt(target: Record<string, unknown>, [first, ...rest]: string[], value: string): void {
	if (first === undefined || first === '__proto__') return;
	if (rest.length === 0) target[first] = value;
	else setAt((target[first] ??= {}) as Record<string, unknown>, rest, value);
}
