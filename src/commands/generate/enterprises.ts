import { addDays, type IsoDate } from '#lib/calendar.ts';
import { makeCreditCode } from '#lib/enterprise/register/creditCode.ts';
import { createDoorPicker, type Address, type AddressBook } from './addresses.ts';
import { stableId } from './identifiers.ts';
import { kinds, profiles, riskLevels, type CommunityProfile, type Kind, type RiskLevel } from './kinds.ts';
import { distinct, personName, stem } from './names.ts';
import type { Registrar } from './people.ts';
import type { Random } from './random.ts';
import type { Scale, StreetPlan } from './scale.ts';
import type { SampleArea } from './territory.ts';

export interface SamplePrincipal {
	id: string;
	name: string;
	phone: string;
}

export interface SpecialEquipment {
	kind: string;
	place: string;
	nextTestOn: IsoDate;
}

export interface SampleEnterprise {
	id: string;
	name: string;
	/** Region 000000, checksum-valid; null with the reason beside it. */
	creditCode: string | null;
	creditCodeAbsence: string | null;
	siteType: string;
	industryCode: string;
	riskLevel: RiskLevel;
	tags: string[];
	address: string;
	/** WGS-84. */
	longitude: number;
	latitude: number;
	locationSource: 'import' | 'map';
	/** Where it was put; null for those outside every area. An import derives it again from the position. */
	communityCode: string | null;
	streetCode: string;
	/** 法定代表人（主要负责人）; the same person may lead two firms. */
	principal: SamplePrincipal;
	contactName: string;
	contactPhone: string;
	employees: number;
	supervisingDepartment: string;
	/** 安全生产标准化等级. */
	standardisationLevel: '2' | '3' | null;
	servingInstitution: string | null;
	specialEquipment: SpecialEquipment[];
	isSample: true;
}

const withoutCode = [
	'个体工商户，原注册号未换发统一社会信用代码',
	'登记手续办理中',
	'项目工地，由施工单位代码代管'
] as const;

/** Characters of an organisation code that also stand in the credit code's alphabet. */
const codeCharacters = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'];

function creditCode(kind: Kind, taken: Set<string>, random: Random): SampleEnterprise['creditCode'] {
	return distinct(taken, () => {
		const tail = Array.from({ length: 6 }, () => random.pick(codeCharacters)).join('');
		return makeCreditCode(random.pick(kind.categories), '000000', `MA${tail}`);
	});
}

const drawn = (chances: Record<string, number>, random: Random): string[] =>
	Object.keys(chances).filter((key) => random.chance(chances[key]!));

const places: Record<string, string> = { 电梯: '主楼', 自动扶梯: '中庭', 叉车: '装卸区', 压力容器: '机房' };

const equipment = (kind: Kind, until: IsoDate, random: Random): SpecialEquipment[] =>
	drawn(kind.equipment, random).map((name) => ({
		kind: name,
		place: places[name] ?? '作业区',
		nextTestOn: addDays(until, random.integer(-12, 340))
	}));

/** Shared by all streets, so that no name, code or person is given twice. */
export interface EnterpriseRegister {
	registrar: Registrar;
	names: Set<string>;
	codes: Set<string>;
	/** The last principals drawn; now and then one of them leads another firm. */
	recentPrincipals: SamplePrincipal[];
}

function principalOf(register: EnterpriseRegister, key: string, random: Random): SamplePrincipal {
	const { recentPrincipals, registrar } = register;
	if (recentPrincipals.length > 20 && random.chance(0.018)) {
		return recentPrincipals.splice(random.integer(0, recentPrincipals.length - 1), 1)[0]!;
	}
	const principal = {
		id: stableId(registrar.seed, `principal/${key}`),
		name: personName(random),
		phone: registrar.nextPhone()
	};
	recentPrincipals.push(principal);
	return principal;
}

interface Site {
	key: string;
	kind: Kind;
	plan: StreetPlan;
	community: SampleArea | null;
	door: Address;
}

