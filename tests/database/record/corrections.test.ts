/** 更正: who may put a sealed record right, what of it, and what follows for papers, codes, hazards, counters and points. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { decideEntry } from '#lib/assessment/account/account.server.ts';
import { assessEnterprises } from '#lib/assessment/account/assessment.server.ts';
import { addDays, shanghaiDate } from '#lib/calendar.ts';
import { deliveryTokens } from '#lib/document/deliveryTokens.server.ts';
import { decideExtensions } from '#lib/hazard/extension/extension.server.ts';
import type { Result } from '#lib/problem.ts';
import { issueAct } from '#lib/record/act.server.ts';
import { makeBundle } from '#lib/record/bundle/makeBundle.server.ts';
import type { InspectionContent } from '#lib/record/content.ts';
import { readCorrections } from '#lib/record/correction/corrections.server.ts';
import { sealCorrection } from '#lib/record/correction/sealCorrection.server.ts';
import {
	objectToDelivery,
	readDelivery,
	receiveDelivery,
	requestExtension
} from '#lib/record/delivery.server.ts';
import { readDocumentPage, readNumberLedger, voidDocument } from '#lib/record/documentPage.server.ts';
import { renderDocument, renderMarkedCopy } from '#lib/record/renderDocument.server.ts';
import { verifyRows } from '#lib/record/proof/verifyRows.server.ts';
import { reissueDelivery } from '#lib/record/service/service.server.ts';
import { verifyRecord } from '#lib/record/verifyRecord.server.ts';
import {
	checkers,
	cosignedByLi,
	makeNeighbourhood,
	must,
	photographed,
	visitTo,
	type Checker,
	type Neighbourhood
} from '../support/neighbourhood.ts';
import { faultsOf } from '../support/sealedState.ts';
import { openTestBackend, type Person, type TestBackend } from '../support/testBackend.ts';
import { actBodies, restaurantCard } from './acts.ts';
import { correctionOf, type EditDraft } from './corrected.ts';
import { foundTwo, recheck, reported, sealedBy } from './sealed.ts';
import { alarmHazard, cleanVisit, dot, withHazard } from './visit.ts';

let opened: TestBackend;
let place: Neighbourhood;
let people: Record<'wang' | 'li' | 'zhao' | 'chen' | 'he' | 'sun' | 'xu' | 'lin', Checker>;
/** Friday, 14:00 in Shanghai. */
const now = new Date('2026-11-20T06:00:00Z');
const at = new Date('2026-11-20T05:30:00Z');
const today = shanghaiDate(at);
const day = (days: number) => addDays(today, days);
const address = { publicUrl: 'https://mingcha.example' };

beforeAll(async () => {
	opened = await openTestBackend();
	place = await makeNeighbourhood(opened);
	const { wang } = checkers(place);
	people = { ...checkers(place), lin: { ...wang, person: place.lin, name: '林书记', licence: null } };
});
beforeEach(() => opened.setClock(now));
afterEach(async () => expect(await faultsOf(opened.sql)).toEqual([]));
afterAll(() => opened.close());

const codeOf = (answer: Result<{ state?: string }>) =>
	answer.ok ? (answer.value.state ?? 'ok') : answer.problem.code;

async function found(visit: InspectionContent = foundTwo(place, at), person = place.wang) {
	const seal = await sealedBy(opened, place, visit, person);
	await assessEnterprises(opened.backend, [visit.enterprise.id]);
	const [alarm, exit] = visit.hazards.map(({ id }) => id) as [string, string];
	return { ...deliveryTokens(opened.backend.keys.deliverySecret, seal.deliveryId), seal, visit, alarm, exit };
}
type Found = Awaited<ReturnType<typeof found>>;

interface Wish {
	by?: Checker;
	edit?: EditDraft;
	more?: Partial<InspectionContent>;
	reason?: string;
}

const laterDeadline: EditDraft = ({ hazards }) => {
	const [first] = hazards.values();
	hazards.set(first!.id, { ...first!, deadline: day(20) });
};

