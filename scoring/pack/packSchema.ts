import { z } from 'zod';
import { isDay } from '../value/day.ts';
import type { FaultReason } from '../value/fault.ts';
import { isPoints } from '../value/points.ts';
import { measureCodes } from './measures.ts';

/**
 * The shape of a rule pack as it is written (YAML) and delivered (JSON). Points are decimals of at most two
 * places; days are `YYYY-MM-DD`. What the fields mean together is checked in `check.ts`.
 */
/** What `schemaProblems` puts into words. */
const says = (reason: FaultReason): string => reason;

const text = z.string().trim().min(1).max(500);
const key = z.string().regex(/^[a-z][a-z0-9_-]*$/, says('schema_key'));
const day = z.string().refine(isDay, says('schema_day'));
const points = z.number().refine(isPoints, says('schema_points'));
const positivePoints = points.refine((value) => value >= 0, says('schema_sign'));
const colour = z.string().regex(/^#[0-9A-Fa-f]{6}$/, says('schema_colour'));

const validity = z.strictObject({ from: day, to: day.nullable().default(null) });

/** What a part of a pack says of its own numbers where they differ from the pack's: `is_sample`, `source`. */
const provenance = { is_sample: z.boolean().optional(), source: text.optional() };

const shortName = z.string().trim().min(1).max(40);
const named = z.strictObject({ key, name: shortName });

/** A provision a rule rests on; `from` is the day its cited wording came into force. */
const basis = z.strictObject({ text, from: day });

const factValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const range = z
	.strictObject({ at_least: z.number().optional(), below: z.number().optional() })
	.refine((value) => value.at_least !== undefined || value.below !== undefined, says('schema_range'));
const pattern = z.strictObject({
	kind: z.string().regex(/^[a-z][a-z0-9_.]*$/, says('schema_fact_kind')),
	where: z
		.record(
			z.string(),
			z.union([factValue, z.array(factValue), range], {
				error: says('schema_condition')
			})
		)
		.optional()
});

/** The entry of one of these clauses whose fact has the same value of the attribute `by`. */
const tie = z.strictObject({ clauses: z.array(z.string()).min(1), by: z.string().min(1) });

const sharePercent = z.number().int().min(1).max(1000);

const clause = z
	.strictObject({
		/** 条.款, written as text: an unquoted 1.10 would be read as the number 1.1. */
		code: z.string().min(1).max(20),
		aspect: key,
		/**
		 * `charge` 记分 · `reduction` 减免 and `aggravation` 加处 of one tied entry · `credit` 加分, tied to nothing.
		 */
		kind: z.enum(['charge', 'reduction', 'aggravation', 'credit']).default('charge'),
		text,
		/**
		 * A number, or a range within which the fact's own `points` says what was decided. A credit's range may lie
		 * below zero, where facts write what is given back with a minus sign.
		 */
		points: z
			.union([positivePoints, z.strictObject({ min: points, max: points })], {
				error: says('schema_clause_points')
			})
			.optional(),
		/** Reductions and aggravations: so many per cent of the tied entry, fractions of 1/100 point dropped. */
		share_percent: sharePercent.optional(),
		reduces: tie.optional(),
		aggravates: tie.optional(),
		/** Charges: what the `from`-th and every further entry of the clause within one cycle costs more. */
		repeated: z
			.strictObject({
				from: z.number().int().min(2).max(100),
				points: positivePoints.optional(),
				share_percent: sharePercent.optional()
			})
			.optional(),
		/**
		 * An opinion that people have confirmed (记分意见): where the fact's `clause` is the code of a clause of the same
		 * kind, the entry stands under that clause; its points are the fact's own all the same. A band reached by
		 * such entries alone waits for no further confirmation.
		 */
		cites: z.boolean().default(false),
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
		message: says('schema_source')
	});

/** From the best to the worst: the common ladder by which a map compares schemes. */
export const levels = ['normal', 'warning', 'focus', 'highest'] as const;

const bandParts = {
	key,
	name: z.string().trim().min(1).max(20),
	level: z.enum(levels),
	/** 以上，含本数; null: no lower end. */
	from: points.nullable(),
	/** 以下，不含本数; null: no upper end. */
	below: points.nullable(),
	shape: z.enum(['circle', 'triangle', 'diamond', 'square']),
	colour: z.strictObject({ light: colour, dark: colour }),
	...provenance
};

const band = z.strictObject({
	...bandParts,
	/** True: the band shows as pending until a `decision.band_confirmed` names it. */
	needs_confirmation: z.boolean().default(false),
	/** The level of government that acts on it (town, district, city …). */
	acts: named.optional(),
	/** The class of inspection it leads to, where the scheme says so. */
	inspected_as: named.optional(),
	/** By their code; with `words` where the scheme puts them in its own. */
	measures: z
		.array(
			z.union([z.enum(measureCodes), z.strictObject({ code: z.enum(measureCodes), words: shortName })], {
				error: says('schema_measure')
			})
		)
		.default([])
});

/** Another reading of the same balance, such as the colours of a notice board. It leads to nothing by itself. */
const scale = z.strictObject({
	key,
	name: shortName,
	...provenance,
	/** From the best to the worst. */
	bands: z.array(z.strictObject(bandParts)).min(1)
});

/** What happens when the cycle ends, in words. */
const ending = { at_end: text, ...provenance };
const months = z.number().int().min(1).max(120);

const cycle = z.discriminatedUnion('kind', [
	z.strictObject({ kind: z.literal('calendar_year'), ...ending }),
	z.strictObject({ kind: z.literal('rolling_months'), months, ...ending }),
	z.strictObject({ kind: z.literal('first_entry'), months, ...ending }),
	/** Every inspection is an account of its own: `by` is the attribute that names the inspection of a fact. */
	z.strictObject({ kind: z.literal('per_inspection'), by: z.string().min(1), ...ending }),
	z.strictObject({ kind: z.literal('none'), ...provenance })
]);

/** Who changes a band: the organ's name as the source has it, or 示例. */
const decides = z.strictObject({
	proposes: text,
	confirms: text,
	/** How many persons must confirm. */
	people: z.number().int().min(1).max(9),
	/** Calendar days in which the enterprise may state its case (陈述申辩); absent: the pack does not say. */
	appeal_days: z.number().int().min(1).max(365).optional(),
	...provenance
});

export const packSchema = z.strictObject({
	format: z.literal('mingcha.pack/1'),
	id: key,
	version: z.string().regex(/^\d+(\.\d+)*$/, says('schema_version')),
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
	decides,
	/** Whether points and ranking are public unless somebody says otherwise. */
	published: z.boolean().default(false),
	/** Most points all charges together can have counting at one time. */
	cap: positivePoints.optional(),
	/** Facts that make a subject 已评估 even though they cost nothing. */
	evaluated_by: z.array(z.string()).min(1),
	aspects: z
		.array(z.strictObject({ key, name: shortName, cap: positivePoints.optional(), ...provenance }))
		.min(1),
	clauses: z.array(clause).min(1),
	/** From the best to the worst. */
	bands: z.array(band).min(1),
	scales: z.array(scale).default([])
});

/** A pack as written, before defaults. */
export type PackDocument = z.input<typeof packSchema>;
/** A pack with its defaults filled in; what the checks read. */
export type FilledPack = z.output<typeof packSchema>;
export type Level = (typeof levels)[number];
export type FilledClause = FilledPack['clauses'][number];
export type Cycle = FilledPack['cycle'];
