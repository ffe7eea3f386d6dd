import { backendOptionsFromEnvironment, openBackend, type Backend } from '#lib/backend/backend.server.ts';
import { log } from '#lib/backend/log.server.ts';
import { onShutdown } from '#lib/backend/shutdown.server.ts';
import { inviteFirstAdministrator } from '#lib/identity/firstAdministrator.server.ts';
import { refusal } from './refusal.ts';
import { installDictionary } from './installDictionary.server.ts';
import { installPacks } from './installPacks.server.ts';
import { startAssessment } from './startAssessment.server.ts';
import { startAttention } from './startAttention.server.ts';
import { startDocuments } from './startDocuments.server.ts';
import { startTallies } from './startTallies.server.ts';
import { startMap } from '#lib/live/mapKeeper.server.ts';
import { eventReader } from '#lib/live/eventReader.server.ts';
import { startFreezing } from './startFreezing.server.ts';
import { startNotices } from './startNotices.server.ts';
import { startReminders } from './startReminders.server.ts';

/** One thing that has to be so before, or as long as, the server answers. */
interface Step {
	name: string;
	run(backend: Backend, environment: NodeJS.ProcessEnv): Promise<unknown>;
}

/** In this order. Each may be repeated at every start. A worker's step starts it and registers its end. */
const steps: Step[] = [
	{ name: 'dictionary', run: installDictionary },
	{ name: 'packs', run: installPacks },
	{ name: 'first administrator', run: inviteFirstAdministrator },
	{ name: 'map', run: (backend) => startMap(backend, eventReader(backend)) },
	{ name: 'assessment', run: startAssessment },
	{ name: 'attention', run: startAttention },
	{ name: 'freezing', run: startFreezing },
	{ name: 'tallies', run: startTallies },
	{ name: 'documents', run: startDocuments },
	{ name: 'reminders', run: startReminders },
	{ name: 'notices', run: startNotices }
];

/** Runs the steps; `except` names those that a command does not want. */
export async function startUp(
	backend: Backend,
	environment: NodeJS.ProcessEnv,
	{ except = [] as string[] } = {}
): Promise<void> {
	for (const { name, run } of steps) {
		if (except.includes(name)) continue;
		const started = performance.now();
		await run(backend, environment);
		log.debug({ step: name, milliseconds: Math.round(performance.now() - started) }, 'start-up');
	}
}

// The web server is a bundle and may be loaded again while developing; the folder can be opened only once.
const key = Symbol.for('mingcha.server');
const holder = globalThis as { [key]?: { opening: Promise<Backend>; backend?: Backend } };

/** Opens the backend of this server process, once, and runs the steps. */
export function openServer(environment: NodeJS.ProcessEnv): Promise<Backend> {
	if (holder[key]) return holder[key].opening;
	const server: { opening: Promise<Backend>; backend?: Backend } = { opening: open(environment) };
	holder[key] = server;
	return server.opening.then((backend) => (server.backend = backend));
}

async function open(environment: NodeJS.ProcessEnv): Promise<Backend> {
	const opened = await openBackend(backendOptionsFromEnvironment(environment));
	if (!opened.ok) throw refusal(opened.problem);
	onShutdown('backend', () => opened.value.close());
	await startUp(opened.value, environment);
	return opened.value;
}

export function serverBackend(): Backend {
	const backend = holder[key]?.backend;
	if (!backend)
		throw new Error('serverBackend: got a request before the backend was open, expected init first');
	return backend;
}
