import { addDays, daysBetween, type IsoDate } from '#lib/calendar.ts';
import { composeChecklist, type ChecklistVersion, type ComposedItem } from '#lib/checklist/checklist.ts';
import type { InspectionKind, notCheckedKinds } from '#lib/inspection/inspection.ts';
import type { SampleEnterprise } from './enterprises.ts';
import type { Random } from './random.ts';

/** One failed item of a check, and how it goes on. */
export interface Finding {
	item: ComposedItem;
	severity: 'general' | 'major';
	isOnSpot: boolean;
	/** Null when put right on the spot. */
	deadline: IsoDate | null;
}

/** A visit as decided, before it has a time, people and ids. */
export interface Visit {
	enterprise: SampleEnterprise;
	day: IsoDate;
	kind: InspectionKind;
	track: 'street' | 'community';
	checklist: { versionIds: string[]; items: ComposedItem[] } | null;
	findings: Finding[];
	/** The check whose open hazards this one looks at again, with the verdict on each of them. */
	recheckOf: Visit | null;
	verdicts: { finding: Finding; passed: boolean; newDeadline: IsoDate | null }[];
	notChecked: (typeof notCheckedKinds)[number] | null;
}

/** What is decided beforehand for a check near the end, so that the last day shows what the screens are for. */
export interface Script {
	deadlineHazards: number;
	majors: number;
	/** Days from the last day of the history; negative: overdue by as many days. */
	deadlineIn: number;
}

export interface Situation {
	enterprise: SampleEnterprise;
	/** Hazards per item against the mean: kind of site × community × this enterprise. */
	hazardFactor: number;
	versions: readonly ChecklistVersion[];
	start: IsoDate;
	until: IsoDate;
	random: Random;
}

/** Chance that one item fails at a mean place (sample). */
const itemFailureRate = 0.0135;
/** Who failed an item once fails it again more easily (sample). */
const repeatFactor = 2.6;

/** The Monday-to-Friday day at or before a day, at or after the start. */
export function workingDay(day: IsoDate, start: IsoDate): IsoDate {
	const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
	const back = weekday === 0 ? 2 : weekday === 6 ? 1 : 0;
	return daysBetween(start, day) >= back ? addDays(day, -back) : addDays(day, 3 - back);
}

const emptyVisit = {
	track: 'street',
	checklist: null,
	findings: [],
	recheckOf: null,
	verdicts: [],
	notChecked: null
} as const satisfies Partial<Visit>;

const itemWeight = (item: ComposedItem): number => {
	// Some items fail more often than others, the same ones everywhere.
	let mixed = 0;
	for (const character of item.code) mixed = (mixed * 31 + character.charCodeAt(0)) % 997;
	return 0.35 + (mixed / 997) ** 2 * 2.4;
};

function failures(situation: Situation, items: ComposedItem[], day: IsoDate): ComposedItem[] {
	const { hazardFactor, random, start, until } = situation;
	const improvement = 1.12 - (0.24 * daysBetween(start, day)) / Math.max(1, daysBetween(start, until));
	return items.filter((item) => {
		const repeat = item.failedBefore ? repeatFactor : 1;
		const probability = itemFailureRate * hazardFactor * itemWeight(item) * repeat * improvement;
		return random.chance(Math.min(0.6, probability));
	});
}

const mayBeMajor = (item: ComposedItem) => item.majorHint !== null && item.legalBasis !== null;

function naturalFindings(situation: Situation, items: ComposedItem[], day: IsoDate): Finding[] {
	const { random, start } = situation;
	const failed = failures(situation, items, day);
	const found = failed.map((item) => ({
		item,
		// None by chance near the end: what stands open as 重大 on the last day is scripted.
		isMajor: mayBeMajor(item) && daysBetween(day, situation.until) > 90 && random.chance(0.2),
		isOnSpot: item.days <= 2 && random.chance(0.7)
	}));
	// One order names one or two deadlines: the near one for what is quickly done, the far one for the rest.
	const far = Math.max(7, ...found.filter(({ isOnSpot }) => !isOnSpot).map(({ item }) => item.days));
	return found.map(({ item, isMajor, isOnSpot }) => ({
		item,
		severity: isMajor ? 'major' : 'general',
		isOnSpot: isOnSpot && !isMajor,
		deadline:
			isOnSpot && !isMajor ? null : workingDay(addDays(day, item.days <= 3 && far > 10 ? 5 : far), start)
	}));
}

function scriptedFindings(script: Script, items: ComposedItem[], until: IsoDate, random: Random): Finding[] {
	const deadline = addDays(until, script.deadlineIn);
	const majors = random.shuffled(items.filter(mayBeMajor)).slice(0, script.majors);
	const others = random
		.shuffled(items.filter((item) => item.days > 2 && !majors.includes(item)))
		.slice(0, script.deadlineHazards);
	return [...majors, ...others].map((item) => ({
		item,
		severity: majors.includes(item) ? 'major' : 'general',
		isOnSpot: false,
		deadline
	}));
}