const written = async (
	before: Found,
	{ by = people.wang, edit = laterDeadline, more, reason }: Wish = {}
) => ({
	...(await correctionOf(
		place.as(place.lin),
		before.visit.id,
		{
			userId: by.person.userId,
			name: by.name,
			licence: by.licence,
			by: by.person === place.lin ? 'supervisor' : 'officer',
			at: now
		},
		edit,
		reason
	)),
	...more
});

const send = (content: InspectionContent, person: Person) =>
	sealCorrection(opened.backend, place.as(person), content, content.correction!.inspectionId);

async function corrected(before: Found, wish: Wish = {}) {
	const answer = await send(await written(before, wish), (wish.by ?? people.wang).person);
	if (!answer.ok || answer.value.state !== 'sealed')
		throw new Error(`correct: got ${JSON.stringify(answer)}`);
	await assessEnterprises(opened.backend, [before.visit.enterprise.id]);
	return answer.value;
}

const hazardRow = async (id: string) =>
	(
		await opened.sql<{ state: string; deadline: string; description: string; severity: string }>(
			'select state, deadline::text, description, severity from public.hazards where id = $1',
			[id]
		)
	)[0]!;
const statesOf = async ({ visit }: Found) =>
	(
		await opened.sql<{ line: string }>(
			`select kind || ' ' || state as line from public.documents where inspection_id = $1 order by record_position, kind`,
			[visit.id]
		)
	).map(({ line }) => line);
/** Nobody has looked there before: no cap and no other entry hides what one finding costs. */
const foundAtTavern = () => found(visitTo(foundTwo(place, at), place.tavernId, people.wang));
const pointsOfTavern = async () =>
	(
		await opened.sql<{ points: number }>(
			`select coalesce(sum(points), 0)::int as points from public.score_entries where enterprise_id = $1 and state <> 'reversed'`,
			[place.tavernId]
		)
	)[0]!.points;

