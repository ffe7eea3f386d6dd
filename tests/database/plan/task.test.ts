/** 任务核验码: announced by whoever checks there, read by whoever was shown the code, rated once, kept from the rated. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTask, rateCheck, readRatings, readTask } from '#lib/plan/task/task.server.ts';
import { ratingFilterFrom, type Rating } from '#lib/plan/task/task.ts';
import { taskToken } from '#lib/plan/task/taskToken.server.ts';
import { deliveryTokens } from '#lib/document/deliveryTokens.server.ts';
import type { InspectionContent } from '#lib/record/content.ts';
import { readDelivery } from '#lib/record/delivery.server.ts';
import type { TaskStatement } from '#lib/record/taskCode.ts';
import { makeTown, type Town } from '../assessment/town.ts';
import { foundTwo, recheck, sealedBy } from '../record/sealed.ts';
import { ids, licences } from '../record/street.ts';
import { cleanVisit } from '../record/visit.ts';
import { goodRating } from '../support/neighbourhood.ts';
import { openTestBackend, type Person, type TestBackend } from '../support/testBackend.ts';

const now = new Date('2026-11-20T06:00:00Z');
const at = new Date('2026-11-20T06:05:00Z');
let opened: TestBackend;
let town: Town;
/** Leads the street, and went along on a check. */
let li: Person;

beforeAll(async () => {
	opened = await openTestBackend();
	await opened.setClock(now);
	town = await makeTown(opened);
	li = town.li;
	await opened.sql(
		`insert into public.memberships (user_id, role, agency_id, scope, display_name) values ($1, 'leader', $2, '0001', '李检')`,
		[li.userId, ids.agency]
	);
});
afterAll(() => opened.close());

const statement = (more: Partial<TaskStatement> = {}): TaskStatement => ({
	enterpriseId: ids.restaurant,
	kind: 'planned',
	taskSource: '2026 年度监督检查计划（示例）',
	companionId: null,
	checklistVersionIds: [ids.version],
	...more
});
const open = (person: Person, more: Partial<TaskStatement> = {}, id: string = randomUUID()) =>
	openTask(opened.backend, town.as(person), id, statement(more));
const codeOf = (answer: { ok: boolean; problem?: { code: string } }) =>
	answer.ok ? 'ok' : answer.problem!.code;
const rate = (token: string, more: Partial<Rating> = {}) =>
	rateCheck(opened.backend, token, { ...goodRating, ...more });
const tasksOf = (id: string) => opened.sql('select * from public.check_tasks where id = $1', [id]);
const eventsOf = (kind: string) =>
	opened.sql<{ scope: string; enterprise_id: string | null; data: object }>(
		'select scope, enterprise_id, data from public.events where kind = $1 order by position',
		[kind]
	);
async function read(token: string) {
	const answer = await readTask(opened.backend, token);
	if (!answer.ok) throw new Error(`task: got ${answer.problem.code}, expected it to be read`);
	return answer.value;
}
/** Announced and sealed. */
async function checked(content: InspectionContent, person: Person = town.wang) {
	const task = await openTask(opened.backend, town.as(person), content.id, {
		...statement({ kind: content.kind, enterpriseId: content.enterprise.id, taskSource: content.taskSource }),
		checklistVersionIds: content.checklistVersionIds
	});
	if (!task.ok) throw new Error(`task: got ${task.problem.code}, expected it to be opened`);
	await sealedBy(opened, town, content, person);
	return task.value.token;
}

