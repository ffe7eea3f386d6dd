/** Between an order and its end: delivered, again or on paper; more time asked for and answered. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addDays, shanghaiDate } from '#lib/calendar.ts';
import { deliveryTokens } from '#lib/document/deliveryTokens.server.ts';
import { decideExtensions, readExtensions } from '#lib/hazard/extension/extension.server.ts';
import { remind } from '#lib/plan/reminder/reminder.server.ts';
import type { InspectionContent } from '#lib/record/content.ts';
import { openElsewhere } from '#lib/record/delivery.ts';
import {
	deliveryPhoto,
	objectToDelivery,
	putDeliveryEvidence,
	readDelivery,
	receiveDelivery,
	requestExtension,
	submitRectification,
	unlockDelivery
} from '#lib/record/delivery.server.ts';
import { answerObjection, readObjections } from '#lib/record/objection/objection.server.ts';
import type { Result } from '#lib/problem.ts';
import {
	readService,
	recordPaperReceipt,
	reissueDelivery,
	revokeDelivery,
	serviceCodes
} from '#lib/record/service/service.server.ts';
import {
	cosignedByLi,
	makeNeighbourhood,
	photographed,
	type Neighbourhood
} from '../support/neighbourhood.ts';
import { faultsOf } from '../support/sealedState.ts';
import { openTestBackend, type Person, type TestBackend } from '../support/testBackend.ts';
import { describeMajorHazards } from './majorHazards.ts';
import { foundTwo, picture, recheck, reported, requestOf, sealedBy } from './sealed.ts';
import { alarmHazard, cleanVisit, withHazard } from './visit.ts';

let opened: TestBackend;
let place: Neighbourhood;
/** Friday, 14:00 in Shanghai. */
const now = new Date('2026-11-20T06:00:00Z');
const at = new Date('2026-11-20T05:30:00Z');
const today = shanghaiDate(at);
const day = (days: number) => addDays(today, days);

beforeAll(async () => {
	opened = await openTestBackend();
	place = await makeNeighbourhood(opened);
});
beforeEach(() => opened.setClock(now));
afterEach(async () => expect(await faultsOf(opened.sql)).toEqual([]));
afterAll(() => opened.close());

const codeOf = (answer: Result<unknown>) => (answer.ok ? 'ok' : answer.problem.code);

/** Wang finds an alarm missing (a week) and an exit blocked (重大, three days); the page of it. */
async function delivered(visit: InspectionContent = foundTwo(place, at), person = place.wang) {
	const seal = await sealedBy(opened, place, visit, person);
	const tokens = deliveryTokens(opened.backend.keys.deliverySecret, seal.deliveryId);
	const [alarm, exit] = visit.hazards.map(({ id }) => id) as [string, string];
	return { ...seal, ...tokens, visit, alarm, exit };
}
type Page = Awaited<ReturnType<typeof delivered>>;

const request = ({ screenToken, alarm }: Page, more: object = {}) =>
	requestExtension(opened.backend, screenToken, {
		id: randomUUID(),
		hazards: [alarm],
		wished: day(20),
		reason: '报警器月底到货',
		name: '周店长',
		photos: [],
		...more
	});

async function hazardOnPage({ screenToken }: Page, id: string) {
	const read = await readDelivery(opened.backend, screenToken);
	if (!read.ok) throw new Error(read.problem.code);
	return read.value.delivery.hazards.find((hazard) => hazard.id === id)!;
}
const idsOf = async (page: Page, ...hazards: string[]) =>
	Promise.all(hazards.map(async (id) => (await hazardOnPage(page, id)).extensions.at(-1)!.id));

const decide = (person: Person, extensions: string[], more: object = {}) =>
	decideExtensions(place.as(person), {
		extensions,
		outcome: 'granted',
		until: day(15),
		note: '',
		...more
	} as never);

const eventsOf = async (kind: string) =>
	opened.sql(`select data from public.events where kind = $1 order by position`, [kind]);

