import { createHash, createPublicKey, randomUUID, verify } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canonicalText, sha256Hex } from '#lib/canonical.ts';
import { deliveryTokens, tokenSha256 } from '#lib/document/deliveryTokens.server.ts';
import { onSealed, type SealNews } from '#lib/record/afterSeal.server.ts';
import type { InspectionContent } from '#lib/record/content.ts';
import {
	cosignInspection,
	offerForCosigning,
	pendingOffers,
	withdrawOffer
} from '#lib/record/cosign.server.ts';
import { readContent, sealInspection } from '#lib/record/sealInspection.server.ts';
import { openTestBackend, type Person, type TestBackend } from '../support/testBackend.ts';
import { licences, makeStreet, type Street } from './street.ts';
import { alarmHazard, cleanVisit, dot, drawn, withHazard } from './visit.ts';

let opened: TestBackend;
let street: Street;
/** Friday, 14:00 in Shanghai. */
const now = new Date('2026-11-20T06:00:00Z');
const at = new Date('2026-11-20T05:30:00Z');
const photo = 'a'.repeat(64);

beforeAll(async () => {
	opened = await openTestBackend();
	street = await makeStreet(opened);
	await opened.setClock(now);
});
afterAll(() => opened.close());

const visit = () => cleanVisit({ street, at });
const seal = (body: unknown, person: Person = street.wang) =>
	sealInspection(opened.backend, street.as(person), body);
async function sealed(body: InspectionContent, person: Person = street.wang) {
	const answer = await seal(body, person);
	if (!answer.ok || answer.value.state !== 'sealed') {
		throw new Error(`seal: got ${JSON.stringify(answer)}, expected sealed`);
	}
	return answer.value;
}
const count = async (table: string, inspectionId: string): Promise<number> =>
	Number(
		(
			await opened.sql<{ n: number }>(`select count(*) as n from public.${table} where inspection_id = $1`, [
				inspectionId
			])
		)[0]!.n
	);
const uploaded = (person: Person, sha256: string) =>
	opened.backend.asService('evidence').rpc('register_evidence', {
		p_uploader: person.userId,
		p_sha256: sha256,
		p_bytes: 3,
		p_media_type: 'image/jpeg'
	});
const refused = async (body: unknown, code: string, person?: Person) => {
	const answer = await seal(body, person);
	expect(answer.ok ? answer.value : answer.problem.code).toBe(code);
};

