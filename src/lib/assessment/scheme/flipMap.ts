import type { AreaBoundaries } from '#lib/area/boundary.ts';
import { bandChoice } from '#lib/enterprise/band.ts';
import type { Dot } from '#lib/enterprise/mapIndex/firstDots.ts';
import { bandGroups, drawFirstLook, type FirstLook } from '#lib/enterprise/mapDrawing/firstLook.ts';
import type { TrialSite } from './schemeTrial.ts';

/** A place after a change of scheme, as SVG paths on one ground. */
export interface FlipMap {
	/** The areas, and those that stay on their level. */
	still: FirstLook;
	changed: FirstLook;
	/** A point for each that changes, to draw circles with. */
	circles: string;
}

/** null when no community has a boundary. */
export function drawFlipMap(boundaries: AreaBoundaries, sites: readonly TrialSite[]): FlipMap | null {
	const flipped = sites.filter(({ isChanged }) => isChanged);
	const draw = (list: readonly TrialSite[]) => drawFirstLook(boundaries, bandGroups(list.flatMap(dotOf)));
	const still = draw(sites.filter(({ isChanged }) => !isChanged));
	const changed = draw(flipped);
	// Without a band all of them are one path of plain points.
	const points = draw(flipped.map((site) => ({ ...site, band: null })));
	if (!still || !changed || !points) return null;
	return { still, changed, circles: points.dots[0]?.path ?? '' };
}

/** What has no position is in no picture. */
const dotOf = ({ longitude, latitude, band }: TrialSite): Dot[] =>
	longitude === null || latitude === null ? [] : [{ longitude, latitude, band: bandChoice(band) }];
