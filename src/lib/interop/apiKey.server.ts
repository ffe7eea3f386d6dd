import { createHash, randomBytes } from 'node:crypto';
import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import type { Database } from '#lib/backend/database.types.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import { success, type Result } from '#lib/problem.ts';
import type { ApiKeyRow, NewKey } from './apiKey.ts';

/** What every key begins with, so that people and scanners of leaked secrets know one when they see it. */
const prefix = 'mck_';

export const hashKey = (key: string): string => createHash('sha256').update(key).digest('hex');

type StoredKey = Omit<Database['public']['Tables']['api_keys']['Row'], 'key_sha256'>;

/** The keys of what the client administers, newest first. */
export async function readApiKeys(client: Client): Promise<ApiKeyRow[]> {
	const rows = expectValue<StoredKey[]>(
		await client
			.from('api_keys')
			.select(
				'id, scope, name, key_hint, collections, personal_data, expires_on, created_by, created_by_name, created_at, revoked_at, last_used_at'
			)
			.order('created_at', { ascending: false })
			.limit(500)
	);
	return rows.map((row) => ({
		id: row.id,
		scope: row.scope,
		name: row.name,
		hint: row.key_hint,
		collections: row.collections as ApiKeyRow['collections'],
		personalData: row.personal_data,
		expiresOn: row.expires_on,
		createdBy: row.created_by_name,
		createdAt: row.created_at,
		revokedAt: row.revoked_at,
		lastUsedAt: row.last_used_at
	}));
}

/** Makes a key. It is told here, once; afterwards nobody knows it. */
export async function createApiKey(client: Client, key: NewKey): Promise<Result<string>> {
	const secret = prefix + randomBytes(32).toString('base64url');
	const made = readAnswer(
		await client.rpc('create_api_key', {
			p_key: { ...key, id: crypto.randomUUID(), hash: hashKey(secret), hint: secret.slice(-4) }
		})
	);
	return made.ok ? success(secret) : made;
}

export const revokeApiKey = async (client: Client, id: string): Promise<Result<unknown>> =>
	readAnswer(await client.rpc('revoke_api_key', { p_id: id }));
