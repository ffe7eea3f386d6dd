import type { IsoDate } from '#lib/calendar.ts';
import type { Hazard } from '#lib/hazard/hazard.ts';
import type { CheckIn, Position, Strokes } from '#lib/inspection/inspection.ts';
import type { InspectionContent } from '#lib/record/content.ts';
import { deviceId } from './identifiers.ts';
import { personName } from './names.ts';
import type { SampleAgency, SamplePerson, StreetStaff } from './people.ts';
import type { Random } from './random.ts';
import type { Finding, Visit } from './visits.ts';

/** One sealed visit: the content as the phone sent it, who signed beside, and when the server sealed it. */
export interface SampleInspection {
	content: InspectionContent;
	/** The companion's own confirmation; the seal adds the hash of the content. Null without a companion. */
	cosignature: InspectionContent['inspector'] | null;
	sealedAt: string;
	/** What the signatures make of it: A needs two licences and consent to e-delivery, C is a community worker's report. */
	track: 'A' | 'B' | 'C';
	streetCode: string;
	communityCode: string;
}

export interface SealingInput {
	visits: Visit[];
	staff: StreetStaff;
	agency: SampleAgency;
	until: IsoDate;
	random: Random;
}

const minute = 60_000;
/** Visits one person makes on a day before the next one takes over. */
const mostVisitsADay = 6;
const minutesPerVisit = 62;
const firstVisitMinute = 8 * 60 + 40;
const noonMinutes = 55;

const instantOf = (milliseconds: number) => new Date(milliseconds).toISOString();
const shanghaiMidnight = (day: IsoDate) => Date.parse(`${day}T00:00:00+08:00`);

function signature(random: Random): Strokes {
	const strokes = Array.from({ length: random.integer(2, 3) }, (_, stroke) => {
		let [x, y, t] = [30 + stroke * 80, random.integer(40, 110), stroke * 400];
		return Array.from({ length: 5 }, () => {
			x += random.integer(6, 18);
			y = Math.min(150, Math.max(10, y + random.integer(-30, 30)));
			t += random.integer(20, 60);
			return { x, y, t };
		});
	});
	return { widthPixels: 320, heightPixels: 160, strokes };
}

const rounded = (value: number, digits: number) => Number(value.toFixed(digits));

function positionNear({ enterprise }: Visit, at: number, random: Random) {
	const [east, north] = [random.normal() * 9, random.normal() * 9];
	const position: Position = {
		longitude: rounded(enterprise.longitude + east / 95_400, 6),
		latitude: rounded(enterprise.latitude + north / 111_320, 6),
		accuracyMetres: random.integer(5, 32),
		fixedAt: instantOf(at),
		source: 'device'
	};
	return { position, distanceMetres: rounded(Math.hypot(east, north), 1) };
}

function checkInAt(visit: Visit, at: number, random: Random): CheckIn {
	if (random.chance(0.03)) {
		return { at: instantOf(at), position: null, distanceMetres: null, reason: '室内或地下，未取得定位' };
	}
	return { at: instantOf(at), ...positionNear(visit, at, random), reason: null };
}

/** Who goes: the person of the community unless their day is full; and who goes along. */
function createRoster({ staff }: SealingInput, random: Random) {
	const busy = new Map<string, number>();
	const load = (person: SamplePerson, day: IsoDate) => busy.get(`${day}/${person.id}`) ?? 0;
	const take = (person: SamplePerson, day: IsoDate) => {
		const index = load(person, day);
		busy.set(`${day}/${person.id}`, index + 1);
		return index;
	};
	return {
		assign({ track, enterprise, day }: Visit) {
			const people = track === 'community' ? staff.workers : staff.inspectors;
			const usual = people[(Number(enterprise.communityCode!.slice(-3)) - 1) % people.length]!;
			const inspector =
				track === 'community' || load(usual, day) < mostVisitsADay
					? usual
					: people.reduce((least, person) => (load(person, day) < load(least, day) ? person : least));
			const others = people.filter((person) => person !== inspector);
			const hasCompanion = track === 'street' && others.length > 0 && random.chance(0.86);
			return { inspector, companion: hasCompanion ? random.pick(others) : null, index: take(inspector, day) };
		}
	};
}

