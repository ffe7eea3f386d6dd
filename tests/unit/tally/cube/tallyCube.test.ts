import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { addDays } from '#lib/calendar.ts';
import { TallyCube, type TallyChanges } from '#lib/tally/cube/tallyCube.ts';

const places = ['0001', '00010001', '00010002', '000100020001', '00020001', ''];
const kinds = ['restaurant', 'hotel', 'workshop'];
const day = fc.integer({ min: 0, max: 400 }).map((days) => addDays('2025-06-01', days));
const place = fc.constantFrom(...places);
const kind = fc.constantFrom(...kinds);

const changes: fc.Arbitrary<TallyChanges> = fc.record(
	{
		flows: fc.array(fc.tuple(place, kind, fc.constantFrom('general', 'major'), day, fc.nat(3), fc.nat(2)), {
			maxLength: 3
		}),
		deadlines: fc.array(fc.tuple(place, kind, fc.option(day), fc.constantFrom(-1, 1, 2)), { maxLength: 3 }),
		visits: fc.array(
			fc.tuple(place, kind, fc.tuple(day, fc.option(day))).map(([scope, siteType, [on, before]]) => {
				const previous = before !== null && before > on ? on : before;
				return [scope, siteType, on, previous, 1] satisfies [string, string, string, string | null, number];
			}),
			{ maxLength: 3 }
		)
	},
	{ requiredKeys: [] }
);
const window = fc
	.tuple(day, day, day)
	.map(([a, b, today]) => ({ from: a < b ? a : b, to: a < b ? b : a, today }));

function recount(
	all: readonly TallyChanges[],
	isIn: (scope: string, siteType: string) => boolean,
	{ from, to, today }: { from: string; to: string; today: string }
) {
	const sum = <Line>(lines: Line[], number: (line: Line) => number) =>
		lines.reduce((total, line) => total + number(line), 0);
	const flows = all
		.flatMap((each) => each.flows ?? [])
		.filter(([scope, type, , on]) => isIn(scope, type) && on >= from && on <= to);
	const visits = all
		.flatMap((each) => each.visits ?? [])
		.filter(([scope, type, on]) => isIn(scope, type) && on >= from && on <= to);
	const deadlines = all.flatMap((each) => each.deadlines ?? []).filter(([scope, type]) => isIn(scope, type));
	return {
		found: sum(flows, (line) => line[4]),
		foundMajor: sum(
			flows.filter((line) => line[2] === 'major'),
			(line) => line[4]
		),
		closed: sum(flows, (line) => line[5]),
		inspections: sum(visits, (line) => line[4]),
		sites: sum(
			visits.filter((line) => line[3] === null || line[3] < from),
			(line) => line[4]
		),
		open: sum(deadlines, (line) => line[3]),
		overdue: sum(
			deadlines.filter((line) => line[2] !== null && line[2] < today),
			(line) => line[3]
		)
	};
}

describe('the tally cube', () => {
	test('ranks every window as a recount of all changes does, in whatever order they came, and only what is seen', () =>
		fc.assert(
			fc.property(
				fc.array(changes, { maxLength: 25 }),
				fc.nat(),
				fc.array(window, { minLength: 1, maxLength: 4 }),
				fc.constantFrom([''], ['0001'], ['00010002', '00020001'], []),
				fc.constantFrom(4, 8, Infinity),
				(all, turn, windows, seen, streetLength) => {
					const cube = new TallyCube(streetLength);
					const start = all.length === 0 ? 0 : turn % all.length;
					for (const each of [...all.slice(start), ...all.slice(0, start)].reverse()) cube.apply(each);
					const isSeen = (scope: string) => seen.some((outer) => scope.startsWith(outer));
					for (const each of windows) {
						for (const row of cube.rank('place', ['00010001', '00010002', '00020001'], each, seen))
							expect(row).toEqual({
								key: row.key,
								...recount(all, (scope) => scope.startsWith(row.key) && isSeen(scope), each)
							});
						for (const row of cube.rank('site_type', kinds, each, seen))
							expect(row).toEqual({
								key: row.key,
								...recount(all, (scope, type) => type === row.key && isSeen(scope), each)
							});
					}
				}
			)
		));

	test('a street is the sum of its communities and of what lies in it outside of them', () => {
		const cube = new TallyCube();
		cube.apply({ flows: places.map((scope) => [scope, 'hotel', 'general', '2026-01-05', 1, 0]) });
		const window = { from: '2026-01-01', to: '2026-01-31', today: '2026-02-01' };
		expect(cube.rank('place', ['0001', '0002'], window, ['']).map(({ found }) => found)).toEqual([4, 1]);
		expect(cube.rank('site_type', ['hotel', 'school'], window, ['']).map(({ found }) => found)).toEqual([
			6, 0
		]);
	});
});
