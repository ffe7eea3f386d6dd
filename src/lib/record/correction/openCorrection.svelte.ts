import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import { canonicalText, sha256Hex } from '#lib/canonical.ts';
import type { Hazard } from '#lib/hazard/hazard.ts';
import { deviceNow } from '#lib/inspection/deviceClock.ts';
import { isEmptySignature, type Strokes } from '#lib/inspection/inspection.ts';
import type { Problem } from '#lib/problem.ts';
import type { DownscaledPhoto } from '#lib/ui/photo.ts';
import type { InspectionContent } from '../content.ts';
import { changesBetween, type Change } from './changes.ts';
import { correctedParts, draftOf, type CorrectionDraft } from './correction.ts';
import type { UnfinishedCorrection } from './keptCorrection.ts';
import type { CorrectionAnswer } from './sealCorrection.server.ts';

export interface CorrectionStart {
	id: string;
	inspectionId: string;
	content: InspectionContent;
	supersedes: string;
	number: number;
	by: 'officer' | 'supervisor';
	me: { userId: string; name: string; licence: string | null };
}

/** What somebody is about to put right: the sealed record is the draft it begins with, unless one was left unfinished. */
export class OpenCorrection {
	readonly start: CorrectionStart;
	draft: CorrectionDraft = $state.raw({} as CorrectionDraft);
	#reason = $state('');
	companionId = $state<string | null>(null);
	isPresent = $state(false);
	onSite = $state.raw<{ name: string; duty: string; signature: Strokes | null }>({
		name: '',
		duty: '',
		signature: null
	});
	signature = $state.raw<Strokes | null>(null);
	/** Sent once and waiting for the second officer; the very text they sign. */
	waiting = $state.raw<InspectionContent | null>(null);
	blobs = new SvelteMap<string, Blob>();
	#taken = new SvelteMap<string, InspectionContent['evidence'][number]>();

	#id = $state('');

	constructor(start: CorrectionStart) {
		this.start = start;
		this.begin();
	}

	/** As the record stands. */
	begin(): void {
		const { content, id } = this.start;
		const { onSite } = content;
		this.#id = id;
		this.draft = draftOf(content);
		this.onSite =
			onSite?.outcome === 'signed'
				? { name: onSite.name, duty: onSite.duty ?? '', signature: null }
				: { name: '', duty: '', signature: null };
		this.#reason = '';
		this.companionId = null;
		this.isPresent = false;
		this.signature = null;
		this.waiting = null;
		this.blobs.clear();
		this.#taken.clear();
	}

	/** Nothing would be lost with it. */
	get isUntouched(): boolean {
		return this.changes.length === 0 && this.reason === '' && this.waiting === null;
	}

	/** All of it, to be kept on this device. */
	get unfinished(): UnfinishedCorrection {
		const { draft, reason, companionId, isPresent, onSite, waiting } = this;
		const { name, duty } = onSite;
		return {
			...{ id: this.#id, reason, companionId, isPresent, onSite: { name, duty }, waiting },
			draft: { ...draft, hazards: [...draft.hazards], verdicts: [...draft.verdicts] },
			photos: [...this.#taken.values()].map((entry) => ({ entry, blob: this.blobs.get(entry.sha256)! }))
		};
	}

	/** Goes on where somebody left. */
	resume({ id, draft, photos, onSite, ...said }: UnfinishedCorrection): void {
		this.#id = id;
		this.draft = {
			...draft,
			hazards: new SvelteMap(draft.hazards),
			verdicts: new SvelteMap(draft.verdicts)
		};
		for (const { entry, blob } of photos) {
			this.blobs.set(entry.sha256, blob);
			this.#taken.set(entry.sha256, entry);
		}
		this.onSite = { ...onSite, signature: null };
		Object.assign(this, said);
	}

	get reason(): string {
		return this.#reason;
	}

	set reason(words: string) {
		this.#reason = words;
		this.#unsign();
	}

	/** Nobody's signature survives a change of what they signed. */
	#unsign(): void {
		this.signature = null;
		this.onSite = { ...this.onSite, signature: null };
	}

	/** The record that holds, with what was changed. */
	get parts() {
		return correctedParts(this.start.content, this.draft);
	}

	get changes(): Change[] {
		const { content } = this.start;
		return changesBetween(content, { ...content, ...this.parts, onSite: this.#signed() });
	}

	/** The account is reckoned anew. */
	get isScored(): boolean {
		return this.parts.provisional === null && this.start.content.provisional !== null;
	}

	set(change: Partial<CorrectionDraft>): void {
		this.draft = { ...this.draft, ...change };
		this.#unsign();
	}

	/** Null: it falls away. */
	setHazard(id: string, change: Partial<Hazard> | null): void {
		const hazards = new SvelteMap(this.draft.hazards);
		const sealed = this.start.content.hazards.find((hazard) => hazard.id === id)!;
		if (change) hazards.set(id, { ...(hazards.get(id) ?? sealed), ...change });
		else hazards.delete(id);
		this.set({ hazards });
	}

	setVerdict(id: string, change: { note?: string | null; newDeadline?: string }): void {
		const verdicts = new SvelteMap(this.draft.verdicts);
		verdicts.set(id, { ...verdicts.get(id)!, ...change });
		this.set({ verdicts });
	}

	async addPhoto(hazard: Hazard, photo: DownscaledPhoto): Promise<void> {
		const sha256 = await sha256Hex(await photo.blob.arrayBuffer());
		this.blobs.set(sha256, photo.blob);
		this.#taken.set(sha256, {
			sha256,
			bytes: photo.blob.size,
			mediaType: 'image/jpeg',
			takenAt: photo.takenAt.toISOString(),
			position: null
		});
		this.setHazard(hazard.id, { photos: [...new SvelteSet([...hazard.photos, sha256])] });
	}

	#signed(): InspectionContent['onSite'] {
		const { name, duty, signature } = this.onSite;
		if (!this.isPresent) return null;
		return {
			outcome: 'signed',
			name: name.trim(),
			duty: duty.trim() || null,
			phone: null,
			signature: signature ?? { widthPixels: 1, heightPixels: 1, strokes: [] },
			at: deviceNow()
		};
	}