describe('who may', () => {
	let visit: Found;
	beforeAll(async () => {
		await opened.setClock(now);
		visit = await found();
	});

	test.each([
		['an inspector who was not there', 'permission.role', () => people.zhao],
		['an inspector of another street', 'not_found', () => people.sun],
		['a community worker', 'permission.role', () => people.chen],
		['the enterprise itself', 'not_found', () => ({ ...people.wang, person: place.qian })],
		['somebody without membership', 'not_found', () => ({ ...people.wang, person: place.wu })]
	])('%s is refused: %s', async (_, code, by) => {
		expect(codeOf(await send(await written(visit, { by: by() }), by().person))).toBe(code);
	});

	test.each([
		[
			'for another',
			'signature.not_yours',
			() => ({ inspector: { ...visit.visit.inspector, userId: place.li.userId } })
		],
		[
			'under another name',
			'signature.not_yours',
			() => ({ inspector: { ...visit.visit.inspector, name: '王大检' } })
		],
		[
			'without drawing',
			'signature.empty',
			() => ({ inspector: { ...visit.visit.inspector, signature: dot } })
		],
		[
			'with an empty signature of the person on site',
			'signature.empty',
			() => ({ onSite: { ...visit.visit.onSite!, signature: dot } as never })
		],
		[
			'as a supervisor that they are not',
			'request.invalid',
			async () => ({ correction: { ...(await written(visit)).correction!, by: 'supervisor' as const } })
		],
		[
			'as the second correction before the first',
			'correction.superseded',
			async () => ({ correction: { ...(await written(visit)).correction!, number: 2 } })
		],
		['of a record that does not hold', 'correction.superseded', () => ({ supersedes: randomUUID() })],
		[
			'with the place of the check moved',
			'request.invalid',
			async () => ({ checkIn: { ...visit.visit.checkIn, distanceMetres: 1 } })
		],
		['with another code', 'request.invalid', () => ({ deliveryId: randomUUID() })],
		[
			'with a hazard that nobody found then',
			'request.invalid',
			async () => ({
				hazards: [
					...(await written(visit)).hazards,
					alarmHazard(place, day(5), { itemId: null, itemCode: null })
				]
			})
		],
		[
			'with 拟记 that nobody read',
			'request.invalid',
			() => ({ provisional: { pack: 'x', packSha256: 'a'.repeat(64), points: 5 } as never })
		]
	])('a correction %s is refused: %s', async (_, code, more) => {
		expect(codeOf(await send(await written(visit, { more: await more() }), place.wang))).toBe(code);
	});

	test('one that changes nothing is refused, and a visit cannot be sealed as one', async () => {
		const nothing = await written(visit, { edit: () => undefined });
		expect(codeOf(await send(nothing, place.wang))).toBe('correction.nothing');
		const direct = await opened.backend
			.asAnonymous()
			.rpc('correct_inspection', { p_content_text: '{}', p_record_text: '', p_signature: '', p_key_id: '' });
		expect(direct.error?.code).toBe('42501');
	});

	test('nothing of a refused one is there', async () => {
		expect(await statesOf(visit)).toEqual(['inspection_record issued', 'rectification_order issued']);
		expect((await hazardRow(visit.alarm)).deadline).toBe(day(7));
	});

	test('an officer of the visit does, and a leader in their stead', async () => {
		expect((await corrected(visit)).number).toBe(1);
		const second = await corrected(visit, {
			by: people.lin,
			edit: (draft) => void (draft.place = '前厅'),
			reason: '检查场所记错'
		});
		expect(second.number).toBe(2);
	});

	test('on track A two officers with their own logins, the person on site beside them', async () => {
		const together = { ...foundTwo(place, at), companionId: place.li.userId };
		await cosignedByLi(place, together);
		const a = await found(together);
		const alone = await written(a);
		expect(codeOf(await send(alone, place.wang))).toBe('permission.licence');
		expect(codeOf(await send(await written(a, { by: people.lin }), place.lin))).toBe('permission.licence');
		const both = await written(a, {
			more: { companionId: place.li.userId, onSite: { ...together.onSite!, at: now.toISOString() } as never }
		});
		expect(codeOf(await send(both, place.wang))).toBe('awaiting_cosignature');
		await cosignedByLi(place, both);
		expect(codeOf(await send(both, place.wang))).toBe('sealed');
		// Sent again after an answer that was lost: the same one.
		expect(codeOf(await send(both, place.wang))).toBe('sealed');
		expect(codeOf(await send({ ...both, place: '别处' }, place.wang))).toBe('inspection.already_sealed');
	});
});

