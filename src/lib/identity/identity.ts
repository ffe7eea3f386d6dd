import type { IsoDate } from '#lib/calendar.ts';

/** What a person does here. Staff roles have a scope; a principal (主要负责人) has one enterprise. */
export const memberRoles = ['administrator', 'leader', 'inspector', 'community_worker', 'principal'] as const;
export type MemberRole = (typeof memberRoles)[number];

export interface Membership {
	id: string;
	role: MemberRole;
	agencyId: string | null;
	/** Path of four-digit segments; '' is everything. For a principal it opens nothing. */
	scope: string;
	enterpriseId: string | null;
	displayName: string;
	/** 执法证号 and the last day it is valid on. */
	licenceNumber: string | null;
	licenceValidUntil: IsoDate | null;
	/** The agency's full name, and the area or enterprise the membership is for; null where there is none. */
	agencyName: string | null;
	placeName: string | null;
}

/** Who is asking: their account and their own token, with which every question to the database is asked. */
export interface Session {
	userId: string;
	email: string;
	accessToken: string;
}

export const hasRole = (memberships: readonly Membership[], ...roles: MemberRole[]): boolean =>
	memberships.some((membership) => roles.includes(membership.role));

/** Whether a scope lies in another one or is it. Scopes are compared as paths, never by name. */
export const scopeCovers = (outer: string, inner: string): boolean => inner.startsWith(outer);

/** The first page of a person: where their work begins. */
export function homePath(memberships: readonly Membership[]): string {
	if (memberships.length === 0) return '/no-membership';
	if (hasRole(memberships, 'leader', 'administrator')) return '/';
	if (hasRole(memberships, 'inspector', 'community_worker')) return '/round';
	return '/my';
}
