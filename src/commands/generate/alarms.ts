import { addDays, type IsoDate } from '#lib/calendar.ts';
import type { SampleEnterprise } from './enterprises.ts';
import { stableId } from './identifiers.ts';
import type { Random } from './random.ts';

/** A lead of a device at the sample street. */
export interface SampleAlarm {
	id: string;
	enterpriseId: string;
	device: string;
	kind: string;
	/** A minute in Shanghai, as a form sends it. */
	alarmedAt: string;
	note: string;
	dismissedFor?: string;
}

type Script = Pick<SampleAlarm, 'device' | 'kind' | 'note' | 'dismissedFor'> & {
	daysAgo: number;
	at: string;
};

const scripts: Script[] = [
	{
		device: '后厨燃气探头 02',
		kind: '可燃气体报警',
		daysAgo: 1,
		at: '21:14',
		note: '持续 3 分钟后恢复，电话无人接听'
	},
	{ device: '二层烟感 11', kind: '烟感报警', daysAgo: 2, at: '03:40', note: '' },
	{
		device: '总配电箱电气火灾探测器',
		kind: '剩余电流超限',
		daysAgo: 5,
		at: '14:05',
		note: '一周内第三次'
	},
	{
		device: '仓库视频 04',
		kind: '疏散通道占用',
		daysAgo: 3,
		at: '16:22',
		note: '',
		dismissedFor: '卸货中，十分钟内已清走，平台复看录像确认。'
	}
];

/** Each at another enterprise of the first street. */
export function sampleAlarms(
	seed: number,
	enterprises: readonly SampleEnterprise[],
	until: IsoDate,
	random: Random
): SampleAlarm[] {
	const places = random.shuffled(enterprises);
	return scripts.map(({ daysAgo, at, ...script }, index) => ({
		...script,
		id: stableId(seed, `alarm/${index}`),
		enterpriseId: places[index]!.id,
		alarmedAt: `${addDays(until, -daysAgo)}T${at}`
	}));
}