describe('a seal is refused and nothing is written', () => {
	test('to whoever is not signed in, has no membership there, or is not the one who checked', async () => {
		const anonymous = await sealInspection(opened.backend, opened.backend.asAnonymous(), visit());
		expect(!anonymous.ok && anonymous.problem.code).toMatch(/^(session.expired|permission.denied)$/);
		await refused(visit(), 'signature.not_yours', street.li);
		const sun = {
			...visit(),
			inspector: { ...visit().inspector, userId: street.sun.userId, name: '孙检', licence: null }
		};
		await refused(sun, 'permission.area', street.sun);
		const qian = {
			...visit(),
			inspector: { ...visit().inspector, userId: street.qian.userId, name: '钱总', licence: null }
		};
		await refused(qian, 'permission.area', street.qian);
	});

	test('to a community worker in the next community', async () => {
		const mine = visit();
		const chen = {
			...mine,
			enterprise: { ...mine.enterprise, id: street.tavernId },
			inspector: { ...mine.inspector, userId: street.chen.userId, name: '陈社工', licence: null }
		};
		await refused(chen, 'permission.area', street.chen);
	});

	test('when a body is no visit, and says where', async () => {
		for (const body of [null, 'text', {}, { ...visit(), format: 'mingcha.inspection/2' }]) {
			await refused(body, 'request.invalid');
		}
		const bad = { ...visit(), hazards: [{ ...alarmHazard(street, '2026-11-27'), deadline: null }] };
		const answer = await seal(bad);
		expect(answer).toMatchObject({
			ok: false,
			problem: { code: 'request.invalid', path: 'hazards.0.deadline' }
		});
	});

	test('with a licence that is not theirs, an empty signature, or none of the person on site', async () => {
		const mine = visit();
		await refused({ ...mine, inspector: { ...mine.inspector, licence: licences.li } }, 'signature.not_yours');
		await refused({ ...mine, inspector: { ...mine.inspector, signature: dot } }, 'signature.empty');
		await refused({ ...mine, onSite: { ...mine.onSite, signature: dot } }, 'signature.empty');
		await refused({ ...mine, onSite: null }, 'signature.missing');
	});

	test('when the fix was poor, far or absent and no reason was given', async () => {
		const mine = visit();
		const checkIns = [
			{ ...mine.checkIn, position: null, distanceMetres: null },
			{ ...mine.checkIn, distanceMetres: 400 },
			{ ...mine.checkIn, position: { ...mine.checkIn.position!, accuracyMetres: 80 } },
			{ ...mine.checkIn, distanceMetres: 9_000, reason: '走错了' }
		];
		for (const checkIn of checkIns) await refused({ ...mine, checkIn }, 'inspection.position_reason');
	});

	test('when an item has no answer, a failed one no hazard, or an answer is of another list', async () => {
		const mine = visit();
		await refused({ ...mine, answers: mine.answers.slice(1) }, 'inspection.unanswered');
		const failed = { ...mine, answers: mine.answers.map((answer) => ({ ...answer, answer: 'fail' })) };
		await refused(failed, 'inspection.unanswered');
		const strange = { ...mine, answers: mine.answers.map((answer) => ({ ...answer, itemId: randomUUID() })) };
		await refused(strange, 'inspection.checklist_version');
	});

	test('with a deadline before the check or beyond a year', async () => {
		for (const deadline of ['2026-11-19', '2028-01-01']) {
			await refused(withHazard(visit(), alarmHazard(street, deadline)), 'hazard.deadline');
		}
	});

	test('by a person who names a companion that did not sign', async () => {
		const answer = await seal({ ...visit(), companionId: street.li.userId });
		expect(answer).toEqual({ ok: true, value: { state: 'awaiting_cosignature' } });
	});

	test('and leaves no row, no number and no link behind', async () => {
		for (const table of [
			'inspections',
			'records',
			'documents',
			'deliveries',
			'facts',
			'answers',
			'signatures'
		]) {
			expect(await opened.sql(`select 1 from public.${table}`), table).toEqual([]);
		}
	});
});

