import type { Clause, Pack } from '#scoring';

/** A pack as a page shows it: what a person reads of it, without what only the engine needs. Points are 1/100. */
export interface PackView extends Pick<
	Pack,
	| 'id'
	| 'version'
	| 'name'
	| 'issuer'
	| 'source'
	| 'isSample'
	| 'hasSamples'
	| 'validFrom'
	| 'validTo'
	| 'subject'
	| 'direction'
	| 'start'
	| 'floor'
	| 'ceiling'
	| 'cycle'
	| 'decides'
	| 'published'
	| 'bands'
> {
	basis: { text: string; from: string }[];
	aspects: { key: string; name: string; isSample: boolean; clauses: readonly Clause[] }[];
	clauseCount: number;
	sampleClauseCount: number;
}

export const packView = (pack: Pack): PackView => ({
	id: pack.id,
	version: pack.version,
	name: pack.name,
	issuer: pack.issuer,
	source: pack.source,
	isSample: pack.isSample,
	hasSamples: pack.hasSamples,
	validFrom: pack.validFrom,
	validTo: pack.validTo,
	subject: pack.subject,
	direction: pack.direction,
	start: pack.start,
	floor: pack.floor,
	ceiling: pack.ceiling,
	cycle: pack.cycle,
	decides: pack.decides,
	published: pack.published,
	bands: pack.bands,
	basis: pack.document.basis,
	aspects: pack.aspects.map(({ key, name, isSample }) => ({
		key,
		name,
		isSample,
		clauses: pack.clauses.filter(({ aspect }) => aspect === key)
	})),
	clauseCount: pack.clauses.length,
	sampleClauseCount: pack.clauses.filter(({ isSample }) => isSample).length
});
