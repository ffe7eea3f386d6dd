import { Dexie, type Table } from 'dexie';
import type { Hazard } from '#lib/hazard/hazard.ts';
import type { InspectionContent } from '../content.ts';
import type { CorrectionDraft } from './correction.ts';

/**
 * A correction that was begun: what was typed and photographed, and the text that waits for a second officer. Whoever
 * comes back to it signs what they then read: no signature is kept, but those of a text that was sent.
 */
export interface UnfinishedCorrection {
	/** Of the correction itself: sent again, it is the same one. */
	id: string;
	draft: Omit<CorrectionDraft, 'hazards' | 'verdicts'> & {
		hazards: [string, Hazard][];
		verdicts: [string, { note: string | null; newDeadline: string | null }][];
	};
	reason: string;
	companionId: string | null;
	isPresent: boolean;
	onSite: { name: string; duty: string };
	waiting: InspectionContent | null;
	photos: { blob: Blob; entry: InspectionContent['evidence'][number] }[];
}

interface Kept {
	userId: string;
	/** The record in whose place it would stand: of one that was replaced meanwhile nothing is taken up again. */
	supersedes: string;
	keptAt: number;
	unfinished: UnfinishedCorrection;
}

const keptDays = 30;

/** Beside the drafts of visits (draftStore.ts), by person: two people may share a phone. */
class CorrectionDatabase extends Dexie {
	kept!: Table<Kept, [string, string]>;

	constructor() {
		super('mingcha-corrections');
		this.version(1).stores({ kept: '[userId+supersedes], keptAt' });
	}
}

/** What one person has begun to put right in one record, on this device. */
export interface CorrectionKeeper {
	read(): Promise<UnfinishedCorrection | null>;
	keep(unfinished: UnfinishedCorrection): Promise<void>;
	forget(): Promise<void>;
}

export function keepCorrection(userId: string, supersedes: string): CorrectionKeeper {
	const { kept } = new CorrectionDatabase();
	return {
		async read() {
			await kept
				.where('keptAt')
				.below(Date.now() - keptDays * 86_400_000)
				.delete();
			return (await kept.get([userId, supersedes]))?.unfinished ?? null;
		},
		async keep(unfinished) {
			await kept.put({ userId, supersedes, keptAt: Date.now(), unfinished });
		},
		forget: () => kept.delete([userId, supersedes])
	};
}
