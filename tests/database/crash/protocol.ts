import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { CrashPoint } from '#lib/backend/crashPoint.server.ts';
import type { Result } from '#lib/problem.ts';
import type { InspectionContent } from '#lib/record/content.ts';
import type { SealAnswer } from '#lib/record/sealAnswer.ts';
import type { ChainDefect } from '#lib/record/verifyChain.server.ts';

export type ServerTask =
	| { kind: 'seal'; accessToken: string; content: InspectionContent }
	| { kind: 'check' }
	/** Starts the document worker; with `wait`, answers when nothing is waiting any more. */
	| { kind: 'render'; wait: boolean }
	| { kind: 'close' };

export type ServerAnswer =
	| { kind: 'open' }
	| { kind: 'sealing' }
	| { kind: 'sealed'; answer: Result<SealAnswer> }
	| { kind: 'checked'; faults: string[]; sealed: string[] }
	| { kind: 'rendered'; documents: number; documentsWithoutPdf: number; defects: ChainDefect[] };

type AnswerOf<Kind extends ServerAnswer['kind']> = Extract<ServerAnswer, { kind: Kind }>;

/** A server process from the parent's side. */
export interface SealingServer {
	send(task: ServerTask): void;
	/** Its next line. @throws when it is another one; `null` when the process has ended. */
	next<Kind extends ServerAnswer['kind']>(kind: Kind): Promise<AnswerOf<Kind> | null>;
	/** As `next`, where the process must be alive. */
	expect<Kind extends ServerAnswer['kind']>(kind: Kind): Promise<AnswerOf<Kind>>;
	kill(): void;
	/** Resolves when the process has ended, with the signal that ended it. */
	ended: Promise<NodeJS.Signals | null>;
}

/** Starts a server on the folder and waits until it is open. */
export async function startServer(
	dataFolder: string,
	crashAt: CrashPoint | null = null
): Promise<SealingServer> {
	const child = spawn(process.execPath, [join(import.meta.dirname, 'sealingServer.ts'), dataFolder], {
		stdio: ['pipe', 'pipe', 'inherit'],
		env: { ...process.env, MINGCHA_TEST: '1', ...(crashAt && { MINGCHA_CRASH_AT: crashAt }) }
	});
	const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
	const ended = once(child, 'exit').then(([, signal]) => signal as NodeJS.Signals | null);
	child.stdin.on('error', () => {}); // Whoever is killed does not read on.

	async function next<Kind extends ServerAnswer['kind']>(kind: Kind): Promise<AnswerOf<Kind> | null> {
		const { value, done } = await lines.next();
		if (done) return null;
		if (value.startsWith('{"level"')) return next(kind); // What the server logs.
		const answer = JSON.parse(value) as ServerAnswer;
		if (answer.kind !== kind) throw new Error(`sealing server: got ${value.slice(0, 200)}, expected ${kind}`);
		return answer as AnswerOf<Kind>;
	}
	const server: SealingServer = {
		send: (task) => void child.stdin.write(`${JSON.stringify(task)}\n`),
		next,
		async expect(kind) {
			const answer = await next(kind);
			if (!answer) throw new Error(`sealing server: got its end (${await ended}), expected ${kind}`);
			return answer;
		},
		kill: () => void child.kill('SIGKILL'),
		ended
	};
	await server.expect('open');
	return server;
}
