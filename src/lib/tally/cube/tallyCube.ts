import { daysBetween, type IsoDate } from '#lib/calendar.ts';
import { TallySums, type Counted } from './tallySums.ts';

/** What one transaction changed in the counters, as its event tells it. */
export interface TallyChanges {
	flows?: [scope: string, siteType: string, severity: string, day: IsoDate, found: number, closed: number][];
	/** null: no deadline runs yet. */
	deadlines?: [scope: string, siteType: string, deadline: IsoDate | null, open: number][];
	/** null: the first check of its site. */
	visits?: [
		scope: string,
		siteType: string,
		day: IsoDate,
		previousDay: IsoDate | null,
		inspections: number
	][];
}

/** What is ranked, and the name of each. */
export interface TallyKeys {
	places: [scope: string, level: 'street' | 'community', name: string][];
	siteTypes: [code: string, nameZh: string, nameEn: string][];
}

export interface CountedRow {
	key: string;
	found: number;
	foundMajor: number;
	closed: number;
	inspections: number;
	sites: number;
	open: number;
	overdue: number;
}

export interface Window {
	from: IsoDate;
	to: IsoDate;
	today: IsoDate;
}

/** Days count from here, as in `tally_page`; nothing is dated earlier than the day after. */
const firstDay: IsoDate = '2000-01-01';
const lastDay = 65_534;
/** No deadline runs. */
export const noDeadline = 65_535;
export const dayNumber = (day: IsoDate): number => Math.min(lastDay, Math.max(1, daysBetween(firstDay, day)));

/** Places or kinds of site, or both, as cells of sums. */
class Cells {
	readonly scopes: string[] = [];
	readonly siteTypes: string[] = [];
	readonly sums: TallySums;
	readonly #cellAt = new Map<string, number>();

	constructor(repeatDays: number) {
		this.sums = new TallySums(repeatDays);
	}

	/** The number of a cell; it is made where it does not exist. */
	of(scope: string, siteType: string): number {
		const key = `${scope} ${siteType}`;
		const known = this.#cellAt.get(key);
		if (known !== undefined) return known;
		const cell = this.scopes.push(scope) - 1;
		this.siteTypes.push(siteType);
		this.#cellAt.set(key, cell);
		this.sums.reach(cell + 1);
		return cell;
	}
}

/** A place × kind of site, where it is counted: by itself, in its place, and in its kind within a street. */
type Cell = readonly [cells: Cells, cell: number][];

/**
 * The counters of hazards and checks, summed so that a ranking of any window costs the same however many there are. What is
 * asked most, places of all kinds and kinds of whole streets, is kept summed up as well: there are so many fewer cells.
 * Additions may come in any order.
 */
export class TallyCube {
	// By far the most cells, and the fewest questions.
	readonly #all = new Cells(96);
	readonly #places = new Cells(32);
	readonly #kinds = new Cells(32);
	readonly #streetLength: number;
	#groups = new WeakMap<readonly string[], Map<string, Int32Array>>();

	/** @param streetLength characters of a street's scope: kinds are summed up by so many */
	constructor(streetLength = Infinity) {
		this.#streetLength = streetLength;
	}

	get cells(): number {
		return this.#all.scopes.length;
	}

	get bytes(): number {
		return this.#each.reduce((sum, { sums }) => sum + sums.bytes, this.cells * 200);
	}