describe('what follows', () => {
	test('a deadline: the hazard keeps its course, new papers stand in the place of the old ones', async () => {
		const before = await found();
		await receiveDelivery(opened.backend, before.screenToken, { name: '周店长' });
		await objectToDelivery(opened.backend, before.screenToken, { name: '周店长', note: '期限不对' });
		const answer = await corrected(before);
		expect(await hazardRow(before.alarm)).toMatchObject({ state: 'open', deadline: day(20) });
		expect(await statesOf(before)).toEqual([
			'inspection_record superseded',
			'rectification_order superseded',
			'inspection_record issued',
			'rectification_order issued'
		]);
		const page = await readDelivery(opened.backend, before.screenToken);
		if (!page.ok) throw new Error(page.problem.code);
		const { delivery } = page.value;
		// The same code leads to the papers that hold, says what they replaced, and asks for a receipt of its own.
		expect(delivery).toMatchObject({ receivedAt: null, openedAt: null });
		expect(delivery.corrections).toMatchObject([
			{ number: 1, reason: '整改期限录入错误', changes: [expect.stringContaining('更正为“2026年12月10日”')] }
		]);
		const order = answer.documents.find(({ kind }) => kind === 'rectification_order')!;
		expect(
			delivery.documents.find(({ state, kind }) => state === 'superseded' && kind === order.kind)
		).toMatchObject({
			replacedBy: order.numberText
		});
		const stranger = await readDelivery(opened.backend, before.paperToken);
		expect(stranger.ok && stranger.value.delivery.corrections).toMatchObject([
			{ number: 1, reason: '', changes: [] }
		]);
	});

	test('the papers print what was recorded and what it is corrected to; a copy of the old one says that it was replaced', async () => {
		const before = await found();
		const [old] = await opened.sql<{ id: string }>(
			`select id from public.documents where inspection_id = $1 and kind = 'rectification_order'`,
			[before.visit.id]
		);
		const first = await renderDocument(opened.backend, old!.id, address);
		const answer = await corrected(before);
		for (const { id } of answer.documents)
			expect((await renderDocument(opened.backend, id, address)).ok).toBe(true);
		const copy = await renderMarkedCopy(opened.backend, old!.id, address);
		expect(copy.ok && copy.value.byteLength).toBeGreaterThan(5000);
		const [kept] = await opened.sql<{ pdf_sha256: string }>(
			'select pdf_sha256 from public.documents where id = $1',
			[old!.id]
		);
		expect(first.ok && first.value.sha256).toBe(kept!.pdf_sha256);
	});

	test('numbers: the old ones are listed as replaced, none is missing; a replaced paper is not voided any more', async () => {
		const before = await found();
		const answer = await corrected(before);
		const series = await readNumberLedger(place.as(place.lin), 2026);
		expect(series.flatMap(({ missing }) => missing)).toEqual([]);
		const replaced = series.flatMap(({ superseded }) => superseded);
		const order = before.seal.documents.find(({ kind }) => kind === 'rectification_order')!;
		expect(replaced.find(({ numberText }) => numberText === order.numberText)).toMatchObject({
			reason: '整改期限录入错误',
			replacedBy: answer.documents.find(({ kind }) => kind === 'rectification_order')!.numberText
		});
		expect(codeOf((await voidDocument(place.as(place.lin), order.id, '多余')) as Result<object>)).toBe(
			'document.state'
		);
	});

	test('verification: the old record holds, says that it was replaced, and leads to the new one', async () => {
		const before = await found();
		const answer = await corrected(before);
		const old = await verifyRecord(opened.backend, before.seal.record.sha256);
		expect(old.ok && old.value).toMatchObject({
			holds: { text: true, signature: true, chain: true },
			replacement: { number: 1, sha256: answer.record.sha256 },
			replaces: null
		});
		const fresh = await verifyRecord(opened.backend, answer.record.sha256);
		expect(fresh.ok && fresh.value).toMatchObject({
			recordKind: 'correction',
			replacement: null,
			replaces: { sha256: before.seal.record.sha256, number: 1 }
		});
		expect((await verifyRows(opened.backend)).defects).toEqual([]);
	});

	test('a hazard that falls away ends as 更正撤销, and its points are taken back as of its day', async () => {
		const before = await foundAtTavern();
		const points = await pointsOfTavern();
		await corrected(before, {
			edit: ({ hazards }) => void hazards.delete(before.alarm),
			reason: '报警器已安装，属误记'
		});
		expect(await hazardRow(before.alarm)).toMatchObject({ state: 'withdrawn' });
		const [fact] = await opened.sql<{ occurred_on: string; data: { reason: string } }>(
			`select occurred_on::text, data from public.facts where kind = 'fact.withdrawn' order by ordinal desc limit 1`
		);
		expect(fact).toMatchObject({ occurred_on: today, data: { reason: '报警器已安装，属误记' } });
		expect(points).toBeGreaterThan(0);
		expect(await pointsOfTavern()).toBeLessThan(points);
		const [answer] = await opened.sql<{ answer: string }>(
			'select answer from public.answers where inspection_id = $1 and item_id = $2',
			[before.visit.id, place.items.alarm]
		);
		expect(answer!.answer).toBe('pass');
	});

	test('the visit counts once: for the year, for the counters, for the enterprise', async () => {
		const counts = () =>
			opened.sql(
				`select (select count(*)::int from public.inspections) as visits, (select sum(inspections)::int from public.tally_visits) as counted,
				(select inspections from public.enterprise_tallies where enterprise_id = $1) as of_site, app.next_nth_of_year($1, $2) as next`,
				[place.restaurantId, today]
			);
		const before = await found();
		const once = await counts();
		await corrected(before);
		await corrected(before, {
			edit: ({ hazards }) => void hazards.delete(before.exit),
			reason: '出口未上锁'
		});
		expect(await counts()).toEqual(once);
		const drift = await must<{ drift: unknown[] }>(
			opened.backend.asService('commands' as never).rpc('recount_tallies', { p_repair: false })
		);
		expect(drift.drift).toEqual([]);
	});

	test('a photo is added and stays; grade and words follow', async () => {
		const before = await found();
		const photo = await photographed(opened, place, place.wang, 77);
		await corrected(before, {
			edit: ({ hazards }) =>
				void hazards.set(before.exit, {
					...hazards.get(before.exit)!,
					severity: 'general',
					description: '疏散出口堆放杂物',
					photos: [photo]
				}),
			more: {
				evidence: [
					{ sha256: photo, bytes: 70, mediaType: 'image/png', takenAt: at.toISOString(), position: null }
				]
			},
			reason: '级别判定有误'
		});
		expect(await hazardRow(before.exit)).toMatchObject({
			severity: 'general',
			description: '疏散出口堆放杂物'
		});
		const uses = await opened.sql(`select 1 from public.evidence_uses where hazard_id = $1 and sha256 = $2`, [
			before.exit,
			photo
		]);
		expect(uses).toHaveLength(1);
		const taken = await written(before, {
			edit: ({ hazards }) => void hazards.set(before.exit, { ...hazards.get(before.exit)!, photos: [] })
		});
		expect(codeOf(await send(taken, place.wang))).toBe('correction.photo');
	});

	test('corrections are a line: each replaces the last one, none twice', async () => {
		const before = await found();
		const rival = await written(before, { edit: (draft) => void (draft.place = '前厅') });
		await corrected(before);
		expect(codeOf(await send(rival, place.wang))).toBe('correction.superseded');
		await corrected(before, {
			edit: (draft) => void (draft.taskSource = '专项检查'),
			reason: '任务来源记错'
		});
		const line = await readCorrections(place.as(place.wang), before.visit.id);
		expect(line.ok && line.value.corrections.map(({ number }) => number)).toEqual([1, 2]);
		expect((await verifyRows(opened.backend)).defects).toEqual([]);
	});

	test('the case bundle holds every record of the line', async () => {
		const before = await found();
		await corrected(before);
		const bundle = await makeBundle(opened.backend, place.as(place.wang), before.visit.id, (id) =>
			renderDocument(opened.backend, id, address)
		);
		if (!bundle.ok) throw new Error(bundle.problem.code);
		const chunks = [];
		for await (const chunk of bundle.value.chunks) chunks.push(chunk);
		const text = Buffer.concat(chunks).toString('utf8');
		expect(text).toContain('-correction.json');
		expect(text).toContain('整改期限录入错误');
	});
});

