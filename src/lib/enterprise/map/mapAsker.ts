import type { AreaBoundaries } from '#lib/area/boundary.ts';
import type { Problem } from '#lib/problem.ts';
import type { Comparison } from '../comparison/comparison.ts';
import type { MapEnterprise } from '../mapIndex/mapEnterprise.ts';
import type { MapAnswer } from '../mapIndex/mapAnswer.ts';
import type { MapArea } from '../mapIndex/mapAreas.ts';
import type { Hexagons } from '../mapIndex/mapHexagons.ts';
import type { MapState } from './mapState.svelte.ts';

/** Moves and letters come in bursts: the last of them is asked about. */
const settleMilliseconds = 120;

export type Chosen = { id: string } | { ordinal: number } | null;

/** Asks the server what a map cannot know by itself, the newest question only. */
export class MapAsker {
	readonly #map: MapState;
	#asking: AbortController | null = null;

	constructor(map: MapState) {
		this.#map = map;
	}

	/** The list and the numbers of the legend for what is looked at now. false: the server could not be asked. */
	async ask(): Promise<boolean> {
		this.#asking?.abort();
		const asking = (this.#asking = new AbortController());
		try {
			await new Promise((resolve) => setTimeout(resolve, settleMilliseconds));
			if (asking.signal.aborted) return true;
			const [answer] = await Promise.all([
				readJson<MapAnswer>(`/api/map?${this.#map.question()}`, asking.signal),
				this.#askComparison(asking.signal),
				this.#askLayer(asking.signal)
			]);
			if (asking.signal.aborted) return true;
			this.#map.answer = answer;
			this.#map.problem = null;
			return true;
		} catch (error) {
			if (asking.signal.aborted) return true;
			if (error instanceof Refused) {
				this.#map.problem = error.problem;
				return true;
			}
			console.error(error);
			return false;
		}
	}

	async #askComparison(signal: AbortSignal): Promise<void> {
		const question = this.#map.comparisonQuestion();
		if (question === null) return;
		const comparison = await readJson<Comparison>(`/api/map/changes?${question}`, signal);
		if (!signal.aborted) this.#map.comparison = comparison;
	}

	/** Communities or hexagons, for the layers that need them. */
	async #askLayer(signal: AbortSignal): Promise<void> {
		const map = this.#map;
		const question = map.layerQuestion();
		if (question === null) return;
		const answer = await readJson(`/api/map/${question}`, signal);
		if (signal.aborted) return;
		if (map.layer === 'hexagons') map.hexagons = answer as Hexagons;
		else map.areas = answer as MapArea[];
	}

	async readBoundaries(): Promise<void> {
		this.#map.boundaries = await readJson<AreaBoundaries>('/api/areas?level=community');
	}

	/** Which enterprise the card is of. What this page knows already is shown at once. */
	async choose(chosen: Chosen): Promise<MapEnterprise | null> {
		const map = this.#map;
		const known = chosen && ('id' in chosen ? map.known(chosen.id) : this.#knownByOrdinal(chosen.ordinal));
		map.selected = known;
		map.selectedId = known?.id ?? (chosen && 'id' in chosen ? chosen.id : null);
		if (!chosen || known) return known;
		const query = 'id' in chosen ? `id=${chosen.id}` : `ordinal=${chosen.ordinal}`;
		const found = await readJson<MapEnterprise | null>(`/api/map/enterprise?${query}`);
		map.selected = found;
		map.selectedId = found?.id ?? null;
		return found;
	}

	#knownByOrdinal = (ordinal: number): MapEnterprise | null =>
		this.#map.answer.rows.find((row) => row.ordinal === ordinal) ?? null;
}

/** The server understood and says why not. */
class Refused extends Error {
	readonly problem: Problem;

	constructor(problem: Problem) {
		super(problem.code);
		this.problem = problem;
	}
}

async function readJson<Value>(address: string, signal?: AbortSignal): Promise<Value> {
	const response = await fetch(address, signal && { signal });
	if (response.status === 422) {
		const { problem } = (await response.json()) as { problem?: Problem };
		if (problem) throw new Refused(problem);
	}
	if (!response.ok) throw new Error(`${address}: got ${response.status}, expected 200`);
	return (await response.json()) as Value;
}