/** One check with its checklist for this place and what it finds. */
function check(
	situation: Situation,
	day: IsoDate,
	kind: InspectionKind,
	failedBefore: ReadonlySet<string>,
	script: Script | null
): Visit {
	const { enterprise, versions, until, random } = situation;
	const { siteType, tags } = enterprise;
	const { versionIds, sections } = composeChecklist({ siteType, tags, versions, failedBefore });
	const items = sections.flatMap((section) => section.items);
	const findings = script
		? scriptedFindings(script, items, until, random)
		: naturalFindings(situation, items, day);
	return { ...emptyVisit, enterprise, day, kind, checklist: { versionIds, items }, findings, verdicts: [] };
}

/**
 * When the inspector comes back: on the day of the deadline, now and then some days after it; never before it, for
 * the history holds no rectifications that an enterprise has submitted (整改复查不早于整改期限).
 */
function recheckDay({ random, start, until }: Situation, deadline: IsoDate): IsoDate {
	const isLateYear = daysBetween(deadline, until) < 200;
	const isOnTime = random.chance(isLateYear ? 0.93 : 0.86);
	const day = isOnTime ? deadline : workingDay(addDays(deadline, random.integer(3, 11)), start);
	// Whoever is overdue on the last day is so by script; all others were seen in time for it.
	return daysBetween(day, until) <= 0 && daysBetween(deadline, until) > 0 ? deadline : day;
}

/** Rechecks of a check until every hazard is closed or the history ends. */
function rechecks(situation: Situation, original: Visit): Visit[] {
	const { random, start, until, enterprise } = situation;
	const visits: Visit[] = [];
	let open = original.findings.flatMap((finding) =>
		finding.deadline === null ? [] : [{ finding, deadline: finding.deadline }]
	);
	while (open.length > 0) {
		const nearest = open.map(({ deadline }) => deadline).reduce((a, b) => (b < a ? b : a));
		const day = recheckDay(situation, nearest);
		if (daysBetween(day, until) <= 0) break;
		const newDeadline = workingDay(addDays(day, random.pick([5, 7, 10])), start);
		const verdicts = open
			.filter(({ deadline }) => deadline <= day)
			.map(({ finding }) => {
				const passed = random.chance(finding.severity === 'major' ? 0.8 : 0.94);
				return { finding, passed, newDeadline: passed ? null : newDeadline };
			});
		visits.push({
			...emptyVisit,
			enterprise,
			day,
			kind: 'recheck',
			findings: [],
			recheckOf: original,
			verdicts
		});
		open = [
			...open.filter(({ deadline }) => deadline > day),
			...verdicts.flatMap(({ finding, passed }) => (passed ? [] : [{ finding, deadline: newDeadline }]))
		];
	}
	return visits;
}

export interface PlannedCheck {
	day: IsoDate;
	kind: InspectionKind;
	script: Script | null;
}

/** Everything that happens at one enterprise through its checks, in order of days. */
export function visitsOf(situation: Situation, checks: PlannedCheck[]): Visit[] {
	const failedBefore = new Set<string>();
	return checks
		.toSorted((a, b) => daysBetween(b.day, a.day))
		.flatMap(({ day, kind, script }) => {
			const visit = check(situation, day, kind, failedBefore, script);
			for (const { item } of visit.findings) failedBefore.add(item.code);
			const isNeglected = script !== null && script.deadlineIn < 0;
			return [visit, ...(isNeglected || script?.majors ? [] : rechecks(situation, visit))];
		});
}

/** A community worker's round (track C): no orders; what is small is put right at once, the rest is reported. */
export function communityVisit(situation: Situation, day: IsoDate, reportsOpen: boolean): Visit {
	const visit = check(situation, day, 'random', new Set(), null);
	// Two dozen questions are a street inspector's; a neighbourly round asks the common ones.
	const items = visit.checklist!.items.filter((item) => item.code.startsWith('common.'));
	const small = situation.random.shuffled(items.filter((item) => item.days <= 5));
	const findings: Finding[] = reportsOpen
		? small
				.slice(0, situation.random.integer(1, 2))
				.map((item) => ({ item, severity: 'general', isOnSpot: false, deadline: addDays(day, 7) }))
		: small
				.slice(0, situation.random.chance(0.35) ? 1 : 0)
				.map((item) => ({ item, severity: 'general', isOnSpot: true, deadline: null }));
	const versionIds = [...new Set(items.map((item) => item.versionId))];
	return { ...visit, track: 'community', checklist: { versionIds, items }, findings };
}

export function vainVisit(situation: Situation, day: IsoDate): Visit {
	const notChecked = situation.random.weighted(
		['closed', 'nobody', 'moved', 'entry_refused', 'other'] as const,
		(kind) => ({ closed: 5, nobody: 4, moved: 2, entry_refused: 1, other: 1 })[kind]
	);
	return {
		...emptyVisit,
		enterprise: situation.enterprise,
		day,
		kind: 'planned',
		findings: [],
		verdicts: [],
		notChecked
	};
}
