import { daysBetween, type IsoDate } from '#lib/calendar.ts';
import { worldX, worldY } from '#lib/spatial/world.ts';
import { bandLevels } from '../band.ts';
import { riskLevels } from '../risk/riskLook.ts';

/** Codes in the columns: 0 is 未评估 or none, then the levels in their order. */
export const bandCodes = ['none', ...bandLevels] as const;
/** 0 is none, then from the lowest to the highest. */
export const riskCodes = ['none', ...riskLevels.toReversed()] as const;

export const dayNumber = (day: IsoDate): number => daysBetween('1970-01-01', day);
/** Of an enterprise that was never checked. */
export const neverSeen = -1;
/** Where the street has no 动态风险分 yet. */
export const noAttention = 255;

/** Texts that rows share, each kept once. */
export class Dictionary {
	readonly texts: string[] = [''];
	readonly #numbers = new Map<string, number>([['', 0]]);

	numberOf(text: string): number {
		let number = this.#numbers.get(text);
		if (number === undefined) {
			number = this.texts.push(text) - 1;
			this.#numbers.set(text, number);
		}
		return number;
	}
}

/**
 * What the map knows of every enterprise, a column a property: about 50 bytes each, no name and no id that a person
 * would know. Rows are given once and kept; whose enterprise is gone has `isThere` 0.
 */
export class MapTable {
	count = 0;
	ordinal = new Float64Array(0);
	isThere = new Uint8Array(0);
	/** Number of the scope in `scopes`. */
	scope = new Uint32Array(0);
	hasPosition = new Uint8Array(0);
	x = new Uint32Array(0);
	y = new Uint32Array(0);
	/** Numbers in the dictionaries. */
	siteType = new Uint16Array(0);
	tags = new Uint16Array(0);
	department = new Uint16Array(0);
	/** `bandCodes`. */
	band = new Uint8Array(0);
	/** `bandCodes` of what waits for confirmation; 0: nothing waits. */
	pending = new Uint8Array(0);
	/** `riskCodes`. */
	risk = new Uint8Array(0);
	openHazards = new Uint16Array(0);
	openMajor = new Uint16Array(0);
	/** Open hazards past their deadline. */
	overdue = new Uint16Array(0);
	/** Hundredths, as `app.hazard_heat` gives them. */
	heat = new Uint32Array(0);
	/** `dayNumber`, or `neverSeen`. */
	lastSeen = new Int32Array(0);
	/** 动态风险分 0–100, or `noAttention`. */
	attention = new Uint8Array(0);

	readonly scopes = new Dictionary();
	readonly siteTypes = new Dictionary();
	/** Each text a set of tags, by comma. */
	readonly tagSets = new Dictionary();
	readonly departments = new Dictionary();
	readonly #rows = new Map<number, number>();
	/** What is worked out of rows and kept elsewhere: told when one is written anew. */
	readonly derived: { forget(row: number): void }[] = [];

	/** @returns the row of an enterprise, or undefined */
	rowOf(ordinal: number): number | undefined {
		return this.#rows.get(ordinal);
	}

	/** The row of an enterprise, a new one when it has none yet. */
	takeRow(ordinal: number): number {
		let row = this.#rows.get(ordinal);
		if (row === undefined) {
			row = this.count++;
			if (row >= this.ordinal.length) this.#grow();
			this.#rows.set(ordinal, row);
			this.ordinal[row] = ordinal;
		}
		return row;
	}

	/** Makes room for so many rows, so that a long load does not copy what it has again and again. */
	reserve(rows: number): void {
		if (rows > this.ordinal.length) this.#grow(rows);
	}

	#grow(capacity = Math.max(1_024, this.ordinal.length * 2)): void {
		const grown = <Column extends { set(from: never): void; length: number }>(column: Column): Column => {
			const larger = new (column.constructor as new (length: number) => Column)(capacity);
			larger.set(column as never);
			return larger;
		};
		this.ordinal = grown(this.ordinal);
		this.isThere = grown(this.isThere);
		this.scope = grown(this.scope);
		this.hasPosition = grown(this.hasPosition);
		this.x = grown(this.x);
		this.y = grown(this.y);
		this.siteType = grown(this.siteType);
		this.tags = grown(this.tags);
		this.department = grown(this.department);
		this.band = grown(this.band);
		this.pending = grown(this.pending);
		this.risk = grown(this.risk);
		this.openHazards = grown(this.openHazards);
		this.openMajor = grown(this.openMajor);
		this.overdue = grown(this.overdue);
		this.heat = grown(this.heat);
		this.lastSeen = grown(this.lastSeen);
		this.attention = grown(this.attention);
	}

	/**
	 * Writes one line of `map_rows` and returns its row. Its columns: see the migration.
	 * @throws when the line does not have them
	 */
	write(line: string): number {
		const parts = line.split('\t');
		if (parts.length !== lineColumns)
			throw new RangeError(`map line: got ${parts.length} columns, expected ${lineColumns}`);
		const [ordinal, scope, longitude, latitude, siteType, band, pending, open, major] = parts as string[];
		const [overdue, heat, lastSeen, risk, attention, tags, department] = parts.slice(9) as string[];
		const row = this.takeRow(Number(ordinal));
		const isPlaced = longitude !== '' && latitude !== '';
		this.isThere[row] = 1;
		this.scope[row] = this.scopes.numberOf(scope!);
		this.hasPosition[row] = Number(isPlaced);
		this.x[row] = isPlaced ? worldX(Number(longitude)) : 0;
		this.y[row] = isPlaced ? worldY(Number(latitude)) : 0;
		for (const column of this.derived) column.forget(row);
		this.siteType[row] = this.siteTypes.numberOf(siteType!);
		this.band[row] = codeOf(bandCodes, band!);
		this.pending[row] = codeOf(bandCodes, pending!);
		this.openHazards[row] = Number(open);
		this.openMajor[row] = Number(major);
		this.overdue[row] = Number(overdue);
		this.heat[row] = Number(heat);
		this.lastSeen[row] = lastSeen ? dayNumber(lastSeen) : neverSeen;
		this.risk[row] = codeOf(riskCodes, risk!);
		this.attention[row] = attention ? Number(attention) : noAttention;
		this.tags[row] = this.tagSets.numberOf(tags!);
		this.department[row] = this.departments.numberOf(department!);
		return row;
	}

	remove(ordinal: number): number | undefined {
		const row = this.rowOf(ordinal);
		if (row !== undefined) this.isThere[row] = 0;
		return row;
	}
}

const lineColumns = 16;

function codeOf(codes: readonly string[], text: string): number {
	if (text === '') return 0;
	const code = codes.indexOf(text);
	if (code < 0) throw new RangeError(`map line: got "${text}", expected of ${codes.join(', ')}`);
	return code;
}
