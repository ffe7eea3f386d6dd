export const live = {
	'live.band_changed': '{name}：{before} → {after}',
	'live.band_pending': '{name}：等级变动待审',
	'live.sealed': '{name}：新的检查已归档，未整改 {open} 条',
	'live.received': '{name}：已收到文书',
	'live.rectified': '{name}：提交了整改',
	'live.adopted': '{name}：上报已采纳',
	'live.new_enterprise': '有新登记的单位'
} as const;