describe('announcing a check', () => {
	const refusals: [what: string, code: string, attempt: () => ReturnType<typeof open>][] = [
		['an inspector of another street', 'permission.area', () => open(town.sun)],
		['a leader', 'permission.area', () => open(town.lin)],
		['the enterprise itself', 'permission.area', () => open(town.qian)],
		['a place that is not there', 'permission.area', () => open(town.wang, { enterpriseId: randomUUID() })],
		[
			'a community worker who would recheck',
			'permission.track',
			() => open(town.chen, { kind: 'recheck', checklistVersionIds: [] })
		],
		['a check of the enterprise by itself', 'request.invalid', () => open(town.wang, { kind: 'self_check' })],
		['oneself as companion', 'request.invalid', () => open(town.wang, { companionId: town.wang.userId })],
		[
			'a companion of another street',
			'request.invalid',
			() => open(town.wang, { companionId: town.sun.userId })
		],
		[
			'a community worker as companion',
			'request.invalid',
			() => open(town.wang, { companionId: town.chen.userId })
		],
		[
			'a list that is not there',
			'inspection.checklist_version',
			() => open(town.wang, { checklistVersionIds: [randomUUID()] })
		],
		['a reason without end', 'request.invalid', () => open(town.wang, { taskSource: '长'.repeat(101) })]
	];
	test('is refused to whoever does not check there, and to what is not so', async () => {
		for (const [what, code, attempt] of refusals)
			expect([what, codeOf(await attempt())]).toEqual([what, code]);
		expect(await opened.sql('select 1 from public.check_tasks')).toEqual([]);
	});

	test('twice is once; put right it says so; nobody else takes the id', async () => {
		const id = randomUUID();
		const first = await open(town.wang, {}, id);
		expect(first).toMatchObject({ ok: true, value: { track: 'B', nthOfYear: 1, statements: 1 } });
		expect(await open(town.wang, {}, id)).toEqual(first);
		expect(await eventsOf('task.opened')).toHaveLength(1);
		expect(codeOf(await open(li, {}, id))).toBe('request.invalid');
		expect(codeOf(await open(town.wang, { enterpriseId: ids.tavern }, id))).toBe('request.invalid');
		const together = await open(town.wang, { companionId: li.userId }, id);
		expect(together).toMatchObject({ ok: true, value: { track: 'A', statements: 2 } });
		expect(await tasksOf(id)).toHaveLength(1);
	});

	test('the feed does not tell the enterprise, for a check may be unannounced', async () => {
		for (const { scope, enterprise_id } of await eventsOf('task.opened'))
			expect([scope, enterprise_id]).toEqual(['00010001', null]);
		const { data } = await town.as(town.qian).from('check_tasks').select('id');
		expect(data).toEqual([]);
	});

	test('what is over gets no code', async () => {
		const content = cleanVisit({ street: town, at });
		await sealedBy(opened, town, content);
		expect(codeOf(await open(town.wang, {}, content.id))).toBe('inspection.already_sealed');
	});
});

