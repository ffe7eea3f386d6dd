/** 逾期阶梯: what is proposed when an order is late, how a person takes a step by its paper, and who may not. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, shanghaiDate } from '#lib/calendar.ts';
import type { ActBody } from '#lib/document/acts.ts';
import { deliveryTokens } from '#lib/document/deliveryTokens.server.ts';
import type { MemberRole } from '#lib/identity/identity.ts';
import { draftPaper } from '#lib/plan/escalation/draftPaper.ts';
import { dropEscalation, readEscalation, readEscalations } from '#lib/plan/escalation/escalation.server.ts';
import { escalationPaper } from '#lib/plan/escalation/escalation.ts';
import { remind } from '#lib/plan/reminder/reminder.server.ts';
import type { Result } from '#lib/problem.ts';
import { issueAct, readActs } from '#lib/record/act.server.ts';
import { readActForm } from '#lib/record/actForm.ts';
import { putDeliveryEvidence, submitRectification } from '#lib/record/delivery.server.ts';
import { readDocumentPage, voidDocument } from '#lib/record/documentPage.server.ts';
import { verifyChain } from '#lib/record/verifyChain.server.ts';
import { memberOf, restaurantCard } from '../record/acts.ts';
import { picture, requestOf, sealedBy } from '../record/sealed.ts';
import { alarmHazard, cleanVisit, withHazard } from '../record/visit.ts';
import { makeNeighbourhood, type Neighbourhood } from '../support/neighbourhood.ts';
import { openTestBackend, type Person, type TestBackend } from '../support/testBackend.ts';

let opened: TestBackend;
let place: Neighbourhood;
const at = new Date('2026-11-20T05:30:00Z');
const today = shanghaiDate(at);
const noon = (days: number) => `${addDays(today, days)}T04:00:00Z`;

beforeAll(async () => {
	opened = await openTestBackend();
	place = await makeNeighbourhood(opened);
});
afterAll(() => opened.close());

const codeOf = (answer: Result<unknown>) => (answer.ok ? 'ok' : answer.problem.code);
const proposeOn = async (days: number) => {
	await opened.setClock(noon(days));
	return (await remind(opened.backend)).escalations;
};

/** Wang orders an alarm to be installed within so many days. */
async function ordered(days = 3) {
	await opened.setClock(new Date('2026-11-20T06:00:00Z'));
	const visit = withHazard(cleanVisit({ street: place, at }), alarmHazard(place, addDays(today, days)));
	const sealed = await sealedBy(opened, place, visit);
	const { screenToken } = deliveryTokens(opened.backend.keys.deliverySecret, sealed.deliveryId);
	return { ...sealed, screenToken, hazardId: visit.hazards[0]!.id };
}
type Order = Awaited<ReturnType<typeof ordered>>;

async function putRight({ screenToken, hazardId }: Order) {
	const { sha256, bytes } = picture(70);
	await putDeliveryEvidence(opened.backend, screenToken, sha256, { request: requestOf(bytes) });
	const done = { id: randomUUID(), hazardId, note: '已安装', photos: [sha256] };
	expect(codeOf(await submitRectification(opened.backend, screenToken, done))).toBe('ok');
}

const stepsOf = ({ inspectionId }: Order) =>
	opened.sql<{ id: string; step: number; state: string }>(
		`select id, step, state from public.escalations where inspection_id = $1 order by step`,
		[inspectionId]
	);
const newestOf = async (order: Order) => (await stepsOf(order)).at(-1)!.id;

const names = new Map<string, [MemberRole, string]>();
const nameOf = (person: Person): [MemberRole, string] => {
	if (names.size === 0)
		for (const [one, role, name] of [
			[place.wang, 'inspector', '王检'],
			[place.li, 'inspector', '李检'],
			[place.lin, 'leader', '林书记'],
			[place.gao, 'administrator', '高主任'],
			// What they claim to be; the database knows better.
			[place.chen, 'inspector', '陈社工'],
			[place.sun, 'inspector', '孙检']
		] as const)
			names.set(one.userId, [role, name]);
	return names.get(person.userId)!;
};

