import { expectValue } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import type { IsoDate } from '#lib/calendar.ts';
import { byteOrderMark, csvLine } from '#lib/ui/sheet.ts';
import { saidOf, type HazardFilter } from '../hazardRows.ts';
import { ledgerCells, ledgerHeading, ledgerNotes, type LedgerLine, type LedgerWords } from './ledger.ts';

const linesPerPart = 1_000;

/** The ledger of what a list shows, the oldest first, part by part: a long one never stands in memory at once. */
export async function* readLedger(client: Client, filter: HazardFilter): AsyncGenerator<LedgerLine[]> {
	let after: Pick<LedgerLine, 'foundOn' | 'id'> | null = null;
	for (;;) {
		const lines: LedgerLine[] = expectValue<LedgerLine[]>(
			await client.rpc('hazard_ledger', { p_filter: saidOf(filter), p_after: after, p_limit: linesPerPart })
		);
		if (lines.length > 0) yield lines;
		const last = lines.at(-1);
		if (!last || lines.length < linesPerPart) return;
		after = { foundOn: last.foundOn, id: last.id };
	}
}

/** The ledger as CSV that a spreadsheet opens as UTF-8. */
export async function* ledgerCsv(
	parts: AsyncIterable<LedgerLine[]>,
	today: IsoDate,
	words: LedgerWords
): AsyncGenerator<string> {
	yield byteOrderMark + csvLine(ledgerHeading(words.t));
	let number = 0;
	for await (const lines of parts)
		yield lines.map((line) => csvLine(ledgerCells(line, ++number, words))).join('');
	yield (
		csvLine([]) +
		ledgerNotes(words.t, today)
			.map((note) => csvLine([note]))
			.join('')
	);
}
