import { z } from 'zod';

const metres = z.coerce.number().int().min(1).max(100_000);

/** Limits of a check-in, in metres: beyond `soft` a reason is asked for, beyond `hard` no arrival is taken. */
export const checkInLimitsSchema = z
	.object({
		softAccuracyMetres: metres,
		hardAccuracyMetres: metres,
		softDistanceMetres: metres,
		hardDistanceMetres: metres
	})
	.refine((limits) => limits.softAccuracyMetres <= limits.hardAccuracyMetres, {
		path: ['hardAccuracyMetres']
	})
	.refine((limits) => limits.softDistanceMetres <= limits.hardDistanceMetres, {
		path: ['hardDistanceMetres']
	});
export type CheckInLimits = z.infer<typeof checkInLimitsSchema>;

export const periodsSchema = z.object({
	deliveryDays: z.coerce.number().int().min(7).max(3650),
	recheckDays: z.coerce.number().int().min(1).max(60),
	/** How long an enterprise may state its case where its scheme does not say. */
	appealDays: z.coerce.number().int().min(1).max(365),
	/** How long after the seal a check can be rated by who was checked. */
	ratingDays: z.coerce.number().int().min(1).max(365)
});
export type Periods = z.infer<typeof periodsSchema>;

/** The rules in force at a scope, and whether they were set there or further up. */
export interface Rules {
	limits: CheckInLimits;
	periods: Periods;
	isOwn: boolean;
	isSample: boolean;
}

export interface AgencyRow {
	id: string;
	scope: string;
	name: string;
	shortName: string;
	mayEnforce: boolean;
	template: unknown;
}
