import type { IsoDate } from '#lib/calendar.ts';
import { bandLevels, type BandChoice, type BandLevel, type BandLook } from '../band.ts';
import type { MapEnterprise } from '../mapIndex/mapEnterprise.ts';

/** How one enterprise stood at the end of a day under the rules then in force; null where it was 未评估. */
export interface Standing {
	level: BandLevel;
	/** 1/100 */
	points: number;
	/** Whose points these are: those of two schemes are not told apart by their number. */
	scheme: string;
	/** Points grow with what is wrong; under schemes that take away from a hundred they shrink. */
	isMoreWorse: boolean;
}

/** Which way an enterprise went between two days, the most pressing first. */
export const directions = ['worse', 'first', 'lapsed', 'better', 'same'] as const;
export type Direction = (typeof directions)[number];
export const isDirection = (text: string): text is Direction => directions.includes(text as Direction);

const looks: Record<Direction, BandLook> = {
	worse: { shape: 'triangle', colour: 'danger' },
	better: { shape: 'triangle-down', colour: 'success' },
	first: { shape: 'diamond', colour: 'ink-2' },
	lapsed: { shape: 'dashed-ring', colour: 'ink-2' },
	same: { shape: 'circle', colour: 'band-none' }
};
export const directionLook = (direction: Direction): BandLook => looks[direction];

export interface Change {
	direction: Direction;
	/** Steps on the common ladder, more supervised above 0. */
	steps: number;
	/** Points after less points before, 1/100; null where they are not of one scheme. */
	points: number | null;
	/** The same the way that is worse above 0; 0 where it is not known. */
	worsening: number;
	/** Both days have points, by the rules of two schemes. */
	isOtherScheme: boolean;
}

/** The band says it first; within one band the points do, when both are of one scheme. */
export function changeOf(before: Standing | null, after: Standing | null): Change {
	const isOtherScheme = before !== null && after !== null && before.scheme !== after.scheme;
	const points = before && after && !isOtherScheme ? after.points - before.points : null;
	const worsening = points === null || points === 0 ? 0 : after!.isMoreWorse ? points : -points;
	const steps = before && after ? bandLevels.indexOf(after.level) - bandLevels.indexOf(before.level) : 0;
	return {
		direction: directionOf(before, after, steps || worsening),
		steps,
		points,
		worsening,
		isOtherScheme
	};
}

function directionOf(before: Standing | null, after: Standing | null, worse: number): Direction {
	if (!before || !after) return after ? 'first' : before ? 'lapsed' : 'same';
	return worse > 0 ? 'worse' : worse < 0 ? 'better' : 'same';
}

/** Lives in the URL: `moved=worse,first`, `step=normal.focus`, `order=better`. */
export interface ComparisonFilter {
	/** Only what went these ways; none: whatever has changed. */
	moved: readonly Direction[];
	/** Only from one band to another. */
	step: { from: BandChoice; to: BandChoice } | null;
	order: 'worse' | 'better';
}

const choices: readonly string[] = ['none', ...bandLevels] satisfies BandChoice[];

export function comparisonFilterFrom(query: Pick<URLSearchParams, 'get'>): ComparisonFilter {
	const [from, to, ...rest] = (query.get('step') ?? '').split('.');
	const isStep = rest.length === 0 && choices.includes(from!) && choices.includes(to!);
	return {
		moved: (query.get('moved') ?? '').split(',').filter(isDirection),
		step: isStep ? { from: from as BandChoice, to: to as BandChoice } : null,
		order: query.get('order') === 'better' ? 'better' : 'worse'
	};
}

export const comparisonQuery = ({ moved, step, order }: ComparisonFilter): Record<string, string | null> => ({
	moved: moved.join(',') || null,
	step: step && `${step.from}.${step.to}`,
	order: order === 'worse' ? null : order
});

/** The two days of an address, the earlier first; null when it does not compare. Nothing is known of days to come. */
export function daysCompared(
	day: IsoDate | null,
	against: IsoDate | null,
	today: IsoDate
): { from: IsoDate; to: IsoDate } | null {
	if (against === null) return null;
	const [from, to] = [against, day ?? today].map((each) => (each > today ? today : each)).toSorted();
	return { from: from!, to: to! };
}

/** One enterprise on both days. */
export interface Compared {
	ordinal: number;
	before: Standing | null;
	after: Standing | null;
	change: Change;
}

export const isAsked = ({ before, after, change }: Compared, { moved, step }: ComparisonFilter): boolean => {
	if (step && (choiceOf(before) !== step.from || choiceOf(after) !== step.to)) return false;
	if (moved.length > 0) return moved.includes(change.direction);
	return step !== null || change.direction !== 'same';
};

export const choiceOf = (standing: Standing | null): BandChoice => standing?.level ?? 'none';

/** Worst first: by which way, by steps, by points, by where it has come to; equals as the register has them. */
export const byWorsening = (a: Compared, b: Compared): number =>
	directions.indexOf(a.change.direction) - directions.indexOf(b.change.direction) ||
	b.change.steps - a.change.steps ||
	b.change.worsening - a.change.worsening ||
	choices.indexOf(choiceOf(b.after)) - choices.indexOf(choiceOf(a.after)) ||
	a.ordinal - b.ordinal;

/** Best first: what went better before all that did not. */
export const byBettering = (a: Compared, b: Compared): number =>
	Number(b.change.direction === 'better') - Number(a.change.direction === 'better') ||
	byBetteringWithin(a, b);

const byBetteringWithin = (a: Compared, b: Compared): number =>
	a.change.direction === 'better' && b.change.direction === 'better'
		? a.change.steps - b.change.steps || a.change.worsening - b.change.worsening || a.ordinal - b.ordinal
		: byWorsening(a, b);

/** How many went which way, and from which band to which. */
export function sumsOf(all: readonly Compared[]): Pick<Comparison, 'moved' | 'bands'> {
	const moved = Object.fromEntries(directions.map((direction) => [direction, 0])) as Record<
		Direction,
		number
	>;
	const bands: Record<string, number> = {};
	for (const { before, after, change } of all) {
		moved[change.direction]++;
		const step = `${choiceOf(before)}.${choiceOf(after)}`;
		bands[step] = (bands[step] ?? 0) + 1;
	}
	return { moved, bands };
}

export interface OpenHazards {
	open: number;
	major: number;
	overdue: number;
}

export interface ComparedEnterprise extends Compared {
	enterprise: MapEnterprise;
}

/** A changed enterprise on the map: ordinal, WGS-84 degrees, place in `directions`. */
export type ComparedDot = [ordinal: number, longitude: number, latitude: number, direction: number];

/** What two days say of what is looked at. */
export interface Comparison {
	from: IsoDate;
	to: IsoDate;
	/** Before this day nothing is known of anything. */
	beginsOn: IsoDate | null;
	/** Of all that is looked at, whichever way is asked for. */
	enterprises: number;
	moved: Record<Direction, number>;
	/** `normal.focus`: how many were there and are here. */
	bands: Record<string, number>;
	before: OpenHazards;
	after: OpenHazards;
	/** How many are asked for, and how many of them are in sight. */
	total: number;
	inView: number;
	rows: ComparedEnterprise[];
	dots: ComparedDot[];
}
