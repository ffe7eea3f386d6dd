import type { IsoDate } from '#lib/calendar.ts';
import type { StopKind } from '#lib/enterprise/stop.ts';

export const roundReasons = [
	'recheck_overdue',
	'rectification_submitted',
	'recheck_due',
	'supervised',
	'tipoff',
	'opinion',
	'device_alarm',
	'never_inspected',
	'long_ago'
] as const;
export type RoundReason = (typeof roundReasons)[number];

/** One place to go to today, and why. */
export interface RoundTask {
	id: string;
	name: string;
	address: string;
	siteType: string;
	longitude: number | null;
	latitude: number | null;
	riskLevel: 'major' | 'considerable' | 'general' | 'low' | null;
	lastInspectedOn: IsoDate | null;
	openHazards: number;
	/** What it had to stop and may not use yet. */
	stop: StopKind | null;
	nextDeadline: IsoDate | null;
	reason: RoundReason;
	/** 动态风险分, 0–100; null: not known. It orders what is equally urgent. */
	attention: number | null;
	/** Open leads of devices (设备报警线索). */
	alarms: number;
	/** The inspection whose open hazards are due: what a recheck names. */
	rechecks: string | null;
	/** What a leader asks of the person whose round this is (督办), the nearest deadline. */
	supervision: { id: string; deadline: IsoDate; demand: string } | null;
	/** 举报 that was taken up and nobody has looked at yet, the oldest: what it says, for inspectors only. */
	tipoff: { id: string; description: string } | null;
}

const recheckReasons: readonly RoundReason[] = ['recheck_overdue', 'rectification_submitted', 'recheck_due'];

/** Whether one goes there to look at old hazards again. */
export const isRecheck = (task: Pick<RoundTask, 'reason' | 'rechecks'>): boolean =>
	task.rechecks !== null && recheckReasons.includes(task.reason);

/** Where the visit of a task begins. */
export function visitPath(task: Pick<RoundTask, 'id' | 'reason' | 'rechecks' | 'tipoff'>): string {
	const query = new URLSearchParams({ enterprise: task.id });
	if (isRecheck(task)) query.set('rechecks', task.rechecks!);
	else if (task.tipoff) query.set('kind', 'triggered');
	return `/visit/new?${query}`;
}

const uuidPattern = /[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/i;

/**
 * What a code at the door says: the place by its id (our own plate, an address under /enterprises/), or by its
 * 统一社会信用代码 (on the licence). Anything else is not ours, the enterprise's and the task's codes among it.
 */
export function readPlate(text: string): { enterpriseId: string } | { creditCode: string } | null {
	const trimmed = text.trim();
	const path = /(?:\/enterprises\/|[?&]enterprise=)([^/?#&]+)/.exec(trimmed)?.[1] ?? trimmed;
	if (uuidPattern.test(path) && path.length === 36) return { enterpriseId: path.toLowerCase() };
	const code = /[0-9A-HJ-NPQRTUWXY]{18}/.exec(trimmed.toUpperCase())?.[0];
	return code ? { creditCode: code } : null;
}
