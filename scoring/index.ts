/** The only door of the scoring engine. What it is and is not: README.md. */
export type { IsoDay } from './value/day.ts';
export type { FactFault, Fault, FaultReason } from './value/fault.ts';
export type { PackProblem } from './pack/check.ts';
export type { Cycle, Level, PackDocument } from './pack/packSchema.ts';
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
} from './pack/pack.ts';
export type { MeasureCode } from './pack/measures.ts';
export type { Condition, Pattern } from './pack/pattern.ts';
export type { EntryDecisionKind, Fact, FactValue } from './fact/fact.ts';
export type { EntryState } from './account/standing.ts';
export type { PackOutcome } from './pack/loadPack.ts';
export type { Account, Entry, EvaluateOptions, TraceLine } from './account/evaluate.ts';
export type { AccountColumns, BulkOptions, Scoring } from './compile/compile.ts';
export type { AttributeColumn, FactColumns, PlainColumns } from './compile/columns.ts';
export type { EntryChange } from './compare/entries.ts';
export type {
	BandChange,
	BandFlow,
	Cause,
	ComparisonOptions,
	FactsBySubject,
	ReplayOptions,
	SchemeComparison,
	UnreadableSubject
} from './compare/schemes.ts';
export type { Change, WhatIf } from './compare/whatIf.ts';
export type { Provisional } from './account/provisional.ts';
export type { Hundredths } from './value/points.ts';
export type { FactLineOutcome } from './fact/factLine.ts';

export { faultTexts } from './value/fault.ts';
export { bandConfirmedKind, entryDecisionKinds, isReservedKind, withdrawnKind } from './fact/fact.ts';
export { formatPoints, fromHundredths, toHundredths } from './value/points.ts';
export { levels } from './pack/packSchema.ts';
export { measureNames } from './pack/measures.ts';
export { isInForce } from './pack/pack.ts';
export { loadPack, packDocument } from './pack/loadPack.ts';
export { parsePack } from './pack/packYaml.ts';
export { bandOf } from './account/band.ts';
export { checkFact, clauseFor, unreadableFacts } from './account/checkFact.ts';
export { citable } from './account/citable.ts';
export { evaluate } from './account/evaluate.ts';
export { provisional } from './account/provisional.ts';
export { parseFactLine } from './fact/factLine.ts';
export { columnsOf, factsOfSubject, shaped } from './compile/columns.ts';
export { compile } from './compile/compile.ts';
export { diff } from './compare/schemes.ts';
export { whatIf } from './compare/whatIf.ts';

export type { ClauseWeight, Occurrences, WeightDraft, WeightReason } from './draft/weights.ts';
export { draftWeights, weightRule } from './draft/weights.ts';
export { draftPack } from './draft/draftPack.ts';

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
