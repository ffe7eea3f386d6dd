import type { Client } from '#lib/backend/backend.server.ts';
import type { Translate } from '#lib/messages/index.ts';
import { byteOrderMark, csvLine } from '#lib/ui/sheet.ts';
import { bandWord } from '../band.ts';
import type { MapEnterprise } from './mapEnterprise.ts';
import { readMapRows, type MapQuestion } from './mapAnswer.server.ts';
import type { MapIndex } from './mapIndex.ts';

export const exportFormats = ['csv', 'geojson'] as const;
export type ExportFormat = (typeof exportFormats)[number];

const rowsPerPage = 500;

/**
 * Everything that a question finds, page by page, the worst first, so that a long list neither fills the memory nor keeps
 * others waiting. Positions are WGS-84, and the file says so.
 */
export async function* exportMap(
	client: Client,
	index: MapIndex,
	question: Omit<MapQuestion, 'offset' | 'limit'>,
	format: ExportFormat,
	{ t, siteTypeNames }: { t: Translate; siteTypeNames: Record<string, string> }
): AsyncGenerator<string> {
	const siteType = (row: MapEnterprise) => siteTypeNames[row.siteType] ?? row.siteType;
	const writer = format === 'csv' ? csvWriter(t, siteType) : geojsonWriter(t, siteType, index.today);
	yield writer.head;
	for (let offset = 0; ; offset += rowsPerPage) {
		const rows = await readMapRows(client, index, { ...question, offset, limit: rowsPerPage });
		if (rows.length > 0) yield writer.rows(rows, offset === 0);
		if (rows.length < rowsPerPage) break;
	}
	yield writer.tail;
}

interface Writer {
	head: string;
	rows(rows: readonly MapEnterprise[], isFirst: boolean): string;
	tail: string;
}

const csvWriter = (t: Translate, siteType: (row: MapEnterprise) => string): Writer => ({
	head:
		byteOrderMark +
		csvLine([
			t('enterprise.rows.enterprise'),
			t('enterprise.credit_code'),
			t('enterprise.address'),
			t('enterprise.site_type'),
			t('enterprise.band'),
			t('enterprise.band.pending'),
			t('enterprise.export.points'),
			t('enterprise.risk'),
			t('enterprise.hazards'),
			t('enterprise.rows.major'),
			t('enterprise.overdue'),
			t('enterprise.rows.last'),
			t('enterprise.export.longitude'),
			t('enterprise.export.latitude')
		]),
	rows: (rows) =>
		rows
			.map((row) =>
				csvLine([
					row.name,
					row.creditCode,
					row.address,
					siteType(row),
					bandWord(row.band, t),
					row.pendingBand && bandWord(row.pendingBand, t),
					row.points === null ? null : row.points / 100,
					row.riskLevel && t(`enterprise.risk.${row.riskLevel}`),
					row.openHazards,
					row.openMajor,
					t(row.isOverdue ? 'enterprise.export.yes' : 'enterprise.export.no'),
					row.lastInspectedOn,
					row.longitude,
					row.latitude
				])
			)
			.join(''),
	tail: ''
});

/** RFC 7946: WGS-84, longitude first. What has no position has no geometry. */
const geojsonWriter = (t: Translate, siteType: (row: MapEnterprise) => string, today: string): Writer => ({
	head: `{"type":"FeatureCollection","name":"mingcha","asOf":"${today}","features":[\n`,
	rows: (rows, isFirst) =>
		(isFirst ? '' : ',\n') +
		rows
			.map((row) =>
				JSON.stringify({
					type: 'Feature',
					id: row.id,
					geometry:
						row.longitude === null ? null : { type: 'Point', coordinates: [row.longitude, row.latitude] },
					properties: {
						name: row.name,
						creditCode: row.creditCode,
						address: row.address,
						siteType: siteType(row),
						level: row.band?.level ?? null,
						band: bandWord(row.band, t),
						pendingLevel: row.pendingBand?.level ?? null,
						points: row.points === null ? null : row.points / 100,
						riskLevel: row.riskLevel,
						openHazards: row.openHazards,
						openMajor: row.openMajor,
						isOverdue: row.isOverdue,
						lastInspectedOn: row.lastInspectedOn
					}
				})
			)
			.join(',\n'),
	tail: '\n]}\n'
});
