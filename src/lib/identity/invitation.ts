import { z } from 'zod';
import { memberRoles, type MemberRole } from './identity.ts';

const blankIsNull = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? null : value);
const optionalText = (minimum: number, maximum: number) =>
	z.preprocess(blankIsNull, z.string().trim().min(minimum).max(maximum).nullable().default(null));

/** 执法证号 with its last day: both or neither. */
export const licenceFields = {
	licenceNumber: optionalText(3, 40),
	licenceValidUntil: z.preprocess(blankIsNull, z.iso.date().nullable().default(null))
};
const licenceIsComplete = (form: {
	licenceNumber: string | null;
	licenceValidUntil: string | null;
}): boolean => (form.licenceNumber === null) === (form.licenceValidUntil === null);

export const licenceSchema = z
	.object(licenceFields)
	.refine(licenceIsComplete, { path: ['licenceValidUntil'], message: 'both or neither' });

/** The form with which an administrator invites somebody. `scope` '' is the whole place. */
export const invitationSchema = z
	.object({
		role: z.enum(memberRoles),
		displayName: optionalText(1, 50),
		scope: z
			.string()
			.regex(/^([0-9]{4})*$/)
			.nullable()
			.default(null),
		enterpriseId: z.preprocess(blankIsNull, z.uuid().nullable().default(null)),
		...licenceFields
	})
	.refine(licenceIsComplete, { path: ['licenceValidUntil'], message: 'both or neither' })
	.refine(({ role, enterpriseId }) => (role === 'principal') === (enterpriseId !== null), {
		path: ['enterpriseId'],
		message: 'a person in charge has an enterprise, staff have an area'
	})
	.refine(({ role, scope }) => role === 'principal' || scope !== null, {
		path: ['scope'],
		message: 'missing'
	});
export type InvitationForm = z.infer<typeof invitationSchema>;

/** What a link shows before anybody has signed in. */
export interface Invitation {
	role: MemberRole;
	displayName: string | null;
	agencyName: string | null;
	placeName: string | null;
	expiresAt: string;
	/** Nobody administers this place yet: whoever accepts also names the agency. */
	isFirst: boolean;
}

export const agencyNameFields = {
	name: z.string().trim().min(2).max(60),
	shortName: z.string().trim().min(1).max(20)
};

const acceptance = { displayName: z.string().trim().min(1).max(50) };
/** Accepting with the account one is signed in with. */
export const acceptanceSchema = z.object(acceptance);
/** The first administrator names the agency too. */
export const foundingSchema = z.object({ ...acceptance, ...agencyNameFields });