describe('「申请延期」 is refused', () => {
	test('for a day that puts nothing off, without words, without a name, for nothing', async () => {
		const page = await delivered();
		const before = (await eventsOf('extension.asked')).length;
		expect(codeOf(await request(page, { wished: day(7) }))).toBe('extension.day');
		expect(codeOf(await request(page, { wished: day(400) }))).toBe('extension.day');
		expect(codeOf(await request(page, { reason: ' ' }))).toBe('request.invalid');
		expect(codeOf(await request(page, { name: '' }))).toBe('request.invalid');
		expect(codeOf(await request(page, { hazards: [] }))).toBe('request.invalid');
		expect((await hazardOnPage(page, page.alarm)).extensions).toEqual([]);
		expect(await eventsOf('extension.asked')).toHaveLength(before);
	});

	test('for a hazard of another page, with a photo of another page, to a stranger with the paper', async () => {
		const [mine, other] = [await delivered(), await delivered()];
		expect(codeOf(await request(mine, { hazards: [other.alarm] }))).toBe('not_found');
		expect(codeOf(await request(mine, { hazards: [mine.alarm, other.alarm] }))).toBe('not_found');
		const { sha256, bytes } = picture(41);
		await putDeliveryEvidence(opened.backend, other.screenToken, sha256, { request: requestOf(bytes) });
		expect(codeOf(await request(mine, { photos: [sha256] }))).toBe('evidence.not_found');
		expect(codeOf(await request({ ...mine, screenToken: mine.paperToken }))).toBe('delivery.code_wrong');
	});

	test('after the deadline, while one waits, after it was sent in, for a report of a community', async () => {
		const page = await delivered();
		expect(codeOf(await request(page))).toBe('ok');
		expect(codeOf(await request(page))).toBe('extension.pending');
		await opened.setClock('2026-11-24T06:00:00Z');
		expect(codeOf(await request(page, { hazards: [page.exit] }))).toBe('extension.late');
		await opened.setClock(now);
		const report = await delivered(reported(place, at), place.chen);
		expect(codeOf(await request(report))).toBe('hazard.state');
	});
});

describe('who answers', () => {
	test('is an inspector of the agency or a leader of the place; of a 重大 hazard a leader only', async () => {
		const page = await delivered();
		await request(page, { hazards: [page.alarm, page.exit] });
		const [alarm, exit] = (await idsOf(page, page.alarm, page.exit)) as [string, string];
		const answers = async (person: Person, ids: string[]) => codeOf(await decide(person, ids));
		expect(await answers(place.chen, [alarm])).toBe('extension.agency');
		expect(await answers(place.gao, [alarm])).toBe('extension.agency');
		expect(await answers(place.qian, [alarm])).toBe('not_found');
		expect(await answers(place.sun, [alarm])).toBe('not_found');
		expect(await answers(place.wang, [exit])).toBe('extension.leader');
		expect(await answers(place.wang, [alarm, exit])).toBe('extension.leader');
		expect(await answers(place.zhao, [alarm])).toBe('ok');
		expect(await answers(place.lin, [exit])).toBe('ok');
	});

	test('of an order of track A has a valid 执法证', async () => {
		const visit = withHazard(
			{ ...cleanVisit({ street: place, at }), companionId: place.li.userId },
			alarmHazard(place, day(7))
		);
		await cosignedByLi(place, visit);
		const page = await delivered(visit);
		expect(page.track).toBe('A');
		await request(page);
		const ids = await idsOf(page, page.alarm);
		expect(codeOf(await decide(place.zhao, ids))).toBe('permission.licence');
		expect(codeOf(await decide(place.li, ids))).toBe('ok');
	});

	test('says why when it is refused, and the enterprise reads it; the deadline stays', async () => {
		const page = await delivered();
		await request(page);
		const ids = await idsOf(page, page.alarm);
		const refused = { outcome: 'refused', until: null, note: '可先停用该灶具' };
		expect(codeOf(await decide(place.wang, ids, { ...refused, note: '' }))).toBe('request.invalid');
		expect(codeOf(await decide(place.wang, ids, refused))).toBe('ok');
		expect(codeOf(await decide(place.wang, ids, refused))).toBe('ok');
		expect(codeOf(await decide(place.li, ids))).toBe('extension.state');
		expect(await hazardOnPage(page, page.alarm)).toMatchObject({
			deadline: day(7),
			extensions: [{ state: 'refused', note: '可先停用该灶具', decidedBy: '王检', until: null }]
		});
		expect(codeOf(await request(page))).toBe('ok');
	});
});

