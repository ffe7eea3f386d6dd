import { checkPack, type PackProblem } from './check.ts';
import type { IsoDay } from './day.ts';
import { measureNames, type MeasureCode } from './measures.ts';
import {
	packSchema,
	type Cycle,
	type FilledClause,
	type FilledPack,
	type Level,
	type PackDocument
} from './packSchema.ts';
import type { Pattern } from './pattern.ts';
import { toHundredths, type Hundredths } from './points.ts';
import { schemaProblems } from './schemaProblems.ts';

export type ClauseKind = FilledClause['kind'];

/** One 条款 of a scheme, its points in hundredths. */
export interface Clause {
	code: string;
	aspect: string;
	kind: ClauseKind;
	text: string;
	/** Equal ends: fixed points. Both below zero (credits): as facts write them. Null: the share says it. */
	points: { min: Hundredths; max: Hundredths } | null;
	sharePercent: number | null;
	reduces: Tie | null;
	aggravates: Tie | null;
	/** From the `from`-th entry of the clause within a cycle on: what each costs more. */
	repeated: { from: number; points: Hundredths | null; sharePercent: number | null } | null;
	takesEffect: 'sealing' | 'confirmation';
	/** Its facts are opinions that people confirmed before they were written. */
	isConfirmedOpinion: boolean;
	cap: Hundredths | null;
	priority: number;
	patterns: readonly Pattern[];
	basis: readonly { text: string; from: IsoDay }[];
	/** First and last day on which a fact can fall under it. */
	validFrom: IsoDay;
	validTo: IsoDay | null;
	isSample: boolean;
	/** Where the clause and its points are stated. */
	source: string;
}

/** An entry of one of these clauses, whose fact has the same value of the attribute `by`. */
export interface Tie {
	clauses: readonly string[];
	by: string;
}

export interface Measure {
	code: MeasureCode;
	/** In the words of the scheme. */
	name: string;
}

/** Whether no source states it, and where it is stated. */
export interface Provenance {
	isSample: boolean;
	source: string;
}

/** A band of the balance: `from` is included (以上含本数), `below` is not (以下不含); null is unbounded. */
export interface Band extends Provenance {
	key: string;
	name: string;
	/** 0 is the best. */
	rank: number;
	/** By which a map compares schemes. */
	level: Level;
	from: Hundredths | null;
	below: Hundredths | null;
	shape: 'circle' | 'triangle' | 'diamond' | 'square';
	colour: { light: string; dark: string };
	needsConfirmation: boolean;
	/** The level of government that acts on it; null: not said. */
	acts: Named | null;
	/** The class of inspection it leads to; null: not said. */
	inspectedAs: Named | null;
	measures: readonly Measure[];
}

export interface Named {
	key: string;
	name: string;
}

/** Another reading of the same balance; its bands need no confirmation and lead to no measure. */
export interface Scale extends Provenance, Named {
	bands: readonly Band[];
}

/** Who changes a band. */
export interface Decides extends Provenance {
	proposes: string;
	confirms: string;
	/** How many persons must confirm. */
	people: number;
	/** Calendar days for 陈述申辩; null: not said. */
	appealDays: number | null;
}

/** A pack ready for use: checked, in hundredths, its clauses found by fact kind. Made by `loadPack` only. */
export interface Pack {
	id: string;
	version: string;
	name: string;
	issuer: string;
	source: string;
	isSample: boolean;
	/** Whether any clause, band, scale, the cycle or the deciding is a sample. */
	hasSamples: boolean;
	validFrom: IsoDay;
	validTo: IsoDay | null;
	subject: 'enterprise' | 'principal';
	direction: 'up' | 'down';
	start: Hundredths;
	floor: Hundredths | null;
	ceiling: Hundredths | null;
	cycle: Cycle;
	decides: Decides;
	/** Whether points and ranking are public by default. */
	published: boolean;
	cap: Hundredths | null;
	aspects: readonly (Named & Provenance & { cap: Hundredths | null })[];
	/** As written. */
	clauses: readonly Clause[];
	/** What writes entries, the first that matches: the clauses by priority, and those that opinions may cite. */
	writers: readonly Clause[];
	bands: readonly Band[];
	scales: readonly Scale[];
	evaluatedBy: ReadonlySet<string>;
	/** The writers that can match a kind of fact, in their order. */
	clausesOfKind: ReadonlyMap<string, readonly Clause[]>;
	document: PackDocument;
}

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
	const aspects = filled.aspects.map((aspect) => ({
		...provenanceOf(filled, aspect),
		key: aspect.key,
		name: aspect.name,
		cap: hundredthsOrNull(aspect.cap)
	}));
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

/**
 * The clauses in the order in which they are asked. Before a clause that `cites` stand copies of the clauses it
 * may cite: each for the facts that name its code, with the citing clause's own points and way into effect.
 */
function writersOf(clauses: readonly Clause[]): Clause[] {
	return clauses
		.toSorted((a, b) => b.priority - a.priority)
		.flatMap((clause) => {
			if (!clause.isConfirmedOpinion) return [clause];
			const cited = clauses.filter((other) => other.kind === clause.kind && !other.isConfirmedOpinion);
			return [...cited.flatMap((other) => citedBy(clause, other)), clause];
		});
}

/** A clause as an opinion cites it, on the days both are in force. */
function citedBy(citing: Clause, cited: Clause): Clause[] {
	const validFrom = citing.validFrom > cited.validFrom ? citing.validFrom : cited.validFrom;
	const ends = [citing.validTo, cited.validTo].filter((day) => day !== null).sort();
	const validTo = ends[0] ?? null;
	if (validTo !== null && validTo < validFrom) return [];
	const { points, takesEffect, priority, isConfirmedOpinion } = citing;
	const patterns = citing.patterns.map(({ kind, where }) => ({
		kind,
		where: { ...where, clause: cited.code }
	}));
	const own = { points, takesEffect, priority, isConfirmedOpinion, patterns, repeated: null };
	return [{ ...cited, ...own, validFrom, validTo }];
}

function byFactKind(writers: readonly Clause[]): Map<string, Clause[]> {
	const kinds = new Map<string, Clause[]>();
	for (const clause of writers) {
		for (const kind of new Set(clause.patterns.map((pattern) => pattern.kind))) {
			kinds.set(kind, [...(kinds.get(kind) ?? []), clause]);
		}
	}
	return kinds;
}
