import type { Backend } from '#lib/backend/backend.server.ts';
import { log } from '#lib/backend/log.server.ts';
import { publicUrlOf } from '#lib/backend/publicUrl.ts';
import { onShutdown } from '#lib/backend/shutdown.server.ts';
import { readChannels } from '#lib/plan/notice/channelSettings.ts';
import { tellPeople } from '#lib/plan/notice/notice.server.ts';
import { openChannels } from '#lib/plan/notice/openChannels.server.ts';

/** The shortest pause before a second try is as long. */
const lookAgainMilliseconds = 60_000;

/** Tells people what the reminders say, by the channels that are set up; says which these are. */
export async function startNotices(backend: Backend, environment: NodeJS.ProcessEnv): Promise<void> {
	const settings = readChannels(environment);
	if (!settings.ok) {
		const { path, details } = settings.problem;
		throw new Error(`${path}: got something else, expected ${details?.expected} (README.md)`);
	}
	const channels = openChannels(settings.value, backend.keys.push, publicUrlOf(environment));
	log.info({ channels: Object.keys(channels) }, 'notices go out by');
	const closing = new AbortController();
	let running: Promise<unknown> | null = null;
	const run = () => {
		running ??= tellPeople(backend, channels, closing.signal)
			.then((told) => {
				if (told.notices + told.taken + told.failed > 0) log.info(told, 'people told');
			})
			// What was left undone is found again by the next run.
			.catch((error: unknown) => log.error({ err: error }, 'telling people failed'))
			.finally(() => (running = null));
	};
	const often = setInterval(run, lookAgainMilliseconds);
	often.unref();
	onShutdown('workers', async () => {
		closing.abort();
		clearInterval(often);
		await running;
	});
	run();
}