describe('a deadline that was put off', () => {
	test('is the deadline everywhere: page, counters, lists; asked once, told once', async () => {
		const page = await delivered();
		const { sha256, bytes } = picture(42);
		await putDeliveryEvidence(opened.backend, page.screenToken, sha256, { request: requestOf(bytes) });
		const id = randomUUID();
		expect(codeOf(await request(page, { id, photos: [sha256] }))).toBe('ok');
		expect(codeOf(await request(page, { id, photos: [sha256] }))).toBe('ok');
		const listed = await readExtensions(place.as(place.wang), {
			state: 'asked',
			enterprise: place.restaurantId
		});
		expect(listed.rows.find(({ requestId }) => requestId === id)).toMatchObject({
			enterpriseName: '示例餐饮店',
			waits: true,
			hazards: [{ hazardId: page.alarm, obstacle: null, extension: { wished: day(20), photos: [sha256] } }]
		});
		expect((await deliveryPhoto(opened.backend, page.screenToken, sha256)).ok).toBe(true);
		expect(codeOf(await deliveryPhoto(opened.backend, page.paperToken, sha256))).toBe('evidence.not_found');
		const told = (await eventsOf('extension.granted')).length;
		const ids = await idsOf(page, page.alarm);
		expect(codeOf(await decide(place.wang, ids, { until: day(7) }))).toBe('extension.day');
		expect(codeOf(await decide(place.wang, ids))).toBe('ok');
		expect(codeOf(await decide(place.wang, ids))).toBe('ok');
		expect(await eventsOf('extension.granted')).toHaveLength(told + 1);
		expect(await hazardOnPage(page, page.alarm)).toMatchObject({
			state: 'open',
			deadline: day(15),
			extensions: [{ state: 'granted', standing: day(7), wished: day(20), until: day(15) }]
		});
		const steps = await opened.sql(
			`select from_state, to_state, cause_kind, deadline::text from public.hazard_transitions where hazard_id = $1 order by id`,
			[page.alarm]
		);
		expect(steps.at(-1)).toEqual({
			from_state: 'open',
			to_state: 'open',
			cause_kind: 'extension',
			deadline: day(15)
		});
	});

	test('counts as 按期 when it was put right by the new day, and is no failed recheck', async () => {
		const page = await delivered();
		await request(page);
		// Answered when the first deadline was over: it had been asked for in time.
		await opened.setClock('2026-11-28T06:00:00Z');
		expect(codeOf(await decide(place.wang, await idsOf(page, page.alarm)))).toBe('ok');
		await opened.setClock('2026-12-02T06:00:00Z');
		const { sha256, bytes } = picture(43);
		await putDeliveryEvidence(opened.backend, page.screenToken, sha256, { request: requestOf(bytes) });
		const done = { id: randomUUID(), hazardId: page.alarm, note: '已安装', photos: [sha256] };
		expect(codeOf(await submitRectification(opened.backend, page.screenToken, done))).toBe('ok');
		await opened.setClock('2026-12-03T06:00:00Z');
		await sealedBy(
			opened,
			place,
			recheck(place, new Date('2026-12-03T05:30:00Z'), page.inspectionId, [page.alarm])
		);
		const [row] = await opened.sql(
			`select state, in_time, reopened, extended from public.hazards where id = $1`,
			[page.alarm]
		);
		expect(row).toEqual({ state: 'closed', in_time: true, reopened: 0, extended: 1 });
	});

	test('is not put off any more by a request that a rectification or a recheck has overtaken', async () => {
		const page = await delivered();
		await request(page, { hazards: [page.alarm, page.exit] });
		const [alarm, exit] = (await idsOf(page, page.alarm, page.exit)) as [string, string];
		const { sha256, bytes } = picture(44);
		await putDeliveryEvidence(opened.backend, page.screenToken, sha256, { request: requestOf(bytes) });
		const done = { id: randomUUID(), hazardId: page.alarm, note: '已安装', photos: [sha256] };
		await submitRectification(opened.backend, page.screenToken, done);
		expect(codeOf(await decide(place.wang, [alarm]))).toBe('extension.state');
		await opened.setClock('2026-11-25T06:00:00Z');
		const looked = recheck(place, new Date('2026-11-25T05:30:00Z'), page.inspectionId, [
			page.alarm,
			page.exit
		]);
		const seal = await sealedBy(opened, place, looked);
		expect(codeOf(await decide(place.lin, [exit]))).toBe('extension.state');
		// The recheck gave another day; from its page more time can be asked for again.
		const { screenToken } = deliveryTokens(opened.backend.keys.deliverySecret, seal.deliveryId);
		expect(codeOf(await request({ ...page, screenToken }, { hazards: [page.exit], wished: day(30) }))).toBe(
			'ok'
		);
	});
});

