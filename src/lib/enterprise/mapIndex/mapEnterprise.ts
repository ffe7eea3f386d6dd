import type { IsoDate } from '#lib/calendar.ts';
import type { RiskLevel } from '#scoring';
import type { Band, BandLevel } from '../band.ts';
import type { StopKind } from '../stop.ts';

export type { RiskLevel };

/** A line of `enterprise_lines`: columns without names, because a map is told thousands of them. Points are 1/100. */
export type PackedEnterprise = [
	id: string,
	ordinal: number,
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
	pendingName: string | null,
	/** What it had to stop and may not use yet. */
	stop?: StopKind | null
];

export interface MapEnterprise {
	id: string;
	/** What tiles call it. */
	ordinal: number;
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
	/** What it had to stop and may not use yet (重大隐患). */
	stop: StopKind | null;
}

const bandOf = (level: BandLevel | null, name: string | null): Band | null =>
	level === null ? null : { level, name: name! };

export function unpackEnterprise(row: PackedEnterprise): MapEnterprise {
	const [id, ordinal, longitude, latitude, name, initials, creditCode, siteType, level, pendingLevel] = row;
	const rest = row.slice(10) as [
		openHazards: number,
		openMajor: number,
		lastInspectedOn: IsoDate | null,
		isOverdue: boolean,
		scope: string,
		address: string,
		riskLevel: RiskLevel | null,
		points: number | null,
		bandName: string | null,
		pendingName: string | null,
		stop?: StopKind | null
	];
	const [openHazards, openMajor, lastInspectedOn, isOverdue, scope, address, riskLevel, points] = rest;
	return {
		id,
		ordinal,
		longitude,
		latitude,
		name,
		initials,
		creditCode,
		siteType,
		band: bandOf(level, rest[8]),
		pendingBand: bandOf(pendingLevel, rest[9]),
		openHazards,
		openMajor,
		lastInspectedOn,
		isOverdue,
		scope,
		address,
		riskLevel,
		points,
		stop: rest[10] ?? null
	};
}
