import type { RiskLevel } from '#scoring';

/** Colour tokens of 红橙黄蓝; always drawn as a flag and said with its word. */
export const riskColour: Record<RiskLevel, string> = {
	major: 'risk-major',
	considerable: 'risk-larger',
	general: 'risk-general',
	low: 'risk-low'
};

/** From the worst to the mildest. Taken from here where a page needs them: the engine is no small thing to send along. */
export const riskLevels = Object.keys(riskColour) as RiskLevel[];
