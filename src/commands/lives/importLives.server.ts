import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
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
	type BusinessLine,
	type FactLine,
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
	businesses: string[];
	facts: string[];
}

/** What the database says of each line. */
type Verdicts = Map<BusinessLine | FactLine, string>;

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

/** Businesses of one call, each with all that was found there: a whole city in one would outlast a gateway's patience. */
const businessesPerCall = 250;
const attempts = 3;

interface Batch {
	businesses: BusinessLine[];
	facts: FactLine[];
}

/**
 * A LIVES folder → enterprises and facts, with a verdict for every line. It goes in batches, each one transaction: what an
 * interruption leaves undone the same command does when it is given again. All or nothing looks at everything before it writes.
 * @param tell how many lines are done, after every batch
 */
export async function importRegister(
	client: Client,
	folder: string,
	options: LivesImport,
	tell: (done: number, all: number) => void = () => {}
): Promise<Result<ImportReport>> {
	const register = readRegister(folder, options.siteType);
	const batches = batchesOf(register);
	const isLookedAtFirst = options.mode === 'all_or_nothing';
	const first = await sendAll(client, batches, options, isLookedAtFirst ? 'dry_run' : options.mode, tell);
	if (!first.ok) return first;
	let answer = first.value;
	const isClean = [...register.refused, ...judged(register, answer)].every(
		({ verdict }) => verdict !== 'refused'
	);
	if (isLookedAtFirst && isClean) {
		const kept = await sendAll(client, batches, options, options.mode, tell);
		if (!kept.ok) return kept;
		answer = kept.value;
	}
	const verdicts = [...register.refused, ...judged(register, answer)].sort(
		(a, b) => a.file - b.file || a.lines[0]! - b.lines[0]!
	);
	return success({
		mode: options.mode,
		kept: options.mode === 'skip_bad' || (isLookedAtFirst && isClean),
		counts: countVerdicts(verdicts),
		verdicts,
		files: livesFiles.map((name) => ({ name, columns: [], mapping: {}, firstRows: [] }))
	});
}

/** What is said of a business goes with it; what is said of none of them goes last, to be refused by name. */
function batchesOf({ businesses, facts }: LivesRegister): Batch[] {
	const said = Map.groupBy(facts, ({ business }) => business);
	const batches: Batch[] = [];
	for (let from = 0; from < businesses.length; from += businessesPerCall) {
		const part = businesses.slice(from, from + businessesPerCall);
		batches.push({ businesses: part, facts: part.flatMap(({ ref }) => said.get(ref) ?? []) });
		for (const { ref } of part) said.delete(ref);
	}
	return [...batches, { businesses: [], facts: [...said.values()].flat() }];
}

async function sendAll(
	client: Client,
	batches: readonly Batch[],
	options: LivesImport,
	mode: ImportMode,
	tell: (done: number, all: number) => void
): Promise<Result<Verdicts>> {
	const all = batches.reduce((sum, { businesses, facts }) => sum + businesses.length + facts.length, 0);
	const verdicts: Verdicts = new Map();
	for (const batch of batches) {
		const answer = await send(client, batch, options, mode);
		if (!answer.ok) return answer;
		for (const [index, line] of batch.businesses.entries())
			verdicts.set(line, answer.value.businesses[index]!);
		for (const [index, line] of batch.facts.entries()) verdicts.set(line, answer.value.facts[index]!);
		tell(verdicts.size, all);
	}
	return success(verdicts);
}

/** A batch given twice is kept once, so one without an answer (a connection lost on the way) is given again. */
async function send(
	client: Client,
	{ businesses, facts }: Batch,
	{ source, city, asOf }: LivesImport,
	mode: ImportMode
): Promise<Result<Answer>> {
	for (let attempt = 1; ; attempt++) {
		const answer = readAnswer<Answer>(
			await client.rpc('import_foreign_register', {
				p_source: source,
				p_city: city,
				p_businesses: businesses.map(({ defect: _, ...line }) => line) as never,
				p_facts: facts.map(({ ref, business, kind, on, data }) => ({
					ref,
					business,
					kind,
					on,
					data
				})) as never,
				p_as_of: asOf,
				p_mode: mode
			})
		);
		if (answer.ok || answer.problem.code !== 'backend.unavailable' || attempt === attempts) return answer;
		await setTimeout(1_000 * attempt);
	}
}

function judged({ businesses, facts }: LivesRegister, answer: Verdicts): LineVerdict[] {
	return [
		...businesses.map((business): LineVerdict => ({
			file: 0,
			lines: [business.line],
			name: business.name,
			...readVerdict(answer.get(business)!),
			...(business.defect !== null && { mended: business.defect })
		})),
		...facts.map((fact): LineVerdict => {
			const { file, line, business, on } = fact;
			const verdict = readVerdict(answer.get(fact)!);
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
