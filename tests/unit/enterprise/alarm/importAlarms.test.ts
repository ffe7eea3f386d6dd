import { describe, expect, test } from 'vitest';
import { readImportTable } from '#lib/area/importTable.ts';
import { readAlarms, readInstant } from '#lib/enterprise/alarm/importAlarms.ts';

describe('the moment of an alarm, as lists write it', () => {
	test.each([
		['2026-11-02 14:03', '2026-11-02T14:03:00+08:00'],
		['2026-11-02T14:03:09', '2026-11-02T14:03:09+08:00'],
		['2026/1/2 4:03:09.250', '2026-01-02T04:03:09+08:00'],
		['2026年11月2日 14时03分', '2026-11-02T14:03:00+08:00'],
		['２０２６－１１－０２ １４：０３', '2026-11-02T14:03:00+08:00'],
		['2026-11-02T06:03:00Z', '2026-11-02T06:03:00Z'],
		['2026-11-02 06:03:00+00:00', '2026-11-02T06:03:00+00:00']
	])('%s is %s', (written, instant) => expect(readInstant(written)).toBe(instant));

	test.each([
		'',
		'2026-11-02',
		'14:03',
		'2026-02-30 14:03',
		'2026-11-02 25:00',
		'2026-11-02 14:61',
		'昨天下午',
		'02/11/2026 14:03'
	])('“%s” names no minute', (written) => expect(readInstant(written)).toBeNull());
});

test('a list needs to say what, which device and when; every line says whose, or is refused', async () => {
	const table = async (text: string) => {
		const read = await readImportTable(Buffer.from(text));
		if (!read.ok) throw new Error(read.problem.code);
		return read.value;
	};
	expect(readAlarms(await table('单位名称,设备\n示例,探头\n'))).toMatchObject({
		ok: false,
		problem: { code: 'import.columns', path: 'kind' }
	});
	const read = readAlarms(
		await table(
			'联网单位,社会信用代码,探测器,告警类型,告警时间\n甲,91000000MA1T00013A,探头,烟感,2026-11-02 14:03\n乙,,探头,烟感,2026-11-02 14:03\n'
		)
	);
	expect(read).toMatchObject({
		ok: true,
		value: {
			alarms: [
				{ line: 2, name: '甲', creditCode: '91000000MA1T00013A', alarmedAt: '2026-11-02T14:03:00+08:00' }
			],
			faults: [{ lines: [3], name: '乙', reason: 'enterprise_unnamed' }]
		}
	});
});
