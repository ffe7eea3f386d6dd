import { expectValue } from '#lib/backend/answer.ts';
import type { Backend } from '#lib/backend/backend.server.ts';
import { TallyCube, type TallyChanges, type TallyKeys } from './tallyCube.ts';
import { addPage, type TallyPage } from './tallyPage.ts';

/** An event, as far as counters are in it. */
export interface TallyEvent {
	position: number;
	kind: string;
	data: Record<string, unknown>;
}

/** The counters of this server in memory. */
export interface Tallies {
	cube: TallyCube;
	keys: TallyKeys;
}

/** Places of a page: some hundred thousand counters at a city's scale. */
const placesPerPage = 100;
/** Names and places changed: they are few, and read anew. */
const changesKeys = /^(area|register)\./;
/** The counters themselves were put right by hand. */
const repaired = 'tally.repaired';

interface Page {
	from: string;
	upTo: string;
	position: number;
}

/**
 * Reads the counters once and then only what events tell. Pages are right as of different positions of the feed, so each
 * event is applied to those places only whose page is older than it.
 */
export class TallyFollower {
	#backend: Backend;
	#tallies: Tallies | null = null;
	#pages: Page[] = [];
	#early: TallyEvent[] = [];
	#loading: Promise<void> | null = null;
	#position = 0;

	constructor(backend: Backend) {
		this.#backend = backend;
	}

	/** null: not read yet, or being read anew. */
	get tallies(): Tallies | null {
		return this.#tallies;
	}

	/** Up to which event the sums are right. */
	get position(): number {
		return this.#position;
	}

	/** Reads everything (anew). One reading at a time; what events tell meanwhile waits. */
	load(onPage?: (places: number) => void): Promise<void> {
		this.#loading ??= this.#load(onPage).finally(() => (this.#loading = null));
		return this.#loading;
	}

	async #load(onPage?: (places: number) => void): Promise<void> {
		const keys = await this.#readKeys();
		const cube = new TallyCube(streetLengthOf(keys));
		cube.unsettle();
		this.#pages = [];
		let from = '';
		for (let places = 0; ;) {
			const page = expectValue<TallyPage>(
				await this.#client().rpc('tally_page', { p_from: from, p_places: placesPerPage })
			);
			addPage(cube, page);
			this.#pages.push({ from: page.from, upTo: page.upTo, position: page.position });
			from = page.upTo;
			onPage?.((places += placesPerPage));
			if (page.isLast) break;
		}
		cube.settle();
		const tallies = { cube, keys };
		this.#position = Math.min(...this.#pages.map(({ position }) => position));
		const early = this.#early.splice(0);
		for (const event of early) this.#apply(tallies, event);
		this.#tallies = tallies;
	}

	/** What the feed tells, in order. */
	async tell(events: readonly TallyEvent[]): Promise<void> {
		if (events.some(({ kind }) => kind === repaired)) return this.reset();
		if (this.#tallies === null || this.#loading) this.#early.push(...events);
		else for (const event of events) this.#apply(this.#tallies, event);
		if (!this.#tallies || !events.some(({ kind }) => changesKeys.test(kind))) return;
		const keys = await this.#readKeys();
		// Meanwhile everything may have been forgotten.
		if (!this.#tallies) return;
		if (streetLengthOf(keys) !== streetLengthOf(this.#tallies.keys)) return this.reset();
		this.#tallies = { ...this.#tallies, keys };
	}

	/** Nothing is known any more, until it is read anew. */
	forget(): void {
		this.#tallies = null;
		this.#early = [];
	}

	/** Too much was missed to catch up: everything is read anew. */
	async reset(): Promise<void> {
		this.forget();
		await this.#loading;
		await this.load();
	}

	#apply(tallies: Tallies, { position, data }: TallyEvent): void {
		if (position <= this.#position) return;
		this.#position = position;
		const changes = data.tally as TallyChanges | undefined;
		if (!changes) return;
		if (this.#pages.every((page) => page.position < position)) this.#pages = [];
		const isNews = ([scope]: readonly [string, ...unknown[]]) =>
			!this.#pages.some((page) => page.position >= position && scope >= page.from && scope < page.upTo);
		tallies.cube.apply({
			flows: changes.flows?.filter(isNews),
			deadlines: changes.deadlines?.filter(isNews),
			visits: changes.visits?.filter(isNews)
		});
	}

	async #readKeys(): Promise<TallyKeys> {
		return expectValue<TallyKeys>(await this.#client().rpc('tally_keys'));
	}

	#client() {
		return this.#backend.asService('tally cube');
	}
}

/** Characters of the shortest scope of a street; without streets a place stands for itself. */
const streetLengthOf = ({ places }: TallyKeys): number =>
	Math.min(...places.filter(([, level]) => level === 'street').map(([scope]) => scope.length));

// One a process: a module loaded again while developing must not read everything again.
const key = Symbol.for('mingcha.tallies');
const holder = globalThis as { [key]?: TallyFollower };

/** The counters of this server process. */
export const tallyFollower = (backend: Backend): TallyFollower =>
	(holder[key] ??= new TallyFollower(backend));

/** What is in memory now; null: SQL has to be asked. */
export const talliesInMemory = (): Tallies | null => holder[key]?.tallies ?? null;
