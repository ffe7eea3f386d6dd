import { describe, expect, test } from 'vitest';
import { declaredOn, pastLine, type PastDeclaration, type PastSite } from '#lib/assessment/past/pastMap.ts';
import { MapTable } from '#lib/enterprise/mapIndex/mapTable.ts';

const site: PastSite = {
	ordinal: 1,
	id: 'e1',
	scope: '000100010001',
	siteType: 'restaurant',
	longitude: 121,
	latitude: 31,
	riskLevel: 'general',
	tags: ['gas'],
	department: null,
	facts: [],
	hazards: [
		['2026-03-01', '2026-03-20', '2026-03-10', 'general'],
		['2026-03-05', null, '2026-04-01', 'major'],
		['2026-03-06', '2026-03-06', null, 'general']
	],
	seen: ['2026-03-05', '2026-03-01']
};
const standing = (day: string) => {
	const table = new MapTable();
	const row = table.write(pastLine(site, null, day));
	return {
		open: table.openHazards[row],
		major: table.openMajor[row],
		overdue: table.overdue[row],
		heat: table.heat[row],
		seen: table.lastSeen[row]! >= 0
	};
};

describe('how a site stood on a past day', () => {
	test.each([
		['before anybody looked', '2026-02-28', { open: 0, major: 0, overdue: 0, heat: 0, seen: false }],
		[
			'on the day of the first hazard',
			'2026-03-01',
			{ open: 1, major: 0, overdue: 0, heat: 100, seen: true }
		],
		[
			'one put right on the spot is never open',
			'2026-03-06',
			{ open: 2, major: 1, overdue: 0, heat: 600, seen: true }
		],
		['on the last day of a deadline', '2026-03-10', { open: 2, major: 1, overdue: 0, heat: 600, seen: true }],
		['the day after', '2026-03-11', { open: 2, major: 1, overdue: 1, heat: 606, seen: true }],
		[
			'a hazard is open no more on the day it is closed',
			'2026-03-20',
			{ open: 1, major: 1, overdue: 0, heat: 500, seen: true }
		],
		[
			'long overdue weighs three times',
			'2026-06-01',
			{ open: 1, major: 1, overdue: 1, heat: 1500, seen: true }
		]
	])('%s', (_, day, expected) => expect(standing(day)).toEqual(expected));
});

describe('the rules in force on a day', () => {
	const declare = (
		scope: string,
		siteType: string | null,
		from: string,
		to: string | null,
		packId: string
	): PastDeclaration => ({
		scope,
		siteType,
		from,
		to,
		packId,
		packSha256: packId
	});
	const declarations = [
		declare('', null, '2024-01-01', null, 'everywhere'),
		declare('0001', null, '2026-01-01', '2026-07-01', 'district'),
		declare('0001', 'restaurant', '2026-03-01', '2026-05-01', 'restaurants'),
		declare('0002', null, '2020-01-01', null, 'elsewhere')
	];
	test.each([
		['2023-12-31', null],
		['2025-12-31', 'everywhere'],
		['2026-01-01', 'district'],
		['2026-03-01', 'restaurants'],
		['2026-04-30', 'restaurants'],
		['2026-05-01', 'district'],
		['2026-07-01', 'everywhere']
	])('%s: %s', (day, expected) => expect(declaredOn(declarations, site, day)?.packId ?? null).toBe(expected));
});
