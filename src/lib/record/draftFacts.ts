import { shanghaiDate } from '#lib/calendar.ts';
import { loadPack, provisional, type Entry, type Fact } from '#scoring';
import type { Draft } from './draft.ts';
import type { VisitBundle } from './visitBundle.ts';

/** 拟记, as the content keeps it: 1/100 point under the very rules that gave it. */
export interface ProvisionalPoints {
	pack: string;
	packSha256: string;
	points: number;
}

export interface ProvisionalResult extends ProvisionalPoints {
	entries: readonly Entry[];
	packName: string;
	isSample: boolean;
}

/** The facts that sealing would write for this draft (`app.insert_hazards`, `app.apply_verdicts`), before it is. */
export function draftFacts(draft: Draft, bundle: VisitBundle, at: string): Fact[] {
	const day = shanghaiDate(draft.checkIn?.at ?? at);
	const fact = (kind: string, id: string, data: Fact['data']): Fact => ({
		id: `draft/${kind}/${id}`,
		subject: bundle.enterprise.id,
		kind,
		occurredOn: day,
		recordedAt: at,
		data
	});
	if (draft.notChecked) {
		return draft.notChecked.kind === 'entry_refused' ? [fact('entry.refused', draft.id, {})] : [];
	}
	const closedBefore = new Set(bundle.closedBefore);
	const hazards = draft.hazards.flatMap(({ id, severity, cause, itemCode, measure }) => {
		const recurrence = itemCode !== null && closedBefore.has(itemCode);
		const foundFact = fact('hazard.found', id, {
			hazardId: id,
			severity,
			cause,
			itemCode,
			measure,
			recurrence
		});
		if (measure !== 'on_spot') return [foundFact];
		return [foundFact, fact('hazard.corrected_on_spot', id, { hazardId: id, severity, itemCode })];
	});
	const verdicts = Object.values(draft.verdicts).map((verdict) =>
		verdictFact(verdict.hazardId, verdict.passed)
	);
	return [...hazards, ...verdicts, fact('inspection.completed', draft.id, { kind: draft.kind })];

	function verdictFact(hazardId: string, passed: boolean): Fact {
		if (!passed) return fact('hazard.failed_recheck', hazardId, { hazardId });
		const hazard = bundle.openHazards.find(({ id }) => id === hazardId);
		const doneOn =
			hazard?.rectifications.map(({ submittedAt }) => shanghaiDate(submittedAt)).toSorted()[0] ?? day;
		return fact('hazard.rectified', hazardId, {
			hazardId,
			onTime: hazard ? doneOn <= hazard.deadline : null
		});
	}
}

/**
 * What the visit would cost under the scheme declared here. A community worker's report costs nothing before
 * it is adopted, and a place without a scheme has no points at all: null.
 */
export function provisionalOf(draft: Draft, bundle: VisitBundle, at: string): ProvisionalResult | null {
	const { scheme } = bundle;
	if (!scheme || bundle.inspector.role === 'community_worker') return null;
	const loaded = loadPack(scheme.document);
	if (!loaded.ok) {
		throw new Error(
			`scheme ${scheme.packId}: got ${loaded.problems.length} problems, expected an installed pack`
		);
	}
	const known = bundle.facts.map((one) => ({ ...one, subject: bundle.enterprise.id }));
	const { points, entries } = provisional(
		loaded.pack,
		known,
		draftFacts(draft, bundle, at),
		shanghaiDate(draft.checkIn?.at ?? at)
	);
	return {
		pack: scheme.packId,
		packSha256: scheme.packSha256,
		points,
		entries,
		packName: loaded.pack.name,
		isSample: scheme.isSample
	};
}
