import type { Backend, Client } from '#lib/backend/backend.server.ts';
import type { Membership, Session } from '#lib/identity/identity.ts';
import type { Locale } from '#lib/messages/index.ts';
import type { Problem } from '#lib/problem.ts';

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
		}
		interface Error {
			message: string;
			problem?: Problem;
		}
	}
}

export {};
