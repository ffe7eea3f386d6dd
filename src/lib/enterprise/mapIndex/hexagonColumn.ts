import { hexagonKey } from '#lib/spatial/hexagon.ts';
import { latitudeOf, longitudeOf } from '#lib/spatial/world.ts';
import type { MapTable } from './mapTable.ts';

/** In which hexagon of one resolution each row lies, worked out when it is first asked for: 4 bytes a row. */
class HexagonColumn {
	/** `hexagonKey` of each hexagon that a row lies in, by its number; 0 is none. */
	readonly keys: number[] = [0];
	readonly #numbers = new Map<number, number>();
	readonly #resolution: number;
	#numberOfRow = new Uint32Array(0);

	constructor(resolution: number) {
		this.#resolution = resolution;
	}

	/** The number of a row's hexagon. */
	of(row: number, { x, y }: MapTable): number {
		if (row >= this.#numberOfRow.length) this.#grow(x.length);
		const known = this.#numberOfRow[row]!;
		if (known !== 0) return known;
		const key = hexagonKey(longitudeOf(x[row]! + 0.5), latitudeOf(y[row]! + 0.5), this.#resolution);
		let number = this.#numbers.get(key);
		if (number === undefined) {
			number = this.keys.push(key) - 1;
			this.#numbers.set(key, number);
		}
		return (this.#numberOfRow[row] = number);
	}

	/** The row was moved. */
	forget(row: number): void {
		if (row < this.#numberOfRow.length) this.#numberOfRow[row] = 0;
	}

	#grow(rows: number): void {
		const larger = new Uint32Array(rows);
		larger.set(this.#numberOfRow);
		this.#numberOfRow = larger;
	}
}

const columns = new WeakMap<MapTable, HexagonColumn[]>();

/** In which hexagons the rows of a table lie. @param resolution 0 … 10 */
export function hexagonsOf(table: MapTable, resolution: number): HexagonColumn {
	let known = columns.get(table);
	if (!known) columns.set(table, (known = []));
	let column = known[resolution];
	if (!column) {
		known[resolution] = column = new HexagonColumn(resolution);
		table.derived.push(column);
	}
	return column;
}
