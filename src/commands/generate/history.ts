import { addDays, daysBetween, type IsoDate } from '#lib/calendar.ts';
import type { ChecklistVersion } from '#lib/checklist/checklist.ts';
import type { InspectionKind } from '#lib/inspection/inspection.ts';
import type { CommunityCharacter, SampleEnterprise } from './enterprises.ts';
import { kinds } from './kinds.ts';
import type { Random } from './random.ts';
import type { StreetPlan } from './scale.ts';
import {
	communityVisit,
	vainVisit,
	visitsOf,
	workingDay,
	type PlannedCheck,
	type Script,
	type Situation,
	type Visit
} from './visits.ts';

export interface StreetHistoryInput {
	plan: StreetPlan;
	enterprises: SampleEnterprise[];
	characters: Map<string, CommunityCharacter>;
	versions: readonly ChecklistVersion[];
	/** The first day of the history and the day after its last: nothing happens on `until` itself. */
	start: IsoDate;
	until: IsoDate;
	random: Random;
}

/** Checks a year by level of risk, before they are fitted to the total: the riskier, the more often (sample). */
const attention = { major: 4, considerable: 2.6, general: 1.4, low: 0.7 } as const;
/** 松江区 measure 2: a unit is checked once a year, twice if really needed; two years hence at most four times. */
const mostChecks = 4;

const hazardFactors = new Map(kinds.map(({ code, hazardFactor }) => [code, hazardFactor]));

function situationOf(input: StreetHistoryInput, enterprise: SampleEnterprise): Situation {
	const random = input.random.fork(enterprise.id);
	const community = input.characters.get(enterprise.communityCode ?? '')?.hazardFactor ?? 1;
	const own = Math.min(3.2, Math.exp(random.normal() * 0.55));
	const hazardFactor = (hazardFactors.get(enterprise.siteType) ?? 1) * community * own;
	return {
		enterprise,
		hazardFactor,
		versions: input.versions,
		start: input.start,
		until: input.until,
		random
	};
}

/** Who is checked and how often: everyone chosen once, the rest of the checks by risk. */
function checkCounts({ plan, enterprises, random }: StreetHistoryInput): Map<SampleEnterprise, number> {
	const draw = random.fork('counts');
	const chosen = enterprises
		.map((enterprise) => ({
			enterprise,
			key: Math.log(1 - draw.next()) / (0.4 + attention[enterprise.riskLevel])
		}))
		.sort((a, b) => b.key - a.key)
		.slice(0, plan.inspected)
		.map(({ enterprise }) => enterprise);
	const counts = new Map(chosen.map((enterprise) => [enterprise, 1]));
	for (let more = plan.checks - plan.inspected; more > 0;) {
		const enterprise = draw.pick(chosen);
		const count = counts.get(enterprise)!;
		if (count >= mostChecks || !draw.chance(attention[enterprise.riskLevel] / attention.major)) continue;
		counts.set(enterprise, count + 1);
		more--;
	}
	return counts;
}

const checkKinds: [InspectionKind, number][] = [
	['planned', 60],
	['random', 22],
	['triggered', 8],
	['campaign', 10]
];

function plannedChecks(input: StreetHistoryInput, count: number, random: Random): PlannedCheck[] {
	const { start, until } = input;
	const days = daysBetween(start, until);
	return Array.from({ length: count }, (_, index) => {
		const offset = Math.floor(((index + random.next()) / count) * days);
		const [kind] = random.weighted(checkKinds, ([, weight]) => weight);
		return { day: workingDay(addDays(start, offset), start), kind, script: null };
	});
}

/** The neglected orders of the last day: so many hazards at so many sites, the oldest so many days overdue. */
function overdueScripts({ plan, random }: StreetHistoryInput): Script[] {
	const draw = random.fork('overdue');
	const extra = plan.overdueHazards - plan.overdueSites;
	return Array.from({ length: plan.overdueSites }, (_, index) => ({
		deadlineHazards: 1 + Math.floor(extra / plan.overdueSites) + (index < extra % plan.overdueSites ? 1 : 0),
		majors: 0,
		deadlineIn: index === 0 ? -plan.longestOverdueDays : -draw.integer(1, plan.longestOverdueDays - 2)
	}));
}