	/** Where a place × kind of site is counted. */
	cellOf(scope: string, siteType: string): Cell {
		return [
			[this.#all, this.#all.of(scope, siteType)],
			[this.#places, this.#places.of(scope, '')],
			[this.#kinds, this.#kinds.of(scope.slice(0, this.#streetLength), siteType)]
		];
	}

	addFlow(cell: Cell, isMajor: boolean, day: number, found: number, closed: number): void {
		for (const [{ sums }, at] of cell) sums.addFlow(at, isMajor, day, found, closed);
	}

	/** @param deadline a day, or `noDeadline` @param open may be negative: no longer open */
	addOpen(cell: Cell, deadline: number, open: number): void {
		for (const [{ sums }, at] of cell) sums.addOpen(at, deadline, open);
	}

	/** @param previousDay null: the first check of its site @param inspections negative: taken back */
	addVisits(cell: Cell, day: number, previousDay: number | null, inspections: number): void {
		for (const [{ sums }, at] of cell) sums.addVisits(at, day, previousDay, inspections);
	}

	addInspections(cell: Cell, day: number, inspections: number): void {
		for (const [{ sums }, at] of cell) sums.addInspections(at, day, inspections);
	}

	/** One transaction's changes. Pairs of days that a late check moved cancel each other: the checks of a day stay. */
	apply({ flows = [], deadlines = [], visits = [] }: TallyChanges): void {
		for (const [scope, siteType, severity, day, found, closed] of flows)
			this.addFlow(this.cellOf(scope, siteType), severity === 'major', dayNumber(day), found, closed);
		for (const [scope, siteType, deadline, open] of deadlines)
			this.addOpen(this.cellOf(scope, siteType), deadline === null ? noDeadline : dayNumber(deadline), open);
		const checks = new Map<string, [cell: Cell, day: number, inspections: number]>();
		for (const [scope, siteType, day, previousDay, inspections] of visits) {
			const [cell, on] = [this.cellOf(scope, siteType), dayNumber(day)];
			this.addVisits(cell, on, previousDay === null ? null : dayNumber(previousDay), inspections);
			const key = `${scope} ${siteType} ${on}`;
			checks.set(key, [cell, on, (checks.get(key)?.[2] ?? 0) + inspections]);
		}
		for (const check of checks.values()) this.addInspections(...check);
	}

	/** Much is going to be added: nothing may be asked until `settle`. Only of an empty cube. */
	unsettle(): void {
		for (const { sums } of this.#each) sums.unsettle();
	}

	settle(): void {
		for (const { sums } of this.#each) sums.settle();
	}

	/** Hazards found in a window by cell, in the order of `cellKeys`, and the 重大 among them. */
	foundByCell(from: IsoDate, to: IsoDate): Pick<Counted, 'found' | 'foundMajor'> {
		return this.#all.sums.found(dayNumber(from), dayNumber(to));
	}

	cellKeys(): { scope: string; siteType: string }[] {
		const { scopes, siteTypes } = this.#all;
		return scopes.map((scope, cell) => ({ scope, siteType: siteTypes[cell]! }));
	}

	/**
	 * Keys with what fell to them; a key without anything has noughts.
	 * @param seen scopes that the asker may see: nothing outside of them is counted
	 * @param keys of places of one level (their scopes) or of kinds of site (their codes)
	 */
	rank(
		by: 'place' | 'site_type',
		keys: readonly string[],
		{ from, to, today }: Window,
		seen: readonly string[]
	): CountedRow[] {
		const isOfStreets = seen.every(({ length }) => length <= this.#streetLength);
		const cells = by === 'place' ? this.#places : isOfStreets ? this.#kinds : this.#all;
		const counted = cells.sums.count(
			{ first: dayNumber(from), last: dayNumber(to), today: dayNumber(today) },
			this.#groupOf(by, cells, keys, seen),
			keys.length
		);
		return keys.map((key, index) => ({
			key,
			found: counted.found[index]!,
			foundMajor: counted.foundMajor[index]!,
			closed: counted.closed[index]!,
			inspections: counted.inspections[index]!,
			sites: counted.sites[index]!,
			open: counted.open[index]!,
			overdue: counted.overdue[index]!
		}));
	}

	get #each(): readonly Cells[] {
		return [this.#all, this.#places, this.#kinds];
	}

	/** Which key each cell adds to, −1: none, or not seen. Remembered for the keys at hand as long as no cell is added. */
	#groupOf(
		by: 'place' | 'site_type',
		cells: Cells,
		keys: readonly string[],
		seen: readonly string[]
	): Int32Array {
		let known = this.#groups.get(keys);
		if (!known) this.#groups.set(keys, (known = new Map<string, Int32Array>()));
		const name = `${by} ${seen.join()}`;
		let group = known.get(name);
		if (group?.length !== cells.scopes.length) {
			group = by === 'place' ? groupOfPlaces(cells, keys, seen) : groupOfKinds(cells, keys, seen);
			known.set(name, group);
		}
		return group;
	}
}

const isSeen = (scope: string, seen: readonly string[]): boolean =>
	seen.some((outer) => scope.startsWith(outer));

/** Places of one level never lie in one another. */
function groupOfPlaces({ scopes }: Cells, keys: readonly string[], seen: readonly string[]): Int32Array {
	const at = new Map(keys.map((key, index) => [key, index]));
	const lengths = [...new Set(keys.map(({ length }) => length))];
	return Int32Array.from(scopes, (scope) => {
		if (!isSeen(scope, seen)) return -1;
		const length = lengths.find((each) => at.has(scope.slice(0, each)));
		return length === undefined ? -1 : at.get(scope.slice(0, length))!;
	});
}

function groupOfKinds(
	{ scopes, siteTypes }: Cells,
	keys: readonly string[],
	seen: readonly string[]
): Int32Array {
	const at = new Map(keys.map((key, index) => [key, index]));
	return Int32Array.from(scopes, (scope, cell) =>
		isSeen(scope, seen) ? (at.get(siteTypes[cell]!) ?? -1) : -1
	);
}