describe('送达 again, with new codes', () => {
	const reissue = (person: Person, page: Page, seen = 0, reason = '纸质文书遗失') =>
		reissueDelivery(opened.backend, place.as(person), { deliveryId: page.deliveryId, seen, reason });
	const tokensOf = (page: Page, serial: number) =>
		deliveryTokens(opened.backend.keys.deliverySecret, page.deliveryId, serial);
	const unknown = () => readDelivery(opened.backend, 'x'.repeat(27));

	test('is for inspectors and leaders of the place, with a reason, once', async () => {
		const page = await delivered();
		for (const person of [place.sun, place.qian, place.wu])
			expect(codeOf(await reissue(person, page))).toBe('not_found');
		expect(codeOf(await reissue(place.chen, page))).toBe('permission.role');
		expect(codeOf(await reissue(place.gao, page))).toBe('permission.role');
		expect(codeOf(await reissue(place.wang, page, 0, ' '))).toBe('request.invalid');
		expect(codeOf(await reissue(place.wang, page, 1))).toBe('delivery.state');
		expect((await readDelivery(opened.backend, page.screenToken)).ok).toBe(true);
		expect(await reissue(place.lin, page)).toMatchObject({ ok: true, value: { serial: 1 } });
		// The page was sent twice, or a colleague looked at the one before.
		expect(await reissue(place.wang, page)).toMatchObject({ ok: true, value: { serial: 1 } });
		expect(codeOf(await reissue(place.wang, page, 5))).toBe('delivery.state');
		const steps = await opened.sql(
			`select kind, by_name, note from public.delivery_events where delivery_id = $1 order by id`,
			[page.deliveryId]
		);
		expect(steps).toEqual([{ kind: 'reissued', by_name: '林书记', note: '纸质文书遗失' }]);
	});

	test('an old code is as unknown as any, and so is the 领取码 and what it had opened', async () => {
		const page = await delivered();
		const unlocked = await unlockDelivery(opened.backend, page.paperToken, page.code);
		if (!unlocked.ok) throw new Error(unlocked.problem.code);
		await reissue(place.wang, page);
		const { sha256, bytes } = picture(45);
		const put = { request: requestOf(bytes) };
		for (const token of [page.screenToken, page.paperToken]) {
			expect(await readDelivery(opened.backend, token, unlocked.value.proof)).toEqual(await unknown());
			expect(codeOf(await unlockDelivery(opened.backend, token, page.code))).toBe('delivery.unknown');
			expect(codeOf(await putDeliveryEvidence(opened.backend, token, sha256, put))).toBe('delivery.unknown');
			expect(codeOf(await request({ ...page, screenToken: token }))).toBe('delivery.unknown');
		}
		const fresh = tokensOf(page, 1);
		expect((await readDelivery(opened.backend, fresh.screenToken)).ok).toBe(true);
		const paper = await readDelivery(opened.backend, fresh.paperToken, unlocked.value.proof);
		expect(paper).toMatchObject({ ok: true, value: { isLocked: true } });
		expect(codeOf(await unlockDelivery(opened.backend, fresh.paperToken, page.code))).toBe(
			'delivery.code_wrong'
		);
		expect(codeOf(await unlockDelivery(opened.backend, fresh.paperToken, fresh.code))).toBe('ok');
	});

	test('revoked without new ones it opens for nobody until new ones are issued; the seal answers with what holds', async () => {
		const page = await delivered();
		const client = place.as(place.wang);
		expect(codeOf(await revokeDelivery(place.as(place.chen), page.deliveryId, '误发'))).toBe(
			'permission.role'
		);
		expect(codeOf(await revokeDelivery(client, page.deliveryId, '误发'))).toBe('ok');
		expect(codeOf(await revokeDelivery(client, page.deliveryId, '误发'))).toBe('ok');
		expect(await readDelivery(opened.backend, page.screenToken)).toEqual(await unknown());
		const stopped = (await readService(client, page.inspectionId))!;
		expect(serviceCodes(opened.backend, stopped, 'https://example.cn')).toBeNull();
		await reissue(place.wang, page);
		const again = await sealedBy(opened, place, page.visit);
		expect(again.screenToken).toBe(tokensOf(page, 1).screenToken);
		expect((await readDelivery(opened.backend, again.screenToken)).ok).toBe(true);
	});

	test('shows its codes to who may serve, and to nobody else', async () => {
		const page = await delivered();
		const codesFor = async (person: Person) => {
			const service = await readService(place.as(person), page.inspectionId);
			return service && serviceCodes(opened.backend, service, 'https://example.cn');
		};
		for (const person of [place.sun, place.qian, place.wu, place.he])
			expect(await codesFor(person)).toBeNull();
		for (const person of [place.chen, place.gao]) expect(await codesFor(person)).toBeNull();
		expect(await codesFor(place.zhao)).toEqual({
			screenUrl: `https://example.cn/o/${page.screenToken}`,
			paperUrl: `https://example.cn/o/${page.paperToken}`,
			code: page.code
		});
	});

	test('an unknown and a revoked code take the same time', async () => {
		const page = await delivered();
		await revokeDelivery(place.as(place.wang), page.deliveryId, '误发');
		const timeOf = async (token: string) => {
			const began = performance.now();
			await readDelivery(opened.backend, token);
			return performance.now() - began;
		};
		const median = (times: number[]) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
		// A machine that does something else meanwhile is asked again.
		for (let round = 1; ; round++) {
			const [unknownTimes, revokedTimes]: [number[], number[]] = [[], []];
			for (let n = 0; n < 80; n++) {
				unknownTimes.push(await timeOf('y'.repeat(27)));
				revokedTimes.push(await timeOf(page.screenToken));
			}
			const ratio = median(revokedTimes) / median(unknownTimes);
			if (Math.abs(ratio - 1) < 0.1) break;
			if (round === 5) expect.fail(`got ${ratio} times as long, expected within 10 %`);
		}
	});
});

