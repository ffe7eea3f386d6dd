import type { IsoDate } from '#lib/calendar.ts';
import type { DocumentKind } from '#lib/document/document.ts';
import type { Track } from '#lib/document/track.ts';
import type { HazardState } from '#lib/hazard/hazard.ts';
import type { Problem } from '#lib/problem.ts';
import type { InspectionRecord } from './content.ts';

/** A sealed inspection as staff read it: the record's own text, and what became of it since. */
export interface InspectionPage {
	id: string;
	track: Track;
	inspectedOn: IsoDate;
	nthOfYear: number;
	enterpriseId: string;
	clockSuspect: boolean;
	record: InspectionRecord;
	chain: { position: number; sha256: string; link: string; sealedAt: string };
	documents: {
		id: string;
		kind: DocumentKind;
		track: Track;
		numberText: string;
		state: 'issued' | 'superseded' | 'voided';
		isRendered: boolean;
		/** Why there is no PDF, when making it was refused. */
		renderProblem: Problem | null;
	}[];
	delivery: {
		openedAt: string | null;
		receivedAt: string | null;
		receivedBy: string | null;
		expiresAt: string;
	} | null;
	/** State of its own hazards today, by id. */
	hazardStates: Record<string, HazardState | 'reported'>;
	/** Descriptions of the hazards it looked at again, by id. */
	rechecked: Record<string, string>;
}
