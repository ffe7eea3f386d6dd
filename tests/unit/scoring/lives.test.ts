/**
 * Official scores of real inspections, and the tiny folders that say how they are read. The real ones may not be
 * passed on, so they lie beside the project; without them that part is skipped and says so.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { comparisonOf, scoreLives } from '../../../src/commands/score/compareLives.ts';
import { readPack } from '../../../src/commands/score/packFile.ts';

const root = new URL('../../../', import.meta.url).pathname;
const realFolder = join(root, '../shared/data/sf-lives-2015-07');
const isThere = existsSync(realFolder);
if (!isThere) console.warn(`skipped: real inspections are not at ${realFolder}`);

const files = {
	'businesses.csv':
		'business_id,name,city\n1,Sample Kitchen,S.F.\n1,Sample Kitchen,S.F.\n2,"Sample, Bar",S.F.\n',
	'inspections_plus.csv': [
		'"business_id","Score","date","type"',
		'1,87,"20150301","Routine - Unscheduled"', // 7 + 4 + 2: exact
		'1,,"20150301","Complaint"', // not scored
		'1,91,"20150601","Routine - Unscheduled"', // 96: another score, the same grade
		'2,90,"2015-03-01","Routine - Scheduled"', // 91: another score and another grade
		'3,100,"20150301","Routine - Unscheduled"', // a business that is not listed, nothing found
		'2,70,"20250101","Routine - Unscheduled"' // 70: exact, in the future
	].join('\n'),
	'violations_plus.csv': [
		'\ufeff"business_id","date","ViolationTypeID","risk_category","description"',
		'1,"20150301",103101,"High Risk","a"',
		'1,"20150301",103102,"Moderate Risk","b, with a comma"',
		'1,"20150301",103103,"Low Risk","c"',
		'1,"20150601",103103,"Low Risk","c"',
		'1,"20150601",103103,"Low Risk","c"', // repeated: counts again
		'2,"20150301",103101,"High Risk","a"',
		'2,"20150301",103103,"Low Risk","c"',
		'2,"20150301",103109,"N/A","d"',
		...Array.from({ length: 15 }, () => '2,"20250101",103103,"Low Risk","c"'),
		'1,"20150415",103101,"High Risk","on a day without an inspection"'
	].join('\n')
};

let folder = '';
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'mingcha-lives-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(changed: Partial<Record<keyof typeof files, string | null>> = {}): string {
	const target = mkdtempSync(join(folder, 'snapshot-'));
	for (const [name, text] of Object.entries({ ...files, ...changed })) {
		if (text !== null) writeFileSync(join(target, name), text);
	}
	return target;
}

function lives(target: string, ...options: string[]) {
	const command = ['src/commands/score.ts', '--pack', 'sf-lives', '--lives', target, ...options];
	const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8' });
	return { status, stderr, stdout };
}

describe('npm run -s score -- --pack sf-lives --lives', { timeout: 30_000 }, () => {
	it('--compare prints how many official scores and grades the pack gives, as one line', () => {
		const { status, stdout, stderr } = lives(write(), '--compare');
		expect([status, stdout]).toEqual([0, '{"scored":5,"exact":3,"grades":4}\n']);
		expect(stderr.trim().split('\n')).toEqual([
			'note: 1 inspections of unlisted businesses',
			'note: 1 violations on days without an inspection'
		]);
	});

	it('without it prints one line an inspection, the official score beside ours', () => {
		const { stdout } = lives(write());
		expect(
			stdout
				.trim()
				.split('\n')
				.map((line) => JSON.parse(line))
		).toContainEqual({
			business: '2',
			day: '2015-03-01',
			points: 91,
			band: 'Good',
			official: { points: 90, band: 'Adequate' }
		});
	});

	it('the grades come from the bands of the pack', () => {
		const wider = join(folder, 'wider.yaml');
		const text = readFileSync(join(root, 'scoring/packs/sf-lives.yaml'), 'utf8');
		writeFileSync(wider, text.replace('from: 91', 'from: 90').replace('below: 91', 'below: 90'));
		const { compared } = scoreLives(readPack(wider), write());
		expect(comparisonOf(compared)).toEqual({ scored: 5, exact: 3, grades: 5 });
	});

	const broken: [string, Parameters<typeof write>[0], RegExp][] = [
		['a file that is missing', { 'violations_plus.csv': null }, /violations_plus\.csv: no such file/],
		[
			'a column that is missing',
			{ 'inspections_plus.csv': 'business_id,date,type\n1,20150301,x\n' },
			/inspections_plus\.csv:1: got no column score/
		],
		[
			'a score that is no number',
			{ 'inspections_plus.csv': 'business_id,Score,date,type\n1,,20150301,x\n1,A+,20150301,x\n' },
			/inspections_plus\.csv:3: Score: got "A\+", expected a number/
		],
		[
			'a score beyond the pack',
			{ 'inspections_plus.csv': 'business_id,Score,date,type\n1,101,20150301,x\n' },
			/inspections_plus\.csv:2: Score: got 101, expected 0 to 100/
		],
		[
			'a day that does not exist',
			{ 'violations_plus.csv': 'business_id,date,risk_category\n1,20150229,Low Risk\n' },
			/violations_plus\.csv:2: date: got "20150229", expected a day that exists/
		],
		[
			'a category the format does not have',
			{ 'violations_plus.csv': 'business_id,date,risk_category\n1,20150301,Severe\n' },
			/violations_plus\.csv:2: risk_category: got "Severe", expected High Risk/
		],
		[
			'a row without its business',
			{ 'violations_plus.csv': 'business_id,date,risk_category\n,20150301,Low Risk\n' },
			/violations_plus\.csv:2: business_id: got nothing/
		],
		[
			'a row with too few cells',
			{ 'violations_plus.csv': 'business_id,date,risk_category\n1,20150301\n' },
			/violations_plus\.csv:2: got 2 cells, expected 3/
		],
		[
			'a quote that never closes',
			{ 'violations_plus.csv': 'business_id,date,risk_category\n1,"20150301,Low Risk\n' },
			/violations_plus\.csv:\d+: /
		]
	];
	it.each(broken)('%s is refused by file, line and reason', (_, changed, reason) => {
		expect(() => scoreLives(readPack('sf-lives'), write(changed))).toThrow(reason);
	});

	it('a refusal goes to standard error, with exit code 1 and nothing scored', () => {
		const { status, stdout, stderr } = lives(write({ 'businesses.csv': null }), '--compare');
		expect([status, stdout]).toEqual([1, '']);
		expect(stderr).toMatch(/businesses\.csv: no such file, expected a LIVES folder with it\n$/);
	});
});

describe.skipIf(!isThere)('San Francisco, July 2015', { timeout: 60_000 }, () => {
	it('17,695 of 18,109 official scores exactly, 17,961 grades', () => {
		const { compared } = scoreLives(readPack('sf-lives'), realFolder);
		expect(comparisonOf(compared)).toEqual({ scored: 18_109, exact: 17_695, grades: 17_961 });
	});
});