describe('the paper with its wet signature', () => {
	const paper = (more: object = {}) => ({
		id: randomUUID(),
		signedBy: '周店长',
		signedOn: today,
		note: '',
		files: [] as string[],
		...more
	});
	const keep = (person: Person, page: Page, more: object = {}) =>
		recordPaperReceipt(place.as(person), page.deliveryId, paper(more));

	test('counts as received by print, with who signed, who kept it and the file', async () => {
		const page = await delivered();
		const file = await photographed(opened, place, place.wang, 51);
		const foreign = await photographed(opened, place, place.li, 52);
		expect(codeOf(await keep(place.wang, page))).toBe('delivery.paper_missing');
		expect(codeOf(await keep(place.wang, page, { files: [foreign] }))).toBe('evidence.not_found');
		expect(codeOf(await keep(place.wang, page, { files: [file], signedOn: day(1) }))).toBe(
			'delivery.signed_on'
		);
		expect(codeOf(await keep(place.wang, page, { files: [file], signedOn: day(-1) }))).toBe(
			'delivery.signed_on'
		);
		expect(codeOf(await keep(place.chen, page, { files: [file] }))).toBe('permission.role');
		expect(codeOf(await keep(place.sun, page, { files: [file] }))).toBe('not_found');
		const id = randomUUID();
		expect(codeOf(await keep(place.wang, page, { id, files: [file] }))).toBe('ok');
		expect(codeOf(await keep(place.wang, page, { id, files: [file] }))).toBe('ok');
		expect(await readService(place.as(place.lin), page.inspectionId)).toMatchObject({
			receivedBy: '周店长',
			receivedMeans: 'print',
			papers: [{ signedBy: '周店长', signedOn: today, recordedBy: '王检', files: [{ sha256: file }] }],
			course: [{ kind: 'received', means: 'print', by: '周店长' }]
		});
		const seen = await place.as(place.qian).from('evidence').select('sha256').eq('sha256', file);
		expect(seen.data).toHaveLength(1);
	});

	test('does not take the place of a receipt that was given before', async () => {
		const page = await delivered();
		await receiveDelivery(opened.backend, page.screenToken, { name: '钱总' });
		const file = await photographed(opened, place, place.wang, 53);
		expect(codeOf(await keep(place.wang, page, { files: [file] }))).toBe('ok');
		expect(await readService(place.as(place.wang), page.inspectionId)).toMatchObject({
			receivedBy: '钱总',
			receivedMeans: 'screen',
			course: [{ kind: 'received' }, { kind: 'signed_paper' }]
		});
	});

	test('who agreed to electronic delivery agreed to words, and they stand in the record', async () => {
		const words = '本单位同意以电子方式接收文书。';
		const page = await delivered({ ...foundTwo(place, at), electronicDeliveryWords: words });
		expect((await readService(place.as(place.wang), page.inspectionId))!.consent).toEqual({
			words,
			name: '周店长',
			at: page.visit.onSite!.at
		});
		const without = await delivered({ ...foundTwo(place, at), electronicDelivery: false });
		expect((await readService(place.as(place.wang), without.inspectionId))!.consent).toBeNull();
	});
});

