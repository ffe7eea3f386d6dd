import type { SubmitFunction } from '@sveltejs/kit';
import type { Problem } from '#lib/problem.ts';
import { putPhoto } from './putPhoto.ts';

/** The photos of one form of this page: they go first, one by one, then the form with their hashes. */
export class PhotoUpload {
	readonly #token: string;
	photos = $state.raw<{ id: string; blob: Blob }[]>([]);
	/** The number of the photo that is on its way; 0: none. */
	sending = $state(0);
	problem = $state.raw<Problem | null>(null);

	constructor(token: string) {
		this.#token = token;
	}

	add(blob: Blob): void {
		// Not everywhere: plain http on a local network has no randomUUID.
		this.photos = [...this.photos, { id: crypto.randomUUID?.() ?? String(Math.random()), blob }];
	}

	remove(id: string): void {
		this.photos = this.photos.filter((photo) => photo.id !== id);
	}

	readonly submit: SubmitFunction = async ({ formData, cancel }) => {
		this.problem = null;
		for (const [index, { blob }] of this.photos.entries()) {
			this.sending = index + 1;
			const put = await putPhoto(this.#token, blob);
			if (!put.ok) {
				this.problem = put.problem;
				this.sending = 0;
				return cancel();
			}
			if (put.value === 'by_form') formData.append('photo', blob, `${index + 1}.jpg`);
			else formData.append('sha256', put.value.sha256);
		}
		return async ({ result, update }) => {
			this.sending = 0;
			if (result.type === 'redirect') this.photos = [];
			await update({ reset: result.type === 'redirect' });
		};
	};
}
