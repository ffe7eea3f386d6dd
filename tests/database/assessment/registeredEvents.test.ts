/** 登记事项: entered with papers by who may, read by the scheme, corrected by another fact and never behind a decision's back. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actOnAccount, decideEntry, readAccount } from '#lib/assessment/account/account.server.ts';
import { assessEnterprises } from '#lib/assessment/account/assessment.server.ts';
import {
	eventFact,
	eventSchema,
	type EventForm,
	type RegisteredEvent
} from '#lib/assessment/event/registeredEvent.ts';
import {
	answerProposedEvent,
	readEvents,
	registerEvent,
	withdrawEvent
} from '#lib/assessment/event/registeredEvent.server.ts';
import { packOf } from '#lib/assessment/account/accountContent.ts';
import { verifyEvents } from '#lib/live/verifyEvents.server.ts';
import type { Result } from '#lib/problem.ts';
import { getEvidence, putPapers } from '#lib/inspection/evidence.server.ts';
import { readMatters } from '#lib/tally/overview.server.ts';
import { ids } from '../record/street.ts';
import { photographed } from '../support/neighbourhood.ts';
import { openTestBackend, type Person, type TestBackend } from '../support/testBackend.ts';
import { fourReasons, makeTown, type Town } from './town.ts';

let opened: TestBackend;
let town: Town;
/** Photos that Lin and Wang have put. */
let linsPaper: string;
let wangsPhoto: string;

beforeAll(async () => {
	opened = await openTestBackend();
	await opened.setClock('2026-11-02T06:00:00Z');
	town = await makeTown(opened);
	linsPaper = await photographed(opened, town, town.lin, 1);
	wangsPhoto = await photographed(opened, town, town.wang, 2);
	await opened.sql(
		`insert into public.facts (enterprise_id, scope, kind, occurred_on) select id, scope, 'inspection.completed', '2026-06-01' from public.enterprises`
	);
});
afterAll(() => opened.close());

const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.problem.code);
const penalty = (more: object = {}): EventForm =>
	eventSchema.parse({
		id: crypto.randomUUID(),
		kind: 'penalty.imposed',
		occurredOn: '2026-10-20',
		documentNumber: '示罚〔2026〕1号',
		authority: '示例区应急管理局',
		description: '未按规定设置可燃气体报警装置',
		...more
	});
interface Sent {
	conditions?: Record<string, string>;
	evidence?: string[];
	enterprise?: string;
}
const register = (person: Person, event: EventForm, { conditions = {}, evidence, enterprise }: Sent = {}) =>
	actOnAccount(opened.backend, enterprise ?? ids.restaurant, () =>
		registerEvent(
			town.as(person),
			enterprise ?? ids.restaurant,
			event,
			conditions,
			evidence ?? [person === town.wang ? wangsPhoto : linsPaper]
		)
	);
const withdraw = (person: Person, id: string, reason = '文号录错') =>
	actOnAccount(opened.backend, ids.restaurant, () => withdrawEvent(town.as(person), id, reason));
const stored = async () =>
	(
		await opened.sql<Record<string, unknown>>(
			`select (select count(*)::int from public.registered_events) events, (select count(*)::int from public.facts) facts,
			(select count(*)::int from public.events) news, (select count(*)::int from public.evidence_uses) uses`
		)
	)[0];
const account = async () =>
	(
		await opened.sql<{ points: number; pending: number; band: string }>(
			`select points, pending_points as pending, band_name as band from public.score_accounts where enterprise_id = $1`,
			[ids.restaurant]
		)
	)[0];
const entries = () =>
	opened.sql<{ clause: string; points: number; state: string }>(
		`select clause, points, state from public.score_entries where enterprise_id = $1 order by clause, fact_id`,
		[ids.restaurant]
	);

async function refused(attempts: [what: string, refusal: string, attempt: () => Promise<Result<unknown>>][]) {
	const before = await stored();
	for (const [what, refusal, attempt] of attempts)
		expect([what, codeOf(await attempt())]).toEqual([what, refusal]);
	expect(await stored()).toEqual(before);
}