function enterprise(register: EnterpriseRegister, site: Site, random: Random): SampleEnterprise {
	const { kind, plan, community, door } = site;
	const { seed, until } = register.registrar;
	const hasNoCode =
		kind.code === 'construction' ? random.chance(0.4) : kind.categories.includes('92') && random.chance(0.08);
	const principal = principalOf(register, site.key, random);
	const contact = random.chance(0.7)
		? principal
		: { name: personName(random), phone: register.registrar.nextPhone() };
	const riskLevel = random.weighted(riskLevels, (level) => kind.risk[level]);
	const employees = Math.round(
		kind.employees[0] + random.next() ** 2.5 * (kind.employees[1] - kind.employees[0])
	);
	const isIndustrial = kind.affinity.industrial > 3;
	return {
		id: stableId(seed, `enterprise/${site.key}`),
		name: distinct(register.names, (attempt) => stem(random, attempt) + random.pick(kind.endings)),
		creditCode: hasNoCode ? null : creditCode(kind, register.codes, random),
		creditCodeAbsence: hasNoCode
			? kind.code === 'construction'
				? withoutCode[2]
				: withoutCode[random.integer(0, 1)]!
			: null,
		siteType: kind.code,
		industryCode: kind.industryCode,
		riskLevel,
		tags: drawn(kind.tags, random),
		address: `${plan.name}${door.text}`,
		longitude: door.position[0],
		latitude: door.position[1],
		locationSource: random.chance(0.8) ? 'import' : 'map',
		communityCode: community?.officialCode ?? null,
		streetCode: plan.code,
		principal,
		contactName: contact.name,
		contactPhone: contact.phone,
		employees,
		supervisingDepartment: kind.department,
		standardisationLevel: isIndustrial && random.chance(0.4) ? (random.chance(0.2) ? '2' : '3') : null,
		servingInstitution: isIndustrial && random.chance(0.3) ? '示例安全技术服务机构' : null,
		specialEquipment: equipment(kind, until, random),
		isSample: true
	};
}

/** What a community is like: its mix of kinds, and how many hazards its sites have against the mean (sample). */
export interface CommunityCharacter {
	profile: CommunityProfile;
	hazardFactor: number;
	/** Its part of the street's enterprises, before scaling. */
	weight: number;
}

export function characterOf(community: SampleArea, random: Random): CommunityCharacter {
	const own = random.fork(community.officialCode);
	return {
		profile: profiles[(Number(community.officialCode.slice(-3)) + own.integer(0, 1)) % profiles.length]!,
		hazardFactor: Math.min(1.5, Math.max(0.6, Math.exp(own.normal() * 0.28))),
		weight: own.between(0.6, 1.5)
	};
}

/** All enterprises of one street, each at a door of one of its communities. */
export function enterprisesOf(
	register: EnterpriseRegister,
	plan: StreetPlan,
	communities: { area: SampleArea; character: CommunityCharacter }[],
	addresses: AddressBook,
	random: Random
): SampleEnterprise[] {
	const doors = new Map(
		communities.map(({ area }) => [
			area.officialCode,
			createDoorPicker(
				addresses.byCommunity.get(area.officialCode) ?? [],
				random.fork(`doors/${area.officialCode}`)
			)
		])
	);
	return Array.from({ length: plan.enterprises }, (_, index) => {
		const key = `${plan.code}/${index}`;
		const own = random.fork(key);
		const { area, character } = own.weighted(communities, (community) => community.character.weight);
		const kind = own.weighted(kinds, (one) => one.share * one.affinity[character.profile]);
		return enterprise(
			register,
			{ key, kind, plan, community: area, door: doors.get(area.officialCode)!() },
			own
		);
	});
}

/** A handful whose position lies in no area: they wait in the queue until someone says where they belong. */
export function outsideEnterprises(
	register: EnterpriseRegister,
	scale: Scale,
	addresses: AddressBook,
	random: Random
): SampleEnterprise[] {
	const nearest = addresses.outside
		.toSorted((a, b) => Math.hypot(...a.at) - Math.hypot(...b.at))
		.slice(0, 20 * scale.outsideEnterprises);
	return Array.from({ length: scale.outsideEnterprises }, (_, index) => {
		const key = `outside/${index}`;
		const own = random.fork(key);
		const door = nearest[index * 20 + own.integer(0, 19)]!;
		const plan = scale.streets[0]!;
		return enterprise(
			register,
			{ key, kind: own.weighted(kinds, ({ share }) => share), plan, community: null, door },
			own
		);
	});
}
