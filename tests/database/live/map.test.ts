import type { FeatureCollection, Point } from 'geojson';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startAssessor, type Assessor } from '#lib/assessment/account/assessor.server.ts';
import { readPastMap } from '#lib/assessment/past/pastMap.server.ts';
import { readComparison } from '#lib/assessment/past/comparison.server.ts';
import { comparisonFilterFrom } from '#lib/enterprise/comparison/comparison.ts';
import { noFilter } from '#lib/enterprise/mapIndex/mapFilter.ts';
import { loadMapIndex } from '#lib/enterprise/mapIndex/loadMapIndex.server.ts';
import { readMapAnswer } from '#lib/enterprise/mapIndex/mapAnswer.server.ts';
import { exportMap, type ExportFormat } from '#lib/enterprise/mapIndex/mapExport.server.ts';
import { totalOf, type MapIndex } from '#lib/enterprise/mapIndex/mapIndex.ts';
import { createEventReader, feedOf, type EventReader } from '#lib/live/eventReader.server.ts';
import { keepMap, type KeptMap } from '#lib/live/mapKeeper.server.ts';
import { loadTranslate } from '#lib/messages/index.ts';
import { sealInspection } from '#lib/record/sealInspection.server.ts';
import { makeStreet, type Street } from '../record/street.ts';
import { alarmHazard, cleanVisit, withHazard } from '../record/visit.ts';
import { openTestBackend, type TestBackend } from '../support/testBackend.ts';

let opened: TestBackend;
let street: Street;
let reader: EventReader;
let assessor: Assessor;
let map: KeptMap;

beforeAll(async () => {
	opened = await openTestBackend();
	await opened.setClock('2026-11-20T06:00:00Z');
	street = await makeStreet(opened);
	reader = createEventReader(feedOf(opened.backend), { pollMilliseconds: 50 });
	assessor = startAssessor(opened.backend, reader.poke);
	map = await keepMap(opened.backend, reader);
});
afterAll(async () => {
	await assessor.close();
	await reader.close();
	await opened.close();
});

const ownStreet = ['0001'];
const countsOf = (index: MapIndex) => totalOf(index.select(ownStreet, noFilter));
async function until(isSo: () => boolean): Promise<void> {
	for (let turn = 0; turn < 200 && !isSo(); turn++) await new Promise((resolve) => setTimeout(resolve, 50));
	expect(isSo()).toBe(true);
}
async function seal(hours: number): Promise<void> {
	const visit = cleanVisit({ street, at: new Date(Date.UTC(2026, 10, 20, hours)) });
	const content = withHazard(visit, alarmHazard(street, '2026-11-30'));
	const sealed = await sealInspection(opened.backend, street.as(street.wang), content);
	expect(sealed).toMatchObject({ ok: true, value: { state: 'sealed' } });
	void assessor.poke([street.restaurantId]);
	reader.poke();
}