test('nobody registers who may not, nothing without its papers, and no day that cannot be', () =>
	refused([
		['a penalty by an inspector', 'permission.role', () => register(town.wang, penalty())],
		['a community worker', 'permission.role', () => register(town.chen, penalty({ kind: 'meeting.absent' }))],
		['the principal', 'not_found', () => register(town.qian, penalty())],
		['a leader of another street', 'not_found', () => register(town.tang, penalty())],
		['without a paper', 'event.evidence', () => register(town.lin, penalty(), { evidence: [] })],
		[
			"with another's paper",
			'evidence.not_found',
			() => register(town.lin, penalty(), { evidence: [wangsPhoto] })
		],
		['tomorrow', 'event.day', () => register(town.lin, penalty({ occurredOn: '2026-11-03' }))],
		['six years ago', 'event.day', () => register(town.lin, penalty({ occurredOn: '2020-11-01' }))],
		[
			'without its number',
			'request.invalid',
			() => register(town.lin, { ...penalty(), documentNumber: ' ' })
		],
		['in no words', 'request.invalid', () => register(town.lin, { ...penalty(), description: ' ' })],
		[
			'an accident without its dead',
			'request.invalid',
			() => register(town.lin, { ...penalty(), kind: 'accident.happened' })
		],
		[
			'a clause the scheme does not have',
			'event.clause',
			() => register(town.lin, penalty(), { conditions: { clause: '9.9' } })
		],
		[
			'a bonus above its range',
			'event.points',
			() => register(town.lin, penalty({ kind: 'bonus', points: 2.01 }))
		],
		['a bonus without points', 'request.invalid', () => register(town.lin, { ...penalty(), kind: 'bonus' })],
		[
			'a kind of our own making',
			'request.invalid',
			() => register(town.lin, { ...penalty(), kind: 'opinion' } as never)
		],
		[
			'of an inspection elsewhere',
			'request.invalid',
			() => register(town.lin, { ...penalty(), inspectionId: crypto.randomUUID() })
		]
	]));

describe('a penalty', () => {
	const event = penalty();

	test('is one fact, however often it is sent, and costs what its clause says', async () => {
		expect(await register(town.lin, event)).toMatchObject({ ok: true, value: { state: 'entered' } });
		const before = await stored();
		expect(await register(town.lin, event)).toMatchObject({ ok: true, value: { id: event.id } });
		expect(codeOf(await register(town.lin, { ...event, documentNumber: '示罚〔2026〕2号' }))).toBe(
			'event.known'
		);
		expect(codeOf(await register(town.gao, event, { evidence: [linsPaper] }))).toBe('evidence.not_found');
		expect(await stored()).toEqual(before);
		expect(await entries()).toEqual([{ clause: '5.3', points: 200, state: 'confirmed' }]);
	});

	test('is the fact that the preview reckoned with', async () => {
		const content = (await readAccount(town.as(town.lin), ids.restaurant))!;
		const fact = content.facts.find(({ data }) => data.event === event.id)!;
		const reckoned = eventFact(packOf(content.scheme!), ids.restaurant, event, {}, fact.recordedAt);
		expect(fact).toMatchObject({ kind: reckoned.kind, occurredOn: reckoned.occurredOn, data: reckoned.data });
		expect(content.sources[fact.id]!.event).toMatchObject({
			id: event.id,
			documentNumber: '示罚〔2026〕1号'
		});
	});

	test('the principal reads it with its paper; the tavern’s and the other street do not', async () => {
		for (const person of [town.lin, town.wang, town.qian])
			expect(await readEvents(town.as(person), ids.restaurant)).toMatchObject([
				{ id: event.id, registeredBy: '林书记' }
			]);
		for (const person of [town.zhou, town.tang, town.sun])
			expect(await readEvents(town.as(person), ids.restaurant)).toEqual([]);
		expect(codeOf(await getEvidence(opened.backend, town.as(town.qian), linsPaper))).toBe('ok');
		expect(codeOf(await getEvidence(opened.backend, town.as(town.zhou), linsPaper))).toBe(
			'evidence.not_found'
		);
	});

	test('may be a PDF, which is no photo of a check', async () => {
		const pdf = new File([`%PDF-1.7\n${'x'.repeat(2000)}\n%%EOF`], '决定书.pdf');
		const put = await putPapers(opened.backend, town.as(town.lin), [pdf, new File([], '')]);
		if (!put.ok) throw new Error(put.problem.code);
		expect(put.value).toHaveLength(1);
		const [row] = await opened.sql<{ photo: boolean }>(`select app.has_photo($1, $2) as photo`, [
			put.value[0],
			town.lin.userId
		]);
		expect(row!.photo).toBe(false);
	});
});

