import type { DeliveredHazard } from '#lib/record/delivery.ts';
import type { Refusal } from './refusal.ts';

/** The forms that stand under one hazard, each with the id that makes sending it twice one. */
export interface HazardForms {
	rectification: { id: string; refusal: Refusal | null };
	/** Null: more time cannot be asked for. */
	extension: { id: string; refusal: Refusal | null; others: readonly DeliveredHazard[] } | null;
}
