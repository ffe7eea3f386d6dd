import { readCard } from '#lib/enterprise/enterprise.server.ts';
import { readPlanOfVisit } from '#lib/plan/inspectionPlan/inspectionPlan.server.ts';
import { readCorrections } from '#lib/record/correction/corrections.server.ts';
import { readInspectionPage } from '#lib/record/inspectionPage.server.ts';
import { refuse, requireMember } from '../../guard.ts';
import type { PageServerLoad } from './$types';

/** The record that holds; `?record=0` is the first one, `?record=1` that of the first correction, and so on. */
export const load: PageServerLoad = async (event) => {
	const { memberships } = requireMember(event);
	const { client } = event.locals;
	const [answer, line] = await Promise.all([
		readInspectionPage(client, event.params.id),
		readCorrections(client, event.params.id)
	]);
	if (!answer.ok) refuse(answer.problem);
	if (!line.ok) refuse(line.problem);
	const { records, corrections, obstacle } = line.value;
	const last = records.length - 1;
	const asked = Number(event.url.searchParams.get('record') ?? last);
	const shown = records[asked] ?? refuse({ code: 'not_found' });
	const link = corrections[asked - 1];
	const { chain, enterpriseId } = answer.value;
	const isStaff = memberships.some(({ role }) => role !== 'principal');
	const [card, plan] = await Promise.all([
		readCard(client, enterpriseId),
		isStaff ? readPlanOfVisit(client, event.params.id) : null
	]);
	return {
		inspection: {
			...answer.value,
			record: shown.record,
			chain: link
				? { position: link.position, sha256: link.sha256, link: link.link, sealedAt: link.at }
				: chain
		},
		corrections: corrections.map(({ id, number, reason, byName, byRole, at, supersededSha256, changes }) => ({
			id,
			number,
			reason,
			byName,
			byRole,
			at,
			supersededSha256,
			changes
		})),
		/** Set while an earlier record is shown. */
		replacedBy: asked < last ? last : null,
		/** What the place may not use today, whatever it was when this was written. */
		stops: card?.stops ?? [],
		mayCorrect: obstacle === null,
		/** 现场检查方案 that this visit carried out. */
		plan,
		isStaff
	};
};
