/** The only door of the scoring engine. What it is and is not: README.md. */
export type { IsoDay } from './day.ts';
export type { PackProblem } from './check.ts';
export type { Cycle, Level, PackDocument } from './packSchema.ts';
export type {
	Band,
	Clause,
	ClauseKind,
	Decides,
	Measure,
	Named,
	Pack,
	Provenance,
	Scale,
	Tie
} from './pack.ts';
export type { MeasureCode } from './measures.ts';
export type { EntryDecisionKind, Fact, FactValue } from './fact.ts';
export type { EntryState } from './standing.ts';
export type { PackOutcome } from './loadPack.ts';
export type { Account, Entry, EvaluateOptions, TraceLine } from './evaluate.ts';
export type { AccountColumns, BulkOptions, Scoring } from './compile.ts';
export type { AttributeColumn, FactColumns, PlainColumns } from './columns.ts';
export type { EntryChange } from './compareEntries.ts';
export type { BandChange, BandFlow, Cause, ReplayOptions, SchemeComparison } from './compareSchemes.ts';
export type { Change, WhatIf } from './whatIf.ts';
export type { Provisional } from './provisional.ts';
export type { Hundredths } from './points.ts';
export type { FactLineOutcome } from './factLine.ts';

export { bandConfirmedKind, entryDecisionKinds, withdrawnKind } from './fact.ts';
export { formatPoints, fromHundredths, toHundredths } from './points.ts';
export { levels } from './packSchema.ts';
export { measureNames } from './measures.ts';
export { loadPack, packDocument } from './loadPack.ts';
export { parsePack } from './packYaml.ts';
export { bandOf } from './band.ts';
export { checkFact, clauseFor } from './checkFact.ts';
export { evaluate } from './evaluate.ts';
export { provisional } from './provisional.ts';
export { parseFactLine } from './factLine.ts';
export { columnsOf, factsOfSubject, shaped } from './columns.ts';
export { compile } from './compile.ts';
export { diff } from './compareSchemes.ts';
export { whatIf } from './whatIf.ts';

export type { Attention, AttentionInput, SiteRecord } from './attention/attention.ts';
export type { AttentionParameters } from './attention/parameters.ts';
export { attention, attentionScore } from './attention/attention.ts';
export { attentionSchema } from './attention/parameters.ts';

export type {
	LecFactor,
	LecFactors,
	LsFactors,
	RiskLevel,
	RiskRating,
	RiskThresholds
} from './risk/riskLevel.ts';
export {
	lecScales,
	lecThresholds,
	lsScale,
	lsThresholds,
	rateByLec,
	rateByLs,
	riskLevels,
	worstRisk
} from './risk/riskLevel.ts';
