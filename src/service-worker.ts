/** Shows notices while no page of ours is open. It keeps no page and answers no request: offline work is the visit's own. */
const worker = self as unknown as ServiceWorkerGlobalScope;

worker.addEventListener('push', (event) => {
	// Encrypted by our server for this browser; a message without text is still owed to the person (userVisibleOnly).
	const { title, text } = (event.data?.json() ?? {}) as { title?: string; text?: string };
	event.waitUntil(
		worker.registration.showNotification(title ?? '安全生产提醒', {
			...(text && { body: text }),
			icon: '/icon.svg',
			lang: 'zh-CN',
			// The newest stands for all: a phone is no list.
			tag: title ?? 'notice'
		})
	);
});

worker.addEventListener('notificationclick', (event) => {
	event.notification.close();
	event.waitUntil(worker.clients.openWindow('/notices'));
});
