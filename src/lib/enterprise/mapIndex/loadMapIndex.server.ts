import { expectValue } from '#lib/backend/answer.ts';
import type { Backend } from '#lib/backend/backend.server.ts';
import type { IsoDate } from '#lib/calendar.ts';
import { MapIndex } from './mapIndex.ts';

interface MapRows {
	position: number;
	today: IsoDate;
	/** The last ordinal of this page; null: there was none after the one asked for. */
	last: number | null;
	lines: string;
}

const rowsPerPage = 20_000;

const readPage = async (backend: Backend, scope: string, after: number): Promise<MapRows> =>
	expectValue<MapRows>(
		await backend
			.asService('map index')
			.rpc('map_rows', { p_scope: scope, p_after: after, p_limit: rowsPerPage })
	);

/**
 * All lines below a scope, page by page; while one is used the next is on its way. `position` is of the first page: what came
 * later is in the feed.
 */
async function* pagesOf(backend: Backend, scope: string, signal?: AbortSignal): AsyncGenerator<MapRows> {
	let coming = readPage(backend, scope, 0);
	for (;;) {
		signal?.throwIfAborted();
		const page = await coming;
		const { last } = page;
		if (last !== null) {
			coming = readPage(backend, scope, last);
			// Whoever waits for it is told; until then, or when nobody does any more, nothing is unhandled.
			coming.catch(() => {});
		}
		yield page;
		if (last === null) return;
	}
}

const linesOf = ({ lines }: MapRows): string[] => (lines === '' ? [] : lines.split('\n'));

/** An index of every operating enterprise. @param onProgress told after each page: how many of how many */
export async function loadMapIndex(
	backend: Backend,
	onProgress: (loaded: number, all: number) => void,
	signal?: AbortSignal
): Promise<MapIndex> {
	const all = expectValue<number>(await backend.asService('map index').rpc('map_row_count'));
	let index: MapIndex | null = null;
	for await (const page of pagesOf(backend, '', signal)) {
		if (!index) {
			index = new MapIndex(page.today);
			index.position = page.position;
			index.table.reserve(all);
		}
		index.load(linesOf(page));
		onProgress(index.table.count, all);
	}
	return index!;
}

/** Every line below a scope as it is now: for `replace`. */
export async function readMapLines(backend: Backend, scope: string): Promise<string[]> {
	const lines: string[] = [];
	for await (const page of pagesOf(backend, scope)) lines.push(...linesOf(page));
	return lines;
}
