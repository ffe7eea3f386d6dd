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

/** 「3、1」: one to five whole numbers, each once. */
const days = (from: number, to: number) =>
	z
		.string()
		.transform((text) => [...new Set(text.split(/[\s,，、;；]+/).filter(Boolean))].map(Number))
		.pipe(z.array(z.number().int().min(from).max(to)).min(1).max(5));
const step = z.coerce.number().int().min(1).max(365);

/** Days before and after a deadline on which it is reminded of, and after which the steps of 逾期阶梯 are proposed. */
export const deadlineRulesSchema = z
	.object({ before: days(0, 60), over: days(1, 90), first: step, second: step, third: step })
	.refine(({ first, second }) => first < second, { path: ['second'] })
	.refine(({ second, third }) => second < third, { path: ['third'] });
export type DeadlineRules = z.output<typeof deadlineRulesSchema> & { isSample: boolean };

/** One change of one rule. */
export interface SettingVersion {
	id: number;
	key: string;
	value: unknown;
	/** Null where the place had no value of its own before. */
	previous: unknown;
	/** Null: the program. */
	changedBy: string | null;
	changedAt: string;
}

export interface AgencyRow {
	id: string;
	scope: string;
	name: string;
	shortName: string;
	mayEnforce: boolean;
	template: unknown;
}
