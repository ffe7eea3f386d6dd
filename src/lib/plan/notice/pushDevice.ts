/**
 * Web push in this browser. Looking asks for nothing and changes nothing; the browser's own question comes only from
 * `switchOn`, which a person's tap calls.
 */

/** Where this browser stands. */
export type PushState =
	/** WeChat's browser knows no push. */
	| 'wechat'
	/** An older browser, or one without push, such as an iPhone's before the page is on its home screen. */
	| 'unsupported'
	/** The person, or whoever set up the device, has refused notices of this site. */
	| 'blocked'
	| 'off'
	| 'on';

/** What came of switching on. */
export type SwitchedOn =
	| { state: 'on'; subscription: PushSubscriptionJSON }
	| { state: 'blocked' }
	/** The question was closed without an answer. */
	| { state: 'dismissed' }
	/** The browser does not reach its push service. */
	| { state: 'unreachable' };

const workerPath = '/service-worker.js';

const knowsPush = (): boolean =>
	'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;

/** @param known addresses of the devices on record as this person's. */
export async function pushState(known: readonly string[]): Promise<PushState> {
	if (/MicroMessenger/i.test(navigator.userAgent)) return 'wechat';
	if (!knowsPush()) return 'unsupported';
	if (Notification.permission === 'denied') return 'blocked';
	const subscription = await currentSubscription();
	return subscription && known.includes(subscription.endpoint) ? 'on' : 'off';
}

async function currentSubscription(): Promise<PushSubscription | null> {
	const registration = await navigator.serviceWorker.getRegistration();
	return (await registration?.pushManager.getSubscription()) ?? null;
}

/** Asks the person, by the browser, and then the browser's push service. @param key the server's, base64url. */
export async function switchOn(key: string): Promise<SwitchedOn> {
	const permission = await Notification.requestPermission();
	if (permission !== 'granted') return { state: permission === 'denied' ? 'blocked' : 'dismissed' };
	await navigator.serviceWorker.register(workerPath, { type: import.meta.env.DEV ? 'module' : 'classic' });
	const { pushManager } = await navigator.serviceWorker.ready;
	// One of another key is one of another server's: it would take nothing of ours.
	await (await pushManager.getSubscription())?.unsubscribe();
	try {
		const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
		return { state: 'on', subscription: subscription.toJSON() };
	} catch (error) {
		if ((error as DOMException).name === 'NotAllowedError') return { state: 'blocked' };
		return { state: 'unreachable' };
	}
}

/** @returns the address that this browser had, to be taken off the record. */
export async function switchOff(): Promise<string | null> {
	const subscription = await currentSubscription();
	await subscription?.unsubscribe();
	return subscription?.endpoint ?? null;
}
