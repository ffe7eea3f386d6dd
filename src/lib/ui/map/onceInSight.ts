import type { Attachment } from 'svelte/attachments';

/** So much of it must be seen: a strip at the lower edge of a phone is not looked at yet. */
const seenShare = 0.3;

/** Does something once, when an element is looked at and the browser has nothing more urgent to do. */
export const onceInSight =
	(work: () => Promise<void>): Attachment<HTMLElement> =>
	(element) => {
		let isGone = false;
		const idle = globalThis.requestIdleCallback ?? ((late: () => void) => setTimeout(late, 50));
		const observer = new IntersectionObserver(
			([entry]) => {
				if (!entry?.isIntersecting) return;
				observer.disconnect();
				idle(() => {
					if (isGone) return;
					work().catch((error: unknown) => console.error('could not be fetched', error));
				});
			},
			{ threshold: seenShare }
		);
		observer.observe(element);
		return () => {
			isGone = true;
			observer.disconnect();
		};
	};
