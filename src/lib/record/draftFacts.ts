import { shanghaiDate } from '#lib/calendar.ts';
import type { Hazard } from '#lib/hazard/hazard.ts';
import type { Fact } from '#scoring';
import type { Draft } from './draft.ts';
import type { VisitBundle } from './visitBundle.ts';

/** Facts as sealing would write them (`app.insert_hazards`, `app.apply_verdicts`), before it has. */

type WriteFact = (kind: string, id: string, data: Fact['data']) => Fact;

const factsOn =
	(draft: Draft, bundle: VisitBundle, at: string): WriteFact =>
	(kind, id, data) => ({
		id: `draft/${kind}/${id}`,
		subject: bundle.enterprise.id,
		kind,
		occurredOn: shanghaiDate(draft.checkIn?.at ?? at),
		recordedAt: at,
		data
	});

/** All facts of a draft. */
export function draftFacts(draft: Draft, bundle: VisitBundle, at: string): Fact[] {
	const fact = factsOn(draft, bundle, at);
	if (draft.notChecked) {
		return draft.notChecked.kind === 'entry_refused' ? [fact('entry.refused', draft.id, {})] : [];
	}
	const hazards = draft.hazards.flatMap((hazard) => {
		const { id, severity, itemCode, measure } = hazard;
		const foundFact = hazardFact(hazard, draft, bundle, at);
		if (measure !== 'on_spot') return [foundFact];
		return [foundFact, fact('hazard.corrected_on_spot', id, { hazardId: id, severity, itemCode })];
	});
	const verdicts = Object.values(draft.verdicts).map(({ hazardId, passed }) =>
		verdictFact(fact, bundle, hazardId, passed)
	);
	return [...hazards, ...verdicts, fact('inspection.completed', draft.id, { kind: draft.kind })];
}

/** The fact that one hazard of the draft would be. */
export function hazardFact(hazard: Hazard, draft: Draft, bundle: VisitBundle, at: string): Fact {
	const { id, severity, cause, itemCode, measure, clause } = hazard;
	const recurrence = itemCode !== null && bundle.closedBefore.includes(itemCode);
	return factsOn(draft, bundle, at)('hazard.found', id, {
		hazardId: id,
		severity,
		cause,
		itemCode,
		measure,
		recurrence,
		...(clause && bundle.scheme && { clause, scheme: bundle.scheme.packId })
	});
}

function verdictFact(fact: WriteFact, bundle: VisitBundle, hazardId: string, passed: boolean): Fact {
	if (!passed) return fact('hazard.failed_recheck', hazardId, { hazardId });
	const written = fact('hazard.rectified', hazardId, { hazardId });
	const hazard = bundle.openHazards.find(({ id }) => id === hazardId);
	const doneOn =
		hazard?.rectifications.map(({ submittedAt }) => shanghaiDate(submittedAt)).toSorted()[0] ??
		written.occurredOn;
	return { ...written, data: { hazardId, onTime: hazard ? doneOn <= hazard.deadline : null } };
}

/** The facts there would be if everything with a deadline were rectified in time: what 减免 is told by. */
export const rectifiedInTime = (draft: Draft, bundle: VisitBundle, at: string): Fact[] =>
	draft.hazards
		.filter(({ measure }) => measure === 'deadline')
		.map(({ id }) => factsOn(draft, bundle, at)('hazard.rectified', id, { hazardId: id, onTime: true }));
