import type { IsoDate } from '#lib/calendar.ts';
import type { Band } from './band.ts';
import type { RiskLevel } from './mapIndex/mapEnterprise.ts';
import type { Stop } from './stop.ts';

/** What a page about one enterprise shows first. */
export interface EnterpriseCard {
	id: string;
	scope: string;
	name: string;
	creditCode: string | null;
	creditCodeAbsence: string | null;
	address: string;
	siteType: string;
	siteTypeName: { 'zh-CN': string; en: string };
	riskLevel: RiskLevel | null;
	tags: string[];
	status: 'operating' | 'closed' | 'moved';
	isSample: boolean;
	contactName: string | null;
	contactPhone: string | null;
	supervisingDepartment: string | null;
	longitude: number | null;
	latitude: number | null;
	community: string | null;
	principal: { name: string; phone: string | null } | null;
	/** Points are 1/100. */
	account: {
		packId: string;
		points: number;
		pendingPoints: number;
		band: Band | null;
		pendingBand: Band | null;
		asOf: IsoDate;
	} | null;
	openHazards: number;
	openMajor: number;
	inspections: number;
	lastInspectedOn: IsoDate | null;
	nextDeadline: IsoDate | null;
	isOverdue: boolean;
	/** What it had to stop and may not use yet. */
	stops: Stop[];
	/** Checks of tracks A and B this year without rechecks: what an agency's published yearly limit counts. */
	checksThisYear: number;
	specialEquipment: { kind: string; place: string; nextTestOn: IsoDate | null }[];
	riskPoints: { name: string; place: string; level: RiskLevel | null }[];
}

export interface HistoryDocument {
	id: string;
	kind: 'inspection_record' | 'rectification_order' | 'recheck_opinion' | 'hazard_report';
	track: 'A' | 'B' | 'C';
	numberText: string;
	state: 'issued' | 'superseded' | 'voided';
	isRendered: boolean;
}

export interface PastInspection {
	id: string;
	kind: string;
	outcome: 'checked' | 'not_checked';
	notCheckedKind: string | null;
	track: 'A' | 'B' | 'C';
	adopted: boolean;
	inspectedOn: IsoDate;
	inspectorName: string;
	companionName: string | null;
	hazards: number;
	documents: HistoryDocument[];
	/** Instants. */
	openedAt: string | null;
	receivedAt: string | null;
}

export interface OpenHazard {
	id: string;
	inspectionId: string;
	part: string;
	severity: 'general' | 'major';
	description: string;
	legalBasis: string | null;
	acceptance: string | null;
	state: 'reported' | 'open' | 'rectification_submitted' | 'accepted';
	deadline: IsoDate | null;
	foundOn: IsoDate;
	isOverdue: boolean;
	/** The number of the order that it stands on; null: on none. */
	orderText: string | null;
	photos: string[];
}

export interface EnterpriseHistory {
	today: IsoDate;
	inspections: PastInspection[];
	openHazards: OpenHazard[];
}
