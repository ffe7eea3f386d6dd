import { VectorTile } from '@mapbox/vector-tile';
import { booleanPointInPolygon, distance, polygon } from '@turf/turf';
import fc from 'fast-check';
import { PbfReader } from 'pbf';
import { describe, expect, test } from 'vitest';
import { bandChoices } from '#lib/enterprise/band.ts';
import type { AreaBoundaries } from '#lib/area/boundary.ts';
import { areaCounts } from '#lib/enterprise/mapIndex/mapAreas.ts';
import { noFilter, type MapFilter, type Near } from '#lib/enterprise/mapIndex/mapFilter.ts';
import { MapIndex, totalOf, withinScope } from '#lib/enterprise/mapIndex/mapIndex.ts';
import { mapList } from '#lib/enterprise/mapIndex/mapList.ts';
import { countsOf } from '#lib/enterprise/mapIndex/mapMeasures.ts';
import { mapTile, type TilePlace } from '#lib/enterprise/mapIndex/mapTile.ts';
import { worldBits, worldX, worldY } from '#lib/spatial/world.ts';
import { riskLevels } from '#scoring';

const today = '2026-11-22';

/** One enterprise as `map_rows` writes it. */
interface Site {
	ordinal: number;
	scope: string;
	at: [number, number] | null;
	siteType: string;
	band: string;
	pending: string;
	open: number;
	major: number;
	overdue: number;
	heat: number;
	lastSeen: string;
	risk: string;
	attention: string;
	tags: string;
	department: string;
}

const communities = ['000100010001', '000100010002', '000100020001', '000200010001'];
/** Of no community, and of a grid. */
const scopes = [...communities, '00010001', '0001000100010003'];
const levels = ['', 'normal', 'warning', 'focus', 'highest'];
const site = fc.record({
	scope: fc.constantFrom(...scopes),
	at: fc.option(
		fc.tuple(
			fc.double({ min: 121, max: 121.2, noNaN: true }),
			fc.double({ min: 31, max: 31.2, noNaN: true })
		),
		{
			freq: 8
		}
	),
	siteType: fc.constantFrom('restaurant', 'hotel', 'factory'),
	band: fc.constantFrom(...levels),
	pending: fc.constantFrom(...levels),
	open: fc.nat({ max: 4 }),
	major: fc.nat({ max: 1 }),
	overdue: fc.nat({ max: 2 }),
	heat: fc.nat({ max: 900 }),
	lastSeen: fc.constantFrom('', '2026-01-05', today),
	risk: fc.constantFrom('', ...riskLevels),
	attention: fc.constantFrom('', '10', '85'),
	tags: fc.constantFrom('', 'gas', 'gas,dust'),
	department: fc.constantFrom('', '示例应急办')
});
const sites = fc
	.array(site, { maxLength: 60, size: 'max' })
	.map((list) => list.map((each, at) => ({ ...each, ordinal: at + 1 })));

const lineOf = (each: Site): string =>
	[
		each.ordinal,
		each.scope,
		each.at?.[0] ?? '',
		each.at?.[1] ?? '',
		each.siteType,
		each.band,
		each.pending,
		each.open,
		each.major,
		each.overdue,
		each.heat,
		each.lastSeen,
		each.risk,
		each.attention,
		each.tags,
		each.department
	].join('\t');

const filter: fc.Arbitrary<MapFilter> = fc.record({
	q: fc.constant(''),
	siteTypes: fc.subarray(['restaurant', 'hotel']),
	bands: fc.subarray([...bandChoices]),
	riskLevels: fc.subarray([...riskLevels]),
	tags: fc.subarray(['gas', 'dust']),
	departments: fc.subarray(['示例应急办']),
	onlyOpen: fc.boolean(),
	onlyOverdue: fc.boolean(),
	onlyPending: fc.boolean(),
	seen: fc.constantFrom(
		null,
		'never' as const,
		{ from: '2026-11-01', to: null },
		{ from: null, to: '2026-10-01' }
	),
	near: fc.option(
		fc.record({
			longitude: fc.double({ min: 121, max: 121.2, noNaN: true }),
			latitude: fc.double({ min: 31, max: 31.2, noNaN: true }),
			radiusMetres: fc.integer({ min: 100, max: 15_000 })
		}),
		{ freq: 4 }
	),
	within: fc.option(
		fc.constant<[number, number][]>([
			[121.02, 31.01],
			[121.19, 31.06],
			[121.08, 31.18],
			[121.1, 31.08]
		]),
		{ freq: 4 }
	),
	scope: fc.constantFrom('', '0001', '00010001', '000100010001', '0001000100010003')
});
const visible = fc.subarray(['0001', '00010001', '000100010002', '0002', '0001000100010003'], {
	minLength: 1
});

