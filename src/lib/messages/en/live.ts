import type { live as zhCN } from '../zh-CN/live.ts';

export const live: Record<keyof typeof zhCN, string> = {
	'live.band_changed': '{name}: {before} → {after}',
	'live.band_pending': '{name}: change of band awaits review',
	'live.sealed': '{name}: inspection sealed, {open} open',
	'live.received': '{name}: document received',
	'live.rectified': '{name}: rectification sent',
	'live.adopted': '{name}: report adopted',
	'live.new_enterprise': 'A new site was registered'
};
