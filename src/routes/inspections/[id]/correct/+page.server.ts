import { v7 as uuidV7 } from 'uuid';
import { loadTranslate } from '#lib/messages/index.ts';
import { readOfficers } from '#lib/record/act.server.ts';
import { correctionWords } from '#lib/record/correction/correctionWords.ts';
import { readCorrections } from '#lib/record/correction/corrections.server.ts';
import { needsCosigner } from '#lib/record/correction/correction.ts';
import { describeHazards } from '#lib/record/inspectionPage.server.ts';
import { refuse, requireMember } from '../../../guard.ts';
import type { PageServerLoad } from './$types';

/** 更正 of a sealed visit, prefilled with the record that holds. */
export const load: PageServerLoad = async (event) => {
	const { session, memberships } = requireMember(event, 'inspector', 'community_worker', 'leader');
	const { client } = event.locals;
	const line = await readCorrections(client, event.params.id);
	if (!line.ok) refuse(line.problem);
	const { obstacle, standing, corrections, by, track, scope, agencyId } = line.value;
	if (obstacle) refuse({ code: obstacle });
	const membership = memberships.find(
		(one) => one.agencyId === agencyId && (one.role === 'leader') === (by === 'supervisor')
	);
	if (!membership) refuse({ code: 'permission.role' });
	const { content } = standing.record;
	return {
		inspectionId: event.params.id,
		/** One id for the form: sent twice, it is one correction. */
		id: uuidV7(),
		today: line.value.today,
		track,
		content,
		supersedes: standing.subjectId,
		number: corrections.length + 1,
		by,
		courses: line.value.hazards,
		rechecked: await describeHazards(
			client,
			content.verdicts.map(({ hazardId }) => hazardId)
		),
		me: {
			userId: session.userId,
			name: membership.displayName,
			licence: membership.licenceNumber
		},
		companions: needsCosigner(track)
			? (await readOfficers(client, scope)).filter(
					({ userId, licence }) => userId !== session.userId && licence
				)
			: [],
		words: correctionWords(await loadTranslate(event.locals.locale))
	};
};
