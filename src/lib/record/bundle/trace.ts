import { adoptionSchema, type Adoption } from '../adoption.ts';
import { recordSchema, type InspectionRecord } from '../content.ts';
import type { CaseFile, CaseRecord } from './caseFile.ts';

/** A record of the case, read; of another kind it is kept and checked, and shown by its text alone. */
export type ReadRecord =
	| { kind: 'inspection'; record: CaseRecord; read: InspectionRecord }
	| { kind: 'adoption'; record: CaseRecord; read: Adoption }
	| { kind: 'correction'; record: CaseRecord; read: InspectionRecord }
	| { kind: 'other'; record: CaseRecord };

export function readRecord(record: CaseRecord): ReadRecord {
	const text: unknown = JSON.parse(record.text);
	if (record.kind === 'inspection') return { kind: 'inspection', record, read: recordSchema.parse(text) };
	if (record.kind === 'adoption') return { kind: 'adoption', record, read: adoptionSchema.parse(text) };
	if (record.kind === 'correction') return { kind: 'correction', record, read: recordSchema.parse(text) };
	return { kind: 'other', record };
}

/** Where something was, WGS-84, as the sealed records say it; the door as the register has it now. */
export interface TracePoint {
	kind: 'door' | 'check_in' | 'hazard' | 'photo';
	longitude: number;
	latitude: number;
	accuracyMetres: number | null;
	/** When the position was fixed; null for the door. */
	at: string | null;
	/** Id of the inspection or hazard, sha-256 of the photo. */
	about: string;
	/** Number of a hazard in the case; 0 for the others. */
	number: number;
}

/** No track of anybody: only where they checked in and what they pointed at. */
export function traceOf(file: CaseFile, records: readonly ReadRecord[]): TracePoint[] {
	const { id, longitude, latitude } = file.enterprise;
	const points: TracePoint[] = [];
	if (longitude !== null && latitude !== null)
		points.push({ kind: 'door', longitude, latitude, accuracyMetres: null, at: null, about: id, number: 0 });
	const numbers = new Map(file.hazards.map((hazard, index) => [hazard.id, index + 1]));
	for (const one of records) {
		if (one.kind !== 'inspection') continue;
		const { content } = one.read;
		const add = (
			kind: TracePoint['kind'],
			about: string,
			position: (typeof content.checkIn)['position'],
			number = 0
		) => {
			if (!position) return;
			const { longitude, latitude, accuracyMetres, fixedAt } = position;
			points.push({ kind, longitude, latitude, accuracyMetres, at: fixedAt, about, number });
		};
		add('check_in', content.id, content.checkIn.position);
		for (const hazard of content.hazards) add('hazard', hazard.id, hazard.position, numbers.get(hazard.id));
		for (const photo of content.evidence) add('photo', photo.sha256, photo.position);
	}
	return points;
}

export const traceGeoJson = (points: readonly TracePoint[]) => ({
	type: 'FeatureCollection',
	features: points.map(({ longitude, latitude, ...properties }) => ({
		type: 'Feature',
		geometry: { type: 'Point', coordinates: [longitude, latitude] },
		properties
	}))
});
