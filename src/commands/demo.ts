/** `npm run demo`: builds, fills an empty data folder with the sample street, serves it and says how to get in. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toString as drawQr } from 'qrcode';
import { packageRoot } from '#lib/backend/packageRoot.server.ts';
import { samplePassword } from '#lib/identity/password.ts';
import { readAddress } from './server/address.ts';
import { buildIfStale } from './server/build.ts';
import type { SampleAccount } from './server/fillSampleFolder.ts';
import { listenOrRefuse, portOrRefuse } from './server/listen.ts';

const roleNames: Record<SampleAccount['role'], string> = {
	administrator: '管理员 administrator',
	leader: '街道领导 leader',
	inspector: '街道检查员 inspector',
	community_worker: '社区工作者 community worker',
	principal: '企业主要负责人 principal'
};

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;
const started = Date.now();

async function timed<Value>(step: string, run: () => Value | Promise<Value>): Promise<Value> {
	const from = Date.now();
	const value = await run();
	console.log(`  ${step.padEnd(34)} ${seconds(Date.now() - from)}`);
	return value;
}

console.log('明察 Mingcha · 示例 demo\n');
const address = readAddress(process.env);
const folder = process.env.DATA_DIR ?? 'data';
if (address.isSecure) process.env.SAMPLE_ACCOUNTS_ON_LAN = '1';
await portOrRefuse(address, process.env);
await timed('构建 build', () => buildIfStale(packageRoot()));
if (!existsSync(join(folder, 'folder.json')))
	await timed('示例街道 sample street', async () => {
		// Only now: a second start should not wait for what only the first one needs.
		const { fillSampleFolder } = await import('./server/fillSampleFolder.ts');
		await fillSampleFolder(folder, samplePassword);
	});
const accounts = JSON.parse(readFileSync(join(folder, 'sample-accounts.json'), 'utf8')) as SampleAccount[];
await timed('启动 start', () => listenOrRefuse(address, process.env));

console.log(`\n共用 ${seconds(Date.now() - started)}。请打开 open:  ${address.localUrl}\n`);
for (const { role, name, email } of accounts)
	console.log(`  ${email.padEnd(26)} ${samplePassword}   ${roleNames[role]} · ${name}`);
if (address.isSecure) {
	console.log(`\n手机扫码打开 scan with a phone (${address.publicUrl}；证书为本机自制，首次打开需确认):`);
	console.log(await drawQr(address.publicUrl, { type: 'terminal', small: true }));
}
console.log('\n以上均为虚构的示例数据。按 Ctrl+C 停止。All of it is fictional; Ctrl+C stops.');