describe('situations', () => {
	const granted = async (before: Found) => {
		const id = randomUUID();
		await requestExtension(opened.backend, before.screenToken, {
			id,
			hazards: [before.alarm],
			wished: day(15),
			reason: '配件在途',
			name: '周店长',
			photos: []
		});
		const rows = await opened.sql<{ id: string }>(
			'select id from public.hazard_extensions where request_id = $1',
			[id]
		);
		const extensions = rows.map((row) => row.id);
		const answer = await decideExtensions(place.as(place.lin), {
			extensions,
			outcome: 'granted',
			until: day(14),
			note: '同意'
		});
		expect(answer.ok).toBe(true);
	};
	const asked = async (before: Found) => {
		await requestExtension(opened.backend, before.screenToken, {
			id: randomUUID(),
			hazards: [before.alarm],
			wished: day(15),
			reason: '配件在途',
			name: '周店长',
			photos: []
		});
	};
	const word: EditDraft = ({ hazards }) => {
		const [first] = hazards.values();
		hazards.set(first!.id, { ...first!, description: '报警装置未通电' });
	};
	const drop: EditDraft = ({ hazards }) => void hazards.delete(hazards.keys().next().value!);

	test.each<[string, string, (before: Found) => Promise<unknown>, EditDraft]>([
		['its deadline was put off since; the deadline', 'correction.deadline_moved', granted, laterDeadline],
		['its deadline was put off since; its words', 'sealed', granted, word],
		['more time is asked for; the deadline', 'sealed', asked, laterDeadline]
	])('%s → %s', async (_, code, prepare, edit) => {
		const before = await found();
		await prepare(before);
		expect(codeOf(await send(await written(before, { edit }), place.wang))).toBe(code);
	});

	test('a report of track C: by who made it; adopted, by nobody', async () => {
		const c = await found(reported(place, at), place.chen);
		await corrected(c, { by: people.chen });
		expect(await statesOf(c)).toEqual(['hazard_report superseded', 'hazard_report issued']);
		await opened.sql('update public.inspections set adopted_by = $2 where id = $1', [
			c.visit.id,
			place.wang.userId
		]);
		expect(codeOf(await send(await written(c, { by: people.chen, edit: word }), place.chen))).toBe(
			'correction.adopted'
		);
		await opened.sql('update public.inspections set adopted_by = null where id = $1', [c.visit.id]);
	});

	test('an entry that people have decided on is reversed before it is corrected away', async () => {
		const before = await foundAtTavern();
		const [entry] = await opened.sql<{ id: string; clause: string }>(
			`select f.id, s.clause from public.facts f join public.score_entries s on s.fact_id = f.id where f.hazard_id = $1 and s.points > 10 and s.state <> 'reversed'`,
			[before.alarm]
		);
		const decided = await decideEntry(place.as(place.lin), {
			factId: entry!.id,
			clause: entry!.clause,
			decision: 'reduced',
			points: 0.1,
			facts: '核对了照片',
			law: '依据记分办法',
			discretion: '首次发生',
			treatment: '未陈述'
		});
		expect(decided.ok).toBe(true);
		await assessEnterprises(opened.backend, [place.tavernId]);
		expect(codeOf(await send(await written(before, { edit: drop }), place.wang))).toBe('event.decided');
		expect(codeOf(await send(await written(before, { edit: word }), place.wang))).toBe('sealed');
	});

	test('a visit that was no check has no paper to correct', async () => {
		const photo = await photographed(opened, place, place.wang, 78);
		const closed = await found({
			...cleanVisit({ street: place, at }),
			answers: [],
			checklistVersionIds: [],
			onSite: null,
			electronicDelivery: false,
			notChecked: { kind: 'closed', reason: '门锁着', photos: [photo] }
		});
		const content = await written(closed, { edit: (draft) => void (draft.taskSource = '计划') });
		expect(codeOf(await send(content, place.wang))).toBe('correction.not_checked');
	});

	test('what was put right on the spot falls away with both of its facts', async () => {
		const onSpot = await found(withHazard(cleanVisit({ street: place, at }), alarmHazard(place, null)));
		await corrected(onSpot, { edit: drop, reason: '误记' });
		expect(await hazardRow(onSpot.alarm)).toMatchObject({ state: 'withdrawn', deadline: null });
		expect((await verifyRows(opened.backend)).defects).toEqual([]);
	});
});