describe('the page of the code', () => {
	test('names who comes with their certificates, what, why, under which law, and how often', async () => {
		const answer = await open(town.wang, { companionId: li.userId });
		const task = await read(answer.ok ? answer.value.token : '');
		expect(task).toMatchObject({
			enterpriseName: '示例餐饮店',
			agency: { name: '示例街道安监所' },
			officers: [
				{ name: '王检', role: 'inspector', licence: licences.wang, licenceValidUntil: '2027-12-31' },
				{ name: '李检', role: 'inspector', licence: licences.li, licenceValidUntil: '2027-12-31' }
			],
			taskSource: '2026 年度监督检查计划（示例）',
			checklists: [{ name: '餐饮店检查表（示例）', version: 1, isSample: true }],
			track: 'A',
			nthOfYear: 2,
			result: null,
			ratingProblem: 'rating.not_checked'
		});
		expect(JSON.stringify(task)).not.toContain(town.wang.userId);
	});

	test('the law is the agency’s own wording of the track', async () => {
		await opened.sql(
			`update public.agencies set template = '{"authority":{"B":"《安全生产法》第九条第二款"}}' where id = $1`,
			[ids.agency]
		);
		const track = async (person: Person) => {
			const answer = await open(person);
			const { track, authority } = await read(answer.ok ? answer.value.token : '');
			return [track, authority];
		};
		expect(await track(town.wang)).toEqual(['B', '《安全生产法》第九条第二款']);
		expect(await track(town.chen)).toEqual(['C', null]);
	});

	test('an invented token, a delivery’s and an old one are all the same unknown', async () => {
		const content = cleanVisit({ street: town, at });
		const token = await checked(content);
		const delivery = deliveryTokens(opened.backend.keys.deliverySecret, content.deliveryId);
		for (const wrong of ['', 'x', 'x'.repeat(27), delivery.screenToken, delivery.paperToken, `${token}x`])
			expect(codeOf(await readTask(opened.backend, wrong))).toBe('task.unknown');
		expect(codeOf(await readDelivery(opened.backend, token))).toBe('delivery.unknown');
		expect((await readTask(opened.backend, token)).ok).toBe(true);
		await opened.setClock('2027-06-20T06:00:00Z');
		expect(codeOf(await readTask(opened.backend, token))).toBe('task.unknown');
		expect(codeOf(await rate(token))).toBe('task.unknown');
		await opened.setClock(now);
	});

	test('after the seal it says the result in figures and numbers, and nothing of what was found', async () => {
		const content = foundTwo(town, at);
		const token = await checked(content);
		const { result, ratingProblem } = await read(token);
		expect(result).toMatchObject({
			outcome: 'checked',
			track: 'B',
			hazards: { found: 2, major: 1, onSpot: 0 },
			officers: [{ name: '王检', licence: licences.wang }],
			lastRatingDay: '2026-12-20'
		});
		expect(result!.documents.map(({ kind }) => kind)).toEqual(['inspection_record', 'rectification_order']);
		expect(ratingProblem).toBeNull();
		expect(JSON.stringify(result)).not.toContain('上锁');
		const hazards = content.hazards.map(({ id }) => id);
		await opened.setClock('2026-11-28T06:00:00Z');
		const again = recheck(town, new Date('2026-11-28T06:05:00Z'), content.id, hazards);
		expect((await read(await checked(again))).result).toMatchObject({ rechecked: { passed: 1, failed: 1 } });
		await opened.setClock(now);
	});

	test('what was announced stays as it was, whatever is said after the seal', async () => {
		const content = cleanVisit({ street: town, at });
		const token = await checked(content);
		expect(codeOf(await open(town.wang, { taskSource: '另一个理由' }, content.id))).toBe('ok');
		expect((await read(token)).taskSource).toBeNull();
	});

	test('a visit of somebody else under the same id is not its result', async () => {
		const content = cleanVisit({ street: town, at });
		const stolen = await openTask(opened.backend, town.as(li), content.id, statement());
		await sealedBy(opened, town, content);
		expect((await read(stolen.ok ? stolen.value.token : '')).result).toBeNull();
	});
});

