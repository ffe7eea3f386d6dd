import { toHundredths, type Hundredths } from '../value/points.ts';
import { checkPack, type PackProblem } from './check.ts';
import { measureNames } from './measures.ts';
import type { Band, Clause, Decides, Pack, Provenance, Scale } from './pack.ts';
import { packSchema, type FilledClause, type FilledPack, type PackDocument } from './packSchema.ts';
import { schemaProblems } from './schemaProblems.ts';
import { byFactKind, writersOf } from './writers.ts';

export type PackOutcome = { ok: true; pack: Pack } | { ok: false; problems: PackProblem[] };

/**
 * A pack from its document (what `packDocument` gives; JSON). Refused with every reason found, each with its
 * path; lines are known only to `parsePack`. Runs in the browser.
 */
export function loadPack(document: unknown): PackOutcome {
	const parsed = packSchema.safeParse(document);
	if (!parsed.success) return { ok: false, problems: schemaProblems(parsed.error) };
	const problems = checkPack(parsed.data);
	if (problems.length > 0) return { ok: false, problems };
	return { ok: true, pack: build(parsed.data, document as PackDocument) };
}

/**
 * The pack as it was written, without comments, order of keys or defaults: a JSON value whose canonical text
 * (RFC 8785) may be hashed by the caller to name exactly these rules. `loadPack` reads it back.
 */
export const packDocument = (pack: Pack): PackDocument => pack.document;

const hundredthsOrNull = (points: number | null | undefined): Hundredths | null =>
	points === null || points === undefined ? null : toHundredths(points);

function build(filled: FilledPack, document: PackDocument): Pack {
	const clauses = filled.clauses.map((clause) => buildClause(clause, filled));
	const writers = writersOf(clauses);
	const aspects = filled.aspects.map((aspect) => buildAspect(filled, aspect));
	const bands = filled.bands.map((band, rank) => buildBand(filled, band, rank));
	const scales = filled.scales.map((scale) => buildScale(filled, scale));
	const decides = buildDecides(filled);
	const { isSample: isCycleSample } = provenanceOf(filled, filled.cycle);
	const hasSamples =
		isCycleSample || [...aspects, ...clauses, ...bands, ...scales, decides].some(({ isSample }) => isSample);
	return {
		id: filled.id,
		version: filled.version,
		name: filled.name,
		issuer: filled.issuer,
		source: filled.source,
		isSample: filled.is_sample,
		hasSamples,
		validFrom: filled.valid.from,
		validTo: filled.valid.to,
		subject: filled.subject,
		direction: filled.direction,
		start: toHundredths(filled.start),
		floor: hundredthsOrNull(filled.floor),
		ceiling: hundredthsOrNull(filled.ceiling),
		cycle: filled.cycle,
		decides,
		published: filled.published,
		cap: hundredthsOrNull(filled.cap),
		aspects,
		clauses,
		writers,
		bands,
		scales,
		evaluatedBy: new Set(filled.evaluated_by),
		clausesOfKind: byFactKind(writers),
		document
	};
}

const provenanceOf = (pack: FilledPack, part: { is_sample?: boolean; source?: string }): Provenance => ({
	isSample: part.is_sample ?? pack.is_sample,
	source: part.source ?? pack.source
});

const buildAspect = (pack: FilledPack, aspect: FilledPack['aspects'][number]): Pack['aspects'][number] => ({
	...provenanceOf(pack, aspect),
	key: aspect.key,
	name: aspect.name,
	cap: hundredthsOrNull(aspect.cap)
});

function buildClause(clause: FilledClause, pack: FilledPack): Clause {
	const { points, repeated } = clause;
	const ends = typeof points === 'number' ? { min: points, max: points } : points;
	const valid = clause.valid ?? pack.valid;
	return {
		code: clause.code,
		aspect: clause.aspect,
		kind: clause.kind,
		text: clause.text,
		points: ends ? { min: toHundredths(ends.min), max: toHundredths(ends.max) } : null,
		sharePercent: clause.share_percent ?? null,
		reduces: clause.reduces ?? null,
		aggravates: clause.aggravates ?? null,
		repeated: repeated
			? {
					from: repeated.from,
					points: hundredthsOrNull(repeated.points),
					sharePercent: repeated.share_percent ?? null
				}
			: null,
		takesEffect: clause.takes_effect,
		isConfirmedOpinion: clause.cites,
		cap: hundredthsOrNull(clause.cap),
		priority: clause.priority,
		patterns: clause.matches,
		basis: clause.basis,
		validFrom: valid.from,
		validTo: valid.to,
		isSample: clause.is_sample,
		source: clause.source ?? pack.source
	};
}

/** A band of the ladder, or of a scale: those say nothing of confirmation, government or measures. */
type BandPart = FilledPack['scales'][number]['bands'][number] & Partial<FilledPack['bands'][number]>;

const buildBand = (pack: FilledPack, band: BandPart, rank: number): Band => ({
	...provenanceOf(pack, band),
	key: band.key,
	name: band.name,
	rank,
	level: band.level,
	from: hundredthsOrNull(band.from),
	below: hundredthsOrNull(band.below),
	shape: band.shape,
	colour: band.colour,
	needsConfirmation: band.needs_confirmation ?? false,
	acts: band.acts ?? null,
	inspectedAs: band.inspected_as ?? null,
	measures: (band.measures ?? []).map((measure) =>
		typeof measure === 'string'
			? { code: measure, name: measureNames[measure] }
			: { code: measure.code, name: measure.words }
	)
});

const buildScale = (pack: FilledPack, scale: FilledPack['scales'][number]): Scale => {
	const provenance = provenanceOf(pack, scale);
	const bands = scale.bands.map((band, rank) =>
		buildBand(pack, { is_sample: provenance.isSample, source: provenance.source, ...band }, rank)
	);
	return { ...provenance, key: scale.key, name: scale.name, bands };
};

const buildDecides = (pack: FilledPack): Decides => ({
	...provenanceOf(pack, pack.decides),
	proposes: pack.decides.proposes,
	confirms: pack.decides.confirms,
	people: pack.decides.people,
	appealDays: pack.decides.appeal_days ?? null
});
