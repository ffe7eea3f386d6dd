import { z } from 'zod';

const text = z.string().trim().min(1).max(500);
const weight = z.number().min(0).max(100);
const score = z.number().int().min(0).max(100);

/** The parameters of 动态风险分 as they are written (YAML) and delivered. What each means stands beside it there. */
export const attentionSchema = z.strictObject({
	format: z.literal('mingcha.attention/1'),
	id: z.string().regex(/^[a-z][a-z0-9_-]*$/),
	version: z.string().regex(/^\d+(\.\d+)*$/, 'expected a version in quotes, such as "2026.1"'),
	name: text,
	source: text,
	is_sample: z.boolean(),
	months: z.number().int().min(1).max(120),
	weights: z.strictObject({ general: weight, major: weight }),
	prior_inspections: z.number().positive().max(100),
	neighbourhood: z.strictObject({
		shrink: z.number().positive(),
		least: z.number().positive().max(1),
		most: z.number().min(1).max(10)
	}),
	at_least: z.strictObject({ open_major: score, overdue: score })
});

export type AttentionParameters = z.output<typeof attentionSchema>;
