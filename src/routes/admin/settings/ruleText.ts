import type { MessageKey, Translate } from '#lib/messages/index.ts';

const labels: Record<string, MessageKey> = {
	'check_in.limits': 'identity.settings.check_in',
	'delivery.valid_days': 'identity.settings.delivery_days',
	'recheck.days': 'identity.settings.recheck_days',
	'appeal.days': 'identity.settings.appeal_days',
	'rating.days': 'identity.settings.rating_days',
	'reminder.days': 'identity.settings.remind',
	'ladder.days': 'identity.settings.ladder'
};

/** A rule as its form calls it; one that no form shows keeps its key. */
export const ruleLabel = (t: Translate, key: string): string => (labels[key] ? t(labels[key]) : key);

/** As the forms have them: the database keeps no order of names. */
const order = [
	'before',
	'over',
	'softAccuracyMetres',
	'hardAccuracyMetres',
	'softDistanceMetres',
	'hardDistanceMetres'
];

/** 「3、1；1、7」: the numbers of a value, in the order of its form. */
export function ruleText(value: unknown): string {
	if (Array.isArray(value)) return value.map(String).join('、');
	if (value === null || typeof value !== 'object') return String(value);
	return Object.entries(value)
		.sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
		.map(([, one]) => ruleText(one))
		.join('；');
}
