import { shanghaiDate } from '#lib/calendar.ts';
import { documentsFor, headingOf } from '#lib/document/document.ts';
import { decideTrack, type Signer, type TrackDecision } from '#lib/document/track.ts';
import type { Draft } from './draft.ts';
import type { VisitBundle, VisitPerson } from './visitBundle.ts';

export interface ExpectedDocuments extends TrackDecision {
	/** Titles as they will stand on paper, in Chinese. */
	titles: string[];
}

/**
 * What sealing would yield and on which track, if everybody named signs. Shown before it is signed; decided for
 * good by the seal (`app.decide_track`), where the companion's own login is checked.
 */
export function expectedDocuments(
	draft: Draft,
	bundle: VisitBundle,
	at: string,
	/** How many 拟记 lines the result shows. */
	scoredLines = 0
): ExpectedDocuments {
	const signer = (person: VisitPerson, role: Signer['role']): Signer => ({
		name: person.name,
		role,
		licence: person.licence,
		licenceValidUntil: person.licenceValidUntil,
		confirmedByOwnLogin: true
	});
	const companion = bundle.companions.find(({ userId }) => userId === draft.companionId);
	const decision = decideTrack({
		inspectors: [
			signer(bundle.inspector, bundle.inspector.role),
			...(companion ? [signer(companion, 'inspector')] : [])
		],
		agencyHasDelegatedPower: bundle.agency.mayEnforce,
		electronicDeliveryConsent: draft.electronicDelivery === true,
		on: shanghaiDate(draft.checkIn?.at ?? at)
	});
	const kinds = documentsFor({
		track: decision.track,
		kind: draft.kind,
		wasChecked: draft.notChecked === null,
		hazards: draft.hazards,
		verdictCount: Object.keys(draft.verdicts).length,
		scoredLines
	});
	return { ...decision, titles: kinds.map((kind) => headingOf(kind, decision.track).title) };
}
