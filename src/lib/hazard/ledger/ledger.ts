import type { IsoDate } from '#lib/calendar.ts';
import type { Translate } from '#lib/messages/index.ts';
import type { Sheet } from '#lib/ui/sheet.ts';
import type { HazardCause } from '../hazard.ts';
import type { HazardRow } from '../hazardRows.ts';

/** One line of the 隐患台账, as the database gives it. */
export interface LedgerLine extends Pick<
	HazardRow,
	| 'id'
	| 'enterpriseName'
	| 'community'
	| 'siteType'
	| 'part'
	| 'description'
	| 'severity'
	| 'measure'
	| 'deadline'
	| 'state'
	| 'isOverdue'
	| 'stopped'
	| 'foundOn'
	| 'closedOn'
> {
	cause: HazardCause;
	legalBasis: string | null;
	/** 怎样算合格. */
	acceptance: string | null;
	/** Names of those who inspected. */
	foundBy: string;
	/** 主要负责人 of the enterprise; null: not known. */
	principal: string | null;
	/** Names of those who rechecked; empty while nobody has, and for what was put right on the spot. */
	acceptedBy: string;
	/** 资金落实, as the last 治理方案 of a 重大 one states it. */
	funds: string | null;
	orderNumber: string | null;
	supervisedBy: string | null;
	supervisor: string | null;
}

/** More are no workbook that a person reads, and a CSV has no such limit. */
export const mostLinesInWorkbook = 20_000;

type Cell = string | null;
type Column = [key: Parameters<Translate>[0], cell: (line: LedgerLine, words: LedgerWords) => Cell];

/** What a line calls by code. */
export interface LedgerWords {
	t: Translate;
	siteTypeNames: Record<string, string>;
}

/**
 * 隐患台账 in the columns in use (conventions §5). 整改资金 stands empty where no 治理方案 states it: nobody asks a shop
 * for the price of an extinguisher.
 */
const columns: Column[] = [
	['ledger.enterprise', ({ enterpriseName }) => enterpriseName],
	['ledger.community', ({ community }) => community],
	['ledger.site_type', ({ siteType }, { siteTypeNames }) => siteTypeNames[siteType] ?? siteType],
	['ledger.part', ({ part }) => part],
	['ledger.hazard', ({ description }) => description],
	['ledger.severity', ({ severity }, { t }) => t(`enterprise.hazard.severity.${severity}`)],
	['ledger.cause', ({ cause }, { t }) => t(`inspection.hazard.cause.${cause}`)],
	['ledger.legal_basis', ({ legalBasis }) => legalBasis],
	['ledger.found_on', ({ foundOn }) => foundOn],
	['ledger.found_by', ({ foundBy }) => foundBy],
	['ledger.measure', ({ measure }, { t }) => t(`ledger.measure.${measure}`)],
	['ledger.acceptance', ({ acceptance }) => acceptance],
	['ledger.deadline', ({ deadline }) => deadline],
	['ledger.funds', ({ funds }) => funds],
	['ledger.principal', ({ principal }) => principal],
	['ledger.state', (line, { t }) => stateOf(line, t)],
	['ledger.accepted_by', ({ acceptedBy }) => acceptedBy || null],
	['ledger.supervised_by', ({ supervisedBy }) => supervisedBy],
	['ledger.supervisor', ({ supervisor }) => supervisor],
	['ledger.closed_on', ({ closedOn }) => closedOn],
	['ledger.order_number', ({ orderNumber }) => orderNumber]
];

const stateOf = ({ state, isOverdue, stopped }: LedgerLine, t: Translate): string => {
	const name = t(`enterprise.hazard.state.${state}`);
	const said = isOverdue ? t('ledger.state_overdue', { state: name }) : name;
	return stopped ? `${said} · ${t(`enterprise.stop.${stopped}`)}` : said;
};

export const ledgerHeading = (t: Translate): string[] => [
	t('ledger.number'),
	...columns.map(([key]) => t(key))
];

/** `number` counts the lines of this file from 1. */
export const ledgerCells = (
	line: LedgerLine,
	number: number,
	words: LedgerWords
): (string | number | null)[] => [number, ...columns.map(([, cell]) => cell(line, words))];

/** What the file is about, for its notes. */
export const ledgerNotes = (t: Translate, today: IsoDate): string[] => [
	t('ledger.as_of', { today }),
	t('ledger.funds_note')
];

export const ledgerSheet = (lines: readonly LedgerLine[], today: IsoDate, words: LedgerWords): Sheet => ({
	name: words.t('ledger.title'),
	columns: ledgerHeading(words.t),
	rows: lines.map((line, at) => ledgerCells(line, at + 1, words)),
	notes: ledgerNotes(words.t, today)
});