/** What the page drafts for this step, as the form sends it. */
async function draftOf(id: string): Promise<ActBody> {
	const page = await readEscalation(place.as(place.lin), id);
	const form = new FormData();
	for (const [name, value] of Object.entries(draftPaper(page!, '示例区应急管理局'))) form.set(name, value);
	const body = readActForm(escalationPaper[page!.step], form, {
		officers: [],
		today,
		checksThisYear: 0,
		writer: { userId: place.lin.userId, name: '林书记' }
	});
	if (!body.ok) throw new Error(JSON.stringify(body.problem));
	return body.value;
}

interface Taking {
	body?: ActBody;
	id?: string;
}
async function take(person: Person, escalation: string, { body, id = randomUUID() }: Taking = {}) {
	const [role, name] = nameOf(person);
	return issueAct(
		opened.backend,
		place.as(person),
		{ userId: person.userId, membership: memberOf(role, name) },
		{ id, card: restaurantCard, body: body ?? (await draftOf(escalation)), escalation }
	);
}

describe('a step is not taken', () => {
	test('by who may not issue its paper, by another paper, or for what is none', async () => {
		const order = await ordered();
		await proposeOn(4);
		const id = await newestOf(order);
		const papers = () => opened.sql('select id from public.documents');
		const before = (await papers()).length;
		expect(codeOf(await take(place.sun, id))).toBe('not_found');
		expect(codeOf(await take(place.chen, id))).toBe('permission.role');
		const draft = await draftOf(id);
		const card = { ...draft, kind: 'supervision_card' as const, addressee: '第一社区' };
		expect(codeOf(await take(place.lin, id, { body: card }))).toBe('request.invalid');
		expect(codeOf(await take(place.lin, randomUUID(), { body: draft }))).toBe('not_found');
		expect(await papers()).toHaveLength(before);
		expect(await readEscalation(place.as(place.sun), id)).toBeNull();
		expect(await readEscalation(place.as(place.qian), id)).toBeNull();
		expect(codeOf(await dropEscalation(place.as(place.sun), id, '不是我们的'))).toBe('not_found');
		expect(codeOf(await dropEscalation(place.as(place.chen), id, '没有必要'))).toBe('permission.role');
		expect(codeOf(await dropEscalation(place.as(place.wang), id, ' '))).toBe('request.invalid');
		await putRight(order);
		// Put right a minute ago: the worker has not ended the step yet.
		expect(codeOf(await take(place.wang, id, { body: draft }))).toBe('escalation.state');
		expect(await proposeOn(4)).toBe(0);
		expect(await stepsOf(order)).toMatchObject([{ step: 1, state: 'lapsed' }]);
	});

	test('is dropped with a reason, once', async () => {
		const order = await ordered();
		await proposeOn(4);
		const id = await newestOf(order);
		expect(codeOf(await dropEscalation(place.as(place.wang), id, '已电话提醒'))).toBe('ok');
		expect(codeOf(await dropEscalation(place.as(place.wang), id, '已电话提醒'))).toBe('ok');
		expect(codeOf(await take(place.lin, id))).toBe('escalation.state');
		expect(await readEscalation(place.as(place.li), id)).toMatchObject({
			state: 'dropped',
			note: '已电话提醒',
			decidedBy: '王检',
			paper: null
		});
		await putRight(order);
	});
});

