import { expectValue } from '#lib/backend/answer.ts';
import type { Backend } from '#lib/backend/backend.server.ts';
import { log } from '#lib/backend/log.server.ts';
import { onShutdown } from '#lib/backend/shutdown.server.ts';
import type { Result } from '#lib/problem.ts';
import { onSealed } from './afterSeal.server.ts';
import { keepHead } from './chainHead.server.ts';
import {
	noteRenderProblem,
	renderDocument,
	renderMarkedCopy,
	type PublicAddress
} from './renderDocument.server.ts';
import { signWaiting, type SigningOptions } from './signDocument.server.ts';

export interface DocumentWorker {
	/** There may be something to render. Cheap; many pokes at once are one. */
	poke(): void;
	/** One document now, because somebody asks for it. */
	render(documentId: string): Promise<Result<{ sha256: string }>>;
	/** A copy of a replaced paper that says so; kept nowhere. */
	markedCopy(documentId: string): Promise<Result<Uint8Array<ArrayBuffer>>>;
	/** Resolves when nothing is waiting any more. */
	idle(): Promise<void>;
	/** Ends after the document at hand. */
	close(): Promise<void>;
}

/** How often it looks by itself: for retries, and for what another process sealed on the same database. */
const lookEveryMilliseconds = 60_000;
const documentsPerLook = 20;

/**
 * Renders what was sealed. It starts with what an earlier process left unfinished, then waits to be poked; a
 * document that cannot be rendered says why and is tried again later, never in a loop.
 * Histories loaded from elsewhere are rendered when somebody opens them (see `documents_to_render`).
 * What was rendered it signs, where the agency's certificate is in the folder.
 */
export function startDocumentWorker(
	backend: Backend,
	address: PublicAddress,
	signing: SigningOptions = { timestampUrl: null }
): DocumentWorker {
	let isClosed = false;
	let isPoked = false;
	let working: Promise<void> | null = null;

	async function work(): Promise<void> {
		while (isPoked && !isClosed) {
			isPoked = false;
			try {
				if ((await keepHead(backend)) === 'broken')
					log.error('record chain: got another head than the kept one');
				await renderWaiting();
				if (!isClosed) await sign();
			} catch (error) {
				// The database is away or refuses; the next look tries again.
				log.error({ err: error }, 'document worker');
			}
		}
		working = null;
	}

	async function sign(): Promise<void> {
		const signed = await signWaiting(backend, signing);
		if (!signed.ok) log.warn({ problem: signed.problem }, 'documents not signed');
	}

	async function renderWaiting(): Promise<void> {
		for (;;) {
			const waiting = expectValue<string[]>(
				await backend.asService('document worker').rpc('documents_to_render', { p_limit: documentsPerLook })
			);
			if (waiting.length === 0) return;
			for (const documentId of waiting) {
				if (isClosed) return;
				await renderOne(documentId);
				// A page takes milliseconds of the server's own thread: others get their turn in between.
				await new Promise((resolve) => setImmediate(resolve));
			}
		}
	}

	/** What could not be rendered is noted with its time to retry, so it is not among the waiting of the next look. */
	async function renderOne(documentId: string): Promise<void> {
		try {
			const rendered = await renderDocument(backend, documentId, address);
			if (!rendered.ok) log.warn({ documentId, problem: rendered.problem.code }, 'document not rendered');
		} catch (error) {
			log.error({ documentId, err: error }, 'document not rendered');
			await noteRenderProblem(backend, documentId, { code: 'document.failed' });
		}
	}

	function poke(): void {
		isPoked = true;
		if (!isClosed) working ??= work();
	}

	const stopListening = onSealed(poke);
	const timer = setInterval(poke, lookEveryMilliseconds);
	timer.unref();
	poke();

	return {
		poke,
		async render(documentId) {
			const rendered = await renderDocument(backend, documentId, address);
			// It may have to be signed; who asked for the paper does not wait for that.
			poke();
			return rendered;
		},
		markedCopy: (documentId) => renderMarkedCopy(backend, documentId, address),
		idle: async () => {
			while (working) await working;
		},
		async close() {
			isClosed = true;
			stopListening();
			clearInterval(timer);
			await working;
		}
	};
}

// The pages of a server ask its one worker, also after their module was loaded again while developing.
const key = Symbol.for('mingcha.documentWorker');
const holder = globalThis as { [key]?: DocumentWorker };

/** Starts the worker of this server; it ends with the server. */
export function serveDocuments(
	backend: Backend,
	address: PublicAddress,
	signing: SigningOptions
): DocumentWorker {
	const worker = startDocumentWorker(backend, address, signing);
	onShutdown('workers', () => worker.close());
	return (holder[key] = worker);
}

export function documentWorker(): DocumentWorker {
	const worker = holder[key];
	if (!worker)
		throw new Error('documentWorker: got a request before it was started, expected start-up first');
	return worker;
}
