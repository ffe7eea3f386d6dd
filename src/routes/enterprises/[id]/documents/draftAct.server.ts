import { error, type RequestEvent } from '@sveltejs/kit';
import { shanghaiDate } from '#lib/calendar.ts';
import { isActKind, type ActKind } from '#lib/document/acts.ts';
import { readCard } from '#lib/enterprise/enterprise.server.ts';
import { issuingMembership } from '#lib/record/act.ts';
import { readActForm, type ActContext } from '#lib/record/actForm.ts';
import { readOfficers } from '#lib/record/act.server.ts';
import { readDocumentPage, type DocumentPage } from '#lib/record/documentPage.server.ts';
import { refuse, requireMember } from '../../../guard.ts';

/** Who writes which paper for whom; refuses a kind that is none, or none of theirs. */
export async function draftAct(event: RequestEvent, asked: string) {
	const { session, memberships } = requireMember(event);
	const { client } = event.locals;
	if (!isActKind(asked)) refuse({ code: 'not_found' });
	const kind: ActKind = asked;
	const card = await readCard(client, event.params.id!);
	if (!card) error(404, { message: 'not_found', problem: { code: 'not_found' } });
	const membership = issuingMembership(memberships, kind, card.scope);
	if (!membership) refuse({ code: 'permission.role' });
	const context: ActContext = {
		officers: kind === 'inspection_notice' ? await readOfficers(client, card.scope) : [],
		today: shanghaiDate(new Date()),
		checksThisYear: card.checksThisYear,
		writer: { userId: session.userId, name: membership.displayName }
	};
	return {
		kind,
		card,
		context,
		who: { userId: session.userId, membership },
		read: (form: FormData) => readActForm(kind, form, context)
	};
}

/** `?supersedes={document}`: the paper in whose place the new one is to stand (更正); null without. Refuses what does not hold any more. */
export async function replacedAct(event: RequestEvent): Promise<DocumentPage | null> {
	const id = event.url.searchParams.get('supersedes');
	if (!id) return null;
	const read = await readDocumentPage(event.locals.client, id);
	if (!read.ok) refuse(read.problem);
	if (!read.value.act) refuse({ code: 'not_found' });
	if (read.value.state !== 'issued') refuse({ code: 'document.state' });
	return read.value;
}