test('提示单, 督办卡 and the report upward are the steps: each drafted, issued, and found from either side', async () => {
	const order = await ordered();
	expect(await proposeOn(3)).toBe(0);
	expect(await proposeOn(4)).toBe(1);
	expect(await proposeOn(4)).toBe(0);
	const first = await newestOf(order);
	const [id, body] = [randomUUID(), await draftOf(first)];
	expect(body).toMatchObject({ kind: 'reminder_notice', day: addDays(today, 7) });
	const reminder = await take(place.wang, first, { id, body });
	expect(await take(place.wang, first, { id, body })).toEqual(reminder);
	expect(codeOf(await take(place.li, first))).toBe('escalation.state');
	if (!reminder.ok) throw new Error(reminder.problem.code);
	const read = await readEscalation(place.as(place.li), first);
	expect(read).toMatchObject({
		state: 'done',
		decidedBy: '王检',
		mayDecide: false,
		paper: { id: reminder.value.documentId, numberText: reminder.value.numberText, state: 'issued' }
	});
	const paper = async (person: Person, documentId: string) => {
		const page = await readDocumentPage(place.as(person), documentId);
		return page.ok ? page.value : null;
	};
	expect((await paper(place.li, reminder.value.documentId))?.escalation).toEqual({ id: first, step: 1 });
	// The enterprise reads the paper, and nothing of how it came about.
	expect(await paper(place.qian, reminder.value.documentId)).toMatchObject({
		kind: 'reminder_notice',
		escalation: null
	});

	expect(await proposeOn(11)).toBe(1);
	const second = await newestOf(order);
	expect(codeOf(await take(place.wang, second))).toBe('permission.role');
	expect(codeOf(await dropEscalation(place.as(place.wang), second, '没有必要'))).toBe('permission.role');
	// Nobody takes it: the next one stands in its place.
	expect(await proposeOn(19)).toBe(1);
	expect((await stepsOf(order)).map(({ step, state }) => [step, state])).toEqual([
		[1, 'done'],
		[2, 'lapsed'],
		[3, 'proposed']
	]);
	const third = await newestOf(order);
	const report = await take(place.lin, third);
	if (!report.ok) throw new Error(report.problem.code);
	expect(report.value.numberText).toBe('（示例）安逾报〔2026〕1号');
	expect(await paper(place.lin, report.value.documentId)).toMatchObject({
		kind: 'overdue_report',
		delivery: null,
		isSample: true,
		escalation: { id: third, step: 3 },
		act: {
			body: {
				addressee: '示例区应急管理局',
				measures: [expect.stringContaining(reminder.value.numberText)]
			}
		}
	});
	expect(await paper(place.qian, report.value.documentId)).toBeNull();
	const own = await readActs(place.as(place.qian), place.restaurantId);
	expect(own.map(({ kind }) => kind)).not.toContain('overdue_report');
	expect(
		await opened.sql(
			`select enterprise_id from public.events where kind like 'escalation.%' and enterprise_id is not null`
		)
	).toEqual([]);

	// A correction takes the place of its paper; what is void says so.
	const [role, name] = nameOf(place.lin);
	const corrected = await issueAct(
		opened.backend,
		place.as(place.lin),
		{ userId: place.lin.userId, membership: memberOf(role, name) },
		{
			id: randomUUID(),
			card: restaurantCard,
			body: { ...(await draftOf(third)), matter: '整改期限届满仍未完成整改' },
			supersedes: report.value.actId,
			correction: { number: 1, reason: '事由有误' }
		}
	);
	if (!corrected.ok) throw new Error(corrected.problem.code);
	expect((await readEscalation(place.as(place.lin), third))?.paper?.id).toBe(corrected.value.documentId);
	expect(codeOf(await voidDocument(place.as(place.gao), corrected.value.documentId, '发错单位'))).toBe('ok');
	expect((await readEscalation(place.as(place.lin), third))?.paper?.state).toBe('voided');
	expect((await verifyChain(opened.backend)).defects).toEqual([]);
	await putRight(order);
});

test('who begins with it is shown 20 a day, and nothing of long ago', async () => {
	const orders = [];
	for (let count = 0; count < 23; count++) orders.push(await ordered(1));
	const waiting = async () =>
		(await readEscalations(place.as(place.lin), { state: 'proposed', enterprise: null })).waiting;
	const before = await waiting();
	expect(await proposeOn(2)).toBe(20);
	expect(await proposeOn(2)).toBe(0);
	expect(await waiting()).toBe(before + 20);
	expect(await proposeOn(3)).toBe(3);
	// Never looked at meanwhile: the week of the last step is over, so what waits ends, and nothing new is proposed.
	expect(await proposeOn(60)).toBe(0);
	expect(await waiting()).toBe(0);
});