describe('after a recheck', () => {
	beforeEach(() => opened.setClock('2026-11-28T06:00:00Z'));
	const again = (before: Found) =>
		recheck(place, new Date('2026-11-28T05:30:00Z'), before.visit.id, [before.alarm, before.exit]);

	test.each<[string, string, EditDraft]>([
		[
			'the deadline',
			'correction.deadline_moved',
			({ hazards }) =>
				void hazards.set([...hazards.keys()][0]!, { ...[...hazards.values()][0]!, deadline: day(40) })
		],
		[
			'that it was there',
			'correction.rechecked',
			({ hazards }) => void hazards.delete([...hazards.keys()][0]!)
		],
		[
			'its words',
			'sealed',
			({ hazards }) =>
				void hazards.set([...hazards.keys()][0]!, {
					...[...hazards.values()][0]!,
					description: '报警装置未通电'
				})
		]
	])('%s of what it closed → %s', async (_, code, edit) => {
		const before = await found();
		await sealedBy(opened, place, again(before));
		await assessEnterprises(opened.backend, [place.restaurantId]);
		expect(codeOf(await send(await written(before, { edit }), place.wang))).toBe(code);
	});

	test('a wrong new deadline is put right, what it found is not', async () => {
		const before = await found();
		const visit = again(before);
		await sealedBy(opened, place, visit);
		await assessEnterprises(opened.backend, [place.restaurantId]);
		const second = { ...before, visit };
		const flipped = await written(second, { edit: () => undefined });
		flipped.verdicts = flipped.verdicts.map((verdict) => ({ ...verdict, passed: true, newDeadline: null }));
		expect(codeOf(await send(flipped, place.wang))).toBe('correction.verdict');
		const edit: EditDraft = (draft) =>
			void (draft.verdicts = new Map(
				[...draft.verdicts].map(([id, verdict]) => [
					id,
					id === before.exit ? { ...verdict, newDeadline: day(30) } : verdict
				])
			));
		await corrected(second, { edit });
		expect(await hazardRow(before.exit)).toMatchObject({ state: 'open', deadline: day(30) });
		expect((await verifyRows(opened.backend)).defects).toEqual([]);
	});
});

