import { z } from 'zod';
import { isDay } from './day.ts';
import { measureCodes } from './measures.ts';
import { isPoints } from './points.ts';

/**
 * The shape of a rule pack as it is written (YAML) and delivered (JSON). Points are decimals of at most two
 * places; days are `YYYY-MM-DD`. What the fields mean together is checked in `check.ts`.
 */
const text = z.string().trim().min(1).max(500);
const key = z.string().regex(/^[a-z][a-z0-9_-]*$/, 'expected lower-case letters, digits, - or _');
const day = z.string().refine(isDay, 'expected a day that exists, YYYY-MM-DD');
const points = z.number().refine(isPoints, 'expected a number with at most two decimals');
const positivePoints = points.refine(
	(value) => value >= 0,
	'expected points from 0: the sign follows from kind'
);
const colour = z.string().regex(/^#[0-9A-Fa-f]{6}$/, 'expected a colour as #RRGGBB');

const validity = z.strictObject({ from: day, to: day.nullable().default(null) });

/** A provision a rule rests on; `from` is the day its cited wording came into force. */
const basis = z.strictObject({ text, from: day });

const factValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const range = z
	.strictObject({ at_least: z.number().optional(), below: z.number().optional() })
	.refine((value) => value.at_least !== undefined || value.below !== undefined, 'expected at_least or below');
const pattern = z.strictObject({
	kind: z.string().regex(/^[a-z][a-z0-9_.]*$/, 'expected a fact kind such as hazard.found'),
	where: z
		.record(
			z.string(),
			z.union([factValue, z.array(factValue), range], {
				error: 'expected a value, a list of values, or { at_least, below }'
			})
		)
		.optional()
});

const clause = z
	.strictObject({
		/** 条.款, written as text: an unquoted 1.10 would be read as the number 1.1. */
		code: z.string().min(1).max(20),
		aspect: key,
		/** `charge` 记分 · `reduction` 减免 of one tied entry · `credit` 加分, tied to nothing. */
		kind: z.enum(['charge', 'reduction', 'credit']).default('charge'),
		text,
		/** A number, or a range within which the fact's own `points` says what was decided. */
		points: z
			.union([positivePoints, z.strictObject({ min: positivePoints, max: positivePoints })], {
				error: 'expected a finite number of points, or { min, max }'
			})
			.optional(),
		/** Reductions only: so many per cent of the tied entry, fractions of 1/100 point dropped. */
		share_percent: z.number().int().min(1).max(100).optional(),
		/** Reductions only: an entry of these clauses whose fact has the same attribute `by`. */
		reduces: z.strictObject({ clauses: z.array(z.string()).min(1), by: z.string().min(1) }).optional(),
		takes_effect: z.enum(['sealing', 'confirmation']).default('sealing'),
		/** Most points the clause can have counting at one time, after reductions. */
		cap: positivePoints.optional(),
		/** Where several clauses match one fact, the highest writes the entry. */
		priority: z.number().int().default(0),
		matches: z.array(pattern).min(1),
		basis: z.array(basis).default([]),
		valid: validity.optional(),
		is_sample: z.boolean(),
		source: text.optional()
	})
	.refine((value) => value.is_sample || value.source !== undefined, {
		path: ['source'],
		message: 'expected the source that states it: what no source states is a sample'
	});

const band = z.strictObject({
	key,
	name: z.string().trim().min(1).max(20),
	/** 以上，含本数; null: no lower end. */
	from: points.nullable(),
	/** 以下，不含本数; null: no upper end. */
	below: points.nullable(),
	shape: z.enum(['circle', 'triangle', 'diamond', 'square']),
	colour: z.strictObject({ light: colour, dark: colour }),
	/** True: the band shows as pending until a `decision.band_confirmed` names it. */
	needs_confirmation: z.boolean().default(false),
	measures: z.array(z.enum(measureCodes)).default([])
});

const cycle = z.discriminatedUnion('kind', [
	z.strictObject({ kind: z.literal('calendar_year') }),
	z.strictObject({ kind: z.literal('rolling_months'), months: z.number().int().min(1).max(120) }),
	z.strictObject({ kind: z.literal('first_entry'), months: z.number().int().min(1).max(120) }),
	z.strictObject({ kind: z.literal('none') })
]);

export const packSchema = z.strictObject({
	format: z.literal('mingcha.pack/1'),
	id: key,
	version: z.string().regex(/^\d+(\.\d+)*$/, 'expected a version in quotes, such as "2026.1"'),
	name: text,
	issuer: text,
	source: text,
	is_sample: z.boolean(),
	basis: z.array(basis).min(1),
	valid: validity,
	/** Who has the account: the enterprise, or the person who leads it. */
	subject: z.enum(['enterprise', 'principal']),
	/** `up`: charges add to the balance · `down`: charges take from it. */
	direction: z.enum(['up', 'down']),
	start: points,
	floor: points.nullable(),
	ceiling: points.nullable(),
	cycle,
	/** Most points all charges together can have counting at one time. */
	cap: positivePoints.optional(),
	/** Facts that make a subject 已评估 even though they cost nothing. */
	evaluated_by: z.array(z.string()).min(1),
	aspects: z
		.array(z.strictObject({ key, name: z.string().trim().min(1).max(40), cap: positivePoints.optional() }))
		.min(1),
	clauses: z.array(clause).min(1),
	/** From the best to the worst. */
	bands: z.array(band).min(1)
});

/** A pack as written, before defaults. */
export type PackDocument = z.input<typeof packSchema>;
/** A pack with its defaults filled in; what the checks read. */
export type FilledPack = z.output<typeof packSchema>;
export type FilledClause = FilledPack['clauses'][number];
export type Cycle = FilledPack['cycle'];
