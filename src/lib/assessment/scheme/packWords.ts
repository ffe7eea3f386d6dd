import type { Band, Clause } from '#scoring';
import type { Translate } from '#lib/messages/index.ts';
import type { PackView } from './packView.ts';

const points = (hundredths: number): number => hundredths / 100;

/** What a clause costs or gives, in words. */
export function pointsWord(clause: Pick<Clause, 'points' | 'sharePercent'>, t: Translate): string {
	if (clause.points === null) return t('scheme.share', { percent: clause.sharePercent ?? 0 });
	const { min, max } = clause.points;
	if (min === max) return t('scheme.points_value', { points: points(min) });
	return t('scheme.points_range', { min: points(min), max: points(max) });
}

/** Where a band lies: 以上含本数，以下不含本数. */
export function bandRange({ from, below }: Pick<Band, 'from' | 'below'>, t: Translate): string {
	if (from === null && below === null) return t('scheme.band_all');
	return t('scheme.band_range', {
		from: from === null ? 'none' : points(from),
		below: below === null ? 'none' : points(below)
	});
}

function cycleWord({ cycle }: Pick<PackView, 'cycle'>, t: Translate): string {
	const months = 'months' in cycle ? cycle.months : 0;
	return t(`scheme.cycle.${cycle.kind}`, { months });
}

const limitsWord = ({ floor, ceiling }: Pick<PackView, 'floor' | 'ceiling'>, t: Translate): string =>
	t('scheme.limits_text', {
		floor: floor === null ? 'none' : points(floor),
		ceiling: ceiling === null ? 'none' : points(ceiling)
	});

const directionWord = ({ direction, start }: Pick<PackView, 'direction' | 'start'>, t: Translate): string =>
	t(`scheme.direction.${direction}`, { start: points(start) });

const decidesWord = ({ decides }: Pick<PackView, 'decides'>, t: Translate): string =>
	[
		t('scheme.decides_text', {
			proposes: decides.proposes,
			confirms: decides.confirms,
			people: decides.people
		}),
		...(decides.appealDays === null ? [] : [t('scheme.appeal_days', { days: decides.appealDays })])
	].join(t('scheme.separator'));

export const validityWord = (
	{ validFrom, validTo }: { validFrom: string; validTo: string | null },
	t: Translate
): string => t('scheme.valid_range', { from: validFrom, to: validTo ?? 'none' });

/** The provisions by which schemes differ as a whole, one line each. */
export const headLines = (pack: PackView, t: Translate): { label: string; text: string }[] => [
	{ label: t('scheme.issuer'), text: pack.issuer },
	{ label: t('scheme.subject'), text: t(`scheme.subject.${pack.subject}`) },
	{ label: t('scheme.direction'), text: directionWord(pack, t) },
	{ label: t('scheme.limits'), text: limitsWord(pack, t) },
	{ label: t('scheme.cycle'), text: cycleWord(pack, t) },
	{ label: t('scheme.decides'), text: decidesWord(pack, t) },
	{ label: t('scheme.published'), text: t(`scheme.published.${pack.published ? 'yes' : 'no'}`) },
	{ label: t('scheme.valid'), text: validityWord(pack, t) }
];
