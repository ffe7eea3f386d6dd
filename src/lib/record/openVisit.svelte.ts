import { v7 as uuidV7 } from 'uuid';
import { shanghaiDate } from '#lib/calendar.ts';
import { sha256Hex } from '#lib/canonical.ts';
import { deviceNow, serverNow } from '#lib/inspection/deviceClock.ts';
import { PositionWatch } from '#lib/inspection/positionWatch.svelte.ts';
import type { Problem } from '#lib/problem.ts';
import type { DownscaledPhoto } from '#lib/ui/photo.ts';
import { buildContent, fixContent } from './buildContent.ts';
import type { Draft } from './draft.ts';
import type { DraftStore, StoredPhoto } from './draftStore.ts';
import { provisionalOf } from './provisional.ts';
import { sendVisit, type SendOutcome, type Uploads } from './sendVisit.ts';
import { isTaskCurrent, stateTask } from './stateTask.ts';
import { addPhoto, fix, noteSealed, progressOf, reopen } from './visit.ts';
import type { VisitBundle } from './visitBundle.ts';

/**
 * One visit that is open on this phone. A change is a pure step from draft to draft (`visit.ts`); what comes
 * out is on the screen at once and in the phone's database right after.
 */
export class OpenVisit {
	readonly bundle: VisitBundle;
	readonly store: DraftStore;
	readonly position = new PositionWatch();
	draft = $state.raw() as Draft;
	/** Blobs of the photos by hash; handles only, the bytes stay in the database. */
	blobs = $state.raw<Readonly<Record<string, Blob>>>({});
	saveState = $state<'saved' | 'saving' | 'failed'>('saved');
	uploads = $state.raw<Uploads | null>(null);
	outcome = $state.raw<SendOutcome | null>(null);
	isSending = $state(false);
	isTaskShown = $state(false);
	isStatingTask = $state(false);
	/** Why the server does not have the task as it stands now. */
	taskProblem = $state.raw<Problem | null>(null);
	#unsaved: Draft | null = null;
	#saving: Promise<void> | null = null;

	constructor(store: DraftStore, draft: Draft, bundle: VisitBundle, photos: readonly StoredPhoto[]) {
		this.store = store;
		this.bundle = bundle;
		this.draft = draft;
		this.blobs = Object.fromEntries(photos.map(({ sha256, blob }) => [sha256, blob]));
	}

	/** Today by the server's clock, as far as the phone knows it: deadlines count from it. */
	readonly today = $derived(shanghaiDate(serverNow(this.draft.clockOffsetMilliseconds)));
	readonly progress = $derived.by(() => progressOf(this.draft, this.bundle, this.today));
	readonly provisional = $derived.by(() => provisionalOf(this.draft, this.bundle, deviceNow()));

	/** Ids and times of the device, for the pure steps. */
	hazardStart() {
		const { fix: position } = this.position;
		return {
			id: uuidV7(),
			position,
			at: serverNow(this.draft.clockOffsetMilliseconds)
		};
	}

	change(step: (draft: Draft) => Draft): void {
		this.draft = { ...step(this.draft), updatedAt: deviceNow() };
		this.#save();
	}

	/** Saves the latest state; states that were overtaken while one was written are skipped. */
	#save(): void {
		this.#unsaved = this.draft;
		this.saveState = 'saving';
		this.#saving ??= this.#write();
	}

	async #write(): Promise<void> {
		while (this.#unsaved) {
			const draft = this.#unsaved;
			this.#unsaved = null;
			try {
				await this.store.save(draft);
				if (!this.#unsaved) this.saveState = 'saved';
			} catch (error) {
				this.saveState = 'failed';
				console.error(error);
			}
		}
		// In the same turn as the loop's last look: a change after it starts a new round.
		this.#saving = null;
	}

	/** Resolves when everything up to now is in the phone's database. */
	async saved(): Promise<void> {
		await this.#saving;
	}

	/** Keeps a photo under its hash, before anything refers to it. @returns its sha-256. */
	async keepPhoto(photo: DownscaledPhoto): Promise<string> {
		const sha256 = await sha256Hex(await photo.blob.arrayBuffer());
		await this.store.savePhoto(this.draft.id, sha256, photo.blob);
		this.blobs = { ...this.blobs, [sha256]: photo.blob };
		this.change((draft) =>
			addPhoto(draft, {
				sha256,
				bytes: photo.blob.size,
				mediaType: 'image/jpeg',
				takenAt: photo.takenAt.toISOString(),
				position: this.position.fix
			})
		);
		return sha256;
	}

	/** Photos as the picker shows them. */
	shown(sha256s: readonly string[]): { id: string; blob: Blob }[] {
		return sha256s.flatMap((id) => {
			const blob = this.blobs[id];
			return blob ? [{ id, blob }] : [];
		});
	}

	/** Announces the check as the draft has it; nothing of the visit waits for it. */
	async stateTask(): Promise<void> {
		if (this.isStatingTask || this.draft.sealed || isTaskCurrent(this.draft, this.bundle)) return;
		this.isStatingTask = true;
		try {
			// What was put right while the server was asked is asked anew.
			do {
				const answer = await stateTask(this.draft, this.bundle, fetch);
				this.taskProblem = answer.ok ? null : answer.problem;
				if (answer.ok) this.change((draft) => ({ ...draft, taskCode: answer.value }));
			} while (!this.taskProblem && !isTaskCurrent(this.draft, this.bundle));
		} finally {
			this.isStatingTask = false;
		}
	}

	/** 签章: the content is fixed, kept, and sent as soon as there is a network. */
	async seal(): Promise<void> {
		const content = buildContent(this.draft, this.bundle, this.provisional, deviceNow());
		const fixed = await fixContent(content);
		this.change((draft) => fix(draft, fixed));
		await this.saved();
		await this.send();
	}

	async send(): Promise<void> {
		if (this.isSending || this.draft.sealed || !this.draft.fixed) return;
		this.isSending = true;
		try {
			// A check that began without a network can still be rated by who was checked.
			await this.stateTask();
			const outcome = await sendVisit(this.draft, this.store, fetch, (uploads) => (this.uploads = uploads));
			this.outcome = outcome;
			if (outcome.state !== 'sealed') return;
			this.change((draft) => noteSealed(draft, outcome.answer));
			await this.saved();
			await this.store.releasePhotos(this.draft.id);
		} finally {
			this.isSending = false;
		}
	}

	/** 「返回修改」: the second inspector's offer is taken back as well, where it can be reached. */
	async reopen(): Promise<void> {
		if (this.draft.companionId) {
			await fetch(`/api/inspections/${this.draft.id}/offer`, { method: 'DELETE' }).catch(() => null);
		}
		this.outcome = null;
		this.change(reopen);
	}

	get problem(): Problem | null {
		return this.outcome?.state === 'refused' ? this.outcome.problem : null;
	}
}
