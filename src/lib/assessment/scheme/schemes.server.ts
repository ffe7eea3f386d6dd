import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import { canonicalText } from '#lib/canonical.ts';
import type { IsoDate } from '#lib/calendar.ts';
import { failure, type Result } from '#lib/problem.ts';
import { loadPack, packDocument, parsePack, type Pack, type PackOutcome, type PackProblem } from '#scoring';
import type { Declaration, PackVersion, SchemeBook } from './schemes.ts';

export interface DeclaredScheme {
	packId: string;
	name: string;
	isSample: boolean;
}

/** The schemes in force somewhere in what the client may see. */
export const readDeclaredSchemes = async (client: Client): Promise<DeclaredScheme[]> =>
	expectValue<DeclaredScheme[]>(await client.rpc('declared_schemes'));

/** Every scheme with its versions and declarations; null for who neither leads nor administers. */
export const readSchemes = async (client: Client): Promise<SchemeBook | null> =>
	expectValue<SchemeBook | null>(await client.rpc('schemes'));

/** What the check of a stored version says; null when the client may not read it. */
export async function checkStoredPack(client: Client, sha256: string): Promise<PackOutcome | null> {
	const rows = expectValue<{ document: unknown }[]>(
		await client.from('scheme_packs').select('document').eq('sha256', sha256)
	);
	return rows.length === 0 ? null : loadPack(rows[0]!.document);
}

/** A stored version, ready for use. @throws when it no longer passes the check: nobody can put one there that does not. */
export async function readPack(client: Client, sha256: string): Promise<Pack> {
	const outcome = await checkStoredPack(client, sha256);
	if (outcome?.ok) return outcome.pack;
	throw new Error(`pack ${sha256}: got ${outcome?.problems[0]?.message ?? 'nothing'}, expected a valid pack`);
}

/** Declares a version for a place and a kind of site from a day on; `hasBegun`: it counts from today. */
export const activateScheme = async (
	client: Client,
	{ id, sha256 }: Pick<PackVersion, 'id' | 'sha256'>,
	{ scope, siteType, from }: Omit<Declaration, 'version'>
): Promise<Result<{ id: string; hasBegun: boolean }>> =>
	readAnswer(
		await client.rpc('activate_scheme', {
			p_pack: id,
			p_sha256: sha256,
			p_scope: scope,
			// The generated types know no nullable arguments.
			p_site_type: siteType as string,
			p_from: from satisfies IsoDate
		})
	);

/** Takes back a declaration that has not begun. */
export const withdrawScheme = async (client: Client, activationId: string): Promise<Result<unknown>> =>
	readAnswer(await client.rpc('withdraw_scheme', { p_activation: activationId }));

/** Larger than any scheme that was ever published, small enough to be read at once. */
const packFileBytes = 500_000;

export type AddPackOutcome =
	| Result<{ id: string; sha256: string }>
	| { ok: false; problem: { code: 'scheme.file' }; faults: PackProblem[] };

/** Keeps a pack file as a new version. Refused with every line that is wrong. */
export async function addPack(client: Client, file: File): Promise<AddPackOutcome> {
	if (file.size === 0) return failure('import.empty', undefined, 'file');
	if (file.size > packFileBytes) return failure('request.too_large', { limitMegabytes: packFileBytes / 1e6 });
	const outcome = parsePack(await file.text());
	if (!outcome.ok) return { ok: false, problem: { code: 'scheme.file' }, faults: outcome.problems };
	return readAnswer(
		await client.rpc('add_pack', { p_document_text: canonicalText(packDocument(outcome.pack)) })
	);
}
