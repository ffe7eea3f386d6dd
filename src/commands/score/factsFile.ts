import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { checkFact, parseFactLine, type Fact, type Pack } from '#scoring';
import { Refusal, refuseAll } from './refusal.ts';

/** All facts of an NDJSON file (`-`: standard input) by subject, or a refusal that names every bad line. */
export async function readFactsBySubject(pack: Pack, file: string): Promise<Map<string, Fact[]>> {
	if (file !== '-' && !existsSync(file)) throw new Refusal(`${file}: no such file`);
	const input = file === '-' ? process.stdin : createReadStream(file, 'utf8');
	const facts = new Map<string, Fact[]>();
	const lineOfId = new Map<string, number>();
	const refused: string[] = [];
	let number = 0;
	for await (const line of createInterface({ input, crlfDelay: Infinity })) {
		number++;
		if (line.trim() === '') continue;
		const outcome = parseFactLine(line);
		const reason = outcome.ok
			? (repeated(outcome.fact, lineOfId) ?? checkFact(pack, outcome.fact)?.message ?? null)
			: outcome.reason;
		if (reason !== null) refused.push(`${file}:${number}: ${reason}`);
		if (!outcome.ok || reason !== null) continue;
		lineOfId.set(outcome.fact.id, number);
		const known = facts.get(outcome.fact.subject);
		if (known) known.push(outcome.fact);
		else facts.set(outcome.fact.subject, [outcome.fact]);
	}
	refuseAll(refused);
	return facts;
}

function repeated(fact: Fact, lineOfId: ReadonlyMap<string, number>): string | null {
	const earlier = lineOfId.get(fact.id);
	return earlier === undefined ? null : `id: got "${fact.id}" again, it stands on line ${earlier}`;
}
