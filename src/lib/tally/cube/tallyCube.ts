import { daysBetween, type IsoDate } from '#lib/calendar.ts';
import { RepeatVisits } from './repeatVisits.ts';
import { RunningTotals } from './runningTotals.ts';

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

/**
 * The counters of hazards and checks, summed so that a ranking of any window costs the same however many there are. A cell is
 * a place × kind of site; every ranking adds cells up. Additions may come in any order.
 */
export class TallyCube {
	#scopes: string[] = [];
	#siteTypes: string[] = [];
	#scopeAt = new Map<string, number>();
	#siteTypeAt = new Map<string, number>();
	#cellAt = new Map<number, number>();
	/** Per cell, its place and its kind. */
	#scopeOf = new Uint32Array(64);
	#siteTypeOf = new Uint16Array(64);
	#cells = 0;

	#found = new RunningTotals();
	#foundMajor = new RunningTotals();
	#closed = new RunningTotals();
	#inspections = new RunningTotals();
	#repeats = new RepeatVisits();
	/** Open by cell × deadline, and in all; overdue as of one day. */
	#deadlines = new Map<number, number>();
	#open = new Int32Array(64);
	#overdue = new Int32Array(64);
	#overdueOn = 0;
	#groups = new WeakMap<readonly string[], Map<string, Int32Array>>();

	get cells(): number {
		return this.#cells;
	}

