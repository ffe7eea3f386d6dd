export interface Toast {
	id: number;
	tone: 'info' | 'success' | 'warning' | 'danger';
	text: string;
}

const shownMilliseconds = 5_000;
let lastId = 0;

/** The messages on the screen now. Browser only: on a server this would be shared by everybody. */
export const toasts: Toast[] = $state([]);

export const dismissToast = (id: number): void => {
	const index = toasts.findIndex((toast) => toast.id === id);
	if (index >= 0) toasts.splice(index, 1);
};

/** Tells of something that has been done. What needs an answer is a Notice or a Sheet, never a toast. */
export function showToast(text: string, tone: Toast['tone'] = 'success'): void {
	if (typeof document === 'undefined') throw new Error('showToast: got a server, expected a browser');
	const id = ++lastId;
	toasts.push({ id, tone, text });
	// Bad news stays until it is read.
	if (tone === 'success' || tone === 'info') setTimeout(() => dismissToast(id), shownMilliseconds);
}
