import type { AreaBoundaries } from '#lib/area/boundary.ts';
import type { IsoDate } from '#lib/calendar.ts';
import type { RiskLevel } from '#scoring';
import { bandRank, type Band, type BandLevel } from './band.ts';

export type { RiskLevel };

/** How an enterprise stands now: what recolours its dot. Points are 1/100. */
export type EnterpriseState = [
	level: BandLevel | null,
	pendingLevel: BandLevel | null,
	openHazards: number,
	openMajor: number,
	lastInspectedOn: IsoDate | null,
	isOverdue: boolean,
	points: number | null,
	bandName: string | null,
	pendingName: string | null
];

/** A row of `map_enterprises`: columns without names, because a street sends thousands of them. */
export type PackedEnterprise = [
	id: string,
	longitude: number | null,
	latitude: number | null,
	name: string,
	initials: string,
	creditCode: string | null,
	siteType: string,
	level: BandLevel | null,
	pendingLevel: BandLevel | null,
	openHazards: number,
	openMajor: number,
	lastInspectedOn: IsoDate | null,
	isOverdue: boolean,
	scope: string,
	address: string,
	riskLevel: RiskLevel | null,
	points: number | null,
	bandName: string | null,
	pendingName: string | null
];

export interface MapEnterprise {
	id: string;
	/** WGS-84 degrees; null: no position is known, so it stands in lists only. */
	longitude: number | null;
	latitude: number | null;
	name: string;
	/** First letters of the name's pinyin, lower case. */
	initials: string;
	creditCode: string | null;
	siteType: string;
	/** Under the scheme declared for it; null: 未评估. */
	band: Band | null;
	/** The band that waits for confirmation (待审). */
	pendingBand: Band | null;
	openHazards: number;
	openMajor: number;
	lastInspectedOn: IsoDate | null;
	isOverdue: boolean;
	scope: string;
	address: string;
	riskLevel: RiskLevel | null;
	/** 1/100; null: 未评估. */
	points: number | null;
}

/** What `map_enterprises` gives. */
export interface MapRows {
	/** The event up to which the rows are right; a live stream goes on from there. */
	position: number;
	today: IsoDate;
	rows: PackedEnterprise[];
}

/** What `/api/map` answers. */
export interface MapContent extends MapRows {
	communities: AreaBoundaries;
}

const bandOf = (level: BandLevel | null, name: string | null): Band | null =>
	level === null ? null : { level, name: name! };

export function unpackEnterprise(row: PackedEnterprise): MapEnterprise {
	const [id, longitude, latitude, name, initials, creditCode, siteType, level, pendingLevel, openHazards] =
		row;
	const rest = row.slice(10) as [
		number,
		IsoDate | null,
		boolean,
		string,
		string,
		RiskLevel | null,
		number | null,
		string | null,
		string | null
	];
	const [openMajor, lastInspectedOn, isOverdue, scope, address, riskLevel, points, bandName, pendingName] =
		rest;
	return {
		id,
		longitude,
		latitude,
		name,
		initials,
		creditCode,
		siteType,
		band: bandOf(level, bandName),
		pendingBand: bandOf(pendingLevel, pendingName),
		openHazards,
		openMajor,
		lastInspectedOn,
		isOverdue,
		scope,
		address,
		riskLevel,
		points
	};
}

/** The two bands of a state. */
export function bandsOf(state: EnterpriseState): Pick<MapEnterprise, 'band' | 'pendingBand'> {
	const [level, pendingLevel, , , , , , bandName, pendingName] = state;
	return { band: bandOf(level, bandName), pendingBand: bandOf(pendingLevel, pendingName) };
}

export function withState(enterprise: MapEnterprise, state: EnterpriseState): MapEnterprise {
	const [openHazards, openMajor, lastInspectedOn, isOverdue, points] = state.slice(2) as [
		number,
		number,
		IsoDate | null,
		boolean,
		number | null
	];
	const { band, pendingBand } = bandsOf(state);
	return { ...enterprise, band, pendingBand, openHazards, openMajor, lastInspectedOn, isOverdue, points };
}

/** Worst first: open major hazards, overdue ones, the band, the number open; then by name. */
export function compareByUrgency(a: MapEnterprise, b: MapEnterprise): number {
	return (
		b.openMajor - a.openMajor ||
		Number(b.isOverdue) - Number(a.isOverdue) ||
		bandRank(b.band) - bandRank(a.band) ||
		b.openHazards - a.openHazards ||
		(a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
	);
}
