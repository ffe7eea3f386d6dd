import { redirect } from '@sveltejs/kit';
import { isLocale, localeCookie } from '#lib/messages/index.ts';
import { pathWithinSite } from '#lib/ui/pathWithinSite.ts';
import type { RequestHandler } from './$types';

const yearSeconds = 365 * 24 * 3600;

/** Switches the language and goes back to where the person was. Works without script. */
export const POST: RequestHandler = async ({ request, cookies, url }) => {
	const form = await request.formData();
	const locale = form.get('locale');
	if (isLocale(locale)) {
		cookies.set(localeCookie, locale, {
			path: '/',
			maxAge: yearSeconds,
			sameSite: 'lax',
			secure: url.protocol === 'https:'
		});
	}
	redirect(303, pathWithinSite(form.get('back')));
};
