import { json } from '@sveltejs/kit';
import { readValue } from '#lib/backend/answer.ts';
import { isShuttingDown } from '#lib/backend/shutdown.server.ts';
import type { RequestHandler } from './$types';

interface ChainHead {
	head: { position: number; link: string } | null;
}

/** No record stands behind this position: only the head of the chain is asked for. */
const afterEveryRecord = Number.MAX_SAFE_INTEGER;

/** Whether requests can be served: the database answers, at which migration, and where its chain ends. */
export const GET: RequestHandler = async ({ locals: { backend } }) => {
	const { isReady, migration } = await backend.readiness();
	const chain =
		isReady &&
		readValue<ChainHead>(
			await backend.asService('start-up').rpc('read_chain', { p_after: afterEveryRecord, p_limit: 1 })
		);
	const ready = !isShuttingDown() && chain !== false && chain.ok;
	return json(
		{ ready, backend: backend.kind, migration, chainHead: ready ? chain.value.head : null },
		{ status: ready ? 200 : 503, headers: { 'cache-control': 'no-store' } }
	);
};
