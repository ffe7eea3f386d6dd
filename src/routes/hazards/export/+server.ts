import { Readable } from 'node:stream';
import { shanghaiDate } from '#lib/calendar.ts';
import { siteTypeNames } from '#lib/enterprise/enterprise.server.ts';
import { hazardFilterFrom } from '#lib/hazard/hazardRows.ts';
import { readHazardRows } from '#lib/hazard/hazardRows.server.ts';
import { ledgerSheet, mostLinesInWorkbook, type LedgerLine } from '#lib/hazard/ledger/ledger.ts';
import { ledgerCsv, readLedger } from '#lib/hazard/ledger/ledger.server.ts';
import { loadTranslate } from '#lib/messages/index.ts';
import { attachment, sheetFile } from '#lib/tally/sheet.server.ts';
import { refuse, requireMember } from '../../guard.ts';
import type { RequestHandler } from './$types';

/** 隐患台账 of what the list shows, under the same address: `?format=csv` part by part, otherwise XLSX. */
export const GET: RequestHandler = async (event) => {
	requireMember(event, 'leader', 'administrator', 'inspector', 'community_worker');
	const { client, locale } = event.locals;
	const query = event.url.searchParams;
	const filter = hazardFilterFrom(query);
	const today = shanghaiDate(new Date());
	const [t, names] = await Promise.all([loadTranslate(locale), siteTypeNames(client, locale)]);
	const words = { t, siteTypeNames: names };
	const fileName = `${t('ledger.title')} ${today}`;
	const parts = readLedger(client, filter);
	if (query.get('format') === 'csv') {
		const text = Readable.from(ledgerCsv(parts, today, words), { objectMode: false });
		return new Response(Readable.toWeb(text) as ReadableStream, { headers: attachment(fileName, 'csv') });
	}
	const { total } = await readHazardRows(client, filter, 1);
	if (total > mostLinesInWorkbook)
		refuse({
			code: 'ledger.too_long',
			details: { number: total, expected: mostLinesInWorkbook }
		});
	const lines: LedgerLine[] = [];
	for await (const part of parts) lines.push(...part);
	return sheetFile(fileName, [ledgerSheet(lines, today, words)], 'xlsx');
};
