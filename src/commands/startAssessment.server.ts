import { startAssessor } from '#lib/assessment/account/assessor.server.ts';
import type { Backend } from '#lib/backend/backend.server.ts';
import { onShutdown } from '#lib/backend/shutdown.server.ts';
import { eventReader } from '#lib/live/eventReader.server.ts';
import { onSealed } from '#lib/record/afterSeal.server.ts';

/** From the seal to the open maps: the account is derived at once, and its event is read at once. */
export async function startAssessment(backend: Backend): Promise<void> {
	const reader = eventReader(backend);
	const assessor = startAssessor(backend, reader.poke);
	onSealed(({ enterpriseId }) => {
		reader.poke();
		void assessor.poke([enterpriseId]);
	});
	onShutdown('workers', () => assessor.close());
	onShutdown('workers', () => reader.close());
}
