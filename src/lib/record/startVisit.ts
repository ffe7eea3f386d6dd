import { v7 as uuidV7 } from 'uuid';
import { problemStatus, success, type Problem, type Result } from '#lib/problem.ts';
import { startDraft, type Draft } from './draft.ts';
import type { VisitBundle } from './visitBundle.ts';

export interface VisitStart {
	id: string;
	userId: string;
	enterpriseId: string;
	rechecks: string | null;
	/** Somebody goes there because of a 举报. */
	isTriggered: boolean;
}

/** Fetches all that the visit needs and begins its draft. The one question before check-in; none follows until the seal. */
export async function startVisit(
	start: VisitStart,
	send: typeof fetch
): Promise<Result<{ draft: Draft; bundle: VisitBundle }>> {
	const bundle = await fetchBundle(start.enterpriseId, send);
	if (!bundle.ok) return bundle;
	const { bundle: value, clockOffsetMilliseconds } = bundle.value;
	const { enterprise } = value;
	// A community worker rechecks nothing (track C orders nothing); said here, not after an hour's work at the seal.
	const rechecks = value.inspector.role === 'inspector' ? start.rechecks : null;
	const draft = startDraft({
		...start,
		rechecks,
		deliveryId: uuidV7(),
		enterpriseName: enterprise.name,
		contactName: enterprise.contactName ?? enterprise.principal?.name ?? null,
		contactPhone: enterprise.contactPhone ?? enterprise.principal?.phone ?? null,
		clockOffsetMilliseconds,
		at: new Date().toISOString()
	});
	if (rechecks) warmPhotos(value, send);
	return success({ draft, bundle: value });
}

async function fetchBundle(
	enterpriseId: string,
	send: typeof fetch
): Promise<Result<{ bundle: VisitBundle; clockOffsetMilliseconds: number }>> {
	const askedAt = Date.now();
	let response: Response;
	try {
		response = await send(`/api/bundle/${enterpriseId}`);
	} catch {
		return { ok: false, problem: { code: 'backend.unavailable' } };
	}
	const body = (await response.json().catch(() => null)) as VisitBundle | { problem?: Problem } | null;
	if (!response.ok || !body || !('serverAt' in body)) {
		const problem = body && 'problem' in body ? body.problem : undefined;
		return {
			ok: false,
			problem: problem && problem.code in problemStatus ? problem : { code: 'backend.unavailable' }
		};
	}
	// The server's clock was read about half-way between question and answer.
	const heardAt = (askedAt + Date.now()) / 2;
	return success({ bundle: body, clockOffsetMilliseconds: Math.round(Date.parse(body.serverAt) - heardAt) });
}

/** The photos of old hazards, into the browser's own cache: a recheck shows them where there is no network. */
function warmPhotos(bundle: VisitBundle, send: typeof fetch): void {
	const old = bundle.openHazards.flatMap(({ photos, rectifications }) => [
		...photos,
		...rectifications.flatMap((rectification) => rectification.photos)
	]);
	for (const sha256 of new Set(old)) void send(`/api/evidence/${sha256}`).catch(() => null);
}