describe('a paper issued on its own', () => {
	const asLeader = { userId: '', role: 'leader' as const, displayName: '林书记' };
	const issue = async (change: object = {}, request: object = {}, by: 'lin' | 'wang' = 'lin') => {
		const membership = {
			...asLeader,
			id: randomUUID(),
			agencyId: place.agencyId,
			scope: '0001',
			...(by === 'wang' && { role: 'inspector' as const, displayName: '王检' })
		};
		return issueAct(
			opened.backend,
			place.as(place[by]),
			{ userId: place[by].userId, membership: membership as never },
			{
				id: randomUUID(),
				card: restaurantCard,
				body: { ...actBodies(place, today).reminder_notice, ...change } as never,
				...request
			},
			now
		);
	};
	const issued = async (...args: Parameters<typeof issue>) => {
		const answer = await issue(...args);
		if (!answer.ok) throw new Error(`issue: got ${answer.problem.code}`);
		return answer.value;
	};
	const correcting = (actId: string, number = 1, reason = '期限有误') => ({
		supersedes: actId,
		correction: { number, reason }
	});

	test('is replaced by another one; the code in the enterprise’s hands leads to that', async () => {
		const first = await issued();
		const { screenToken } = deliveryTokens(opened.backend.keys.deliverySecret, first.actId);
		await receiveDelivery(opened.backend, screenToken, { name: '周店长' });
		const second = await issued({ day: day(9) }, correcting(first.actId));
		const page = await readDelivery(opened.backend, screenToken);
		expect(page.ok && page.value.delivery).toMatchObject({
			receivedAt: null,
			act: { body: { day: day(9) } },
			corrections: [{ number: 1, reason: '期限有误', changes: [] }],
			documents: [{ state: 'superseded', replacedBy: second.numberText }, { state: 'issued' }]
		});
		const old = await readDocumentPage(place.as(place.lin), first.documentId);
		expect(old.ok && old.value).toMatchObject({
			state: 'superseded',
			replacement: { numberText: second.numberText }
		});
		expect((await renderDocument(opened.backend, second.documentId, address)).ok).toBe(true);
		expect((await verifyRows(opened.backend)).defects).toEqual([]);
	});

	test.each([
		['a second time', 'correction.superseded', (id: string) => issue({ day: day(10) }, correcting(id))],
		[
			'with nothing changed',
			'correction.nothing',
			(_: string, next: string) => issue({ day: day(9) }, correcting(next, 2))
		],
		[
			'by another kind of paper',
			'request.invalid',
			(_: string, next: string) =>
				issue({ ...actBodies(place, today).supervision_opinion }, correcting(next, 2))
		],
		[
			'without a reason',
			'request.invalid',
			(_: string, next: string) => issue({ day: day(10) }, correcting(next, 2, ' '))
		],
		['of what is none', 'not_found', () => issue({}, correcting(randomUUID()))],
		[
			'that is void',
			'document.state',
			async () => {
				const other = await issued({ matter: '另一件事' });
				await voidDocument(place.as(place.lin), other.documentId, '重复出具');
				return issue({ day: day(10) }, correcting(other.actId));
			}
		]
	] as const)('%s → %s', async (_, code, send) => {
		const first = await issued();
		const next = await issued({ day: day(9) }, correcting(first.actId));
		expect(codeOf((await send(first.actId, next.actId)) as Result<object>)).toBe(code);
	});

	test('its code is replaced like that of a visit, by who may issue such papers there', async () => {
		const { actId } = await issued();
		const before = deliveryTokens(opened.backend.keys.deliverySecret, actId);
		const again = (person: Person) =>
			reissueDelivery(opened.backend, place.as(person), {
				deliveryId: actId,
				seen: 0,
				reason: '二维码被转发'
			});
		expect(codeOf((await again(place.sun)) as Result<object>)).toBe('not_found');
		expect(codeOf((await again(place.chen)) as Result<object>)).toMatch(/permission.role|not_found/);
		expect((await again(place.lin)).ok).toBe(true);
		const old = await readDelivery(opened.backend, before.screenToken);
		expect(old.ok ? 'ok' : old.problem.code).toBe('delivery.unknown');
		const fresh = deliveryTokens(opened.backend.keys.deliverySecret, actId, 1);
		expect((await readDelivery(opened.backend, fresh.screenToken)).ok).toBe(true);
	});
});

