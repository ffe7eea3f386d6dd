import type { MessageKey, Translate } from '#lib/messages/index.ts';

/** Texts of the page that corrects. They come with the page, so that no other one carries them. */
const keys = {
	title: 'correction.title',
	online: 'correction.online',
	visit: 'correction.visit',
	enterprise: 'correction.enterprise',
	creditCode: 'correction.credit_code',
	address: 'correction.address',
	principal: 'correction.principal',
	phone: 'correction.phone',
	taskSource: 'correction.task_source',
	hazards: 'correction.hazards',
	verdicts: 'correction.verdicts',
	remark: 'correction.remark',
	newDeadline: 'correction.new_deadline',
	clause: 'correction.clause',
	fixedDeadline: 'correction.fixed_deadline',
	withdraw: 'correction.withdraw',
	withdrawn: 'correction.withdrawn',
	addPhotos: 'correction.add_photos',
	changes: 'correction.changes',
	noChanges: 'correction.no_changes',
	points: 'correction.points',
	reason: 'correction.reason',
	reasonHint: 'correction.reason_hint',
	onSite: 'correction.on_site',
	present: 'correction.present',
	absent: 'correction.absent',
	absentHint: 'correction.absent_hint',
	presentHint: 'correction.present_hint',
	officer: 'correction.officer',
	companion: 'correction.companion',
	companionHint: 'correction.companion_hint',
	send: 'correction.send',
	meaning: 'correction.meaning',
	waiting: 'correction.waiting',
	again: 'correction.again',
	change: 'correction.change',
	resumed: 'correction.resumed',
	restart: 'correction.restart',
	unkept: 'correction.unkept'
} as const satisfies Record<string, MessageKey>;

export type CorrectionWords = Record<keyof typeof keys, string>;

export const correctionWords = (t: Translate): CorrectionWords =>
	Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, t(key)])) as CorrectionWords;