describe('the rating', () => {
	test('is refused before the seal, of what was no check, badly filled, and after its days', async () => {
		const before = await open(town.wang);
		expect(codeOf(await rate(before.ok ? before.value.token : ''))).toBe('rating.not_checked');
		const closed: InspectionContent = {
			...cleanVisit({ street: town, at }),
			notChecked: { kind: 'closed', reason: '店门紧闭', photos: [] },
			answers: [],
			checklistVersionIds: [],
			onSite: null,
			electronicDelivery: false
		};
		expect(codeOf(await rate(await checked(closed)))).toBe('rating.not_checked');
		const token = await checked(cleanVisit({ street: town, at }));
		for (const wrong of [
			{ overall: 0 },
			{ overall: 6 },
			{ overall: 2.5 },
			{ showedCertificate: 'yes' as never },
			{ comment: '长'.repeat(501) }
		])
			expect(codeOf(await rate(token, wrong))).toBe('request.invalid');
		await opened.setClock('2026-12-21T06:00:00Z');
		expect(codeOf(await rate(token))).toBe('rating.over');
		await opened.setClock('2026-12-20T06:00:00Z');
		expect(codeOf(await rate(token))).toBe('ok');
		await opened.setClock(now);
	});

	test('counts once, also when two phones send it together', async () => {
		const token = await checked(cleanVisit({ street: town, at }));
		const answers = await Promise.all([rate(token, { overall: 1 }), rate(token, { overall: 5 })]);
		expect(answers.map(codeOf).toSorted()).toEqual(['ok', 'rating.given']);
		expect(codeOf(await rate(token))).toBe('rating.given');
		expect((await read(token)).ratingProblem).toBe('rating.given');
	});

	test('is never changed', async () => {
		await expect(opened.sql('update public.check_ratings set overall = 5')).rejects.toThrow(/append-only/);
		await expect(opened.sql('delete from public.check_ratings')).rejects.toThrow(/append-only/);
	});

	test('is read by who is in charge, and by nobody who was rated, leader or not', async () => {
		const content = cleanVisit({ street: town, at });
		const announcedWithLi = await openTask(
			opened.backend,
			town.as(town.wang),
			content.id,
			statement({ companionId: li.userId })
		);
		await sealedBy(opened, town, content);
		const { token } = announcedWithLi.ok ? announcedWithLi.value : { token: '' };
		expect(codeOf(await rate(token, { overall: 2, showedCertificate: false, comment: '没有出示证件' }))).toBe(
			'ok'
		);
		const seesIt = async (person: Person) => [
			(await readRatings(town.as(person), ratingFilterFrom(new URLSearchParams()))).rows.some(
				({ inspectionId }) => inspectionId === content.id
			),
			(await town.as(person).from('check_ratings').select('id').eq('inspection_id', content.id)).data!.length
		];
		for (const person of [town.lin, town.gao]) expect(await seesIt(person)).toEqual([true, 1]);
		for (const person of [town.wang, li, town.zhao, town.chen, town.sun, town.tang, town.qian, town.zhou])
			expect(await seesIt(person)).toEqual([false, 0]);
	});

	test('leaves in the feed a hash at the top and neither check nor officer', async () => {
		const given = await eventsOf('rating.given');
		expect(given.length).toBeGreaterThan(0);
		for (const { scope, enterprise_id, data } of given) {
			expect([scope, enterprise_id]).toEqual(['', null]);
			expect(Object.keys(data).toSorted()).toEqual(['rating', 'ratingSha256']);
		}
		for (const person of [town.wang, li, town.lin])
			expect((await town.as(person).from('events').select('kind').eq('kind', 'rating.given')).data).toEqual(
				[]
			);
	});
});

describe('what who is in charge reads', () => {
	const ratings = (person: Person, query = '') =>
		readRatings(town.as(person), ratingFilterFrom(new URLSearchParams(query)));

	test('adds up by month and question, without a name', async () => {
		const { months, counts, rows } = await ratings(town.lin);
		expect(months.map(({ month }) => month)).toEqual(['2026-11']);
		const [month] = months;
		expect(month!.ratings).toBe(rows.length);
		expect(month!.checks).toBeGreaterThan(month!.ratings);
		expect(month!.showedCertificate).toBe(rows.filter((row) => row.showedCertificate).length);
		expect(counts.all).toBe(rows.length);
		const text = JSON.stringify({ months, rows });
		for (const name of ['王检', '李检', town.wang.userId]) expect(text).not.toContain(name);
	});

	test('what is critical can be picked out, and a place', async () => {
		const { rows } = await ratings(town.lin, 'show=critical');
		expect(rows.length).toBeGreaterThan(0);
		expect(
			rows.every(
				(row) =>
					row.overall <= 2 || !row.showedCertificate || !row.followedChecklist || !row.conductedProperly
			)
		).toBe(true);
		expect((await ratings(town.lin, 'community=00010002')).counts).toEqual({ all: 0, critical: 0 });
	});

	test('the token is the same each time and of this server only', () => {
		const id = randomUUID();
		const { deliverySecret } = opened.backend.keys;
		expect(taskToken(deliverySecret, id)).toBe(taskToken(deliverySecret, id));
		expect(taskToken(deliverySecret, id)).toMatch(/^[\w-]{27}$/);
		expect(taskToken(Buffer.from('another'), id)).not.toBe(taskToken(deliverySecret, id));
	});
});