/** The same question, asked of each. */
function isLookedAt(each: Site, { seen, ...asked }: MapFilter): boolean {
	const isOf = (list: readonly string[], value: string) => list.length === 0 || list.includes(value);
	const isSeen =
		seen === null ||
		(seen === 'never'
			? each.lastSeen === ''
			: each.lastSeen !== '' && each.lastSeen >= (seen.from ?? '') && each.lastSeen <= (seen.to ?? '9'));
	return (
		isSeen &&
		isOf(asked.siteTypes, each.siteType) &&
		isOf(asked.bands, each.band || 'none') &&
		isOf(asked.riskLevels, each.risk) &&
		isOf(asked.departments, each.department) &&
		(asked.tags.length === 0 || asked.tags.some((tag) => each.tags.split(',').includes(tag))) &&
		(!asked.onlyOpen || each.open > 0) &&
		(!asked.onlyOverdue || each.overdue > 0) &&
		(!asked.onlyPending || each.pending !== '') &&
		each.scope.startsWith(asked.scope) &&
		(asked.near === null ||
			(each.at !== null && metresFrom(asked.near, each.at) <= asked.near.radiusMetres)) &&
		(asked.within === null ||
			(each.at !== null && booleanPointInPolygon(each.at, polygon([[...asked.within, asked.within[0]!]]))))
	);
}
const metresFrom = ({ longitude, latitude }: Near, at: [number, number]): number =>
	distance([longitude, latitude], at, { units: 'meters' });
const isVisible = (each: Site, to: readonly string[]): boolean =>
	to.some((scope) => each.scope.startsWith(scope));

const indexOf = (list: readonly Site[]): MapIndex => {
	const index = new MapIndex(today);
	index.load(list.map(lineOf));
	return index;
};
const numberOf = (list: readonly Site[], of: (each: Site) => number): number =>
	list.reduce((sum, each) => sum + of(each), 0);

interface TileFeature {
	id: number | undefined;
	properties: Record<string, string | number | boolean>;
}
function featuresOf(tile: Uint8Array): { layer: string; features: TileFeature[] } {
	const [layer] = Object.values(new VectorTile(new PbfReader(tile)).layers);
	const features = Array.from({ length: layer?.length ?? 0 }, (_, at) => layer!.feature(at));
	return { layer: layer?.name ?? '', features: features.map(({ id, properties }) => ({ id, properties })) };
}
const tileOf = ([longitude, latitude]: [number, number], zoom: number): TilePlace => ({
	zoom,
	x: worldX(longitude) >>> (worldBits - zoom),
	y: worldY(latitude) >>> (worldBits - zoom)
});