	/** What is still to be done before it can be sent, by its field; null: nothing. */
	lack(needsCompanion: boolean): Problem | null {
		if (this.changes.length === 0) return { code: 'correction.nothing', path: 'changes' };
		if (this.reason.trim().length < 2) return { code: 'request.invalid', path: 'reason' };
		if (needsCompanion && !this.companionId) return { code: 'signature.cosigner', path: 'companion' };
		if (this.isPresent && !this.onSite.name.trim()) return { code: 'signature.missing', path: 'onSite' };
		if (this.isPresent && (!this.onSite.signature || isEmptySignature(this.onSite.signature)))
			return { code: 'signature.empty', path: 'onSite' };
		if (!this.signature || isEmptySignature(this.signature))
			return { code: 'signature.empty', path: 'inspector' };
		return null;
	}

	content(): InspectionContent {
		const { content, supersedes, number, by, me, inspectionId } = this.start;
		return {
			...content,
			...this.parts,
			id: this.#id,
			supersedes,
			correction: { inspectionId, number, reason: this.reason.trim(), by },
			onSite: this.#signed(),
			inspector: { ...me, signature: this.signature!, at: deviceNow() },
			companionId: this.companionId,
			evidence: [
				...content.evidence,
				...[...this.#taken.values()].filter(({ sha256 }) =>
					this.parts.hazards.some(({ photos }) => photos.includes(sha256))
				)
			]
		};
	}

	/** Sends the photos, the offer to the second officer, and the correction. */
	async send(): Promise<CorrectionAnswer | { state: 'refused'; problem: Problem }> {
		const content = this.waiting ?? this.content();
		for (const [sha256, blob] of this.waiting ? [] : this.blobs) {
			const put = await ask(`/api/evidence/${sha256}`, { method: 'PUT', body: blob });
			if (!put.ok) return { state: 'refused', problem: put.problem };
		}
		if (content.companionId && !this.waiting) {
			const offered = await post(`/api/inspections/${content.id}/offer`, content);
			if (!offered.ok) return { state: 'refused', problem: offered.problem };
		}
		const answer = await post<CorrectionAnswer>(
			`/api/inspections/${this.start.inspectionId}/correct`,
			content
		);
		if (!answer.ok) return { state: 'refused', problem: answer.problem };
		if (answer.value.state === 'awaiting_cosignature') this.waiting = content;
		return answer.value;
	}
}

type Reply<Value> = { ok: true; value: Value } | { ok: false; problem: Problem };

const post = <Value = unknown>(address: string, content: InspectionContent): Promise<Reply<Value>> =>
	ask(address, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: canonicalText(content)
	});

async function ask<Value = unknown>(address: string, init: RequestInit): Promise<Reply<Value>> {
	try {
		const response = await fetch(address, init);
		const body = (await response.json().catch(() => null)) as (Value & { problem?: Problem }) | null;
		if (response.ok && body) return { ok: true, value: body };
		return { ok: false, problem: body?.problem ?? { code: 'backend.unavailable' } };
	} catch {
		return { ok: false, problem: { code: 'backend.unavailable' } };
	}
}
