import type { RiskLevel } from '#scoring';

/** Colour tokens of 红橙黄蓝; always drawn as a flag and said with its word. */
export const riskColour: Record<RiskLevel, string> = {
	major: 'risk-major',
	considerable: 'risk-larger',
	general: 'risk-general',
	low: 'risk-low'
};
