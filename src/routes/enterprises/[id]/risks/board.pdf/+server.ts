import { error } from '@sveltejs/kit';
import { publicUrlOf } from '#lib/backend/publicUrl.ts';
import { shanghaiDate } from '#lib/calendar.ts';
import { renderRiskBoard } from '#lib/document/renderRiskBoard.server.ts';
import { readCard } from '#lib/enterprise/enterprise.server.ts';
import { readRiskPoints } from '#lib/enterprise/risk/riskPoint.server.ts';
import { readSupervisingOffice } from '#lib/record/agency.server.ts';
import { refuse, requireMember } from '../../../../guard.ts';
import { pdfResponse } from '../../../../pdfResponse.ts';
import type { RequestHandler } from './$types';

/** 风险告知公示栏 of the open risk points; `?paper=a3` lies and is read from further away. */
export const GET: RequestHandler = async (event) => {
	requireMember(event);
	const { client } = event.locals;
	const card = await readCard(client, event.params.id);
	if (!card) error(404, { message: 'not_found', problem: { code: 'not_found' } });
	const [points, supervision] = await Promise.all([
		readRiskPoints(client, card.id),
		readSupervisingOffice(client, card.scope)
	]);
	const made = await renderRiskBoard({
		paper: event.url.searchParams.get('paper') === 'a3' ? 'a3' : 'a4',
		isSample: true,
		enterprise: {
			name: card.name,
			creditCode: card.creditCode,
			address: card.address || '/',
			principalName: card.principal?.name ?? null
		},
		emergencyPhone: [card.contactName, card.contactPhone].filter(Boolean).join(' ') || null,
		supervision,
		points: points
			.filter(({ closedOn }) => closedOn === null)
			.map(({ level, name, place, accidentKind, measures, department, responsible }) => ({
				level,
				name,
				place,
				accident: accidentKind,
				measures,
				department,
				responsible
			})),
		plateUrl: new URL(`/enterprises/${card.id}`, publicUrlOf(process.env)).href,
		madeOn: shanghaiDate(new Date())
	});
	if (!made.ok) refuse(made.problem);
	return pdfResponse({ bytes: made.value, fileName: `${card.name} 风险告知公示栏.pdf` });
};
