import type { PackedEnterprise } from '#lib/enterprise/mapIndex/mapEnterprise.ts';
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
	/** Its line in the map, for staff; null also when it operates no more. */
	mapLine: string | null;
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

const seesAsStaff = ({ scopes }: Visibility, event: FeedEvent): boolean =>
	scopes.some((scope) => scopeCovers(scope, event.scope));

/** The same rule as the policy on `events`. */
export const maySee = (visibility: Visibility, event: FeedEvent): boolean =>
	seesAsStaff(visibility, event) ||
	(event.enterpriseId !== null && visibility.enterprises.includes(event.enterpriseId));

/** What is told of an event to whom may see it. The map line holds 动态风险分, which enterprises are not told. */
export const liveMessage = (visibility: Visibility, event: FeedEvent): LiveMessage => ({
	kind: event.kind,
	at: event.at,
	enterpriseId: event.enterpriseId,
	enterprise: event.enterprise?.line ?? null,
	mapLine: seesAsStaff(visibility, event) ? (event.enterprise?.mapLine ?? null) : null
});