describe('异议', () => {
	/** An objection of the enterprise to this page, by its number in the list. */
	const objected = async (page: Page) => {
		const said = { name: '周店长', note: '出口当时正在搬货' };
		expect(codeOf(await objectToDelivery(opened.backend, page.screenToken, said))).toBe('ok');
		const listed = await readObjections(place.as(place.wang), { state: 'open', enterprise: null });
		return listed.rows.find(({ inspectionId }) => inspectionId === page.inspectionId)!;
	};
	const answer = async (person: Person, id: number, note = '已核对照片，出口确被堵塞') =>
		codeOf(await answerObjection(place.as(person), { id, note }));
	const waiting = async (person: Person) => {
		const { data } = await place.as(person).rpc('matters', { p_limit: 5 });
		return (data as { rows: { kind: string; count: number }[] }).rows
			.filter(({ kind }) => kind === 'objection')
			.reduce((sum, { count }) => sum + count, 0);
	};
	const onPage = async (token: string) => {
		const read = await readDelivery(opened.backend, token);
		return read.ok ? read.value.delivery.objections : [];
	};

	test('is not answered by an administrator, another street, a community worker, the enterprise, nor without words', async () => {
		const page = await delivered();
		const { id } = await objected(page);
		expect(await answer(place.gao, id)).toBe('permission.role');
		expect(await answer(place.chen, id)).toBe('permission.role');
		expect(await answer(place.sun, id)).toBe('not_found');
		expect(await answer(place.qian, id)).toBe('not_found');
		expect(await answer(place.wang, id, ' ')).toBe('request.invalid');
		expect(await answer(place.wang, 999_999)).toBe('not_found');
		const [received] = await opened.sql<{ id: number }>(
			`select max(id) as id from public.delivery_events where kind <> 'objected'`
		);
		expect(await answer(place.wang, Number(received!.id ?? 999_998))).toBe('not_found');
		expect(await onPage(page.screenToken)).toMatchObject([{ note: '出口当时正在搬货', answer: null }]);
		const seenBy = async (person: Person) =>
			(await readObjections(place.as(person), { state: 'all', enterprise: null })).rows.length;
		expect([await seenBy(place.sun), await seenBy(place.qian)]).toEqual([0, 0]);
		expect(await answer(place.wang, id)).toBe('ok');
	});

	test('waits for an inspector or a leader of the agency, and the enterprise reads the answer with day and name', async () => {
		const page = await delivered();
		const before = await waiting(place.lin);
		const listed = await objected(page);
		expect(listed).toMatchObject({ enterpriseId: place.restaurantId, mayAnswer: true, name: '周店长' });
		expect(await waiting(place.lin)).toBe(before + 1);
		expect(await answer(place.lin, listed.id)).toBe('ok');
		expect(await answer(place.lin, listed.id)).toBe('ok');
		expect(await answer(place.wang, listed.id, '另一个答复')).toBe('objection.answered');
		expect(await waiting(place.lin)).toBe(before);
		expect(await onPage(page.screenToken)).toMatchObject([
			{
				note: '出口当时正在搬货',
				answer: {
					note: '已核对照片，出口确被堵塞',
					byName: '林书记',
					at: expect.stringContaining('2026-11-20T06:00')
				}
			}
		]);
		// A stranger with the paper reads neither.
		expect(await onPage(page.paperToken)).toEqual([]);
		const told = await opened.sql<{ data: { row?: string } }>(
			`select data from public.events where kind = 'proof.witnessed' and data->>'table' = 'delivery_events' order by position desc limit 1`
		);
		const [row] = await opened.sql<{ id: string }>(
			`select id::text from public.delivery_events where kind = 'answered' order by id desc limit 1`
		);
		expect(told[0]!.data.row).toBe(row!.id);
		expect(await eventsOf('delivery.answered')).toContainEqual({ data: { inspectionId: page.inspectionId } });
	});
});

