import { error, json, redirect, type RequestEvent } from '@sveltejs/kit';
import { hasRole, type Membership, type MemberRole, type Session } from '#lib/identity/identity.ts';
import { problemStatus, type Problem } from '#lib/problem.ts';

export interface Member {
	session: Session;
	/** All active memberships, at least one; of the asked roles when some were asked. */
	memberships: Membership[];
}

/** Paths that programs ask: they are told what is wrong and never led to a page. */
const isInterface = (pathname: string): boolean => /^\/(api|tiles)\//.test(pathname);

/** Ends the request with a problem: the error page, or `{message, problem}` for who asked for JSON. */
export function refuse(problem: Problem): never {
	error(problemStatus[problem.code], { message: problem.code, problem });
}

/** The answer of an endpoint that could not do what was asked. */
export const problemAnswer = (problem: Problem): Response =>
	json({ problem }, { status: problemStatus[problem.code], headers: { 'cache-control': 'no-store' } });

/** Who is signed in. Pages lead others to the sign-in and back here; interfaces answer 401. */
export function requireSession(event: RequestEvent): Session {
	const { session } = event.locals;
	if (session) return session;
	if (isInterface(event.url.pathname)) refuse({ code: 'session.missing' });
	const here = event.request.method === 'GET' ? event.url.pathname + event.url.search : '/';
	redirect(303, here === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(here)}`);
}

/**
 * Who is signed in and has a membership, in one of the roles when some are named. Called first by every load,
 * action and endpoint that needs one. What they then see is decided by the database, not here.
 */
export function requireMember(event: RequestEvent, ...roles: MemberRole[]): Member {
	const session = requireSession(event);
	const { memberships } = event.locals;
	if (memberships.length === 0) {
		if (isInterface(event.url.pathname)) refuse({ code: 'session.no_membership' });
		redirect(303, '/no-membership');
	}
	if (roles.length === 0) return { session, memberships };
	if (!hasRole(memberships, ...roles)) refuse({ code: 'permission.role' });
	return { session, memberships: memberships.filter(({ role }) => roles.includes(role)) };
}
