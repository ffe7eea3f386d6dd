import type { PackedEnterprise } from '#lib/enterprise/mapEnterprise.ts';
import { hasRole, scopeCovers, type Membership } from '#lib/identity/identity.ts';

/** One line of the feed as the reader gets it. No personal data. */
export interface FeedEvent {
	position: number;
	/** An instant. */
	at: string;
	kind: string;
	scope: string;
	enterpriseId: string | null;
	data: Record<string, unknown>;
	/** As it stands now; `mapLine` is null when it operates no more. */
	enterprise: { ordinal: number; line: PackedEnterprise; mapLine: string | null } | null;
}

/** What an open page is told. */
export interface LiveMessage {
	kind: string;
	at: string;
	enterpriseId: string | null;
	/** How it stands now. */
	enterprise: PackedEnterprise | null;
}

/** What one stream may carry. Staff see scopes; a principal sees their own enterprises and no scope. */
export interface Visibility {
	scopes: readonly string[];
	enterprises: readonly string[];
}

export const visibilityOf = (memberships: readonly Membership[]): Visibility => ({
	scopes: memberships.filter((membership) => !hasRole([membership], 'principal')).map(({ scope }) => scope),
	enterprises: memberships.flatMap(({ enterpriseId }) => (enterpriseId === null ? [] : [enterpriseId]))
});

/** The same rule as the policy on `events`. */
export const maySee = ({ scopes, enterprises }: Visibility, event: FeedEvent): boolean =>
	scopes.some((scope) => scopeCovers(scope, event.scope)) ||
	(event.enterpriseId !== null && enterprises.includes(event.enterpriseId));

export const liveMessage = ({ kind, at, enterpriseId, enterprise }: FeedEvent): LiveMessage => ({
	kind,
	at,
	enterpriseId,
	enterprise: enterprise && enterprise.line
});
