import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { streetBaseText } from './packs.ts';

const command = new URL('../../../src/commands/score.ts', import.meta.url).pathname;
let folder = '';

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'mingcha-score-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, lines: unknown[]): string {
	const file = join(folder, name);
	writeFileSync(
		file,
		lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')
	);
	return file;
}

function score(...options: string[]) {
	const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...options], { encoding: 'utf8' });
	return { status, stderr, lines: stdout.split('\n').filter(Boolean) };
}

const hazard = (id: string, subject: string, more: object = {}) => ({
	id,
	subject,
	kind: 'hazard.found',
	occurred_on: '2026-03-01',
	attributes: { severity: 'general', hazardId: id },
	...more
});

describe('npm run -s score', () => {
	it('prints one JSON line a subject, with the entries that make the points', () => {
		const facts = write('facts.ndjson', [
			hazard('f2', '乙店'),
			{ id: 'f1', subject: '甲店', kind: 'inspection.completed', occurred_on: '2026-03-01' },
			'',
			hazard('f3', '乙店', { attributes: { severity: 'general', recurrence: true } }),
			hazard('f4', '乙店', { attributes: { severity: 'major' } })
		]);
		const { status, lines } = score('--pack', 'street-base', '--facts', facts, '--as-of', '2026-03-31');
		expect(status).toBe(0);
		expect(lines.map((line) => JSON.parse(line))).toEqual([
			{
				subject: '乙店',
				points: 1.5,
				band: '正常',
				measures: [],
				entries: [
					{ fact: 'f2', clause: '1.1', points: 0.5 },
					{ fact: 'f3', clause: '1.2', points: 1 }
				]
			},
			{ subject: '甲店', points: 0, band: '正常', measures: [], entries: [] }
		]);
	});

	it('with --trace says what became of every fact and what is pending', () => {
		const facts = write('trace.ndjson', [hazard('f1', '甲店', { attributes: { severity: 'major' } })]);
		const { lines } = score('--pack', 'street-base', '--facts', facts, '--as-of', '2026-03-31', '--trace');
		expect(JSON.parse(lines[0]!)).toMatchObject({
			points: 0,
			band: null,
			pending: { points: 3, band: '预警' },
			trace: [
				{ fact: 'f1', outcome: 'entry', clause: '1.3', points: 3, counts: 'pending', state: 'proposed' }
			]
		});
	});

	it('refuses bad facts by file, line and reason, and then scores nothing', () => {
		const facts = write('bad.ndjson', [
			hazard('f1', '甲店'),
			'{"id": "f2"',
			hazard('f3', '甲店', { occurred_on: '2026-02-30' }),
			hazard('f1', '甲店'),
			hazard('f5', '甲店', { points: 0.505 }),
			hazard('f6', '甲店', { severity: 'general' }),
			{ ...hazard('f7', '甲店'), kind: 'decision.confirmed' },
			'[]'
		]);
		const { status, stderr, lines } = score(
			'--pack',
			'street-base',
			'--facts',
			facts,
			'--as-of',
			'2026-03-31'
		);
		expect([status, lines]).toEqual([1, []]);
		const told = stderr.trim().split('\n');
		expect(told.map((line) => line.slice(facts.length).split(':')[1])).toEqual([
			'2',
			'3',
			'4',
			'5',
			'6',
			'7',
			'8'
		]);
		expect(told[0]).toMatch(/not JSON/);
		expect(told[1]).toMatch(/occurred_on: expected a day that exists/);
		expect(told[2]).toMatch(/id: got "f1" again, it stands on line 1/);
		expect(told[3]).toMatch(/points: expected a number with at most two decimals/);
		expect(told[5]).toMatch(/decision.confirmed: got no entry/);
	});

	it('says on standard error how many facts no clause matches, so that none vanishes', () => {
		const facts = write('unmatched.ndjson', [
			hazard('f1', '甲店'),
			{ id: 'f2', subject: '甲店', kind: 'inspection.completed', occurred_on: '2026-03-01' },
			{ id: 'f3', subject: '甲店', kind: 'device.alarm', occurred_on: '2026-03-01' },
			{ id: 'f4', subject: '乙店', kind: 'device.alarm', occurred_on: '2026-03-01' },
			{ id: 'f5', subject: '乙店', kind: 'noise.heard', occurred_on: '2026-03-01' }
		]);
		const { status, stderr, lines } = score(
			...['--pack', 'street-base', '--facts', facts, '--as-of', '2026-03-31']
		);
		expect([status, lines.length]).toEqual([0, 2]);
		expect(stderr).toBe(
			'note: no clause of street-base matches 3 of 5 facts (device.alarm 2, noise.heard 1)\n'
		);
	});

	it('--check accepts a good pack and names the line of a bad one', () => {
		expect(score('--check', 'street-base')).toMatchObject({
			status: 0,
			lines: [expect.stringContaining('ok')]
		});
		const file = write('gap.yaml', [streetBaseText.replace('from: 6\n', 'from: 7\n')]);
		const { status, stderr } = score('--check', file);
		expect(status).toBe(1);
		expect(stderr).toMatch(/gap\.yaml:\d+: bands\.2\.from: got a gap: .* below 6 .* from 7/);
	});

	it.each([
		[2, []],
		[2, ['--pack', 'street-base']],
		[2, ['--unknown']],
		[1, ['--check', 'no-such-pack']],
		[1, ['--pack', 'street-base', '--facts', '/no/such/file', '--as-of', '2026-03-31']]
	])('exit code %d for %j, with a word on why', (code, options) => {
		const { status, stderr, lines } = score(...options);
		expect([status, lines]).toEqual([code, []]);
		expect(stderr).not.toContain('    at ');
		expect(stderr.length).toBeGreaterThan(10);
	});

	it('a day that is none is refused', () => {
		const facts = write('one.ndjson', [hazard('f1', '甲店')]);
		const { status, stderr } = score('--pack', 'street-base', '--facts', facts, '--as-of', '2026-02-29');
		expect([status, stderr]).toEqual([1, 'asOf: got "2026-02-29", expected a day YYYY-MM-DD\n']);
	});
});