describe('a correction', () => {
	test('needs a reason and somebody who may', async () => {
		const [{ id }] = (await readEvents(town.as(town.lin), ids.restaurant)) as [RegisteredEvent];
		await refused([
			['an inspector', 'permission.role', () => withdraw(town.wang, id)],
			['the principal', 'not_found', () => withdraw(town.qian, id)],
			['another street', 'not_found', () => withdraw(town.tang, id)],
			['without a reason', 'request.invalid', () => withdraw(town.lin, id, ' ')],
			[
				'without a reason, with another in its place',
				'request.invalid',
				() => register(town.lin, { ...penalty(), corrects: id })
			],
			[
				'of another enterprise’s event',
				'not_found',
				() =>
					register(town.lin, { ...penalty(), corrects: id, reason: '单位录错' }, { enterprise: ids.tavern })
			]
		]);
	});

	test('is a new fact: the wrong one stays, struck out, and no day ever counted it', async () => {
		const [wrong] = (await readEvents(town.as(town.lin), ids.restaurant)) as [RegisteredEvent];
		const right = penalty({ documentNumber: '示罚〔2026〕11号', corrects: wrong.id, reason: '文号录错' });
		expect(await register(town.gao, right, { evidence: [linsPaper] })).toMatchObject({ ok: true });
		expect(await readEvents(town.as(town.qian), ids.restaurant)).toMatchObject([
			{ id: right.id, state: 'entered', corrects: wrong.id, evidence: [{ sha256: linsPaper }] },
			{
				id: wrong.id,
				state: 'withdrawn',
				correctedBy: right.id,
				closingReason: '文号录错',
				closedBy: '高主任'
			}
		]);
		expect(await account()).toMatchObject({ points: 200 });
		const [withdrawal] = await opened.sql<{ on: string }>(
			`select occurred_on::text as on from public.facts where kind = 'fact.withdrawn'`
		);
		expect(withdrawal).toEqual({ on: '2026-10-20' });
		expect(codeOf(await withdraw(town.lin, wrong.id))).toBe('event.state');
	});

	test('is in the chain, and nobody edits what was registered', async () => {
		const report = await verifyEvents(opened.backend);
		const [{ wordings } = { wordings: 0 }] = await opened.sql<{ wordings: number }>(
			'select count(*)::int as wordings from public.agency_versions'
		);
		expect(report).toMatchObject({ defects: [], steps: 3 + wordings });
		await expect(opened.sql(`update public.registered_events set document_number = 'x'`)).rejects.toThrow(
			/expected another event/
		);
		await expect(opened.sql('delete from public.registered_events')).rejects.toThrow(
			/expected another event/
		);
	});

	test('of what changes a band, or was decided on, is a decision of people', async () => {
		const second = penalty({ documentNumber: '示罚〔2026〕12号' });
		expect(codeOf(await register(town.lin, second))).toBe('ok');
		expect(await account()).toMatchObject({ points: 400, band: 'C' });
		await refused([
			['by one person', 'event.decided', () => withdraw(town.lin, second.id)],
			[
				'by another day',
				'event.decided',
				() =>
					register(town.lin, penalty({ occurredOn: '2025-10-20', corrects: second.id, reason: '日期录错' }))
			]
		]);
		// Only its number was wrong: the scheme reads the same.
		const third = penalty({ documentNumber: '示罚〔2026〕13号', corrects: second.id, reason: '文号录错' });
		expect(codeOf(await register(town.lin, third))).toBe('ok');
		expect(await account()).toMatchObject({ points: 400, band: 'C' });

		const factId = (await readEvents(town.as(town.lin), ids.restaurant)).find(
			({ id }) => id === third.id
		)!.factId!;
		const reverse = (person: Person) =>
			actOnAccount(opened.backend, ids.restaurant, () =>
				decideEntry(town.as(person), { factId, clause: '5.3', decision: 'reversed', ...fourReasons })
			);
		expect(codeOf(await reverse(town.lin))).toBe('permission.denied');
		expect(await reverse(town.gao)).toMatchObject({ ok: true, value: { state: 'approved', missing: 1 } });
		await opened.sql(
			`insert into public.memberships (user_id, role, agency_id, scope, display_name) values ($1, 'leader', $2, '0001', '赵站长')`,
			[town.zhao.userId, ids.agency]
		);
		expect(await reverse(town.zhao)).toMatchObject({ ok: true, value: { state: 'decided' } });
		expect(await account()).toMatchObject({ points: 200, band: 'D' });
		// What they have taken back may now be struck out of the list too.
		expect(codeOf(await withdraw(town.lin, third.id))).toBe('ok');
		expect(await account()).toMatchObject({ points: 200, band: 'D' });
	});

	test('waits until a stated case is answered', async () => {
		const absence = penalty({ kind: 'meeting.absent', description: '未参加季度安全例会' });
		expect(codeOf(await register(town.lin, absence))).toBe('ok');
		const factId = (await readEvents(town.as(town.lin), ids.restaurant)).find(
			({ id }) => id === absence.id
		)!.factId!;
		await opened.sql(
			`insert into public.facts (enterprise_id, scope, kind, occurred_on, data) select enterprise_id, scope, 'decision.appealed', app.today(),
			jsonb_build_object('entry', id) from public.facts where id = $1`,
			[factId]
		);
		await assessEnterprises(opened.backend, [ids.restaurant]);
		await refused([['while it waits', 'event.appealed', () => withdraw(town.gao, absence.id)]]);
	});
});

