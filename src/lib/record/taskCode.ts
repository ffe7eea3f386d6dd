import type { InspectionKind } from '#lib/inspection/inspection.ts';

/** What is announced of a check before it begins: the enterprise reads it by the 任务核验码. */
export interface TaskStatement {
	enterpriseId: string;
	kind: InspectionKind;
	taskSource: string | null;
	companionId: string | null;
	/** The lists pinned on the phone; of a recheck there are none. */
	checklistVersionIds: string[];
}

export interface OpenedTask {
	track: 'A' | 'B' | 'C';
	/** Which check of the year it would be. */
	nthOfYear: number;
	/** An instant. */
	openedAt: string;
	statements: number;
}

/** Kept with the draft, so that the code shows where there is no network. */
export interface TaskCode extends OpenedTask {
	/** What the QR carries. */
	address: string;
	/** The statement that the server has, as text: another one is to be sent. */
	stated: string;
}
