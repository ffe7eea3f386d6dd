import { z } from 'zod';
import type { IsoDate } from '#lib/calendar.ts';
import { lecScales, lsScale, rateByLec, rateByLs, type RiskLevel, type RiskRating } from '#scoring';

/** One 风险点 of the register, with the fields that Jiangsu's 生产经营单位安全风险管理条例 names (conventions §5). */
export interface RiskPoint {
	id: string;
	name: string;
	place: string;
	accidentKind: string | null;
	level: RiskLevel | null;
	method: 'lec' | 'ls' | null;
	factors: Record<string, number> | null;
	rating: number | null;
	assessedOn: IsoDate | null;
	measures: string | null;
	department: string | null;
	responsible: string | null;
	closedOn: IsoDate | null;
	closedReason: string | null;
}

export const riskMethods = ['lec', 'ls'] as const;
export type RiskMethod = (typeof riskMethods)[number];

/** The fields of each method's form, with the values each may take, the worst first. */
export const methodScales: Record<RiskMethod, Record<string, readonly number[]>> = {
	lec: lecScales,
	ls: { likelihood: lsScale, severity: lsScale }
};

/** 27 kinds of GB 6441-2025《生产安全事故分类与编码》, as secondary sources list them (conventions §5). */
export const accidentKinds = [
	...[
		'物体打击',
		'厂（场）内车辆致害',
		'道路（轨道）车辆致害',
		'机械致害',
		'起重致害',
		'触电',
		'淹溺',
		'灼烫',
		'火灾'
	],
	...[
		'高处坠落',
		'跌落',
		'坍塌',
		'水害',
		'容器爆炸',
		'管道爆炸',
		'可燃气体爆炸',
		'可燃液体蒸气爆炸',
		'粉尘爆炸'
	],
	...[
		'民用爆炸物品爆炸',
		'烟花爆竹爆炸',
		'其他可燃固体爆炸',
		'高温熔融物爆炸',
		'中毒',
		'窒息',
		'滑坡',
		'泄漏',
		'其他'
	]
] as const;

const needed = z.string().trim().min(1).max(500);
const onScale = (scale: readonly number[]) =>
	z.coerce.number().refine((value) => scale.includes(value), 'expected a value of the scale');
const common = {
	id: z.uuid(),
	name: needed,
	place: needed,
	accidentKind: z.enum(accidentKinds).or(z.literal('')),
	measures: needed,
	department: z.string().trim().max(200),
	responsible: needed
};

/** A risk point as its form sends it. */
export const riskPointSchema = z.discriminatedUnion('method', [
	z.object({
		...common,
		method: z.literal('lec'),
		likelihood: onScale(lecScales.likelihood),
		exposure: onScale(lecScales.exposure),
		consequence: onScale(lecScales.consequence)
	}),
	z.object({
		...common,
		method: z.literal('ls'),
		likelihood: onScale(lsScale),
		severity: onScale(lsScale)
	})
]);
export type RiskPointForm = z.infer<typeof riskPointSchema>;

export const closeRiskPointSchema = z.object({ id: z.uuid(), reason: needed });

/** What the chosen factors come to, or null while one is missing. For the form, before anything is sent. */
export function ratingOf(method: RiskMethod, chosen: Record<string, string>): RiskRating | null {
	const values = Object.fromEntries(
		Object.keys(methodScales[method]).map((factor) => [factor, Number(chosen[factor] || Number.NaN)])
	);
	if (Object.values(values).some(Number.isNaN)) return null;
	return method === 'lec' ? rateByLec(values as never) : rateByLs(values as never);
}