describe('a visit is sealed', () => {
	test('once: the same again gets the same answer, anything else is refused', async () => {
		const mine = withHazard(visit(), alarmHazard(street, '2026-11-27'));
		const first = await sealed(mine);
		const [second, third] = await Promise.all([sealed(mine), sealed(mine)]);
		expect([second, third]).toEqual([first, first]);
		await refused({ ...mine, place: '前厅' }, 'inspection.already_sealed');
		expect(await count('documents', mine.id)).toBe(2);
		expect(await opened.sql('select last_number from public.document_counters')).toEqual([
			{ last_number: 1 },
			{ last_number: 1 }
		]);
	});

	test('with everything it says: rows, numbers, facts, tallies, one event', async () => {
		const hazard = alarmHazard(street, '2026-11-30');
		const mine = withHazard(visit(), hazard);
		const answer = await sealed(mine);
		expect(answer).toMatchObject({ track: 'B', inspectedOn: '2026-11-20', clockSuspect: false });
		expect(answer.documents.map(({ kind, numberText }) => [kind, numberText])).toEqual([
			['inspection_record', '（示例）安检记〔2026〕2号'],
			['rectification_order', '（示例）安检改〔2026〕2号']
		]);
		expect(await count('answers', mine.id)).toBe(2);
		expect(await count('signatures', mine.id)).toBe(2);
		expect(
			await opened.sql('select kind, data from public.facts where inspection_id = $1 order by ordinal', [
				mine.id
			])
		).toMatchObject([
			{ kind: 'hazard.found', data: { hazardId: hazard.id, severity: 'general' } },
			{ kind: 'inspection.completed' }
		]);
		const events = await opened.sql(
			`select 1 from public.events where kind = 'inspection.sealed' and data->>'inspectionId' = $1`,
			[mine.id]
		);
		expect(events).toHaveLength(1);
	});

	test('under the server’s signature, chained to the one before', async () => {
		const mine = visit();
		const { record } = await sealed(mine);
		const [row] = await opened.sql<Record<string, string>>('select * from public.records where sha256 = $1', [
			record.sha256
		]);
		const [before] = await opened.sql<{ link: string }>(
			'select link from public.records where position = $1',
			[record.position - 1]
		);
		const { recordSigning } = opened.backend.keys;
		expect(row!.key_id).toBe(recordSigning.keyId);
		const isSigned = verify(
			null,
			Buffer.from(row!.canonical_text!),
			createPublicKey(recordSigning.publicKey.export({ type: 'spki', format: 'pem' })),
			Buffer.from(row!.signature!, 'base64url')
		);
		expect(isSigned).toBe(true);
		expect(row!.canonical_text).toBe(canonicalText(JSON.parse(row!.canonical_text!)));
		expect(await sha256Hex(row!.canonical_text!)).toBe(record.sha256);
		expect(row!.previous_link).toBe(before!.link);
	});

	test('with tokens that only the server can make; the database knows their hashes', async () => {
		const mine = visit();
		const answer = await sealed(mine);
		const tokens = deliveryTokens(opened.backend.keys.deliverySecret, mine.deliveryId);
		expect(answer).toMatchObject({ screenToken: tokens.screenToken, code: tokens.code });
		expect(tokens.screenToken).toHaveLength(27);
		expect(tokens.code).toMatch(/^\d{6}$/);
		const [row] = await opened.sql<Record<string, string>>('select * from public.deliveries where id = $1', [
			mine.deliveryId
		]);
		expect(row).toMatchObject({
			screen_token_sha256: tokenSha256(tokens.screenToken),
			paper_token_sha256: tokenSha256(tokens.paperToken)
		});
		expect(JSON.stringify(row)).not.toContain(tokens.screenToken);
		const other = deliveryTokens(opened.backend.keys.deliverySecret, randomUUID());
		expect(other.screenToken).not.toBe(tokens.screenToken);
	});

	test('and whoever waits for it is told, also of a repetition', async () => {
		const heard: SealNews[] = [];
		const leave = onSealed((news) => heard.push(news));
		const mine = visit();
		await sealed(mine);
		await sealed(mine);
		leave();
		expect(heard.map(({ inspectionId }) => inspectionId)).toEqual([mine.id, mine.id]);
	});

	test('only when every file is there, by the person who took it', async () => {
		const mine = withHazard(visit(), alarmHazard(street, '2026-11-27', { photos: [photo] }));
		expect(await seal(mine)).toEqual({ ok: true, value: { state: 'missing', missing: [photo] } });
		await uploaded(street.li, photo);
		expect(await seal(mine)).toEqual({ ok: true, value: { state: 'missing', missing: [photo] } });
		await uploaded(street.wang, photo);
		await sealed(mine);
		expect(await count('evidence_uses', mine.id)).toBe(1);
	});

	test('when the person on site refuses: with reason and witness, never without', async () => {
		const refusal = (name: string) => ({
			outcome: 'refused',
			name: '周店长',
			reason: '对内容有不同意见',
			witness: { name, identity: '社区工作者', signature: drawn },
			photos: [],
			at: at.toISOString()
		});
		await refused({ ...visit(), onSite: refusal('') }, 'request.invalid');
		const mine = { ...visit(), onSite: refusal('吴见证') } as InspectionContent;
		await sealed(mine);
		const roles = await opened.sql<{ role: string }>(
			'select role from public.signatures where inspection_id = $1 order by role',
			[mine.id]
		);
		expect(roles.map(({ role }) => role)).toEqual(['inspector', 'witness']);
	});

	test('as a visit, not as a check, when nobody opened: no signature of the site, no document, no fact', async () => {
		const mine: InspectionContent = {
			...visit(),
			notChecked: { kind: 'closed', reason: '大门上锁，电话无人接', photos: [] },
			checklistVersionIds: [],
			answers: [],
			onSite: null,
			electronicDelivery: false
		};
		const answer = await sealed(mine);
		expect(answer.documents).toEqual([]);
		expect(await count('facts', mine.id)).toBe(0);
	});

	test('with a clock a day ahead: on the server’s day, and the record says so', async () => {
		const tomorrow = new Date(at.getTime() + 86_400_000);
		const answer = await sealed(cleanVisit({ street, at: tomorrow }));
		expect(answer).toMatchObject({ inspectedOn: '2026-11-20', clockSuspect: true });
	});

	test('by a community worker as a report: no order, no fact, and its hazards wait for 采纳', async () => {
		const mine = withHazard(visit(), alarmHazard(street, '2026-11-27'));
		const report = {
			...mine,
			inspector: { ...mine.inspector, userId: street.chen.userId, name: '陈社工', licence: null }
		};
		const answer = await sealed(report, street.chen);
		expect(answer.track).toBe('C');
		expect(answer.documents.map(({ kind }) => kind)).toEqual(['hazard_report']);
		expect(await count('facts', mine.id)).toBe(0);
		expect(await opened.sql('select state from public.hazards where inspection_id = $1', [mine.id])).toEqual([
			{ state: 'reported' }
		]);
	});
});

