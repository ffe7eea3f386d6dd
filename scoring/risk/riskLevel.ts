/**
 * 安全风险等级（红橙黄蓝）of a 风险点, by LEC or LS. It is about what could happen and is kept apart from 记分,
 * which is about what was found: neither reads the other.
 */
export const riskLevels = ['major', 'considerable', 'general', 'low'] as const;
/** 重大（红）· 较大（橙）· 一般（黄）· 低（蓝）. */
export type RiskLevel = (typeof riskLevels)[number];

/**
 * The values that L, E and C of the LEC method (D = L × E × C) may take, the worst first. Their words are in the
 * interface's texts. Source: the method's usual table, docs/decisions/risk-levels.md.
 */
export const lecScales = {
	/** 事故发生的可能性 */
	likelihood: [10, 6, 3, 1, 0.5, 0.2, 0.1],
	/** 暴露于危险环境的频繁程度 */
	exposure: [10, 6, 3, 2, 1, 0.5],
	/** 发生事故产生的后果 */
	consequence: [100, 40, 15, 7, 3, 1]
} as const;
export type LecFactor = keyof typeof lecScales;
export type LecFactors = Record<LecFactor, number>;

/** 可能性 and 严重性 of the LS method (R = L × S): whole numbers from 1 to 5. */
export const lsScale = [5, 4, 3, 2, 1] as const;
export interface LsFactors {
	likelihood: number;
	severity: number;
}

/** From which value on (以上含本数) each level holds. Cut-offs differ from place to place: another may be given. */
export type RiskThresholds = Record<Exclude<RiskLevel, 'low'>, number>;
/** 320 / 160 / 70, the method's usual bands put into four colours. */
export const lecThresholds: RiskThresholds = { major: 320, considerable: 160, general: 70 };
/** 17 / 11 / 5, as one system in use has them. */
export const lsThresholds: RiskThresholds = { major: 17, considerable: 11, general: 5 };

export interface RiskRating {
	/** D or R. */
	value: number;
	level: RiskLevel;
}

/** Throws a RangeError (got, expected) on a value that is not on its scale. */
export function rateByLec(factors: LecFactors, thresholds: RiskThresholds = lecThresholds): RiskRating {
	for (const [factor, scale] of Object.entries(lecScales) as [LecFactor, readonly number[]][]) {
		if (!scale.includes(factors[factor]))
			throw new RangeError(`${factor}: got ${factors[factor]}, expected one of ${scale.join(', ')}`);
	}
	// L and E have one decimal at most: in tenths the product is exact.
	const value =
		(Math.round(factors.likelihood * 10) * Math.round(factors.exposure * 10) * factors.consequence) / 100;
	return { value, level: levelOf(value, thresholds) };
}

/** Throws a RangeError (got, expected) on a value that is not a whole number from 1 to 5. */
export function rateByLs({ likelihood, severity }: LsFactors, thresholds = lsThresholds): RiskRating {
	for (const [name, value] of Object.entries({ likelihood, severity })) {
		if (!(lsScale as readonly number[]).includes(value))
			throw new RangeError(`${name}: got ${value}, expected a whole number from 1 to 5`);
	}
	const value = likelihood * severity;
	return { value, level: levelOf(value, thresholds) };
}

const levelOf = (value: number, thresholds: RiskThresholds): RiskLevel =>
	riskLevels.find((level) => level === 'low' || value >= thresholds[level])!;

/** The worst of several; null of none. */
export const worstRisk = (levels: readonly RiskLevel[]): RiskLevel | null =>
	riskLevels.find((level) => levels.includes(level)) ?? null;
