import { readAnswer } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import { failure, success, type Problem, type Result } from '#lib/problem.ts';
import {
	coordinateSystems,
	toWgs84,
	type CoordinateSystem,
	type LonLat
} from '#lib/spatial/coordinateSystem.ts';
import type { ImportEncoding } from './importEncoding.ts';
import { readImportTable, type ImportTable } from './importTable.ts';

export interface ImportFile {
	/** As the sender calls it; shown, never opened. */
	name: string;
	bytes: Uint8Array;
}

/** A problem of one file among several says which. */
export const inFile = (problem: Problem, { name }: ImportFile): { ok: false; problem: Problem } => ({
	ok: false,
	problem: { ...problem, details: { ...problem.details, file: name } }
});

export async function readTables(
	files: readonly ImportFile[],
	encoding: ImportEncoding | undefined
): Promise<Result<ImportTable[]>> {
	const tables: ImportTable[] = [];
	for (const file of files) {
		const table = await readImportTable(file.bytes, encoding);
		if (!table.ok) return inFile(table.problem, file);
		tables.push(table.value);
	}
	return success(tables);
}

/** So many places are asked about; more would only take longer. */
const sampledPlaces = 400;
/** Fewer than this outside is what every real list has. */
const outsideThatMatters = 3;
/** A system fits when it leaves at most this share of what the stated one leaves outside. */
const remainingShare = 0.2;

/**
 * A wrong system moves places by some 500 m to 1 km: many fall outside every area, and inside again when read in
 * the system they are really in.
 * @param places as the file has them.
 * @returns `import.crs_suspect` with `expected` when another system fits clearly better than the stated one.
 */
export async function checkCoordinateSystem(
	client: Client,
	places: readonly LonLat[],
	stated: CoordinateSystem
): Promise<Result<null>> {
	const step = Math.max(1, Math.ceil(places.length / sampledPlaces));
	const sample = places.filter((_, index) => index % step === 0);
	// CGCS2000 is read as WGS-84, so the two never tell themselves apart.
	const isPlain = (system: CoordinateSystem) => system === 'wgs84' || system === 'cgcs2000';
	const others = coordinateSystems.filter(
		(system) => system !== 'cgcs2000' && system !== stated && !(isPlain(system) && isPlain(stated))
	);
	const groups = [stated, ...others].map((system) => sample.map((place) => toWgs84(place, system)));
	const answer = readAnswer<{ areas: number; inside: number[] }>(
		await client.rpc('points_inside_areas', { p_groups: groups })
	);
	if (!answer.ok) return answer;
	const { areas, inside } = answer.value;
	if (areas === 0) return success(null);
	const [outside = 0, ...outsideElse] = inside.map((count) => sample.length - count);
	if (outside < Math.max(outsideThatMatters, sample.length * 0.05)) return success(null);
	const best = Math.min(...outsideElse);
	if (best > outside * remainingShare) return success(null);
	return failure('import.crs_suspect', {
		expected: others[outsideElse.indexOf(best)]!,
		number: outside * step,
		got: stated
	});
}
