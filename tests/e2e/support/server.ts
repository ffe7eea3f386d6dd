import { spawn, type ChildProcess } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { packageRoot } from '#lib/backend/packageRoot.server.ts';

export interface RunningServer {
	url: string;
	folder: string;
	pid: number;
	/** What it wrote so far, to standard output and error. */
	output(): string;
	/** @returns milliseconds from the signal to the end of the process, and its exit code. */
	stop(signal?: NodeJS.Signals): Promise<{ milliseconds: number; code: number | null }>;
}

export function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const probe = createServer()
			.once('error', reject)
			.listen(0, '127.0.0.1', () => {
				const { port } = probe.address() as AddressInfo;
				probe.close(() => resolve(port));
			});
	});
}

/** `npm start` on a folder, as its own process. @returns once /readyz says so. */
export async function startServer(
	folder: string,
	{ port = 0, environment = {} as Record<string, string>, keepFolder = false } = {}
): Promise<RunningServer> {
	const ownPort = port || (await freePort());
	const url = `http://127.0.0.1:${ownPort}`;
	let output = '';
	const child = spawn(process.execPath, [join(packageRoot(), 'src/commands/serve.ts')], {
		cwd: packageRoot(),
		env: { ...process.env, DATA_DIR: folder, PORT: String(ownPort), ...environment }
	});
	child.stdout.on('data', (chunk) => (output += chunk));
	child.stderr.on('data', (chunk) => (output += chunk));
	const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
	await untilReady(url, child, () => output);
	return {
		url,
		folder,
		pid: child.pid!,
		output: () => output,
		async stop(signal = 'SIGTERM') {
			const from = Date.now();
			child.kill(signal);
			const code = await ended;
			const milliseconds = Date.now() - from;
			if (!keepFolder) await rm(folder, { recursive: true, force: true });
			return { milliseconds, code };
		}
	};
}

async function untilReady(url: string, child: ChildProcess, output: () => string): Promise<void> {
	for (let attempt = 0; attempt < 600; attempt++) {
		if (child.exitCode !== null) throw new Error(`server: got exit ${child.exitCode}\n${output()}`);
		const isReady = await fetch(`${url}/readyz`).then(
			(response) => response.ok,
			() => false
		);
		if (isReady) return;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	child.kill('SIGKILL');
	throw new Error(`server: got no readiness in 60 s\n${output()}`);
}
