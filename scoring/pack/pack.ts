import type { IsoDay } from '../value/day.ts';
import type { Hundredths } from '../value/points.ts';
import type { MeasureCode } from './measures.ts';
import type { Cycle, FilledClause, Level, PackDocument } from './packSchema.ts';
import type { Pattern } from './pattern.ts';

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

/** Whether a fact of that day can fall under the clause; its last day is included. */
export const isInForce = (
	{ validFrom, validTo }: Pick<Clause, 'validFrom' | 'validTo'>,
	day: IsoDay
): boolean => validFrom <= day && (validTo === null || day <= validTo);

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
