import { fail, redirect } from '@sveltejs/kit';
import { v7 as uuidV7 } from 'uuid';
import { enteredText } from '#lib/identity/credentials.ts';
import { problemStatus } from '#lib/problem.ts';
import { issueAct } from '#lib/record/act.server.ts';
import { enteredOf } from '#lib/record/actForm.ts';
import { draftAct, replacedAct } from '../draftAct.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { kind, card, context, who } = await draftAct(event, event.url.searchParams.get('kind') ?? '');
	const replaced = await replacedAct(event);
	return {
		kind,
		/** 更正: the paper it is to replace, and its text to begin with. */
		replaces: replaced && { numberText: replaced.numberText, ...enteredOf(replaced.act!.body) },
		enterprise: { id: card.id, name: card.name, address: card.address },
		officers: context.officers,
		today: context.today,
		checksThisYear: context.checksThisYear,
		signer: { name: who.membership.displayName, agency: who.membership.agencyName },
		userId: who.userId,
		/** One id for the form: sent twice, it is one paper. */
		id: uuidV7()
	};
};

export const actions: Actions = {
	default: async (event) => {
		const { card, who, read } = await draftAct(event, event.url.searchParams.get('kind') ?? '');
		const form = await event.request.formData();
		const body = read(form);
		const id = String(form.get('id') ?? '');
		const { backend, client } = event.locals;
		const replaced = await replacedAct(event);
		const corrects = replaced && {
			supersedes: replaced.subjectId,
			correction: {
				number: (replaced.correction?.number ?? 0) + 1,
				reason: String(form.get('reason') ?? '')
			}
		};
		const issued = body.ok
			? await issueAct(backend, client, who, { id, card, body: body.value, ...corrects })
			: body;
		if (!issued.ok)
			return fail(problemStatus[issued.problem.code], {
				problem: issued.problem,
				entered: enteredText(form),
				chosen: form.getAll('officers').map(String)
			});
		redirect(303, `/documents/${issued.value.documentId}?issued`);
	}
};
