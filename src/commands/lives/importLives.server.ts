import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { importAreas } from '#lib/area/importAreas.server.ts';
import {
	countVerdicts,
	readVerdict,
	type ImportMode,
	type ImportReport,
	type LineVerdict
} from '#lib/area/importVerdict.ts';
import { readAnswer } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import type { IsoDate } from '#lib/calendar.ts';
import { success, type Result } from '#lib/problem.ts';
import {
	livesFiles,
	neighbourhoodFile,
	readNeighbourhoods,
	readRegister,
	type LivesRegister
} from './livesRegister.ts';

export interface LivesImport {
	mode: ImportMode;
	/** The name of the register; stands beside everything that comes from it. */
	source: string;
	/** The city above its neighbourhoods. */
	city: string;
	siteType: string;
	/** The day of the lists: what they date later is refused. */
	asOf: IsoDate;
	/** From when the neighbourhoods are what they are. */
	validFrom: IsoDate;
}

interface Answer {
	kept: boolean;
	businesses: string[];
	facts: string[];
}

/** The neighbourhoods as communities of the city; those that are there already stay. */
export async function importNeighbourhoods(
	client: Client,
	folder: string,
	{ mode, source, city, validFrom }: LivesImport
): Promise<Result<ImportReport | null>> {
	if (!existsSync(join(folder, neighbourhoodFile))) return success(null);
	const common = { crs: 'wgs84', mode, source, validFrom, isCrsConfirmed: true } as const;
	const above = { name: 'city.csv', bytes: new TextEncoder().encode(`name\n${city}\n`) };
	const top = await importAreas(client, [above], { ...common, level: 'street' });
	if (!top.ok) return top;
	const file = { name: neighbourhoodFile, bytes: readNeighbourhoods(folder) };
	return importAreas(client, [file], { ...common, level: 'community', parent: city });
}

/** A LIVES folder → enterprises and facts, in one transaction, with a verdict for every line. */
export async function importRegister(
	client: Client,
	folder: string,
	{ mode, source, city, siteType, asOf }: LivesImport
): Promise<Result<ImportReport>> {
	const register = readRegister(folder, siteType);
	const effective = register.refused.length > 0 && mode === 'all_or_nothing' ? 'dry_run' : mode;
	const answer = readAnswer<Answer>(
		await client.rpc('import_foreign_register', {
			p_source: source,
			p_city: city,
			p_businesses: register.businesses.map(({ defect: _, ...line }) => line) as never,
			p_facts: register.facts.map(({ ref, business, kind, on, data }) => ({
				ref,
				business,
				kind,
				on,
				data
			})) as never,
			p_as_of: asOf,
			p_mode: effective
		})
	);
	if (!answer.ok) return answer;
	const verdicts = [...register.refused, ...judged(register, answer.value)].sort(
		(a, b) => a.file - b.file || a.lines[0]! - b.lines[0]!
	);
	return success({
		mode,
		kept: answer.value.kept,
		counts: countVerdicts(verdicts),
		verdicts,
		files: livesFiles.map((name) => ({ name, columns: [], mapping: {}, firstRows: [] }))
	});
}

function judged({ businesses, facts }: LivesRegister, answer: Answer): LineVerdict[] {
	return [
		...businesses.map(({ line, name, defect }, index): LineVerdict => ({
			file: 0,
			lines: [line],
			name,
			...readVerdict(answer.businesses[index]!),
			...(defect !== null && { mended: defect })
		})),
		...facts.map(({ file, line, business, on }, index): LineVerdict => {
			const verdict = readVerdict(answer.facts[index]!);
			return {
				file,
				lines: [line],
				name: business,
				...verdict,
				...(verdict.reason === 'day_future' && { got: on })
			};
		})
	];
}
