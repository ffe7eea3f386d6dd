import type { Backend } from '#lib/backend/backend.server.ts';
import { readAnswer } from '#lib/backend/answer.ts';
import type { ChecklistVersion } from '#lib/checklist/checklist.ts';
import type { RiskTag } from '#lib/enterprise/siteType.ts';
import { installShipped } from './installShipped.server.ts';
import { readSeedLibrary } from './generate/seedFiles.ts';

/** The shipped samples are valid from this day, which lies before any history a sample street has. */
const shippedFrom = '2024-01-01';

/** Puts the shipped kinds of site, risk tags and checklists into the database; what is there is left alone. */
export const installDictionary = (backend: Backend): Promise<void> =>
	installShipped(backend, 'supabase/seed', () => install(backend));

async function install(backend: Backend): Promise<void> {
	const { siteTypes, riskTags, versions } = readSeedLibrary();
	const answer = readAnswer(
		await backend.asService('start-up').rpc('install_dictionary', {
			p_dictionary: {
				siteTypes: siteTypes.map(named),
				riskTags: riskTags.map(named),
				checklists: versions.map(checklist)
			}
		})
	);
	if (!answer.ok) throw new Error(`install_dictionary: got ${answer.problem.code}, expected ok`);
}

const named = ({ code, name, nameEn, source, isSample }: RiskTag) => ({
	code,
	nameZh: name,
	nameEn,
	source,
	isSample
});

const checklist = ({ items, ...version }: ChecklistVersion) => ({
	id: version.checklistId,
	code: version.checklistCode,
	kind: version.kind,
	siteType: version.kind === 'site_type' ? version.target : null,
	riskTag: version.kind === 'risk_tag' ? version.target : null,
	nameZh: version.name,
	nameEn: version.nameEn,
	versionId: version.id,
	version: version.version,
	validFrom: shippedFrom,
	source: version.source,
	isSample: version.isSample,
	items: items.map((item) => ({
		id: item.id,
		code: item.code,
		part: item.part,
		content: item.text,
		hazard: item.hazardDescription,
		acceptance: item.acceptance,
		cause: item.cause,
		severity: item.severity,
		majorHint: item.majorHint,
		daysToRectify: item.days,
		legalBasis: item.legalBasis
	}))
});