describe('reminders and the ladder', () => {
	const run = () => remind(opened.backend);
	const remindersOf = (hazardId: string) =>
		opened.sql(
			`select kind, days, made_on::text from public.reminders where hazard_id = $1 order by made_on, days`,
			[hazardId]
		);

	test('remind once a rule, also when asked again, of each deadline anew, and of no old one', async () => {
		const page = await delivered();
		await run();
		expect(await remindersOf(page.exit)).toEqual([{ kind: 'before', days: 3, made_on: today }]);
		expect(await run()).toEqual({ reminders: 0, escalations: 0 });
		expect(await remindersOf(page.alarm)).toEqual([]);
		await request(page);
		await decide(place.wang, await idsOf(page, page.alarm), { until: day(9) });
		// The server was away over two rules: the nearer one is news.
		await opened.setClock('2026-11-28T06:00:00Z');
		await run();
		expect(await remindersOf(page.alarm)).toEqual([{ kind: 'before', days: 1, made_on: day(8) }]);
		expect(await remindersOf(page.exit)).toHaveLength(1);
		const read = await hazardOnPage(page, page.alarm);
		expect(read.remindedOn).toBe(day(8));
		// Long over: that is for the ladder.
		await opened.setClock('2027-02-20T06:00:00Z');
		const before = await remindersOf(page.exit);
		await run();
		expect(await remindersOf(page.exit)).toEqual(before);
	});

	test('days that make no sense are no setting', async () => {
		const save = (key: string, value: unknown) =>
			place.as(place.gao).rpc('save_setting', { p_scope: '0001', p_key: key, p_value: value as never });
		for (const value of [[1, 2], [0, 1, 2], ['a', 'b', 'c'], {}, [1, 2, 400]])
			expect((await save('ladder.days', value)).data).toMatchObject({ ok: false });
		for (const value of [{ before: [3] }, { before: [99], over: [1] }, { before: [], over: [1] }, [1]])
			expect((await save('reminder.days', value)).data).toMatchObject({ ok: false });
	});
});

test('all that stands open for an enterprise stands on each of its pages, and on none of a stranger', async () => {
	const page = await delivered();
	const other = await delivered();
	const read = await readDelivery(opened.backend, page.screenToken);
	if (!read.ok) throw new Error(read.problem.code);
	const elsewhere = openElsewhere(read.value.delivery);
	expect(elsewhere.map(({ id }) => id)).toEqual(expect.arrayContaining([other.alarm, other.exit]));
	expect(elsewhere.map(({ id }) => id)).not.toContain(page.alarm);
	expect(elsewhere.find(({ id }) => id === other.exit)).toMatchObject({
		orderText: other.documents.find(({ kind }) => kind === 'rectification_order')!.numberText,
		deadline: day(3)
	});
	const deadlines = read.value.delivery.openOrders.map(({ deadline }) => deadline);
	expect(deadlines).toEqual([...deadlines].sort());
	const stranger = await readDelivery(opened.backend, page.paperToken);
	expect(stranger.ok && stranger.value.delivery.openOrders).toEqual([]);
});

test('no function of it is for whom it is not', async () => {
	const hash = 'a'.repeat(64);
	for (const client of [place.as(place.wang), opened.backend.asAnonymous()]) {
		const { error } = await client.rpc('request_extension', { p_token_sha256: hash, p_request: {} });
		expect(error?.code).toBe('42501');
	}
	const { error } = await opened.backend
		.asAnonymous()
		.rpc('decide_extensions', { p_decision: { extensions: [] } });
	expect(error?.code).toBe('42501');
});

describeMajorHazards(() => ({ opened, place }));
