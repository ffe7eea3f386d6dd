import { z } from 'zod';
import { actBodySchema, actRoles, type ActKind } from '#lib/document/acts.ts';
import { scopeCovers, type Membership } from '#lib/identity/identity.ts';
import { instant, uuid } from '#lib/inspection/inspection.ts';

/**
 * A paper issued on its own, as the chain keeps it: its canonical text is what the server signs, and document, number
 * and delivery are derived from it (`app.issue_act`). The act's id is also that of its delivery.
 */
export const actSchema = z.object({
	format: z.literal('mingcha.act/1'),
	id: uuid,
	agencyId: uuid,
	/** As it was registered when the paper was issued. */
	enterprise: z.object({
		id: uuid,
		name: z.string().min(1),
		creditCode: z.string().nullable(),
		address: z.string().min(1)
	}),
	body: actBodySchema,
	/** Who issued it, by their own login. */
	signer: z.object({
		userId: uuid,
		name: z.string().min(1).max(50),
		role: z.enum(['inspector', 'leader', 'administrator'])
	}),
	at: instant,
	/** 逾期阶梯: the step that this paper takes. Absent from what takes none. */
	escalation: uuid.optional(),
	/** 更正: the act in whose place this one stands, with the reason. Absent from what corrects nothing. */
	supersedes: uuid.optional(),
	correction: z
		.object({ number: z.number().int().positive(), reason: z.string().trim().min(2).max(500) })
		.optional()
});
export type Act = z.infer<typeof actSchema>;

/** The membership with which somebody issues such a paper there, the nearest one to the place; as `app.membership_for`. */
export const issuingMembership = (
	memberships: readonly Membership[],
	kind: ActKind,
	scope: string
): Membership | null =>
	memberships
		.filter(({ role, scope: own }) => actRoles[kind].includes(role) && scopeCovers(own, scope))
		.sort((a, b) => b.scope.length - a.scope.length)[0] ?? null;
