import type { Map as MapLibreMap } from 'maplibre-gl';

/** WebGL is not printed: before a page goes to paper, what the map shows is copied to a canvas that is. */
export function copyForPaper(map: MapLibreMap, paper: HTMLCanvasElement): () => void {
	const copy = (): void => {
		const drawn = map.getCanvas();
		paper.width = drawn.width;
		paper.height = drawn.height;
		// What was drawn is there for the task that drew it.
		map.redraw();
		paper.getContext('2d')!.drawImage(drawn, 0, 0);
	};
	addEventListener('beforeprint', copy);
	return () => removeEventListener('beforeprint', copy);
}
