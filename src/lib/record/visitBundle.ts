import type { IsoDate } from '#lib/calendar.ts';
import type { Stop } from '#lib/enterprise/stop.ts';
import type { ChecklistVersion } from '#lib/checklist/checklist.ts';
import type { HazardSeverity, HazardState } from '#lib/hazard/hazard.ts';
import type { CheckInLimits } from '#lib/inspection/inspection.ts';
import type { Fact } from '#scoring';

/** The place of a visit, as it stood when the visit began. */
export interface VisitEnterprise {
	id: string;
	name: string;
	creditCode: string | null;
	creditCodeAbsence: string | null;
	address: string;
	community: string | null;
	siteType: string;
	siteTypeName: { 'zh-CN': string; en: string };
	riskLevel: 'major' | 'considerable' | 'general' | 'low' | null;
	tags: string[];
	contactName: string | null;
	contactPhone: string | null;
	principal: { name: string; phone: string | null } | null;
	longitude: number | null;
	latitude: number | null;
	openHazards: number;
	openMajor: number;
	lastInspectedOn: IsoDate | null;
	/** What it had to stop and may not use yet; bundles of before have none. */
	stops?: Stop[];
	/** Checks this calendar year by an authority, rechecks apart. */
	checksThisYear: number;
	isSample: boolean;
}

export interface VisitPerson {
	userId: string;
	name: string;
	licence: string | null;
	licenceValidUntil: IsoDate | null;
}

/** An open hazard of the place with what the enterprise says it did; photos by sha-256. */
export interface OpenHazard {
	id: string;
	inspectionId: string;
	part: string;
	severity: HazardSeverity;
	description: string;
	legalBasis: string | null;
	acceptance: string | null;
	state: Extract<HazardState, 'open' | 'rectification_submitted'>;
	deadline: IsoDate;
	foundOn: IsoDate;
	photos: string[];
	rectifications: { note: string; submittedAt: string; photos: string[] }[];
}

/** Everything one visit needs, so that nothing is asked of the server between check-in and seal. */
export interface VisitBundle {
	/** The server's clock when it answered. */
	serverAt: string;
	today: IsoDate;
	enterprise: VisitEnterprise;
	inspector: VisitPerson & { role: 'inspector' | 'community_worker' };
	agency: { id: string; name: string; shortName: string; mayEnforce: boolean; isSample: boolean };
	companions: VisitPerson[];
	limits: CheckInLimits;
	/** The versions that are asked here, pinned from now on. */
	versions: ChecklistVersion[];
	/** Item codes that failed here in the last two years. */
	failedBefore: string[];
	/** Item codes whose hazard was closed by a recheck: failing again is 再次发生. */
	closedBefore: string[];
	openHazards: OpenHazard[];
	/** null: no scheme is declared for such a place, so there is no 拟记. */
	scheme: { packId: string; packSha256: string; document: unknown; isSample: boolean } | null;
	facts: Omit<Fact, 'subject'>[];
	/** Numbers of the 现场检查方案 approved for these days, the latest first; bundles of before have none. */
	plans?: string[];
}
