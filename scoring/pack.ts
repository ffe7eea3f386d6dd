import { checkPack, type PackProblem } from './check.ts';
import type { IsoDay } from './day.ts';
import { measureNames, type MeasureCode } from './measures.ts';
import {
	packSchema,
	type Cycle,
	type FilledClause,
	type FilledPack,
	type PackDocument
} from './packSchema.ts';
import type { Pattern } from './pattern.ts';
import { toHundredths, type Hundredths } from './points.ts';
import { schemaProblems } from './schemaProblems.ts';

export type ClauseKind = 'charge' | 'reduction' | 'credit';

/** One 条款 of a scheme, its points in hundredths. */
export interface Clause {
	code: string;
	aspect: string;
	kind: ClauseKind;
	text: string;
	/** Equal ends: fixed points. Null: the share says it. */
	points: { min: Hundredths; max: Hundredths } | null;
	sharePercent: number | null;
	reduces: { clauses: readonly string[]; by: string } | null;
	takesEffect: 'sealing' | 'confirmation';
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

export interface Measure {
	code: MeasureCode;
	/** In the words of the sources. */
	name: string;
}

/** A band of the balance: `from` is included (以上含本数), `below` is not (以下不含); null is unbounded. */
export interface Band {
	key: string;
	name: string;
	/** 0 is the best. */
	rank: number;
	from: Hundredths | null;
	below: Hundredths | null;
	shape: 'circle' | 'triangle' | 'diamond' | 'square';
	colour: { light: string; dark: string };
	needsConfirmation: boolean;
	measures: readonly Measure[];
}

/** A pack ready for use: checked, in hundredths, its clauses found by fact kind. Made by `loadPack` only. */
export interface Pack {
	id: string;
	version: string;
	name: string;
	issuer: string;
	source: string;
	isSample: boolean;
	validFrom: IsoDay;
	validTo: IsoDay | null;
	subject: 'enterprise' | 'principal';
	direction: 'up' | 'down';
	start: Hundredths;
	floor: Hundredths | null;
	ceiling: Hundredths | null;
	cycle: Cycle;
	cap: Hundredths | null;
	aspects: readonly { key: string; name: string; cap: Hundredths | null }[];
	clauses: readonly Clause[];
	bands: readonly Band[];
	evaluatedBy: ReadonlySet<string>;
	/** The clauses that can match a kind of fact, the highest priority first. */
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
	return {
		id: filled.id,
		version: filled.version,
		name: filled.name,
		issuer: filled.issuer,
		source: filled.source,
		isSample: filled.is_sample,
		validFrom: filled.valid.from,
		validTo: filled.valid.to,
		subject: filled.subject,
		direction: filled.direction,
		start: toHundredths(filled.start),
		floor: hundredthsOrNull(filled.floor),
		ceiling: hundredthsOrNull(filled.ceiling),
		cycle: filled.cycle,
		cap: hundredthsOrNull(filled.cap),
		aspects: filled.aspects.map(({ key, name, cap }) => ({ key, name, cap: hundredthsOrNull(cap) })),
		clauses,
		bands: filled.bands.map(buildBand),
		evaluatedBy: new Set(filled.evaluated_by),
		clausesOfKind: byFactKind(clauses),
		document
	};
}

function buildClause(clause: FilledClause, pack: FilledPack): Clause {
	const { points } = clause;
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
		takesEffect: clause.takes_effect,
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

function buildBand(band: FilledPack['bands'][number], rank: number): Band {
	return {
		key: band.key,
		name: band.name,
		rank,
		from: hundredthsOrNull(band.from),
		below: hundredthsOrNull(band.below),
		shape: band.shape,
		colour: band.colour,
		needsConfirmation: band.needs_confirmation,
		measures: band.measures.map((code) => ({ code, name: measureNames[code] }))
	};
}

function byFactKind(clauses: readonly Clause[]): Map<string, Clause[]> {
	const kinds = new Map<string, Clause[]>();
	for (const clause of clauses.toSorted((a, b) => b.priority - a.priority)) {
		for (const kind of new Set(clause.patterns.map((pattern) => pattern.kind))) {
			kinds.set(kind, [...(kinds.get(kind) ?? []), clause]);
		}
	}
	return kinds;
}
