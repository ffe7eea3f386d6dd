import { addDays, type IsoDate } from '#lib/calendar.ts';
import type { EventKind } from '#lib/assessment/event/registeredEvent.ts';
import type { SampleEnterprise } from './enterprises.ts';
import { stableId } from './identifiers.ts';
import type { Random } from './random.ts';

/** A registered event of the sample street; fictional like everything here. */
export interface SampleEvent {
	id: string;
	enterpriseId: string;
	by: 'leader' | 'inspector';
	kind: EventKind;
	occurredOn: IsoDate;
	documentNumber: string;
	authority: string;
	description: string;
	deaths?: number;
	injuries?: number;
	points?: number;
	/** It was entered wrongly, and why. */
	withdrawnFor?: string;
}

const office = '示例街道安监办（虚构）';
const bureau = '示例区应急管理局（虚构）';

type Script = Omit<SampleEvent, 'id' | 'enterpriseId' | 'occurredOn'> & { daysAgo: number };

/** A few of each kind; days are counted back from the day the history ends. */
const scripts: Script[] = [
	{
		by: 'leader',
		kind: 'penalty.imposed',
		daysAgo: 41,
		documentNumber: '示应急罚〔示例〕17号',
		authority: bureau,
		description: '未如实记录安全生产教育培训情况，逾期未改正，处以罚款。'
	},
	{
		by: 'leader',
		kind: 'penalty.imposed',
		daysAgo: 133,
		documentNumber: '示应急罚〔示例〕9号',
		authority: bureau,
		description: '特种作业人员未取得相应资格上岗作业，处以罚款。'
	},
	{
		by: 'leader',
		kind: 'accident.happened',
		daysAgo: 72,
		documentNumber: '示事故批复〔示例〕2号',
		authority: bureau,
		description: '维修设备时未停机断电，一名工人手部被夹伤；经调查认定本单位负有责任。',
		deaths: 0,
		injuries: 1
	},
	{
		by: 'leader',
		kind: 'meeting.absent',
		daysAgo: 26,
		documentNumber: '会议通知第14号',
		authority: office,
		description: '经两次通知，未参加三季度安全生产例会，也没有请假。'
	},
	{
		by: 'leader',
		kind: 'meeting.absent',
		daysAgo: 25,
		documentNumber: '会议通知第14号',
		authority: office,
		description: '未参加三季度安全生产例会。',
		withdrawnFor: '会前已书面请假，登记时漏看了请假条。'
	},
	{
		by: 'leader',
		kind: 'duty.unfulfilled',
		daysAgo: 58,
		documentNumber: '',
		authority: office,
		description: '主要负责人全年未组织安全检查，没有检查记录。'
	},
	{
		by: 'leader',
		kind: 'violation.found',
		daysAgo: 34,
		documentNumber: '',
		authority: office,
		description: '动火作业未办理审批，现场没有监护人；有照片和作业人员的说明。'
	},
	{
		by: 'leader',
		kind: 'bonus',
		daysAgo: 47,
		documentNumber: '示标准化〔示例〕31号',
		authority: bureau,
		description: '通过安全生产标准化三级评审。',
		points: 1
	},
	{
		by: 'inspector',
		kind: 'violation.found',
		daysAgo: 6,
		documentNumber: '',
		authority: '',
		description: '巡查时看到电动自行车在疏散通道内充电，已拍照，负责人在场确认。'
	},
	{
		by: 'inspector',
		kind: 'meeting.absent',
		daysAgo: 4,
		documentNumber: '会议通知第17号',
		authority: office,
		description: '未参加冬季消防安全部署会，电话未接。'
	}
];

/**
 * Each at another enterprise; the one that was withdrawn at the enterprise of the sample principal, who sees it
 * struck out.
 */
export function sampleEvents(
	seed: number,
	enterprises: readonly SampleEnterprise[],
	owned: SampleEnterprise,
	until: IsoDate,
	random: Random
): SampleEvent[] {
	const others = random.shuffled(enterprises.filter(({ id }) => id !== owned.id));
	return scripts.map(({ daysAgo, ...script }, index) => ({
		...script,
		id: stableId(seed, `event/${index}`),
		enterpriseId: script.withdrawnFor ? owned.id : others[index]!.id,
		occurredOn: addDays(until, -daysAgo)
	}));
}