describe('the map of the server', () => {
	test('has what operates, by what one may see, and names only for who may read them', async () => {
		expect(countsOf(map.index)).toMatchObject({ all: 2, none: 2, seen: 0 });
		expect(totalOf(map.index.select(['0002'], noFilter)).all).toBe(0);
		const question = {
			visible: ownStreet,
			filter: noFilter,
			found: null,
			bounds: null,
			offset: 0,
			limit: 10
		};
		const seen = await readMapAnswer(street.as(street.wang), map.index, question);
		expect(seen.rows.map(({ id }) => id).toSorted()).toEqual(
			[street.restaurantId, street.tavernId].toSorted()
		);
		// Should a scope ever be asked for that is not one's own, the database still names nobody in it.
		const stranger = await readMapAnswer(street.as(street.sun), map.index, question);
		expect(stranger.rows).toEqual([]);
	});

	test('follows the feed: after a seal it is what loading anew gives', async () => {
		await seal(1);
		await until(() => countsOf(map.index).normal === 1);
		await map.settled();
		expect(countsOf(map.index)).toMatchObject({ all: 2, open: 1, seen: 1, today: 1, normal: 1, none: 1 });
		const anew = await loadMapIndex(opened.backend, () => {});
		expect(countsOf(map.index)).toEqual(countsOf(anew));
		expect(map.index.position).toBe(anew.position);
	});

	test('is saved as CSV that Excel reads and as GeoJSON in WGS-84, with what the asker may read', async () => {
		const t = await loadTranslate('zh-CN');
		const question = { visible: ownStreet, filter: noFilter, found: null, bounds: null };
		const saved = async (format: ExportFormat, person = street.wang) => {
			const parts = exportMap(street.as(person), map.index, question, format, { t, siteTypeNames: {} });
			return text(Readable.from(parts));
		};
		const [heading, first] = (await saved('csv')).split('\r\n');
		expect(heading).toMatch(/^\uFEFF单位,统一社会信用代码,/);
		// The worst first: the one with an open hazard.
		expect(first!.split(',')[8]).toBe('1');
		const collection = JSON.parse(await saved('geojson')) as FeatureCollection<Point>;
		expect(collection.features.map(({ id }) => id).toSorted()).toEqual(
			[street.restaurantId, street.tavernId].toSorted()
		);
		expect(collection.features[0]!.properties).toMatchObject({ openHazards: 1, level: 'normal' });
		const [longitude] = collection.features[0]!.geometry.coordinates;
		expect(longitude).toBeGreaterThan(100);
		expect((JSON.parse(await saved('geojson', street.sun)) as FeatureCollection).features).toEqual([]);
	});

	test('a deadline that passes makes it overdue without an event, once the day has changed', async () => {
		await opened.setClock('2026-12-31T06:00:00Z');
		await until(() => map.index.today === '2026-12-31');
		expect(countsOf(map.index)).toMatchObject({ overdue: 1, overdueSites: 1, today: 0 });
	});

	test('a past day is what it was: nothing the day before, one open hazard on the day', async () => {
		const client = street.as(street.wang);
		const on = async (day: string) => countsOf(await readPastMap(client, ownStreet, day));
		expect(await on('2026-11-19')).toMatchObject({ all: 2, open: 0, seen: 0 });
		expect(await on('2026-11-20')).toMatchObject({ all: 2, open: 1, overdue: 0, seen: 1 });
		expect(await on('2026-12-30')).toMatchObject({ open: 1, overdue: 1 });
		const stranger = await readPastMap(street.as(street.sun), ['0002'], '2026-11-20');
		expect(totalOf(stranger.select([''], noFilter)).all).toBe(0);
	});

	test('two days tell who changed, to whom they may tell it, and today is as the map has it', async () => {
		const between = async (from: string, to: string, query = '', person = street.wang, visible = ownStreet) =>
			readComparison(street.as(person), {
				visible,
				filter: noFilter,
				found: null,
				bounds: null,
				offset: 0,
				limit: 10,
				from,
				to,
				today: '2026-12-31',
				asked: comparisonFilterFrom(new URLSearchParams(query))
			});
		const first = await between('2026-11-19', '2026-11-20');
		expect(first).toMatchObject({
			beginsOn: '2026-11-20',
			enterprises: 2,
			moved: { first: 1, same: 1, worse: 0 },
			bands: { 'none.normal': 1, 'none.none': 1 },
			before: { open: 0 },
			after: { open: 1, overdue: 0 },
			total: 1
		});
		expect(first.rows.map(({ enterprise }) => enterprise.id)).toEqual([street.restaurantId]);
		expect(first.rows[0]).toMatchObject({ before: null, after: { level: 'normal', scheme: 'street-base' } });
		expect(first.dots).toHaveLength(1);
		const tillNow = await between('2026-11-20', '2026-12-31', 'moved=same');
		expect(tillNow).toMatchObject({ after: { open: 1, overdue: 1 }, total: 2 });
		const { normal, none } = countsOf(map.index);
		expect(tillNow.bands).toEqual({ 'normal.normal': normal, 'none.none': none });
		const stranger = await between('2026-11-19', '2026-11-20', '', street.sun, ['0002']);
		expect(stranger).toMatchObject({ enterprises: 0, rows: [], dots: [], beginsOn: null });
	});
});
