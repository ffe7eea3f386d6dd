import type { BaseMap } from '#lib/area/baseMap.ts';
import type { Backend, Client } from '#lib/backend/backend.server.ts';
import type { Membership, Session } from '#lib/identity/identity.ts';
import type { Locale } from '#lib/messages/index.ts';
import type { Problem } from '#lib/problem.ts';
import type { VisitStep } from '#lib/record/draft.ts';

declare global {
	namespace App {
		interface Locals {
			backend: Backend;
			/** null: nobody is signed in. */
			session: Session | null;
			/** Active memberships of the session; empty without one. */
			memberships: Membership[];
			/** Acts with the user's own token; without a session it is the anonymous client and sees nothing. */
			client: Client;
			locale: Locale;
			/** What lies under our maps, as the operator states it. */
			baseMap: BaseMap;
		}
		interface Error {
			message: string;
			problem?: Problem;
			/** Stands in the log beside what went wrong. */
			reference?: string;
		}
		interface PageState {
			/** The step of a visit that is shown (/visit). */
			step?: VisitStep;
		}
		interface PageData {
			/** How a page is framed: with the bars (default), edge to edge under them (a map), or on its own. */
			frame?: 'shell' | 'bleed' | 'none';
			/** For who is signed in: a key in it is not for everybody. */
			baseMap?: BaseMap | null;
		}
	}
}

export {};
