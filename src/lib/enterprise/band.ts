import type { Translate } from '#lib/messages/index.ts';
import type { ShapeName } from '#lib/ui/map/shapes.ts';

/**
 * The common ladder (等级) by which enterprises under different schemes are compared: what fills a dot, counts in
 * the legend, filters and sorts. From the mildest to the most supervised; the risk levels 红橙黄蓝 are another thing.
 */
export const bandLevels = ['normal', 'warning', 'focus', 'highest'] as const;
export type BandLevel = (typeof bandLevels)[number];

/** A band as everybody outside its scheme sees it: the ladder's level, and the scheme's own name for it ('': not known any more). */
export interface Band {
	level: BandLevel;
	name: string;
}

/** What a legend or a filter names: a level, or 未评估. */
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

/** null is 未评估: hollow grey, never green. */
export const bandChoice = (band: Band | null): BandChoice => band?.level ?? 'none';

export const choiceLook = (choice: BandChoice): BandLook => looks[choice];
export const bandLook = (band: Band | null): BandLook => looks[bandChoice(band)];

/** 0 is 未评估, then from the mildest to the most supervised. */
export const bandRank = (band: Band | null): number =>
	band === null ? 0 : 1 + bandLevels.indexOf(band.level);

/** The same level and the same word for it. */
export const isSameBand = (a: Band | null, b: Band | null): boolean =>
	a?.level === b?.level && a?.name === b?.name;

export const isBandChoice = (text: string): text is BandChoice => bandChoices.includes(text as BandChoice);

/**
 * The scheme's word for a band. A bare letter says nothing about its direction (松江's A is the most supervised,
 * elsewhere A is the best), so its place on the ladder is said with it.
 */
export function bandWord(band: Band | null, t: Translate): string {
	if (band === null) return t('enterprise.band.none');
	if (band.name === '') return t(`enterprise.band.${band.level}`);
	const letter = /^([A-Z])\s*级?$/i.exec(band.name)?.[1];
	return letter
		? t('enterprise.band.letter', { letter, level: band.level })
		: t('enterprise.band.name', { name: band.name });
}
