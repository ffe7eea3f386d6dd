import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deliveryTokens } from '#lib/document/deliveryTokens.server.ts';
import { mainDocument, outstanding } from '#lib/record/delivery.ts';
import {
	deliveryPhoto,
	noteOpened,
	objectToDelivery,
	putDeliveryEvidence,
	readDelivery,
	receiveDelivery,
	submitRectification,
	unlockDelivery
} from '#lib/record/delivery.server.ts';
import type { Result } from '#lib/problem.ts';
import { openTestBackend, type TestBackend } from '../support/testBackend.ts';
import { foundTwo, picture, recheck, requestOf, sealedBy } from './sealed.ts';
import { ids, makeStreet, type Street } from './street.ts';
import { cleanVisit } from './visit.ts';

let opened: TestBackend;
let street: Street;
/** Friday, 14:00 in Shanghai. */
const now = new Date('2026-11-20T06:00:00Z');
const at = new Date('2026-11-20T05:30:00Z');

beforeAll(async () => {
	opened = await openTestBackend();
	street = await makeStreet(opened);
	await opened.setClock(now);
});
afterAll(() => opened.close());

const codeOf = (answer: Result<unknown>) => (answer.ok ? 'ok' : answer.problem.code);
const tokensOf = (deliveryId: string) => deliveryTokens(opened.backend.keys.deliverySecret, deliveryId);

async function delivered() {
	const visit = foundTwo(street, at);
	const seal = await sealedBy(opened, street, visit);
	return { ...tokensOf(seal.deliveryId), ...seal, visit, hazardIds: visit.hazards.map(({ id }) => id) };
}

async function put(token: string, number: number, proof?: string) {
	const photo = picture(number);
	const answer = await putDeliveryEvidence(opened.backend, token, photo.sha256, {
		request: requestOf(photo.bytes),
		proof
	});
	return { ...photo, answer };
}

/** Every count that a visitor could change. */
async function counts(): Promise<unknown> {
	const tables = [
		'deliveries',
		'delivery_events',
		'events',
		'rectifications',
		'hazard_transitions',
		'evidence',
		'evidence_uses',
		'audit_log',
		'documents'
	];
	const rows = await opened.sql(
		`select ${tables.map((table) => `(select count(*) from public.${table})::int as ${table}`).join(', ')},
			(select count(*) from public.deliveries where opened_at is not null)::int as opened`
	);
	return rows[0];
}

describe('who holds no valid token gets nothing', () => {
	test('an expired code says so; a revoked one says what an unknown one says', async () => {
		expect(codeOf(await readDelivery(opened.backend, 'x'.repeat(27)))).toBe('delivery.unknown');
		const { deliveryId, screenToken } = await delivered();
		await opened.sql(`update public.deliveries set expires_at = app.now() where id = $1`, [deliveryId]);
		expect(codeOf(await readDelivery(opened.backend, screenToken))).toBe('delivery.expired');
		await opened.sql(`update public.deliveries set revoked_at = app.now() where id = $1`, [deliveryId]);
		expect(await readDelivery(opened.backend, screenToken)).toEqual(
			await readDelivery(opened.backend, 'x'.repeat(27))
		);
		expect(codeOf(await receiveDelivery(opened.backend, screenToken, { name: '周店长' }))).toBe(
			'delivery.unknown'
		);
		expect(codeOf(await noteOpened(opened.backend, screenToken, 'screen'))).toBe('delivery.unknown');
		expect(codeOf((await put(screenToken, 1)).answer)).toBe('delivery.unknown');
	});

	test('none of the functions behind the page is for signed-in users or visitors', async () => {
		const { inspectionId } = await delivered();
		const hash = 'a'.repeat(64);
		for (const client of [street.as(street.wang), opened.backend.asAnonymous()]) {
			const calls = [
				client.rpc('read_delivery', { p_token_sha256: hash }),
				client.rpc('receive_delivery', { p_token_sha256: hash, p_name: '王', p_means: 'screen' }),
				client.rpc('object_to_delivery', { p_token_sha256: hash, p_name: '王', p_note: '不同意' }),
				client.rpc('unlock_delivery', { p_token_sha256: hash, p_code_sha256: hash }),
				client.rpc('note_delivery_opened', { p_token_sha256: hash, p_means: 'screen' }),
				client.rpc('submit_rectification', { p_token_sha256: hash, p_rectification: {} }),
				client.rpc('register_delivery_evidence', {
					p_token_sha256: hash,
					p_sha256: hash,
					p_bytes: 1,
					p_media_type: 'image/png'
				}),
				client.rpc('document_source', { p_document: inspectionId }),
				client.rpc('read_chain', { p_after: 0 }),
				client.rpc('verify_hash', { p_sha256: hash })
			];
			for (const { error } of await Promise.all(calls)) expect(error?.code).toBe('42501');
		}
	});
});

