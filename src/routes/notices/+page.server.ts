import { fail, redirect } from '@sveltejs/kit';
import { readForm } from '#lib/identity/credentials.ts';
import { channelsOn } from '#lib/plan/notice/channelSettings.ts';
import { readOwnNotices, removeDevices, saveChoice } from '#lib/plan/notice/ownNotices.server.ts';
import { noticeChoiceSchema } from '#lib/plan/notice/ownNotices.ts';
import { problemStatus, type Result } from '#lib/problem.ts';
import { requireMember } from '../guard.ts';
import { channelsFrom } from './channels.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	requireMember(event, 'principal', 'inspector');
	const { backend, client } = event.locals;
	return {
		own: await readOwnNotices(client),
		on: channelsOn(channelsFrom(process.env)),
		pushKey: backend.keys.push.publicKey,
		saved: event.url.searchParams.has('saved')
	};
};

function finish(event: RequestEvent, done: Result<unknown>) {
	if (!done.ok) return fail(problemStatus[done.problem.code], { problem: done.problem });
	redirect(303, `${event.url.pathname}?saved`);
}

export const actions: Actions = {
	choose: async (event) => {
		requireMember(event, 'principal', 'inspector');
		const form = readForm(noticeChoiceSchema, await event.request.formData());
		return finish(event, form.ok ? await saveChoice(event.locals.client, form.value) : form);
	},
	forget: async (event) => {
		requireMember(event);
		return finish(event, await removeDevices(event.locals.client, null));
	}
};
