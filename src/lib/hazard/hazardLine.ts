import { chineseMonthDay } from '#lib/calendar.ts';
import type { Translate } from '#lib/messages/index.ts';
import type { Hazard } from './hazard.ts';

/** What follows from a hazard, in a line: 「当场改正」, 「限期整改 · 11月30日（含当日）」, 「重大隐患 · …」. */
export function measureLine(hazard: Pick<Hazard, 'measure' | 'severity' | 'deadline'>, t: Translate): string {
	if (hazard.measure === 'on_spot') return t('inspection.hazard.on_spot');
	const name = t(hazard.severity === 'major' ? 'inspection.hazard.major' : 'inspection.hazard.deadline');
	if (!hazard.deadline) return name;
	return `${name} · ${t('inspection.hazard.until_day', { day: chineseMonthDay(hazard.deadline) })}`;
}