describe('a code from paper', () => {
	test('shows a stranger what is wrong there, but no name, no picture, no points, and takes nothing from them', async () => {
		const { paperToken, hazardIds } = await delivered();
		const read = await readDelivery(opened.backend, paperToken);
		if (!read.ok) throw new Error(read.problem.code);
		expect(read.value.isLocked).toBe(true);
		expect(read.value.delivery.hazards).toHaveLength(2);
		expect(read.value.delivery.inspection).toMatchObject({ inspectorName: '王*', provisional: null });
		expect(JSON.stringify(read.value.delivery)).not.toMatch(/王检|周店长/);
		const before = await counts();
		expect(codeOf(await receiveDelivery(opened.backend, paperToken, { name: '路人' }))).toBe(
			'delivery.code_wrong'
		);
		expect(codeOf(await objectToDelivery(opened.backend, paperToken, { name: '', note: '不服' }))).toBe(
			'delivery.code_wrong'
		);
		expect(codeOf((await put(paperToken, 2)).answer)).toBe('delivery.code_wrong');
		const rectification = {
			id: randomUUID(),
			hazardId: hazardIds[0]!,
			note: '已改',
			photos: ['a'.repeat(64)]
		};
		expect(codeOf(await submitRectification(opened.backend, paperToken, rectification))).toBe(
			'delivery.code_wrong'
		);
		expect(codeOf(await receiveDelivery(opened.backend, paperToken, { name: '路人', proof: 'forged' }))).toBe(
			'delivery.code_wrong'
		);
		expect(await counts()).toEqual(before);
	});

	test('opens with the 领取码, for this delivery only', async () => {
		const first = await delivered();
		const second = await delivered();
		const unlocked = await unlockDelivery(opened.backend, first.paperToken, ` ${first.code} `);
		if (!unlocked.ok) throw new Error(unlocked.problem.code);
		const { proof } = unlocked.value;
		expect(await readDelivery(opened.backend, first.paperToken, proof)).toMatchObject({
			ok: true,
			value: { isLocked: false }
		});
		expect(await readDelivery(opened.backend, second.paperToken, proof)).toMatchObject({
			ok: true,
			value: { isLocked: true }
		});
		expect(codeOf(await receiveDelivery(opened.backend, first.paperToken, { name: '周店长', proof }))).toBe(
			'ok'
		);
	});

	test('closes for an hour after five wrong ones, even to the right one', async () => {
		const { paperToken, code } = await delivered();
		const wrong = code === '000000' ? '111111' : '000000';
		for (let n = 0; n < 5; n++)
			expect(codeOf(await unlockDelivery(opened.backend, paperToken, wrong))).toBe('delivery.code_wrong');
		const locked = await unlockDelivery(opened.backend, paperToken, code);
		expect(locked).toMatchObject({
			ok: false,
			problem: { code: 'delivery.code_locked', details: { minutes: 60 } }
		});
		await opened.setClock(new Date(now.getTime() + 61 * 60_000));
		expect(codeOf(await unlockDelivery(opened.backend, paperToken, code))).toBe('ok');
		await opened.setClock(now);
	});
});

