/**
 * Does something heavy once the page has shown what a tap changed, so that the answer to the finger does not wait for
 * the map.
 * @returns takes it back, when something newer stands in its place
 */
export function afterPaint(work: () => void): () => void {
	let timer: ReturnType<typeof setTimeout> | undefined;
	// The frame after next is asked for once the next one is on its way to the screen.
	let frame = requestAnimationFrame(() => {
		frame = requestAnimationFrame(() => {
			timer = setTimeout(work);
		});
	});
	return () => {
		cancelAnimationFrame(frame);
		clearTimeout(timer);
	};
}
