import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBackend } from '#lib/backend/backend.server.ts';
import { packageRoot } from '#lib/backend/packageRoot.server.ts';
import { ids } from '../record/street.ts';
import { copyTemplate, pgliteTemplate } from '../support/pgliteTemplate.ts';
import { openTestBackend, testDatabase, type TestBackend } from '../support/testBackend.ts';

interface Ran {
	code: number;
	out: string;
	said: string;
}

function run(command: string, dataFolder: string, ...args: string[]): Promise<Ran> {
	return new Promise((resolve) => {
		execFile(
			process.execPath,
			[join(packageRoot(), `src/commands/${command}.ts`), ...args],
			{ cwd: packageRoot(), env: { ...process.env, DATA_DIR: dataFolder, LANG: 'zh_CN.UTF-8', LC_ALL: '' } },
			(error, out, said) => resolve({ code: error ? Number(error.code) : 0, out, said })
		);
	});
}

/** A counter that counts what never was. */
async function addDrift(dataFolder: string): Promise<void> {
	const reopened = await openBackend({ dataFolder });
	if (!reopened.ok || reopened.value.kind !== 'embedded') throw new Error('expected the folder to open');
	await reopened.value.sql(
		`insert into public.tally_flows (scope, site_type, severity, day, found) values ('0001', 'restaurant', 'general', '2026-01-01', 1)`
	);
	await reopened.value.close();
}

const list =
	'企业名称,统一社会信用代码,地址\n示例餐饮店,91000000MA1T00013A,示例路1号\n示例酒馆,91000000MA1T000215,示例路2号\n';

// The commands open the folder themselves; how they read lists is tested on both databases beside this file.
describe.skipIf(testDatabase() === 'postgres')('at the terminal', { timeout: 480_000 }, () => {
	let opened: TestBackend;
	let work: string;
	let file: string;
	let folder: string;

	beforeAll(async () => {
		opened = await openTestBackend();
		work = await mkdtemp(join(tmpdir(), 'mingcha-terminal-'));
		file = join(work, '名单.csv');
		folder = join(work, 'data');
		await writeFile(file, list);
		await copyTemplate(await pgliteTemplate(), folder);
	});
	afterAll(async () => {
		await opened.close();
		await rm(work, { recursive: true, force: true });
	});
	const load = (target: string, ...more: string[]) =>
		run('import', target, 'enterprises', file, '--site-type', 'restaurant', ...more);

	test('a folder that a server holds is refused with its pid and the page to use', async () => {
		const refused = await load(opened.dataFolder, '--crs', 'wgs84');
		expect(refused.code).toBe(1);
		expect(refused.said).toContain(`进程 ${process.pid}`);
		expect(refused.said).toContain('/admin/import');
		expect((await run('backup', opened.dataFolder, join(work, 'held.tar'))).said).toContain('/admin');
	});

	test('wrong usage is told apart from a refusal', async () => {
		expect((await run('import', folder, 'people', file)).code).toBe(2);
		expect((await load(folder, '--crs', 'wgs84', '--colour', 'red')).code).toBe(2);
		expect((await run('import', folder, 'areas', join(work, 'none.csv'))).said).toContain('none.csv');
		const withoutSystem = await load(folder);
		expect(withoutSystem).toMatchObject({ code: 1 });
		expect(withoutSystem.said).toContain('import.crs');
	});

	test('without an administrator nobody may import, and it says how to get one', async () => {
		const refused = await load(folder, '--crs', 'wgs84');
		expect(refused).toMatchObject({ code: 1, out: '' });
		expect(refused.said).toContain('npm start');
	});

	test('a list is loaded line by line, a second time nothing changes, and the use of the folder is noted', async () => {
		const own = await openTestBackend();
		const admin = await own.signUp('admin@example.cn');
		await own.sql(
			`insert into public.agencies (id, scope, name, short_name) values ($1, '', '示例安监所', '示例')`,
			[ids.agency]
		);
		await own.sql(
			`insert into public.memberships (user_id, role, agency_id, scope, display_name) values ($1, 'administrator', $2, '', '测试')`,
			[admin.userId, ids.agency]
		);
		await own.backend.close();
		try {
			const dry = await load(own.dataFolder, '--crs', 'gcj02', '--dry-run');
			expect(dry.out).toContain('名单.csv:2 示例餐饮店 新增，待定区域');
			expect(dry.said).toContain('什么都没有写入');
			const first = await load(own.dataFolder, '--crs', 'gcj02', '--json');
			expect(first.code).toBe(0);
			expect(JSON.parse(first.out)).toMatchObject({ kept: true, counts: { loaded_outside: 2 } });
			const again = await load(own.dataFolder, '--crs', 'gcj02');
			expect(again.said).toContain('无变化 2');
			await writeFile(join(work, 'bad.csv'), list.replace('13A', '13B'));
			const bad = await run(
				'import',
				own.dataFolder,
				'enterprises',
				join(work, 'bad.csv'),
				'--crs',
				'wgs84',
				'--site-type',
				'restaurant'
			);
			expect(bad).toMatchObject({ code: 1 });
			expect(bad.out).toContain(
				'bad.csv:2 示例餐饮店 不导入；统一社会信用代码没有通过校验：91000000MA1T00013B'
			);
			expect((await run('verify', own.dataFolder)).out).toContain('全部一致');
			expect((await run('recount', own.dataFolder)).out).toContain('统计与台账一致');
			await addDrift(own.dataFolder);
			const drift = await run('recount', own.dataFolder);
			expect(drift).toMatchObject({ code: 1 });
			expect(drift.out).toContain('tally_flows 0001/restaurant/general/2026-01-01：实为 [1,0,0,0]，应为 —');
			expect(await run('recount', own.dataFolder, '--repair')).toMatchObject({ code: 0 });
			expect(await run('recount', own.dataFolder)).toMatchObject({ code: 0 });
			const archive = join(work, 'whole.tar');
			expect((await run('backup', own.dataFolder, archive)).out).toContain('密钥');
			expect((await stat(archive)).mode & 0o077).toBe(0);
			expect((await run('backup', own.dataFolder, archive)).said).toContain('backup.exists');
			const restored = await run('restore', join(work, 'restored'), archive);
			expect(restored).toMatchObject({ code: 0 });
			expect(restored.out).toContain('全部校验一致');
		} finally {
			await rm(own.dataFolder, { recursive: true, force: true });
		}
	});
});