describe('what somebody sees', () => {
	test('is the union of their places cut to the filter, and nothing more', () => {
		fc.assert(
			fc.property(sites, visible, filter, (list, to, asked) => {
				const index = indexOf(list);
				const selection = index.select(to, asked);
				const expected = list.filter((each) => isVisible(each, to) && isLookedAt(each, asked));
				const { ordinals, total } = mapList(index.table, selection, null, { offset: 0, limit: 1_000 });
				expect(ordinals.toSorted((a, b) => a - b)).toEqual(expected.map(({ ordinal }) => ordinal));
				expect(total).toBe(expected.length);
				expect(totalOf(selection)).toMatchObject({
					all: expected.length,
					open: numberOf(expected, ({ open }) => open)
				});
				const placed = expected.filter(({ at }) => at !== null);
				const counts = countsOf(selection.pyramid.total);
				expect(counts).toMatchObject({
					all: placed.length,
					none: numberOf(placed, ({ band }) => Number(band === '')),
					highest: numberOf(placed, ({ band }) => Number(band === 'highest')),
					pending: numberOf(placed, ({ pending }) => Number(pending !== '')),
					open: numberOf(placed, ({ open }) => open),
					overdue: numberOf(placed, ({ overdue }) => overdue),
					overdueSites: numberOf(placed, ({ overdue }) => Number(overdue > 0)),
					riskMajor: numberOf(placed, ({ risk }) => Number(risk === 'major')),
					today: numberOf(placed, ({ lastSeen }) => Number(lastSeen === today)),
					seen: numberOf(placed, ({ lastSeen }) => Number(lastSeen !== ''))
				});
			}),
			{ numRuns: 200 }
		);
	});

	test('a tile near by names exactly the enterprises in it', () => {
		fc.assert(
			fc.property(sites, filter, fc.integer({ min: 0, max: 16 }), (list, asked, zoom) => {
				const index = indexOf(list);
				const selection = index.select([''], asked);
				const place = tileOf([121.1, 31.1], zoom);
				const inside = list.filter(
					(each) =>
						isLookedAt(each, asked) &&
						each.at &&
						JSON.stringify(tileOf(each.at, zoom)) === JSON.stringify(place)
				);
				const { features } = featuresOf(mapTile(index.table, selection, place, today));
				expect(features.map(({ id }) => id).toSorted((a, b) => a! - b!)).toEqual(
					inside.map(({ ordinal }) => ordinal)
				);
			}),
			{ numRuns: 80 }
		);
	});

	test('scopes are cut to the place asked for, none within another', () => {
		expect(withinScope(['00010001', '0001'], '')).toEqual(['0001']);
		expect(withinScope(['0001'], '000100010002')).toEqual(['000100010002']);
		expect(withinScope(['000100010001', '000100010002', '0002'], '00010001')).toEqual([
			'000100010001',
			'000100010002'
		]);
		expect(withinScope(['0002'], '0001')).toEqual([]);
	});
});

/** Streets and communities; where they lie is not asked. */
const areas: AreaBoundaries = {
	type: 'FeatureCollection',
	features: ['00010001', ...communities].map((scope) => ({
		type: 'Feature',
		properties: { id: scope, scope, name: scope, officialCode: null },
		geometry: { type: 'MultiPolygon', coordinates: [] }
	}))
};