const signed = (person: SamplePerson, at: number, random: Random): InspectionContent['inspector'] => ({
	userId: person.id,
	name: person.name,
	licence: person.licence?.number ?? null,
	signature: signature(random),
	at: instantOf(at)
});

const refusals = [
	'负责人不在场，在场人员拒绝签字',
	'对检查内容有不同意见，拒绝签字',
	'称需请示上级，拒绝当场签字'
];

function onSite(visit: Visit, at: number, random: Random): InspectionContent['onSite'] {
	const { contactName, contactPhone, principal } = visit.enterprise;
	if (visit.track === 'street' && random.chance(0.012)) {
		const witness = { name: personName(random), identity: '社区工作人员', signature: signature(random) };
		return {
			outcome: 'refused',
			name: contactName,
			reason: random.pick(refusals),
			witness,
			photos: [],
			at: instantOf(at)
		};
	}
	return {
		outcome: 'signed',
		name: contactName,
		duty: contactName === principal.name ? '负责人' : '现场负责人',
		phone: contactPhone,
		signature: signature(random),
		at: instantOf(at)
	};
}

function hazardOf(finding: Finding, visit: Visit, at: number, random: Random): Hazard {
	const { item } = finding;
	return {
		id: deviceId(at, random),
		itemId: item.id,
		itemCode: item.code,
		part: item.part,
		severity: finding.severity,
		cause: item.cause,
		description: item.hazardDescription,
		legalBasis: item.legalBasis,
		acceptance: item.acceptance,
		measure: finding.isOnSpot ? 'on_spot' : 'deadline',
		deadline: finding.deadline,
		position: random.chance(0.8) ? positionNear(visit, at, random).position : null,
		photos: [],
		proof: []
	};
}

const taskSources: Partial<Record<Visit['kind'], string>> = {
	planned: '年度监督检查计划（示例）',
	random: '双随机抽查（示例）',
	triggered: '投诉举报（示例）',
	campaign: '专项检查（示例）',
	recheck: '整改复查（示例）'
};

const vainReasons = {
	closed: '门店关闭，未营业',
	nobody: '无人在场，电话未接通',
	moved: '已搬离，现址为其他单位',
	entry_refused: '在场人员不同意进入',
	other: '道路施工，无法到达'
} as const;

/** What was sealed of a visit, for those that look at its hazards again. */
interface Sealed {
	inspectionId: string;
	hazardIds: Map<Finding, string>;
}

function answersOf({ checklist, findings }: Visit, random: Random): InspectionContent['answers'] {
	const failed = new Set(findings.map(({ item }) => item));
	return (checklist?.items ?? []).map((item) => ({
		itemId: item.id,
		itemCode: item.code,
		part: item.part,
		text: item.text,
		answer: failed.has(item) ? 'fail' : random.chance(0.05) ? 'not_applicable' : 'pass'
	}));
}

function verdictsOf({ verdicts }: Visit, original: Sealed | undefined): InspectionContent['verdicts'] {
	return verdicts.map(({ finding, passed, newDeadline }) => ({
		hazardId: original!.hazardIds.get(finding)!,
		passed,
		note: passed ? '已整改' : '整改未到位',
		newDeadline,
		photos: []
	}));
}

function enterpriseOf({ enterprise }: Visit): InspectionContent['enterprise'] {
	const { id, name, creditCode, address, principal, siteType } = enterprise;
	return {
		id,
		name,
		creditCode,
		address,
		principalName: principal.name,
		principalPhone: principal.phone,
		siteType
	};
}

interface Moment {
	arrived: number;
	ended: number;
}

