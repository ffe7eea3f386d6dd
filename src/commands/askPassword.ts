import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/**
 * A password: from the environment, else asked for without showing it, else the first line that is piped in.
 * Never an argument: those are seen by everybody on the machine.
 */
export async function askPassword(fromEnvironment: string | undefined, question: string): Promise<string> {
	if (fromEnvironment !== undefined) return fromEnvironment;
	process.stderr.write(question);
	const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
	const { isTTY = false } = process.stdin;
	const lines = createInterface({ input: process.stdin, output: nowhere, terminal: isTTY });
	try {
		return await lines.question('');
	} finally {
		lines.close();
		process.stderr.write('\n');
	}
}