describe('what changes', () => {
	test('one by one in any order gives every tile that building anew gives', () => {
		const turns = fc.array(fc.tuple(fc.nat(), site), { maxLength: 30 });
		fc.assert(
			fc.property(sites, turns, filter, (list, changes, asked) => {
				fc.pre(list.length > 0);
				const index = indexOf(list);
				const inAreas = (of: MapIndex) => areaCounts(of, of.select([''], asked), areas);
				inAreas(index);
				const now = [...list];
				for (const [which, values] of changes) {
					const before = now[which % now.length]!;
					// Most changes leave an enterprise where it is.
					const after = {
						...values,
						ordinal: before.ordinal,
						...(which % 4 > 0 && { at: before.at, scope: before.scope })
					};
					now[which % now.length] = after;
					index.change(lineOf(after));
				}
				const anew = indexOf(now);
				const [changed, built] = [index.select([''], asked), anew.select([''], asked)];
				expect(totalOf(changed)).toEqual(totalOf(built));
				expect(inAreas(index)).toEqual(inAreas(anew));
				for (const zoom of [0, 9, 12, 14])
					expect(
						featuresOf(mapTile(index.table, changed, tileOf([121.1, 31.1], zoom), today)).features.toSorted(
							byId
						)
					).toEqual(
						featuresOf(mapTile(anew.table, built, tileOf([121.1, 31.1], zoom), today)).features.toSorted(byId)
					);
			}),
			{ numRuns: 80 }
		);
	});
	const byId = (a: TileFeature, b: TileFeature) => a.id! - b.id!;

	test('a tile that is kept is what making it anew gives, whatever changed meanwhile', () => {
		const turns = fc.array(fc.tuple(fc.nat(), site), { minLength: 1, maxLength: 12 });
		const zooms = [0, 9, 12, 14, 17];
		fc.assert(
			fc.property(sites, turns, filter, (list, changes, asked) => {
				fc.pre(list.length > 0);
				const index = indexOf(list);
				const places = list.flatMap(({ at }) => (at ? zooms.map((zoom) => tileOf(at, zoom)) : []));
				const make = (place: TilePlace) =>
					mapTile(index.table, index.select([''], asked), place, index.today);
				for (const [which, values] of changes) {
					const { tiles } = index.select([''], asked);
					for (const place of places)
						if (!tiles.get(place)) tiles.put(place, { body: make(place), isPacked: false });
					const before = list[which % list.length]!;
					const isMoved = which % 4 === 0;
					index.change(
						lineOf({
							...values,
							ordinal: before.ordinal,
							...(!isMoved && { at: before.at, scope: before.scope })
						})
					);
					for (const place of places) {
						const kept = index.select([''], asked).tiles.get(place);
						if (kept) expect(featuresOf(kept.body)).toEqual(featuresOf(make(place)));
					}
				}
			}),
			{ numRuns: 25 }
		);
	});

	test('a scope that is read again has what it says and nothing else; what moved away is there', () => {
		const at: [number, number] = [121.1, 31.1];
		const plain = { at, siteType: 'hotel', band: '', pending: '', open: 0, major: 0, overdue: 0, heat: 0 };
		const rest = { lastSeen: '', risk: '', attention: '', tags: '', department: '' };
		const make = (ordinal: number, scope: string): Site => ({ ordinal, scope, ...plain, ...rest });
		const index = indexOf([make(1, communities[0]!), make(2, communities[0]!), make(3, communities[1]!)]);
		index.replace(communities[1]!, [lineOf(make(1, communities[1]!)), lineOf(make(4, communities[1]!))]);
		const ordinals = (scope: string) =>
			mapList(index.table, index.select([scope], noFilter), null, { offset: 0, limit: 9 }).ordinals;
		expect(ordinals(communities[0]!)).toEqual([2]);
		expect(ordinals(communities[1]!)).toEqual([1, 4]);
		index.remove(4);
		expect(ordinals('')).toEqual([1, 2]);
	});
});

test('many enterprises in a tile are cells, and the cells say how many of each', () => {
	const list = Array.from({ length: 3_000 }, (_, at): Site => ({
		ordinal: at + 1,
		scope: communities[at % 4]!,
		at: [121 + (at % 60) / 300, 31 + Math.floor(at / 60) / 300],
		siteType: 'hotel',
		band: levels[at % 5]!,
		pending: '',
		open: at % 3,
		major: 0,
		overdue: 0,
		heat: 0,
		lastSeen: '',
		risk: '',
		attention: '',
		tags: '',
		department: ''
	}));
	const index = indexOf(list);
	const selection = index.select([''], noFilter);
	expect(selection.pointsFrom).toBeGreaterThan(8);
	const { layer, features } = featuresOf(mapTile(index.table, selection, tileOf([121.1, 31.1], 8), today));
	expect(layer).toBe('cells');
	const sum = (name: string) =>
		features.reduce((total, { properties }) => total + Number(properties[name] ?? 0), 0);
	expect([sum('all'), sum('none'), sum('open')]).toEqual([3_000, 600, 3_000]);
});

test('heat is of open hazards: sites with none add nothing, however many there are', () => {
	const quiet = Array.from(
		{ length: 40 },
		(_, at) => `${at + 10}\t${communities[0]}\t121.1\t31.1\thotel\tnormal\t\t0\t0\t0\t0\t\t\t95\t\t`
	);
	const warm = `1\t${communities[0]}\t121.1\t31.1\thotel\tnormal\t\t1\t0\t0\t200\t\t\t50\t\t`;
	const [alone, among] = [new MapIndex(today), new MapIndex(today)];
	alone.load([warm]);
	among.load([warm, ...quiet]);
	const heat = (index: MapIndex) => countsOf(index.select([''], noFilter).pyramid.total).heat;
	expect(heat(alone)).toBe(200);
	expect(heat(among)).toBe(200);
});
