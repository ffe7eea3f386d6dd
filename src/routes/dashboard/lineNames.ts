import type { Translate } from '#lib/messages/index.ts';
import type { LineNames } from '#lib/tally/dashboard/dashboardSheets.ts';

export const lineNames = (
	t: Translate,
	{ siteTypeNames, areaNames }: Record<'siteTypeNames' | 'areaNames', Record<string, string>>
): LineNames => ({
	communities: (scope) => areaNames[scope] ?? scope,
	siteTypes: (code) => siteTypeNames[code] ?? code,
	severities: (severity) =>
		t(severity === 'major' ? 'dashboard.severity.major' : 'dashboard.severity.general'),
	causes: (cause) =>
		t(
			cause === 'object'
				? 'inspection.hazard.cause.object'
				: cause === 'behaviour'
					? 'inspection.hazard.cause.behaviour'
					: 'inspection.hazard.cause.management'
		)
});
