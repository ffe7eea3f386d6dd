import { z } from 'zod';
import { isDay } from '../value/day.ts';
import { isPoints } from '../value/points.ts';
import { instantMilliseconds, type Fact } from './fact.ts';

/**
 * A fact as one line of NDJSON. `clause` and `points` are short for attributes of these names. Without
 * `recorded_at` the fact was known from the start of its day (UTC).
 */
const factLineSchema = z.strictObject({
	id: z.string().min(1),
	subject: z.string().min(1),
	kind: z.string().min(1),
	occurred_on: z.string().refine(isDay, 'expected a day that exists, YYYY-MM-DD'),
	recorded_at: z
		.string()
		.refine((text) => !Number.isNaN(instantMilliseconds(text)), 'expected an instant with its offset')
		.optional(),
	clause: z.string().min(1).optional(),
	points: z.number().refine(isPoints, 'expected a number with at most two decimals').optional(),
	attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).default({})
});

export type FactLineOutcome = { ok: true; fact: Fact } | { ok: false; reason: string };

/** A fact from one line of NDJSON, or the reason why it is none, with the field it is about. */
export function parseFactLine(line: string): FactLineOutcome {
	let value: unknown;
	try {
		value = JSON.parse(line);
	} catch (error) {
		return { ok: false, reason: `not JSON: ${(error as Error).message}` };
	}
	const parsed = factLineSchema.safeParse(value);
	if (!parsed.success) {
		const { path, message } = parsed.error.issues[0]!;
		return { ok: false, reason: path.length > 0 ? `${path.join('.')}: ${message}` : message };
	}
	const { id, subject, kind, occurred_on, recorded_at, clause, points, attributes } = parsed.data;
	const data = {
		...attributes,
		...(clause !== undefined && { clause }),
		...(points !== undefined && { points })
	};
	return {
		ok: true,
		fact: {
			id,
			subject,
			kind,
			occurredOn: occurred_on,
			recordedAt: recorded_at ?? `${occurred_on}T00:00:00Z`,
			data
		}
	};
}