describe('the page of a delivery', () => {
	test('changes nothing by being read, however often; opening is said apart and counts once', async () => {
		const { screenToken, paperToken, deliveryId } = await delivered();
		const before = await counts();
		for (const token of [screenToken, screenToken, paperToken]) await readDelivery(opened.backend, token);
		await deliveryPhoto(opened.backend, screenToken, 'a'.repeat(64));
		expect(await counts()).toEqual(before);
		await noteOpened(opened.backend, screenToken, 'screen');
		await noteOpened(opened.backend, screenToken, 'screen');
		const events = await opened.sql(`select kind from public.delivery_events where delivery_id = $1`, [
			deliveryId
		]);
		expect(events).toEqual([{ kind: 'opened' }]);
	});

	test('tells the earliest deadline and what it is about', async () => {
		const { screenToken } = await delivered();
		const read = await readDelivery(opened.backend, screenToken);
		if (!read.ok) throw new Error(read.problem.code);
		const { delivery } = read.value;
		expect(outstanding(delivery)).toEqual({ hazards: 2, submitted: 0, deadline: '2026-11-23', daysLeft: 3 });
		expect(mainDocument(delivery.documents)?.kind).toBe('rectification_order');
		expect(delivery.inspection?.inspectorName).toBe('王检');
	});

	test('a receipt needs a name, and the first one stands', async () => {
		const { screenToken } = await delivered();
		expect(codeOf(await receiveDelivery(opened.backend, screenToken, { name: '  ' }))).toBe(
			'request.invalid'
		);
		const first = await receiveDelivery(opened.backend, screenToken, { name: '周店长' });
		expect(await receiveDelivery(opened.backend, screenToken, { name: '别人' })).toEqual(first);
		expect(first).toMatchObject({ ok: true, value: { receivedBy: '周店长' } });
	});

	test('an objection needs words', async () => {
		const { screenToken, deliveryId } = await delivered();
		expect(codeOf(await objectToDelivery(opened.backend, screenToken, { name: '周店长', note: '' }))).toBe(
			'request.invalid'
		);
		expect(
			codeOf(await objectToDelivery(opened.backend, screenToken, { name: '周店长', note: '第2项不属实' }))
		).toBe('ok');
		const events = await opened.sql(
			`select kind, by_name, note from public.delivery_events where delivery_id = $1`,
			[deliveryId]
		);
		expect(events).toEqual([{ kind: 'objected', by_name: '周店长', note: '第2项不属实' }]);
	});
});

