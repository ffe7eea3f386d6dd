import {
	area,
	booleanPointInPolygon,
	featureCollection,
	feature,
	kinks,
	multiPolygon,
	union
} from '@turf/turf';
import type { Feature, MultiPolygon } from 'geojson';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../../src/commands/generate/random.ts';
import { scaleOf } from '../../../../src/commands/generate/scale.ts';
import { buildTerritory, type SampleArea } from '../../../../src/commands/generate/territory.ts';

const areas = buildTerritory(scaleOf('street'), createRandom(1).fork('territory'));
const communitiesOf = (street: SampleArea) => areas.filter((one) => one.parentCode === street.officialCode);
const shape = ({ geometry }: SampleArea): Feature<MultiPolygon> => feature(geometry);
const ringOf = ({ geometry }: SampleArea) => geometry.coordinates[0]![0]!;

test('one district, two streets, twelve and four communities, codes of 6, 9 and 12 digits', () => {
	expect(areas.map(({ level, officialCode }) => `${level} ${officialCode.length}`)).toEqual([
		'district 6',
		...['street 9', ...Array(12).fill('community 12')],
		...['street 9', ...Array(4).fill('community 12')]
	]);
	expect(new Set(areas.map(({ officialCode }) => officialCode)).size).toBe(areas.length);
	expect(new Set(areas.map(({ name }) => name)).size).toBe(areas.length);
});

test('no border crosses itself, whatever the seed', () => {
	for (let seed = 1; seed <= 40; seed++) {
		for (const one of buildTerritory(scaleOf('street'), createRandom(seed))) {
			expect(kinks(multiPolygon(one.geometry.coordinates)).features, `${seed}/${one.officialCode}`).toEqual(
				[]
			);
		}
	}
});

describe.each(['street', 'district'] as const)('every %s', (level) => {
	test.each(areas.filter((one) => one.level === level))('$name is exactly its parts', (whole) => {
		const parts = communitiesOf(whole);
		const merged = union(featureCollection(parts.map(shape)))!;
		const sum = parts.reduce((total, part) => total + area(shape(part)), 0);
		expect(sum / area(shape(whole))).toBeCloseTo(1, 9); // no overlap
		expect(area(merged) / area(shape(whole))).toBeCloseTo(1, 9); // no gap
		expect(merged.geometry.coordinates).toHaveLength(1);
	});
});

test('neighbours share every vertex of their border: each edge is walked once or once each way', () => {
	const walked = new Set<string>();
	for (const community of areas.filter(({ level }) => level === 'community')) {
		const ring = ringOf(community);
		for (let i = 1; i < ring.length; i++) {
			const edge = `${ring[i - 1]}>${ring[i]}`;
			expect(walked.has(edge)).toBe(false);
			walked.add(edge);
		}
	}
	const outer = [...walked].filter((edge) => !walked.has(edge.split('>').reverse().join('>')));
	expect(outer).toHaveLength(ringOf(areas[0]!).length - 1);
});

test('a community has the size of a community, and its ring turns counter-clockwise', () => {
	for (const community of areas.filter(({ level }) => level === 'community')) {
		const squareKilometres = area(shape(community)) / 1e6;
		expect(squareKilometres).toBeGreaterThan(0.4);
		expect(squareKilometres).toBeLessThan(2.5);
		const ring = ringOf(community);
		const turn = ring.slice(1).reduce((sum, b, i) => sum + ring[i]![0]! * b[1]! - b[0]! * ring[i]![1]!, 0);
		expect(turn).toBeGreaterThan(0);
	}
});

test('the sample lies where it says, in WGS-84 and in this order: longitude, latitude', () => {
	expect(booleanPointInPolygon([121.2, 31.0], shape(areas[0]!))).toBe(true);
});
