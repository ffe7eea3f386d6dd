/**
 * `npm test`: everything, in the order in which a mistake is cheapest to find. The last line counts it all.
 * `npm test -- unit e2e` runs only those steps.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installSystemPackages } from './tools/systemPackages.ts';

interface Count {
	passed: number;
	failed: number;
	skipped: number;
}

interface Step {
	name: string;
	command: string[];
	env?: Record<string, string>;
	/** How the step tells its counts; without it the step counts as one. */
	report?: 'vitest' | 'playwright';
	/** Together with the steps before it that say so, too: each keeps one core busy at most, and only reads. */
	isBeside?: boolean;
	/** A system package without which the step cannot run. */
	needs?: string;
}

const root = new URL('..', import.meta.url).pathname;
const reports = mkdtempSync(join(tmpdir(), 'mingcha-reports-'));
const vitest = [
	'vitest',
	'run',
	'--config',
	'tests/vitest.config.ts',
	'--reporter=default',
	'--reporter=json'
];

const steps: Step[] = [
	{
		name: 'lint',
		command: ['eslint', '.', '--cache', '--cache-location', 'node_modules/.cache/eslint/'],
		isBeside: true
	},
	{ name: 'format', command: ['prettier', '--check', '--log-level=warn', '.'], isBeside: true },
	{
		name: 'types',
		command: ['svelte-check', '--tsconfig', './tsconfig.json', '--threshold', 'error'],
		isBeside: true
	},
	{ name: 'unit', command: [...vitest, '--project', 'unit'], report: 'vitest' },
	{
		name: 'database',
		command: [...vitest, '--project', 'database'],
		env: { MINGCHA_TEST_DATABASE: 'pglite' },
		report: 'vitest'
	},
	{
		name: 'postgres',
		command: [...vitest, '--project', 'database'],
		env: { MINGCHA_TEST_DATABASE: 'postgres' },
		report: 'vitest',
		needs: 'PostgreSQL with PostGIS'
	},
	{ name: 'build', command: ['node', 'src/commands/build.ts'] },
	{
		name: 'e2e',
		command: ['playwright', 'test', '--config', 'tests/e2e/playwright.config.ts'],
		report: 'playwright',
		needs: 'Chromium'
	}
];

async function run(step: Step): Promise<Count> {
	const reportFile = join(reports, `${step.name}.json`);
	const command = step.report === 'vitest' ? [...step.command, `--outputFile=${reportFile}`] : step.command;
	const code = await new Promise<number>((resolve) => {
		const child = spawn(join(root, 'node_modules/.bin', command[0]!), command.slice(1), {
			cwd: root,
			stdio: 'inherit',
			// The project's own Node first, also when this file is not started by npm.
			env: {
				...process.env,
				...step.env,
				PATH: `${root}node_modules/.bin:${process.env.PATH}`,
				PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile
			}
		});
		child.on('error', () => resolve(1));
		child.on('exit', (exitCode) => resolve(exitCode ?? 1));
	});
	const counted = step.report && existsSync(reportFile) ? read(step.report, reportFile) : null;
	if (!counted) return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
	// A runner that fails without a failed test (a file that does not load, say) has failed all the same.
	return code !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted;
}

function read(kind: 'vitest' | 'playwright', file: string): Count {
	const report = JSON.parse(readFileSync(file, 'utf8'));
	if (kind === 'vitest') {
		const { numPassedTests: passed, numFailedTests: failed, numPendingTests, numTodoTests } = report;
		return { passed, failed, skipped: numPendingTests + numTodoTests };
	}
	const { expected, flaky, unexpected, skipped } = report.stats;
	return { passed: expected + flaky, failed: unexpected, skipped };
}

const wanted = process.argv.slice(2);
const missing = installSystemPackages();
const total: Count = { passed: 0, failed: 0, skipped: 0 };
const lines: string[] = [];
await run({ name: 'sync', command: ['svelte-kit', 'sync'] });
let beside: Promise<void>[] = [];
for (const step of steps.filter((each) => wanted.length === 0 || wanted.includes(each.name))) {
	if (!step.isBeside) beside = await Promise.all(beside).then(() => []);
	beside.push(take(step));
}
await Promise.all(beside);
console.log(`\n${lines.join('\n')}\n`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;

async function take(step: Step): Promise<void> {
	if (step.needs && missing.includes(step.needs)) {
		console.log(`\n── ${step.name}: skipped, ${step.needs} is not installed and could not be.`);
		total.skipped += 1;
		return;
	}
	console.log(`\n── ${step.name}`);
	const started = Date.now();
	const count = await run(step);
	total.passed += count.passed;
	total.failed += count.failed;
	total.skipped += count.skipped;
	lines.push(
		`${step.name.padEnd(9)} ${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped · ${((Date.now() - started) / 1000).toFixed(0)} s`
	);
}
