import { expectValue } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';

export interface DeclaredScheme {
	packId: string;
	name: string;
	isSample: boolean;
}

/** The schemes in force somewhere in what the client may see. */
export const readDeclaredSchemes = async (client: Client): Promise<DeclaredScheme[]> =>
	expectValue<DeclaredScheme[]>(await client.rpc('declared_schemes'));
