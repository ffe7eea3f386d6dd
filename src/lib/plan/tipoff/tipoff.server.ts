import { createHash, createHmac } from 'node:crypto';
import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import type { Backend, Client } from '#lib/backend/backend.server.ts';
import { Attempts } from '#lib/identity/attempts.ts';
import { evidenceLimitMegabytes, receiveEvidence } from '#lib/inspection/receiveEvidence.server.ts';
import { failure, success, type Result } from '#lib/problem.ts';
import {
	followCode,
	mostTipoffPhotos,
	readFollowCode,
	type FollowedTipoff,
	type TipoffAct,
	type TipoffForm,
	type TipoffListState,
	type TipoffPage,
	type TipoffPlaces,
	type TipoffRows,
	type TipoffStepForm
} from './tipoff.ts';

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** Nobody tells more than a few a quarter of an hour, and nobody guesses codes. */
const submissions = new Attempts();
const guesses = new Attempts();

export const readTipoffPlaces = async (
	backend: Backend,
	enterpriseId: string | null
): Promise<TipoffPlaces> =>
	expectValue<TipoffPlaces>(
		await backend
			.asService('tip-offs')
			.rpc('tipoff_places', { p_enterprise: enterpriseId as unknown as string })
	);

/**
 * Takes a tip-off with its photos. @param address of the visitor, kept in memory for as long as it limits them.
 * @returns 查询码, of which only the hash is kept. The same form sent again, because its answer was lost on the way, gets the same.
 */
export async function submitTipoff(
	backend: Backend,
	form: TipoffForm,
	{ files, address }: { files: readonly FormDataEntryValue[]; address: string }
): Promise<Result<{ code: string }>> {
	const now = Date.now();
	const minutes = submissions.waitMinutes(address, now);
	if (minutes) return failure('tipoff.too_many', { minutes });
	// Before anything is stored: what is refused later has filled the disk as well.
	submissions.noteFailure(address, now);
	const photos = await putPhotos(backend, form.id, files);
	if (!photos.ok) return photos;
	const code = codeOf(backend, form.id);
	const answer = readAnswer(
		await backend.asService('tip-offs').rpc('submit_tipoff', {
			p_tipoff: { ...form, codeSha256: sha256(code), photos: photos.value }
		})
	);
	return answer.ok ? success({ code }) : answer;
}

/** Made from the form's id under the server's secret, so that nobody else can make it and it need not be kept. */
const codeOf = ({ keys }: Backend, tipoffId: string): string =>
	followCode(createHmac('sha512', keys.deliverySecret).update(`tipoff/code\n${tipoffId}`).digest());

/** Stored durably first, then said to the database; a file field in which nothing was chosen sends one empty file. */
async function putPhotos(
	backend: Backend,
	tipoffId: string,
	files: readonly FormDataEntryValue[]
): Promise<Result<string[]>> {
	const hashes: string[] = [];
	const chosen = files.filter((file): file is File => file instanceof File && file.size > 0);
	if (chosen.length > mostTipoffPhotos) return failure('request.invalid', undefined, 'photos');
	for (const file of chosen) {
		if (file.size > evidenceLimitMegabytes * 1024 * 1024)
			return failure('evidence.too_large', { limitMegabytes: evidenceLimitMegabytes });
		const bytes = new Uint8Array(await file.arrayBuffer());
		const hash = sha256(bytes);
		const received = await receiveEvidence(new Response(bytes), hash);
		if (!received.ok) return received;
		const { mediaType } = received.value;
		const stored = await backend.evidence.put(hash, bytes, mediaType);
		if (!stored.ok) return stored;
		const registered = readAnswer(
			await backend.asService('tip-offs').rpc('register_tipoff_evidence', {
				p_tipoff: tipoffId,
				p_sha256: hash,
				p_bytes: bytes.byteLength,
				p_media_type: mediaType
			})
		);
		if (!registered.ok) return registered;
		if (!hashes.includes(hash)) hashes.push(hash);
	}
	return success(hashes);
}

/** What became of a tip-off. A wrong code and one that never was get the same answer. */
export async function followTipoff(
	backend: Backend,
	text: string,
	address: string
): Promise<Result<FollowedTipoff>> {
	const now = Date.now();
	const minutes = guesses.waitMinutes(address, now);
	if (minutes) return failure('tipoff.too_many', { minutes });
	const code = readFollowCode(text);
	const answer = code
		? readAnswer<FollowedTipoff>(
				await backend.asService('tip-offs').rpc('follow_tipoff', { p_code_sha256: sha256(code) })
			)
		: failure('tipoff.unknown');
	if (!answer.ok && answer.problem.code === 'tipoff.unknown') guesses.noteFailure(address, now);
	return answer;
}

export const readTipoffs = async (
	client: Client,
	filter: { state: TipoffListState; q: string | null },
	page: number
): Promise<TipoffRows> =>
	expectValue<TipoffRows>(await client.rpc('tipoff_rows', { p_filter: filter, p_page: page }));

/** @param words by which sites that may be meant are looked for; without any, by the place that was told. */
export const readTipoff = async (client: Client, id: string, words: string): Promise<Result<TipoffPage>> =>
	readAnswer(await client.rpc('read_tipoff', { p_id: id, p_words: words }));

/** Who told it: for who is in charge, and audited each time. */
export const readReporter = async (
	client: Client,
	id: string
): Promise<Result<{ name: string; phone: string }>> =>
	readAnswer(await client.rpc('read_tipoff_reporter', { p_id: id }));

export const stepTipoff = async (
	client: Client,
	id: string,
	act: TipoffAct,
	step: TipoffStepForm
): Promise<Result<unknown>> =>
	readAnswer(await client.rpc('step_tipoff', { p_id: id, p_step: { ...step, act } }));
