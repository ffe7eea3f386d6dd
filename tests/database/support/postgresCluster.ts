import { execFile, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface PostgresCluster {
	/** `postgres://postgres@127.0.0.1:port/name` of one of its databases. */
	urlOf(database: string): string;
	stop(): Promise<void>;
}

/** Debian keeps the server's programs off the PATH, one folder a version. */
export function postgresPrograms(): string {
	const debian = '/usr/lib/postgresql';
	const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
	const folders = [
		...versions.map((version) => join(debian, version, 'bin')),
		...(process.env.PATH ?? '').split(':')
	];
	const found = folders.find((folder) => existsSync(join(folder, 'initdb')));
	if (!found) throw new Error('PostgreSQL: got no initdb, expected PostgreSQL with PostGIS installed');
	return found;
}

/**
 * A private PostgreSQL on a free port of loopback. It never writes through to the disk: what it holds is thrown away with its
 * temporary folder. PostgreSQL refuses to run as root, so then it runs as `postgres`.
 * @param kept a folder instead, which stays; what an earlier run left there is taken up
 */
export async function startPostgresCluster(kept?: string): Promise<PostgresCluster> {
	const programs = postgresPrograms();
	const folder = kept ?? (await mkdtemp(join(tmpdir(), 'mingcha-postgres-')));
	if (kept) await mkdir(kept, { recursive: true });
	const owner = await serverOwner();
	if (owner) await chown(folder, owner.uid, owner.gid);
	await chmod(folder, 0o700);
	const data = join(folder, 'data');
	const port = await freePort();
	const options = { ...owner, cwd: folder, env: { ...process.env, TZ: 'UTC' } };
	if (!existsSync(data))
		await run(
			join(programs, 'initdb'),
			['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
			options
		);
	const settings = {
		port,
		listen_addresses: '127.0.0.1',
		unix_socket_directories: folder,
		fsync: 'off',
		synchronous_commit: 'off',
		full_page_writes: 'off',
		max_connections: '200',
		shared_buffers: '1GB',
		work_mem: '32MB',
		log_min_messages: 'fatal'
	};
	const server = spawn(
		join(programs, 'postgres'),
		['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
		{ ...options, stdio: 'ignore' }
	);
	const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
	try {
		await untilReady(programs, port, () => server.exitCode !== null);
	} catch (error) {
		server.kill('SIGQUIT');
		throw error;
	}
	return {
		urlOf: (database) => `postgres://postgres@127.0.0.1:${port}/${database}`,
		async stop() {
			// Immediate shutdown, unless it is kept: nothing here is worth a checkpoint.
			server.kill(kept ? 'SIGINT' : 'SIGQUIT');
			await ended;
			if (!kept) await rm(folder, { recursive: true, force: true });
		}
	};
}

async function serverOwner(): Promise<{ uid: number; gid: number } | null> {
	if (process.getuid?.() !== 0) return null;
	const id = async (flag: string) => Number((await run('id', [flag, 'postgres'])).stdout);
	return { uid: await id('-u'), gid: await id('-g') };
}

function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const probe = createServer()
			.once('error', reject)
			.listen(0, '127.0.0.1', () => {
				const { port } = probe.address() as AddressInfo;
				probe.close(() => resolve(port));
			});
	});
}

async function untilReady(programs: string, port: number, hasEnded: () => boolean): Promise<void> {
	for (let attempt = 0; attempt < 300; attempt++) {
		if (hasEnded()) throw new Error('PostgreSQL: got an exit at start, expected it to listen');
		try {
			await run(join(programs, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port), '-q']);
			return;
		} catch {
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}
	throw new Error('PostgreSQL: got no answer in 30 s, expected it to listen');
}
