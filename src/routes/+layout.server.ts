import { localeCookie, resolveLocale } from '#lib/messages/index.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ cookies }) => ({ locale: resolveLocale(cookies.get(localeCookie)) });
