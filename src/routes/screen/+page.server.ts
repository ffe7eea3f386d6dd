import { refuse } from '../guard.ts';
import { screenOf } from './screenOf.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const screen = await screenOf(event);
	if (!screen.ok) refuse(screen.problem);
	return { frame: 'none' as const, screen: screen.value };
};