describe('the second inspector', () => {
	const offered = async (content: InspectionContent) => {
		const offer = await offerForCosigning(street.as(street.wang), content);
		if (!offer.ok) throw new Error(`offer: got ${offer.problem.code}, expected a hash`);
		return offer.value.contentSha256;
	};
	const signatureOf = (contentSha256: string) => ({
		userId: street.li.userId,
		name: '李检',
		licence: licences.li,
		signature: drawn,
		at: at.toISOString(),
		contentSha256
	});
	const withLi = () => ({
		...withHazard(visit(), alarmHazard(street, '2026-11-27')),
		companionId: street.li.userId
	});

	test('cannot be oneself, nor someone of another street, nor a community worker', async () => {
		for (const companion of [street.wang, street.sun, street.chen]) {
			const answer = await offerForCosigning(street.as(street.wang), {
				...visit(),
				companionId: companion.userId
			});
			expect(!answer.ok && answer.problem.code).toBe('signature.cosigner');
		}
		const foreign = await offerForCosigning(street.as(street.sun), withLi());
		expect(!foreign.ok && foreign.problem.code).toBe('permission.area');
	});

	test('signs with their own login only, exactly what was offered, and not with a dot', async () => {
		const mine = withLi();
		const hash = await offered(mine);
		for (const person of [street.wang, street.zhao, street.sun]) {
			const answer = await cosignInspection(street.as(person), mine.id, signatureOf(hash));
			expect(!answer.ok && answer.problem.code).toBe('not_found');
		}
		const asLi = street.as(street.li);
		const tries: [unknown, string][] = [
			[signatureOf('b'.repeat(64)), 'inspection.state'],
			[{ ...signatureOf(hash), signature: dot }, 'signature.empty'],
			[{ ...signatureOf(hash), name: '王检' }, 'signature.not_yours'],
			[{ ...signatureOf(hash), licence: null }, 'signature.not_yours'],
			[{}, 'request.invalid']
		];
		for (const [body, code] of tries) {
			const answer = await cosignInspection(asLi, mine.id, body);
			expect(!answer.ok && answer.problem.code).toBe(code);
		}
	});

	test('makes of two licensed officers with consent a 执法文书, their signature in the record', async () => {
		const mine = withLi();
		const hash = await offered(mine);
		expect(
			(await pendingOffers(street.as(street.li), street.li.userId)).map(({ inspectionId }) => inspectionId)
		).toContain(mine.id);
		expect(await pendingOffers(street.as(street.zhao), street.zhao.userId)).toEqual([]);
		expect((await cosignInspection(street.as(street.li), mine.id, signatureOf(hash))).ok).toBe(true);
		const answer = await sealed(mine);
		expect(answer.track).toBe('A');
		expect(answer.documents[1]!.numberText).toBe('（示例）应急责改〔2026〕1号');
		const [row] = await opened.sql<{ canonical_text: string }>(
			'select canonical_text from public.records where subject_id = $1',
			[mine.id]
		);
		expect(JSON.parse(row!.canonical_text).cosignature).toMatchObject({ name: '李检', contentSha256: hash });
		expect(
			(await pendingOffers(street.as(street.li), street.li.userId)).map(({ inspectionId }) => inspectionId)
		).not.toContain(mine.id);
		const again = await offerForCosigning(street.as(street.wang), mine);
		expect(!again.ok && again.problem.code).toBe('inspection.already_sealed');
	});

	test('is not enough for track A without consent to electronic delivery', async () => {
		const mine = { ...withLi(), electronicDelivery: false };
		await cosignInspection(street.as(street.li), mine.id, signatureOf(await offered(mine)));
		expect((await sealed(mine)).track).toBe('B');
	});

	test('is asked again when the draft was changed after their signature', async () => {
		const mine = withLi();
		await cosignInspection(street.as(street.li), mine.id, signatureOf(await offered(mine)));
		const changed = { ...mine, place: '前厅' };
		expect(await seal(changed)).toEqual({ ok: true, value: { state: 'awaiting_cosignature' } });
		await offered(changed);
		expect(await seal(changed)).toEqual({ ok: true, value: { state: 'awaiting_cosignature' } });
		await withdrawOffer(street.as(street.wang), mine.id);
		expect(
			(await pendingOffers(street.as(street.li), street.li.userId)).map(({ inspectionId }) => inspectionId)
		).not.toContain(mine.id);
	});

	test('sees the photos they are asked to sign, and no stranger does', async () => {
		const file = createHash('sha256').update('photo of the offer').digest('hex');
		await uploaded(street.wang, file);
		const seen = async (person: Person) =>
			(await street.as(person).from('evidence').select('sha256').eq('sha256', file)).data?.length;
		expect(await seen(street.li)).toBe(0);
		await offered({
			...withHazard(visit(), alarmHazard(street, '2026-11-27', { photos: [file] })),
			companionId: street.li.userId
		});
		expect([await seen(street.li), await seen(street.zhao), await seen(street.sun)]).toEqual([1, 0, 0]);
	});
});