describe('提交整改照片', () => {
	test('is refused without text or photo, for a hazard of another visit, with a photo of another delivery', async () => {
		const mine = await delivered();
		const other = await delivered();
		const { sha256 } = await put(mine.screenToken, 10);
		const foreign = await put(other.screenToken, 11);
		const send = (more: object) =>
			submitRectification(opened.backend, mine.screenToken, {
				id: randomUUID(),
				hazardId: mine.hazardIds[0]!,
				note: '已安装',
				photos: [sha256],
				...more
			});
		const before = await counts();
		expect(codeOf(await send({ note: ' ' }))).toBe('rectification.empty');
		expect(codeOf(await send({ photos: [] }))).toBe('rectification.empty');
		expect(codeOf(await send({ hazardId: other.hazardIds[0] }))).toBe('not_found');
		expect(codeOf(await send({ hazardId: randomUUID() }))).toBe('not_found');
		expect(codeOf(await send({ photos: [foreign.sha256] }))).toBe('evidence.not_found');
		expect(codeOf(await send({ photos: ['not a hash'] }))).toBe('request.invalid');
		expect(await counts()).toEqual(before);
	});

	test('an HTML page called .jpg and a file of another hash are no photos', async () => {
		const { screenToken } = await delivered();
		const page = new Uint8Array(Buffer.from('<!doctype html><script>alert(1)</script>'));
		const { createHash } = await import('node:crypto');
		const hash = createHash('sha256').update(page).digest('hex');
		expect(
			codeOf(await putDeliveryEvidence(opened.backend, screenToken, hash, { request: requestOf(page) }))
		).toBe('evidence.media_type');
		const { bytes } = picture(12);
		expect(
			codeOf(
				await putDeliveryEvidence(opened.backend, screenToken, 'b'.repeat(64), { request: requestOf(bytes) })
			)
		).toBe('evidence.hash_mismatch');
	});

	test('sent twice it is one; its photo is shown on this page and on no other', async () => {
		const mine = await delivered();
		const other = await delivered();
		const { sha256, bytes } = await put(mine.screenToken, 20);
		const rectification = {
			id: randomUUID(),
			hazardId: mine.hazardIds[0]!,
			note: '已安装报警器',
			photos: [sha256]
		};
		expect(codeOf(await submitRectification(opened.backend, mine.screenToken, rectification))).toBe('ok');
		const before = await counts();
		expect(codeOf(await submitRectification(opened.backend, mine.screenToken, rectification))).toBe('ok');
		expect(await counts()).toEqual(before);
		const reused = { ...rectification, hazardId: mine.hazardIds[1]! };
		expect(codeOf(await submitRectification(opened.backend, mine.screenToken, reused))).toBe(
			'request.invalid'
		);
		const read = await readDelivery(opened.backend, mine.screenToken);
		expect(read.ok && read.value.delivery.hazards[0]).toMatchObject({
			state: 'rectification_submitted',
			rectifications: [{ note: '已安装报警器', photos: [sha256] }]
		});
		const shown = await deliveryPhoto(opened.backend, mine.screenToken, sha256);
		expect(shown.ok && [shown.value.mediaType, Buffer.compare(shown.value.bytes, bytes)]).toEqual([
			'image/png',
			0
		]);
		expect(codeOf(await deliveryPhoto(opened.backend, other.screenToken, sha256))).toBe('evidence.not_found');
		expect(codeOf(await deliveryPhoto(opened.backend, mine.paperToken, sha256))).toBe('evidence.not_found');
	});

	test('a recheck closes one and gives the other a new day; the page of the recheck says both', async () => {
		const mine = await delivered();
		await opened.setClock('2026-11-28T06:00:00Z');
		const body = recheck(street, new Date('2026-11-28T05:30:00Z'), mine.inspectionId, mine.hazardIds);
		const seal = await sealedBy(opened, street, body);
		const { screenToken } = tokensOf(seal.deliveryId);
		const read = await readDelivery(opened.backend, screenToken);
		if (!read.ok) throw new Error(read.problem.code);
		expect(
			read.value.delivery.hazards.map(({ isNew, state, verdict }) => [
				isNew,
				state,
				verdict?.passed,
				verdict?.deadline
			])
		).toEqual([
			[false, 'closed', true, '2026-11-27'],
			[false, 'open', false, '2026-12-05']
		]);
		const { sha256 } = await put(screenToken, 30);
		const late = { id: randomUUID(), hazardId: mine.hazardIds[0]!, note: '再交', photos: [sha256] };
		expect(codeOf(await submitRectification(opened.backend, screenToken, late))).toBe('hazard.state');
		const due = { ...late, id: randomUUID(), hazardId: mine.hazardIds[1]! };
		expect(codeOf(await submitRectification(opened.backend, screenToken, due))).toBe('ok');
		await opened.setClock(now);
	});

	test('a clean check has nothing to put right', async () => {
		const seal = await sealedBy(opened, street, cleanVisit({ street, at }));
		const { screenToken } = tokensOf(seal.deliveryId);
		const read = await readDelivery(opened.backend, screenToken);
		expect(read.ok && outstanding(read.value.delivery)).toEqual({
			hazards: 0,
			submitted: 0,
			deadline: null,
			daysLeft: null
		});
		expect(read.ok && read.value.delivery.enterprise.id).toBe(ids.restaurant);
	});
});
