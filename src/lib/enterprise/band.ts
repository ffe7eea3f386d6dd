import type { ShapeName } from '#lib/ui/map/shapes.ts';

/** 记分等级 from the best to the worst, as the packs name them; the risk levels 红橙黄蓝 are another thing. */
export const bandKeys = ['normal', 'warning', 'focus', 'highest'] as const;
export type BandKey = (typeof bandKeys)[number];

/** What a legend or a filter names: a band, or 未评估. */
export const bandChoices = ['highest', 'focus', 'warning', 'normal', 'none'] as const;
export type BandChoice = (typeof bandChoices)[number];

export interface BandLook {
	shape: ShapeName;
	/** Colour token. */
	colour: string;
}

const looks: Record<BandChoice, BandLook> = {
	normal: { shape: 'circle', colour: 'band-normal' },
	warning: { shape: 'triangle', colour: 'band-warning' },
	focus: { shape: 'diamond', colour: 'band-key' },
	highest: { shape: 'square', colour: 'band-highest' },
	none: { shape: 'ring', colour: 'band-none' }
};
export const pendingLook: BandLook = { shape: 'dashed-ring', colour: 'band-pending' };

/** null is 未评估: hollow grey, never green. Throws on a band that no legend explains. */
export function bandChoice(band: string | null): BandChoice {
	if (band === null) return 'none';
	const known = bandKeys.find((key) => key === band);
	if (!known) throw new RangeError(`band: got "${band}", expected one of ${bandKeys.join(', ')}`);
	return known;
}

export const bandLook = (band: string | null): BandLook => looks[bandChoice(band)];

/** 0 is 未评估, then from the best to the worst. */
export const bandRank = (band: string | null): number =>
	band === null ? 0 : 1 + bandKeys.indexOf(band as BandKey);

export const isBandChoice = (text: string): text is BandChoice => bandChoices.includes(text as BandChoice);