	get bytes(): number {
		const totals = [this.#found, this.#foundMajor, this.#closed, this.#inspections, this.#repeats];
		return totals.reduce((sum, { bytes }) => sum + bytes, 0) + this.#cells * 14 + this.#deadlines.size * 40;
	}

	/** The number of a place × kind of site; it is made where it does not exist. */
	cellOf(scope: string, siteType: string): number {
		const place = numberIn(this.#scopes, this.#scopeAt, scope);
		const kind = numberIn(this.#siteTypes, this.#siteTypeAt, siteType);
		const key = place * 65_536 + kind;
		const known = this.#cellAt.get(key);
		if (known !== undefined) return known;
		const cell = this.#cells++;
		this.#cellAt.set(key, cell);
		if (this.#cells > this.#scopeOf.length) this.#grow(Math.ceil(this.#cells * 1.5));
		this.#scopeOf[cell] = place;
		this.#siteTypeOf[cell] = kind;
		return cell;
	}

	#grow(cells: number): void {
		this.#scopeOf = enlarged(this.#scopeOf, cells);
		this.#siteTypeOf = enlarged(this.#siteTypeOf, cells);
		this.#open = enlarged(this.#open, cells);
		this.#overdue = enlarged(this.#overdue, cells);
		for (const totals of [this.#found, this.#foundMajor, this.#closed, this.#inspections, this.#repeats])
			totals.grow(cells);
	}

	addFlow(cell: number, isMajor: boolean, day: number, found: number, closed: number): void {
		if (found > 0) this.#found.add(cell, day, found);
		if (found > 0 && isMajor) this.#foundMajor.add(cell, day, found);
		if (closed > 0) this.#closed.add(cell, day, closed);
	}

	/** @param deadline a day, or `noDeadline` @param open may be negative: no longer open */
	addOpen(cell: number, deadline: number, open: number): void {
		const key = cell * 65_536 + deadline;
		const now = (this.#deadlines.get(key) ?? 0) + open;
		if (now === 0) this.#deadlines.delete(key);
		else this.#deadlines.set(key, now);
		this.#open[cell]! += open;
		if (deadline < this.#overdueOn) this.#overdue[cell]! += open;
	}

	/** @param previousDay null: the first check of its site @param inspections negative: taken back */
	addVisits(cell: number, day: number, previousDay: number | null, inspections: number): void {
		if (previousDay !== null) this.#repeats.add(cell, previousDay, day, inspections);
	}

	addInspections(cell: number, day: number, inspections: number): void {
		this.#inspections.add(cell, day, inspections);
	}

	/** One transaction's changes. Pairs of days that a late check moved cancel each other: the checks of a day stay. */
	apply({ flows = [], deadlines = [], visits = [] }: TallyChanges): void {
		for (const [scope, siteType, severity, day, found, closed] of flows)
			this.addFlow(this.cellOf(scope, siteType), severity === 'major', dayNumber(day), found, closed);
		for (const [scope, siteType, deadline, open] of deadlines)
			this.addOpen(this.cellOf(scope, siteType), deadline === null ? noDeadline : dayNumber(deadline), open);
		const checks = new Map<string, [cell: number, day: number, inspections: number]>();
		for (const [scope, siteType, day, previousDay, inspections] of visits) {
			const [cell, on] = [this.cellOf(scope, siteType), dayNumber(day)];
			this.addVisits(cell, on, previousDay === null ? null : dayNumber(previousDay), inspections);
			const sum = checks.get(`${cell} ${on}`)?.[2] ?? 0;
			checks.set(`${cell} ${on}`, [cell, on, sum + inspections]);
		}
		for (const check of checks.values()) this.addInspections(...check);
	}

	/** Much is going to be added: nothing may be asked until `settle`. Only of an empty cube. */
	unsettle(): void {
		for (const totals of [this.#found, this.#foundMajor, this.#closed, this.#inspections, this.#repeats])
			totals.unsettle();
	}

	settle(): void {
		// A little room: new cells are rare, and each step of growth copies everything.
		const room = Math.ceil(this.#cells * 1.05) + 64;
		for (const totals of [this.#found, this.#foundMajor, this.#closed, this.#inspections, this.#repeats])
			totals.settle(room);
		this.#scopeOf = enlarged(this.#scopeOf.subarray(0, this.#cells), room);
		this.#siteTypeOf = enlarged(this.#siteTypeOf.subarray(0, this.#cells), room);
		this.#open = enlarged(this.#open.subarray(0, this.#cells), room);
		this.#overdue = enlarged(this.#overdue.subarray(0, this.#cells), room);
	}

	/** Hazards found by cell in a window, and the 重大 among them. */
	foundByCell(from: IsoDate, to: IsoDate): { found: Int32Array; foundMajor: Int32Array } {
		const [first, last] = [dayNumber(from), dayNumber(to)];
		const [found, foundMajor] = [new Int32Array(this.#cells), new Int32Array(this.#cells)];
		this.#found.addBetween(first, last, found);
		this.#foundMajor.addBetween(first, last, foundMajor);
		return { found, foundMajor };
	}

	cellKeys(): { scope: string; siteType: string }[] {
		return Array.from({ length: this.#cells }, (_, cell) => ({
			scope: this.#scopes[this.#scopeOf[cell]!]!,
			siteType: this.#siteTypes[this.#siteTypeOf[cell]!]!
		}));
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
		const group = this.#groupOf(by, keys, seen);
		const [found, foundMajor, closed, inspections, open, overdue] = Array.from(
			{ length: 6 },
			() => new Int32Array(keys.length)
		) as [Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array];
		const [first, last] = [dayNumber(from), dayNumber(to)];
		this.#found.addBetween(first, last, found, group);
		this.#foundMajor.addBetween(first, last, foundMajor, group);
		this.#closed.addBetween(first, last, closed, group);
		this.#inspections.addBetween(first, last, inspections, group);
		const sites = inspections.slice();
		this.#repeats.subtractBetween(first, last, sites, group);
		this.#countOverdue(dayNumber(today));
		addGrouped(open, group, this.#open);
		addGrouped(overdue, group, this.#overdue);
		return keys.map((key, index) => ({
			key,
			found: found[index]!,
			foundMajor: foundMajor[index]!,
			closed: closed[index]!,
			inspections: inspections[index]!,
			sites: sites[index]!,
			open: open[index]!,
			overdue: overdue[index]!
		}));
	}

	/** Once a day, all deadlines; in between every change is counted as it comes. */
	#countOverdue(today: number): void {
		if (this.#overdueOn === today) return;
		this.#overdueOn = today;
		this.#overdue.fill(0);
		for (const [key, open] of this.#deadlines)
			if (key % 65_536 < today) this.#overdue[Math.floor(key / 65_536)]! += open;
	}

	/** As below, remembered for the keys at hand as long as no cell is added. */
	#groupOf(by: 'place' | 'site_type', keys: readonly string[], seen: readonly string[]): Int32Array {
		let known = this.#groups.get(keys);
		if (!known) this.#groups.set(keys, (known = new Map<string, Int32Array>()));
		const name = `${by} ${seen.join()}`;
		let group = known.get(name);
		if (group?.length !== this.#cells) {
			group = by === 'place' ? this.#groupOfPlaces(keys, seen) : this.#groupOfKinds(keys, seen);
			known.set(name, group);
		}
		return group;
	}

	/** Which key each cell adds to: places of one level never lie in one another. −1: none, or not seen. */
	#groupOfPlaces(keys: readonly string[], seen: readonly string[]): Int32Array {
		const at = new Map(keys.map((key, index) => [key, index]));
		const lengths = [...new Set(keys.map(({ length }) => length))];
		const ofPlace = this.#scopes.map((scope) => {
			if (!isSeen(scope, seen)) return -1;
			for (const length of lengths) {
				const index = scope.length < length ? undefined : at.get(scope.slice(0, length));
				if (index !== undefined) return index;
			}
			return -1;
		});
		const group = new Int32Array(this.#cells);
		for (let cell = 0; cell < group.length; cell++) group[cell] = ofPlace[this.#scopeOf[cell]!]!;
		return group;
	}

	#groupOfKinds(keys: readonly string[], seen: readonly string[]): Int32Array {
		const ofKind = this.#siteTypes.map((code) => keys.indexOf(code));
		const sees = this.#scopes.map((scope) => isSeen(scope, seen));
		const group = new Int32Array(this.#cells);
		for (let cell = 0; cell < group.length; cell++)
			group[cell] = sees[this.#scopeOf[cell]!] ? ofKind[this.#siteTypeOf[cell]!]! : -1;
		return group;
	}
}

const isSeen = (scope: string, seen: readonly string[]): boolean =>
	seen.some((outer) => scope.startsWith(outer));

function addGrouped(into: Int32Array, group: Int32Array, numbers: Int32Array): void {
	for (let cell = 0; cell < group.length; cell++) {
		const at = group[cell]!;
		if (at >= 0) into[at]! += numbers[cell]!;
	}
}

function numberIn(names: string[], at: Map<string, number>, name: string): number {
	const known = at.get(name);
	if (known !== undefined) return known;
	at.set(name, names.length);
	return names.push(name) - 1;
}

function enlarged<Numbers extends Int32Array | Uint32Array | Uint16Array>(
	numbers: Numbers,
	length: number
): Numbers {
	const larger = new (numbers.constructor as new (length: number) => Numbers)(length);
	larger.set(numbers);
	return larger;
}
