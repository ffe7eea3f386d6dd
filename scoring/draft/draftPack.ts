import { packDocument } from '../pack/loadPack.ts';
import type { Pack } from '../pack/pack.ts';
import { packSchema, type PackDocument } from '../pack/packSchema.ts';
import type { IsoDay } from '../value/day.ts';
import { fromHundredths } from '../value/points.ts';
import type { WeightDraft } from './weights.ts';

/** What a draft says of itself, in words of who makes it. */
export interface DraftWords {
	name: string;
	/** Which aggregates it rests on. */
	source: string;
}

/**
 * The pack of next year with the drafted points: a version of the same scheme, valid from `begins`, every value a
 * sample whatever the scheme itself is, since nobody has issued it. It passes the check of packs.
 */
export function draftPack(
	pack: Pack,
	draft: WeightDraft,
	begins: IsoDay,
	{ name, source }: DraftWords
): PackDocument {
	const document = structuredClone(packDocument(pack));
	const sample = { is_sample: true as const };
	const year = begins.slice(0, 4);
	return inOrder({
		...document,
		version: document.version === `${year}.1` ? `${year}.2` : `${year}.1`,
		name,
		source,
		...sample,
		valid: { from: begins },
		published: false,
		cycle: { ...document.cycle, ...sample },
		decides: { ...document.decides, ...sample },
		aspects: document.aspects.map((aspect) => ({ ...aspect, ...sample })),
		bands: document.bands.map((band) => ({ ...band, ...sample })),
		...(document.scales && { scales: document.scales.map((scale) => sampleScale(scale)) }),
		clauses: document.clauses.flatMap((clause, index) => {
			const { drafted, points } = draft.clauses[index]!;
			const valid = validFrom(clause.valid, begins);
			if (valid === 'ended') return [];
			const { valid: _, ...rest } = clause;
			const isChanged = drafted !== null && points !== null && drafted !== points.min;
			return [
				{
					...rest,
					...(isChanged && { points: fromHundredths(drafted), source }),
					...(valid && { valid }),
					...sample
				}
			];
		})
	});
}

/** Fields as the schema lists them: a database keeps none of the order in which a file was written. */
function inOrder(document: PackDocument): PackDocument {
	const as = (value: unknown, like: unknown): unknown => {
		if (Array.isArray(value)) return value.map((one, index) => as(one, (like as unknown[])[index]));
		if (typeof value !== 'object' || value === null) return value;
		const [own, shape] = [value as Record<string, unknown>, (like ?? {}) as Record<string, unknown>];
		const names = new Set([...Object.keys(shape), ...Object.keys(own)].filter((name) => name in own));
		return Object.fromEntries([...names].map((name) => [name, as(own[name], shape[name])]));
	};
	return as(document, packSchema.parse(document)) as PackDocument;
}

const sampleScale = (scale: NonNullable<PackDocument['scales']>[number]) => ({
	...scale,
	is_sample: true as const,
	bands: scale.bands.map((band) => ({ ...band, is_sample: true as const }))
});

type Validity = PackDocument['clauses'][number]['valid'];

/** What is left of a clause's own days once the draft begins. */
function validFrom(valid: Validity, begins: IsoDay): Validity | 'ended' {
	if (!valid) return undefined;
	const to = valid.to ?? null;
	if (to !== null && to < begins) return 'ended';
	if (valid.from <= begins && to === null) return undefined;
	return { from: valid.from > begins ? valid.from : begins, ...(to !== null && { to }) };
}
