import { daysBetween, type IsoDate } from '#lib/calendar.ts';
import type { MemberRole } from './identity.ts';

export interface AdministeredArea {
	scope: string;
	level: 'district' | 'street' | 'community' | 'grid';
	name: string;
	hasAgency: boolean;
}

export interface MemberRow {
	id: string;
	role: MemberRole;
	displayName: string;
	email: string | null;
	/** Area or enterprise; null is the whole place. */
	placeName: string | null;
	agencyName: string | null;
	licenceNumber: string | null;
	licenceValidUntil: IsoDate | null;
	since: IsoDate;
	isOwn: boolean;
}

export interface MemberDetail extends MemberRow {
	enterpriseId: string | null;
	today: IsoDate;
	endedOn: IsoDate | null;
}

export interface InvitationRow {
	id: string;
	role: MemberRole;
	displayName: string | null;
	placeName: string | null;
	createdOn: IsoDate;
	expiresOn: IsoDate;
	isExpired: boolean;
	createdBy: string | null;
}

export interface EnterpriseChoice {
	id: string;
	name: string;
	address: string;
	creditCode: string | null;
}

export interface AdministrationSummary {
	members: number;
	openInvitations: number;
	/** Licences that have ended or end within 30 days. */
	endingLicences: number;
	areas: number;
	enterprises: number;
	outsideAreas: number;
	/** Agencies whose forms still carry sample wording. */
	sampleAgencies: number;
}

/** A licence is told of this many days before it ends: time enough to renew it. */
const licenceNoticeDays = 30;

export type LicenceState = 'none' | 'valid' | 'ending' | 'ended';

export function licenceState(validUntil: IsoDate | null, today: IsoDate): LicenceState {
	if (!validUntil) return 'none';
	const days = daysBetween(today, validUntil);
	if (days < 0) return 'ended';
	return days < licenceNoticeDays ? 'ending' : 'valid';
}

/** Areas as options of a select, deeper ones indented (with spaces a browser keeps). */
export const areaOptions = (areas: Pick<AdministeredArea, 'scope' | 'name'>[], wholeLabel: string | null) => {
	const base = Math.min(...areas.map(({ scope }) => scope.length), Infinity);
	const indent = wholeLabel === null ? base : base - 4;
	return [
		...(wholeLabel === null ? [] : [{ value: '', label: wholeLabel }]),
		...areas.map(({ scope, name }) => ({
			value: scope,
			label: '\u3000'.repeat((scope.length - indent) / 4) + name
		}))
	];
};