test('a month that was frozen stays as it was known; what is corrected since is added to it, and a recount agrees', async () => {
	const service = opened.backend.asService('commands' as never);
	const frozen = async (until: string) => {
		await opened.setClock(until);
		for (let month: unknown = ''; month !== null;)
			({ month } = await must<{ month: string | null }>(service.rpc('freeze_month')));
		const recount = await must<{ drift: unknown[] }>(service.rpc('recount_months'));
		expect(recount.drift).toEqual([]);
		return opened.sql<{ severity: string; found: number }>(
			`select severity, sum(found)::int as found from public.monthly_hazards
			where about_month = '2026-11-01' and scope = '00010002' group by 1 order by 1`
		);
	};
	const before = await foundAtTavern();
	const november = await frozen('2026-12-02T06:00:00Z');
	await assessEnterprises(opened.backend, [place.tavernId]);
	await corrected(before, {
		edit: ({ hazards }) => {
			hazards.delete(before.alarm);
			hazards.set(before.exit, { ...hazards.get(before.exit)!, severity: 'general' });
		}
	});
	const of = (rows: typeof november, severity: string) =>
		rows.find((row) => row.severity === severity)?.found ?? 0;
	const later = await frozen('2027-01-05T06:00:00Z');
	expect(of(later, 'major')).toBe(of(november, 'major') - 1);
	// One fell away, and the 重大 one is one of these now.
	expect(of(later, 'general')).toBe(of(november, 'general'));
});
