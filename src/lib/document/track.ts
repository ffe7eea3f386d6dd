import { daysBetween, type IsoDate } from '#lib/calendar.ts';

/**
 * A 执法文书 · B 街镇监督检查文书 (安全生产法第九条第二款) · C 社区隐患上报 (第七十五条).
 * Community and grid staff may not carry out 行政检查 (国办发〔2024〕54号), so nothing lifts them above C.
 */
export const tracks = ['A', 'B', 'C'] as const;
export type Track = (typeof tracks)[number];

export interface Signer {
	name: string;
	/** As in their membership. A street's inspector, or a community worker, who inspects nothing. */
	role: 'inspector' | 'community_worker';
	/** 执法证号; null for those without one. */
	licence: string | null;
	/** Last day on which the licence is valid; null when it is not known, which does not count as valid. */
	licenceValidUntil: IsoDate | null;
	/** Signed with their own login; a signature drawn on a colleague's phone is not enough for track A. */
	confirmedByOwnLogin: boolean;
}

export interface TrackQuestion {
	inspectors: readonly Signer[];
	/** 授权 or 委托 of 行政执法 to this agency, published (行政处罚法第二十四条). */
	agencyHasDelegatedPower: boolean;
	/** The person on site agreed to electronic delivery (行政处罚法第六十一条). */
	electronicDeliveryConsent: boolean;
	/** The day of the inspection. */
	on: IsoDate;
}

/** Why a set of signers does not make a 执法文书; the text is `document.why_not_a.<code>`. */
export type WhyNotA =
	| { code: 'agency_not_authorised' | 'delivery_not_agreed' | 'one_officer' }
	| { code: 'no_licence' | 'licence_date_unknown' | 'not_confirmed' | 'community_worker'; name: string }
	| { code: 'licence_expired'; name: string; validUntil: IsoDate };

export interface TrackDecision {
	track: Track;
	/** Empty on track A; every reason at once, so that a person can put all of them right. */
	whyNotA: WhyNotA[];
}

function whyNotAnOfficer(signer: Signer, on: IsoDate): WhyNotA | null {
	const { name } = signer;
	if (signer.role === 'community_worker') return { code: 'community_worker', name };
	if (!signer.licence) return { code: 'no_licence', name };
	if (!signer.licenceValidUntil) return { code: 'licence_date_unknown', name };
	if (daysBetween(signer.licenceValidUntil, on) > 0) {
		return { code: 'licence_expired', name, validUntil: signer.licenceValidUntil };
	}
	return signer.confirmedByOwnLogin ? null : { code: 'not_confirmed', name };
}

/**
 * The track of an inspection, from who signed it. A needs two officers (行政处罚法第四十二条) with valid licences who
 * each confirmed with their own login, an agency with the power, and consent to electronic delivery. B needs one
 * street inspector. Anything else is C. The app never lets a person issue what they may not.
 */
export function decideTrack(question: TrackQuestion): TrackDecision {
	const { inspectors, on } = question;
	if (inspectors.length === 0) throw new RangeError('decideTrack: got no inspector, expected at least one');
	const obstacles = inspectors.map((signer) => whyNotAnOfficer(signer, on));
	const officers = obstacles.filter((obstacle) => obstacle === null).length;
	const whyNotA: WhyNotA[] = [];
	if (!question.agencyHasDelegatedPower) whyNotA.push({ code: 'agency_not_authorised' });
	if (officers < 2) {
		if (inspectors.length < 2) whyNotA.push({ code: 'one_officer' });
		whyNotA.push(...obstacles.filter((obstacle) => obstacle !== null));
	}
	if (!question.electronicDeliveryConsent) whyNotA.push({ code: 'delivery_not_agreed' });
	if (whyNotA.length === 0) return { track: 'A', whyNotA };
	const hasInspector = inspectors.some(({ role }) => role === 'inspector');
	return { track: hasInspector ? 'B' : 'C', whyNotA };
}