function momentOf(visit: Visit, index: number, random: Random): Moment {
	const clock = firstVisitMinute + index * minutesPerVisit + (index >= 3 ? noonMinutes : 0);
	const arrived =
		shanghaiMidnight(visit.day) + (clock + random.integer(0, 12)) * minute + random.integer(0, 59_000);
	const long = visit.checklist ? random.integer(24, 42) : random.integer(6, 16);
	return { arrived, ended: arrived + long * minute };
}

/** The content exactly as a phone would have sent it. */
function contentOf(
	visit: Visit,
	moment: Moment,
	people: { inspector: SamplePerson; companion: SamplePerson | null; agency: SampleAgency },
	sealed: Map<Visit, Sealed>,
	random: Random
): InspectionContent {
	const { arrived, ended } = moment;
	const original = visit.recheckOf ? sealed.get(visit.recheckOf) : undefined;
	const wasChecked = visit.notChecked === null;
	const hazards = visit.findings.map((finding, i) =>
		hazardOf(finding, visit, arrived + (i + 2) * minute, random)
	);
	const id = deviceId(arrived, random);
	sealed.set(visit, {
		inspectionId: id,
		hazardIds: new Map(visit.findings.map((finding, i) => [finding, hazards[i]!.id]))
	});
	const person = wasChecked ? onSite(visit, ended - 3 * minute, random) : null;
	return {
		format: 'mingcha.inspection/1',
		id,
		kind: visit.kind,
		rechecks: original?.inspectionId ?? null,
		supersedes: null,
		enterprise: enterpriseOf(visit),
		agencyId: people.agency.id,
		place: wasChecked && !visit.recheckOf ? '经营（作业）场所' : null,
		taskSource: visit.track === 'community' ? '社区走访（示例）' : (taskSources[visit.kind] ?? null),
		checkIn: checkInAt(visit, arrived, random),
		notChecked: visit.notChecked && {
			kind: visit.notChecked,
			reason: vainReasons[visit.notChecked],
			photos: []
		},
		checklistVersionIds: visit.checklist?.versionIds ?? [],
		answers: answersOf(visit, random),
		hazards,
		verdicts: verdictsOf(visit, original),
		provisional: null,
		electronicDelivery: person?.outcome === 'signed',
		onSite: person,
		inspector: signed(people.inspector, ended - 2 * minute, random),
		companionId: people.companion?.id ?? null,
		evidence: [],
		deliveryId: deviceId(ended, random),
		device: { endedAt: instantOf(ended), clockOffsetMilliseconds: random.integer(-900, 900) }
	};
}

/** Turns decided visits into sealed ones, in order of sealing; a visit's recheck always comes after it. */
export function* sealedVisits(input: SealingInput): Generator<SampleInspection> {
	const { agency, visits, random } = input;
	const roster = createRoster(input, random.fork('roster'));
	const sealed = new Map<Visit, Sealed>();
	const placed = visits
		.map((visit) => {
			const people = roster.assign(visit);
			return { visit, people, moment: momentOf(visit, people.index, random) };
		})
		.sort((a, b) => a.moment.ended - b.moment.ended);
	const end = shanghaiMidnight(input.until);
	let previous = 0;
	for (const { visit, people, moment } of placed) {
		const { inspector, companion } = people;
		const content = contentOf(visit, moment, { inspector, companion, agency }, sealed, random);
		// Sealed in the order of ending, some minutes later; the two clocks never cross.
		previous = Math.max(previous + 1_000, moment.ended + random.integer(20, 400) * 1_000);
		if (previous >= end)
			throw new Error(`sealedVisits: got ${instantOf(previous)}, expected before ${input.until}`);
		const isEnforcement =
			content.electronicDelivery &&
			agency.mayEnforce &&
			inspector.licence !== null &&
			companion?.licence != null;
		yield {
			content,
			cosignature: companion && signed(companion, moment.ended + 10_000, random),
			sealedAt: instantOf(previous),
			track: visit.track === 'community' ? 'C' : isEnforcement ? 'A' : 'B',
			streetCode: visit.enterprise.streetCode,
			communityCode: visit.enterprise.communityCode!
		};
	}
}
