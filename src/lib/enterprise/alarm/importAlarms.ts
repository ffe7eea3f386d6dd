import { mapColumns, type ColumnMapping } from '#lib/area/importColumns.ts';
import type { ImportRow, ImportTable } from '#lib/area/importTable.ts';
import { cleanCode } from '#lib/area/importText.ts';
import type { LineFault, RefusalReason } from '#lib/area/importVerdict.ts';
import { success, type Result } from '#lib/problem.ts';
import { readCreditCode } from '../register/creditCode.ts';

/** Headings in use in exports of alarm platforms; the first match of a field wins. */
export const alarmSynonyms = {
	creditCode: ['统一社会信用代码', '社会信用代码', '信用代码', '统一信用代码', 'credit code', 'uscc'],
	ref: ['档案编号', '企业编号', '单位编号', '场所编号', 'enterprise ref', 'ref'],
	name: ['企业名称', '单位名称', '场所名称', '联网单位', '名称', 'enterprise name', 'name'],
	device: ['设备', '设备名称', '设备编号', '探测器', '点位', 'device'],
	kind: ['报警类型', '告警类型', '报警内容', '类型', 'alarm kind', 'kind'],
	alarmedAt: ['报警时间', '告警时间', '发生时间', '时间', 'alarmed at', 'time'],
	note: ['备注', '说明', 'note']
} as const satisfies Record<string, readonly string[]>;
export type AlarmField = keyof typeof alarmSynonyms;
export const alarmFields = Object.keys(alarmSynonyms) as AlarmField[];

/** One alarm as `import_device_alarms` takes it. */
export interface AlarmLine {
	line: number;
	name: string;
	creditCode?: string;
	ref?: string;
	device: string;
	kind: string;
	/** An instant with its offset. */
	alarmedAt: string;
	note?: string;
}

export interface AlarmReading {
	mapping: ColumnMapping<AlarmField>;
	alarms: AlarmLine[];
	faults: LineFault[];
}

const instantShape =
	/^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[ T]*(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})秒?|分)?(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?$/;

/** What lists write for a moment → an instant; without an offset it is Shanghai's. null: it names no minute that exists. */
export function readInstant(text: string): string | null {
	const found = instantShape.exec(text.normalize('NFKC').trim());
	if (!found) return null;
	const [year, month, day, hour, minute, second = '0', offset = '+08:00'] = found.slice(1);
	const two = (part: string) => part.padStart(2, '0');
	const written = `${year}-${two(month!)}-${two(day!)}T${two(hour!)}:${two(minute!)}:${two(second)}`;
	// Date.parse takes 31 February for 3 March: what exists comes back as it was written.
	const asUtc = new Date(`${written}Z`);
	if (Number.isNaN(asUtc.getTime()) || asUtc.toISOString().slice(0, 19) !== written) return null;
	return `${written}${offset}`;
}

export function readAlarms(table: ImportTable, byHand: ColumnMapping<AlarmField> = {}): Result<AlarmReading> {
	const mapped = mapColumns(table.columns, alarmSynonyms, ['device', 'kind', 'alarmedAt'], byHand);
	if (!mapped.ok) return mapped;
	const reading: AlarmReading = { mapping: mapped.value, alarms: [], faults: [] };
	for (const row of table.rows) {
		const read = readAlarm(row, mapped.value);
		if ('reason' in read) reading.faults.push(read);
		else reading.alarms.push(read);
	}
	return success(reading);
}

function readAlarm(row: ImportRow, mapping: ColumnMapping<AlarmField>): AlarmLine | LineFault {
	const cell = (field: AlarmField) => (mapping[field] && row.cells[mapping[field]]) || '';
	const name = cell('name') || cell('creditCode') || cell('ref');
	const refuse = (reason: RefusalReason, got?: string): LineFault => ({
		lines: [row.line],
		name,
		reason,
		...(got && { got })
	});
	const whose = cell('creditCode') ? readCreditCode(cell('creditCode')) : null;
	if (whose && !whose.ok) return refuse('credit_code', cell('creditCode'));
	if (!whose && !cell('ref')) return refuse('enterprise_unnamed');
	const alarmedAt = readInstant(cell('alarmedAt'));
	if (!cell('device')) return refuse('alarm_device');
	if (!cell('kind')) return refuse('alarm_kind');
	if (alarmedAt === null) return refuse('alarm_time', cell('alarmedAt'));
	const note = cell('note');
	return {
		line: row.line,
		name,
		...(whose ? { creditCode: whose.value } : { ref: cleanCode(cell('ref')) }),
		device: cell('device'),
		kind: cell('kind'),
		alarmedAt,
		...(note && { note })
	};
}
