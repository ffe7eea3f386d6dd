import type { LonLat } from '#lib/spatial/coordinateSystem.ts';
import { crossesItself } from '../mapIndex/askedShape.ts';
import { mostCorners, type MapFilter } from '../mapIndex/mapFilter.ts';

export const radiusChoicesMetres = [200, 500, 1_000, 2_000] as const;

/** Asking the map: a radius around a place, or an area corner by corner. */
export class MapAsk {
	tool = $state.raw<'radius' | 'area' | null>(null);
	corners = $state.raw<readonly LonLat[]>([]);
	radiusMetres = $state.raw<number>(500);
	readonly canFinish = $derived(this.corners.length >= 3 && !crossesItself(this.corners));
	readonly isCrossed = $derived(crossesItself(this.corners));

	start(tool: 'radius' | 'area'): void {
		this.tool = this.tool === tool ? null : tool;
		this.corners = [];
	}

	stop(): void {
		this.tool = null;
		this.corners = [];
	}

	/** A place was pointed at. Returns the question when it is complete. */
	point(at: LonLat): Partial<MapFilter> | null {
		if (this.tool === 'radius') {
			this.stop();
			return { near: { longitude: at[0], latitude: at[1], radiusMetres: this.radiusMetres }, within: null };
		}
		if (this.corners.length < mostCorners) this.corners = [...this.corners, at];
		return null;
	}

	undo(): void {
		this.corners = this.corners.slice(0, -1);
	}

	finish(): Partial<MapFilter> | null {
		if (!this.canFinish) return null;
		const within = this.corners;
		this.stop();
		return { within, near: null };
	}
}