describe('a recheck', () => {
	async function hazardUntil(deadline: string) {
		const hazard = alarmHazard(street, deadline);
		const mine = withHazard(visit(), hazard);
		await sealed(mine);
		return { inspectionId: mine.id, hazardId: hazard.id };
	}
	const recheck = (
		rechecks: string,
		hazardId: string,
		newDeadline: string | null,
		when = at
	): InspectionContent => ({
		...cleanVisit({ street, at: when, kind: 'recheck' }),
		rechecks,
		checklistVersionIds: [],
		answers: [],
		verdicts: [{ hazardId, passed: newDeadline === null, note: null, newDeadline, photos: [] }]
	});
	const stateOf = async (hazardId: string) =>
		(
			await opened.sql<{ state: string; deadline: string; reopened: number }>(
				'select state, deadline::text, reopened from public.hazards where id = $1',
				[hazardId]
			)
		)[0];

	test('is refused before the deadline, unless the enterprise says it is done', async () => {
		const { inspectionId, hazardId } = await hazardUntil('2026-11-27');
		await refused(recheck(inspectionId, hazardId, null), 'hazard.deadline');
		await opened.sql(`update public.hazards set state = 'rectification_submitted' where id = $1`, [hazardId]);
		await sealed(recheck(inspectionId, hazardId, null));
		expect(await stateOf(hazardId)).toMatchObject({ state: 'closed' });
	});

	test('reopens what was not put right with a new deadline, then closes it', async () => {
		const { inspectionId, hazardId } = await hazardUntil('2026-11-20');
		const failed = await sealed(recheck(inspectionId, hazardId, '2026-11-25'));
		expect(failed.documents.map(({ kind }) => kind)).toEqual(['inspection_record', 'recheck_opinion']);
		expect(await stateOf(hazardId)).toEqual({ state: 'open', deadline: '2026-11-25', reopened: 1 });
		await opened.setClock(new Date('2026-11-26T06:00:00Z'));
		await sealed(recheck(inspectionId, hazardId, null, new Date('2026-11-26T05:30:00Z')));
		expect(await stateOf(hazardId)).toMatchObject({ state: 'closed' });
		await opened.setClock(now);
		await refused(recheck(inspectionId, hazardId, null), 'hazard.state');
	});

	test('needs what it rechecks, and only a recheck has verdicts', async () => {
		const { inspectionId, hazardId } = await hazardUntil('2026-11-20');
		const mine = recheck(inspectionId, hazardId, null);
		await refused({ ...mine, rechecks: null }, 'inspection.state');
		await refused({ ...mine, rechecks: randomUUID() }, 'inspection.state');
		await refused({ ...mine, kind: 'planned', rechecks: null }, 'inspection.state');
		const worker = {
			...mine,
			inspector: { ...mine.inspector, userId: street.chen.userId, name: '陈社工', licence: null }
		};
		await refused(worker, 'permission.track', street.chen);
	});
});

test('a content is read the same way wherever it comes from', async () => {
	const spaced = { ...visit(), place: '  后厨 ' };
	const read = readContent(spaced);
	expect(read.ok && read.value.place).toBe('后厨');
});