describe('what an inspector proposes', () => {
	const waitsFor = async (person: Person) =>
		(await readMatters(town.as(person), 5)).rows.some(({ kind }) => kind === 'event');
	const violation = penalty({ kind: 'violation.found', description: '占用疏散通道堆放货物' });

	test('is no fact and nothing the enterprise sees until a leader takes it over', async () => {
		const before = await account();
		expect(await register(town.wang, violation)).toMatchObject({ ok: true, value: { state: 'proposed' } });
		expect(await account()).toEqual(before);
		expect(await waitsFor(town.lin)).toBe(true);
		expect(await waitsFor(town.tang)).toBe(false);
		expect((await readEvents(town.as(town.qian), ids.restaurant)).map(({ id }) => id)).not.toContain(
			violation.id
		);
		const answer = (person: Person, accepts = true, reason = '') =>
			answerProposedEvent(town.as(person), violation.id, accepts, reason);
		await refused([
			['by himself', 'permission.role', () => answer(town.wang)],
			['another street', 'not_found', () => answer(town.tang)],
			['declined in no words', 'request.invalid', () => answer(town.lin, false)],
			['withdrawn before it is entered', 'event.state', () => withdraw(town.lin, violation.id)]
		]);
		expect(await answer(town.lin)).toMatchObject({ ok: true, value: { state: 'entered' } });
		expect(codeOf(await answer(town.gao))).toBe('event.state');
		expect(await waitsFor(town.lin)).toBe(false);
		await assessEnterprises(opened.backend, [ids.restaurant]);
		expect(await account()).toMatchObject({ pending: before!.pending + 100 });
	});

	test('or it is declined, with the reason kept', async () => {
		const another = penalty({ kind: 'violation.found', description: '未戴安全帽' });
		await register(town.wang, another);
		expect(await answerProposedEvent(town.as(town.gao), another.id, false, '证据不足')).toMatchObject({
			ok: true
		});
		expect(
			(await readEvents(town.as(town.wang), ids.restaurant)).find(({ id }) => id === another.id)
		).toMatchObject({
			state: 'declined',
			closingReason: '证据不足',
			factId: null
		});
	});
});

test('a bonus takes points off once it is confirmed', async () => {
	const before = await account();
	expect(
		codeOf(await register(town.lin, penalty({ kind: 'bonus', points: 1.5, description: '标准化三级达标' })))
	).toBe('ok');
	expect(await account()).toMatchObject({ points: before!.points, pending: before!.pending - 150 });
});