function scripts(input: StreetHistoryInput): Script[] {
	const { plan, random } = input;
	const draw = random.fork('scripts');
	const majors = Array.from({ length: plan.openMajors }, (_, index) => ({
		deadlineHazards: 1,
		majors: 1,
		deadlineIn: 12 + 7 * index
	}));
	const campaign = Array.from({ length: plan.campaignChecks }, () => ({
		deadlineHazards: draw.pick([0, 1, 1, 2]),
		majors: 0,
		deadlineIn: draw.integer(6, 24)
	}));
	return [...overdueScripts(input), ...majors, ...campaign];
}

function scriptedCheck(script: Script, { start, until }: StreetHistoryInput, random: Random): PlannedCheck {
	const isCampaign = script.deadlineIn >= 0;
	const offset = isCampaign ? -random.integer(2, 40) : script.deadlineIn - random.integer(7, 15);
	return {
		day: workingDay(addDays(until, offset), start),
		kind: isCampaign ? 'campaign' : 'planned',
		script
	};
}

/** Some of the checked places get a scripted check, and nothing of their own in the three months before it. */
function assignScripts(
	input: StreetHistoryInput,
	checked: SampleEnterprise[]
): Map<SampleEnterprise, Script> {
	const wanted = scripts(input);
	const order = input.random.fork('assign').shuffled(checked);
	const assigned = new Map<SampleEnterprise, Script>();
	wanted.forEach((script, index) => {
		const enterprise = order[index];
		if (!enterprise)
			throw new RangeError(`assignScripts: got ${order.length} places, expected ${wanted.length}`);
		assigned.set(enterprise, script);
	});
	return assigned;
}

const quietDays = 90;

function withScript(checks: PlannedCheck[], script: Script, input: StreetHistoryInput, random: Random) {
	const scripted = scriptedCheck(script, input, random);
	const before = checks.filter(({ day }) => daysBetween(day, input.until) > quietDays);
	return [...before, scripted];
}

function communityVisits(input: StreetHistoryInput, situations: Situation[]): Visit[] {
	const { plan, start, until } = input;
	const random = input.random.fork('community');
	const workers = Math.max(1, plan.communityWorkers);
	const covered = situations.filter(
		({ enterprise }) => Number(enterprise.communityCode!.slice(-3)) <= workers
	);
	return Array.from({ length: plan.communityVisits }, (_, index) => {
		// The last few are fresh reports that wait for a street inspector (采纳并出具).
		const reportsOpen = index < 4;
		const back = reportsOpen ? 1 + index : random.integer(8, daysBetween(start, until) - 8);
		return communityVisit(random.pick(covered), workingDay(addDays(until, -back), start), reportsOpen);
	});
}

/** All visits of one street in two years, in order of days; `until` itself stays empty. */
export function historyOf(input: StreetHistoryInput): Visit[] {
	const inside = input.enterprises.filter(({ communityCode }) => communityCode !== null);
	const counts = checkCounts({ ...input, enterprises: inside });
	const checked = [...counts.keys()];
	const assigned = assignScripts(input, checked);
	const situations = checked.map((enterprise) => situationOf(input, enterprise));
	const street = situations.flatMap((situation) => {
		const { enterprise, random } = situation;
		const checks = plannedChecks(input, counts.get(enterprise)!, random);
		const script = assigned.get(enterprise);
		return visitsOf(situation, script ? withScript(checks, script, input, random) : checks);
	});
	const draw = input.random.fork('vain');
	const days = daysBetween(input.start, input.until);
	const vain = Array.from({ length: input.plan.vainVisits }, () => {
		const situation = situationOf(input, draw.pick(inside));
		return vainVisit(situation, workingDay(addDays(input.start, draw.integer(0, days - 1)), input.start));
	});
	return [...street, ...communityVisits(input, situations), ...vain].sort((a, b) =>
		a.day < b.day ? -1 : a.day > b.day ? 1 : 0
	);
}
