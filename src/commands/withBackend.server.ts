import { backendOptionsFromEnvironment, openBackend, type Backend } from '#lib/backend/backend.server.ts';
import type { Translate } from '#lib/messages/index.ts';
import { exitCodes, printProblem } from './terminal.ts';

/**
 * Opens the backend that the environment names, runs a command's work on it and closes it, whatever happens.
 * A folder that a server holds is refused with that server's pid and the page that does the same there.
 * @param page the address of that page.
 */
export async function withBackend(
	environment: NodeJS.ProcessEnv,
	t: Translate,
	page: string,
	work: (backend: Backend) => Promise<number>
): Promise<number> {
	const opened = await openBackend(backendOptionsFromEnvironment(environment));
	if (!opened.ok) {
		printProblem(opened.problem, t, t('command.locked_hint', { page }));
		return exitCodes.refused;
	}
	try {
		return await work(opened.value);
	} finally {
		await opened.value.close();
	}
}
