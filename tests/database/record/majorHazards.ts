/**
 * The life of a 重大 hazard: plan, stop and release, 挂牌督办, 验收, 销号; refusals first. Run by rectificationLoop.test.ts, in its
 * database.
 */
import { randomUUID } from 'node:crypto';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { addDays, shanghaiDate } from '#lib/calendar.ts';
import { deliveryTokens } from '#lib/document/deliveryTokens.server.ts';
import { readMajor, readMajors, takeMajorStep } from '#lib/hazard/major/major.server.ts';
import {
	majorActs,
	majorFields,
	majorRules,
	nextTurn,
	stopBasis,
	type Major,
	type MajorAct
} from '#lib/hazard/major/major.ts';
import { verifyEvents } from '#lib/live/verifyEvents.server.ts';
import { failure, type Result } from '#lib/problem.ts';
import { makeBundle } from '#lib/record/bundle/makeBundle.server.ts';
import { fileMajorStep, readDeliveredMajor } from '#lib/record/deliveredMajor.server.ts';
import {
	deliveryPhoto,
	putDeliveryEvidence,
	readDelivery,
	submitRectification
} from '#lib/record/delivery.server.ts';
import { verifyRows } from '#lib/record/proof/verifyRows.server.ts';
import { sealInspection } from '#lib/record/sealInspection.server.ts';
import { photographed, type Neighbourhood } from '../support/neighbourhood.ts';
import type { Person, TestBackend } from '../support/testBackend.ts';
import { foundTwo, picture, recheck, reported, requestOf, samplePlan, sealedBy } from './sealed.ts';

const codeOf = (answer: Result<unknown>) => (answer.ok ? 'ok' : answer.problem.code);
let pictures = 700;

const says: Record<MajorAct, Record<string, string>> = {
	file_plan: samplePlan,
	return_plan: { note: '没有写资金来源' },
	accept_plan: {},
	order_stop: { kind: 'production', what: '全店', since: '2026-11-20', basis: stopBasis },
	apply_resume: { note: '门锁已更换，请审查' },
	grant_resume: {},
	refuse_resume: { note: '疏散指示灯还不亮' },
	list: {
		number: '示例挂〔2026〕1号',
		until: '2026-12-10',
		unit: '示例餐饮店',
		person: '周店长',
		supervisor: '王检'
	},
	extend_listing: { until: '2026-12-20', note: '等待门锁到货' },
	delist: { note: '现场复核无误' },
	send_back: { deadline: '2026-12-05', note: '出口又堆了货物' }
};

export function describeMajorHazards(open: () => { opened: TestBackend; place: Neighbourhood }): void {
	const at = new Date('2026-11-20T05:30:00Z');
	const backend = () => open().opened.backend;
	const as = (person: Person) => open().place.as(person);
	const people = () => open().place;
	const sql: TestBackend['sql'] = (text, params) => open().opened.sql(text, params);

	/** Wang finds the locked exit (重大, three days); its page. */
	async function locked() {
		const { opened, place } = open();
		const visit = foundTwo(place, at);
		const seal = await sealedBy(opened, place, visit);
		const { screenToken, paperToken } = deliveryTokens(backend().keys.deliverySecret, seal.deliveryId);
		const [alarm, exit] = visit.hazards.map(({ id }) => id) as [string, string];
		return { ...seal, screenToken, paperToken, alarm, exit };
	}
	type Page = Awaited<ReturnType<typeof locked>>;

	const stands = async (exit: string, person = people().lin): Promise<Major> =>
		(await readMajor(as(person), exit))!;
	async function photo(person: Person): Promise<string> {
		const number = (pictures += 1);
		return photographed(open().opened, people(), person, number);
	}
	const step = async (
		person: Person,
		{ exit }: { exit: string },
		act: MajorAct,
		more: { says?: Record<string, string>; seen?: number; id?: string; photos?: string[] } = {}
	) =>
		takeMajorStep(as(person), exit, {
			id: randomUUID(),
			act,
			seen: (await stands(exit)).steps,
			says: says[act],
			photos: [],
			...more
		});
	const file = async (page: Page, act: MajorAct, more: Record<string, unknown> = {}) =>
		fileMajorStep(
			backend(),
			{ token: page.screenToken, hazardId: page.exit },
			{
				id: randomUUID(),
				name: '周店长',
				act,
				seen: (await readMajor(as(people().lin), page.exit))?.steps ?? 0,
				says: says[act],
				photos: [],
				...more
			}
		);
	async function treated(page: Page) {
		const { sha256, bytes } = picture((pictures += 1));
		await putDeliveryEvidence(backend(), page.screenToken, sha256, { request: requestOf(bytes) });
		return submitRectification(backend(), page.screenToken, {
			...{ id: randomUUID(), hazardId: page.exit, note: '已换锁', photos: [sha256] }
		});
	}
	/** 验收: passed, or with another week. */
	const looked = ({ inspectionId, exit }: Page, passes: boolean, when = at) => {
		const visit = recheck(people(), when, inspectionId, [exit]);
		if (passes) return visit;
		const [verdict] = visit.verdicts;
		const newDeadline = addDays(shanghaiDate(when), 7);
		return { ...visit, verdicts: [{ ...verdict!, passed: false, note: '仍上锁', newDeadline }] };
	};
	async function accepted(page: Page) {
		expect(codeOf(await treated(page))).toBe('ok');
		return sealedBy(open().opened, people(), looked(page, true));
	}
	const openMajors = async () =>
		(await as(people().lin).rpc('overview', { p_from: '2026-11-01', p_to: '2026-11-30' }))
			.data as unknown as { openMajor: number; overdue: number; closed: number };
	const whatHolds = async () => ({
		rows: (await verifyRows(backend())).defects,
		events: (await verifyEvents(backend())).defects
	});

	describe('a 重大 hazard: refused', () => {
		test('a plan with an empty part, by a stranger, from another page, for a 一般 hazard', async () => {
			const [page, other] = [await locked(), await locked()];
			for (const part of ['situation', 'safety', 'dueOn', 'contingency'])
				expect(await file(page, 'file_plan', { says: { ...samplePlan, [part]: ' ' } })).toMatchObject({
					problem: { code: 'request.invalid', path: part }
				});
			expect(codeOf(await file(page, 'file_plan', { name: '' }))).toBe('request.invalid');
			expect(codeOf(await file({ ...page, screenToken: page.paperToken }, 'file_plan'))).toBe(
				'delivery.code_wrong'
			);
			expect(codeOf(await file({ ...page, screenToken: other.screenToken }, 'file_plan'))).toBe('not_found');
			expect(codeOf(await file({ ...page, exit: page.alarm }, 'file_plan'))).toBe('not_found');
			expect(codeOf(await file(page, 'accept_plan'))).toBe('request.invalid');
			expect((await stands(page.exit)).course).toEqual([]);
		});

		test('each act to whoever it is not for', async () => {
			const page = await locked();
			const { chen, sun, qian, wu, wang, gao, lin, zhao } = people();
			for (const person of [sun, wu]) expect(codeOf(await step(person, page, 'file_plan'))).toBe('not_found');
			expect(codeOf(await step(chen, page, 'file_plan'))).toBe('major.officer');
			for (const act of [
				'order_stop',
				'list',
				'extend_listing',
				'delist',
				'send_back',
				'grant_resume'
			] as const)
				for (const person of [wang, chen, qian, gao])
					expect(codeOf(await step(person, page, act))).toBe('major.leader');
			for (const person of [chen, qian, gao])
				expect(codeOf(await step(person, page, 'accept_plan'))).toBe('major.officer');
			// From paper, with its scan; and nobody reviews what they entered.
			expect(codeOf(await step(wang, page, 'file_plan'))).toBe('major.scan');
			expect(codeOf(await step(wang, page, 'file_plan', { photos: ['a'.repeat(64)] }))).toBe(
				'evidence.not_found'
			);
			expect(codeOf(await step(wang, page, 'file_plan', { photos: [await photo(wang)] }))).toBe('ok');
			expect(codeOf(await step(wang, page, 'accept_plan'))).toBe('major.same_person');
			expect(codeOf(await step(zhao, page, 'accept_plan'))).toBe('ok');
			expect((await stands(page.exit)).course).toMatchObject([
				{ act: 'file_plan', byName: '王检', means: 'paper', says: samplePlan },
				{ act: 'accept_plan', byName: '赵检', means: 'login' }
			]);
			expect(codeOf(await step(lin, page, 'file_plan', { photos: [await photo(lin)] }))).toBe('major.state');
		});

		test('a day that does not fit, words that are missing, and what was decided on another state', async () => {
			const page = await locked();
			const { lin } = people();
			const stop = (more: object) => step(lin, page, 'order_stop', { says: { ...says.order_stop, ...more } });
			expect(codeOf(await stop({ since: '2026-11-21' }))).toBe('major.day');
			expect(codeOf(await stop({ since: '2026-11-19' }))).toBe('major.day');
			expect(codeOf(await stop({ kind: 'other' }))).toBe('request.invalid');
			const list = (more: object) => step(lin, page, 'list', { says: { ...says.list, ...more } });
			expect(codeOf(await list({ until: '2026-11-19' }))).toBe('major.day');
			expect(codeOf(await list({ until: '2027-12-19' }))).toBe('major.day');
			expect(codeOf(await list({ person: '' }))).toBe('request.invalid');
			expect(codeOf(await step(lin, page, 'list', { seen: 1 }))).toBe('major.state');
			const id = randomUUID();
			expect(codeOf(await step(lin, page, 'list', { id }))).toBe('ok');
			expect(codeOf(await step(lin, page, 'list', { id }))).toBe('ok');
			expect(codeOf(await step(people().wang, page, 'file_plan', { id, photos: [] }))).toBe(
				'request.invalid'
			);
			expect(codeOf(await step(lin, page, 'list', { seen: 0 }))).toBe('major.state');
			const extend = (until: string) =>
				step(lin, page, 'extend_listing', { says: { until, note: '等待门锁到货' } });
			expect(codeOf(await extend('2026-12-10'))).toBe('major.day');
			expect(codeOf(await extend('2026-12-20'))).toBe('ok');
			expect(await stands(page.exit)).toMatchObject({ listedUntil: '2026-12-20', steps: 2 });
		});

		test('put right on the spot: by its definition it takes stopping and time; a report of a community is taken over first', async () => {
			const { opened, place } = open();
			const onSpot = foundTwo(place, at);
			const [, exit] = onSpot.hazards;
			const hazards = [{ ...exit!, measure: 'on_spot' as const, deadline: null }];
			const answer = await sealInspection(opened.backend, place.as(place.wang), { ...onSpot, hazards });
			expect(answer.ok).toBe(false);
			const visit = reported(place, at);
			const report = visit.hazards.map((hazard) => ({ ...hazard, severity: 'major' as const }));
			await sealedBy(opened, place, { ...visit, hazards: report }, place.chen);
			const page = { exit: report[0]!.id };
			expect(codeOf(await step(place.lin, page, 'order_stop'))).toBe('major.state');
			expect(nextTurn(await stands(page.exit))).toBe('adopt');
		});
	});

	describe('a 重大 hazard: its life', () => {
		test('a plan is returned with words and filed again; the enterprise reads all of it on its page', async () => {
			const page = await locked();
			const { zhao } = people();
			const { sha256, bytes } = picture((pictures += 1));
			await putDeliveryEvidence(backend(), page.screenToken, sha256, { request: requestOf(bytes) });
			expect(codeOf(await file(page, 'file_plan', { photos: [sha256] }))).toBe('ok');
			expect(codeOf(await step(zhao, page, 'return_plan', { says: { note: '' } }))).toBe('request.invalid');
			expect(codeOf(await step(zhao, page, 'return_plan'))).toBe('ok');
			expect(codeOf(await step(zhao, page, 'accept_plan'))).toBe('major.state');
			expect(
				codeOf(await file(page, 'file_plan', { says: { ...samplePlan, budget: '1200元，店内自筹' } }))
			).toBe('ok');
			expect(codeOf(await step(zhao, page, 'accept_plan'))).toBe('ok');
			const read = await readDeliveredMajor(backend(), { token: page.screenToken, hazardId: page.exit });
			expect(read).toMatchObject({
				ok: true,
				value: {
					enterpriseName: '示例餐饮店',
					major: {
						plan: 'accepted',
						may: ['file_plan', 'apply_resume'],
						course: [
							{ act: 'file_plan', means: 'page', byName: '周店长', photos: [sha256] },
							{ act: 'return_plan', says: { note: '没有写资金来源' } },
							{ act: 'file_plan', says: { budget: '1200元，店内自筹' } },
							{ act: 'accept_plan' }
						]
					}
				}
			});
			expect((await deliveryPhoto(backend(), page.screenToken, sha256)).ok).toBe(true);
			expect(codeOf(await deliveryPhoto(backend(), page.paperToken, sha256))).toBe('evidence.not_found');
			expect(await whatHolds()).toEqual({ rows: [], events: [] });
		});

		test('stopped everywhere until a leader grants what was asked for in writing after treatment and 验收', async () => {
			const page = await locked();
			const { lin, wang, qian } = people();
			const stopsOnPage = async () => {
				const read = await readDelivery(backend(), page.screenToken);
				return read.ok
					? read.value.delivery.enterprise.stops.filter(({ hazardId }) => hazardId === page.exit)
					: null;
			};
			const stopsOnCard = async () => {
				const { data } = await as(wang).rpc('enterprise_card', { p_enterprise: people().restaurantId });
				return (data as { stops: { hazardId: string }[] }).stops.filter(
					({ hazardId }) => hazardId === page.exit
				);
			};
			expect(codeOf(await step(lin, page, 'order_stop'))).toBe('ok');
			const stop = { kind: 'production', what: '全店', since: '2026-11-20', isApplied: false };
			expect(await stopsOnPage()).toMatchObject([stop]);
			expect(await stopsOnCard()).toMatchObject([stop]);
			expect(codeOf(await file(page, 'apply_resume'))).toBe('major.after_treatment');
			await treated(page);
			expect(codeOf(await step(qian, page, 'apply_resume'))).toBe('ok');
			expect(codeOf(await step(lin, page, 'grant_resume'))).toBe('major.not_accepted');
			// The recheck fails: treatment goes on, and the application with it.
			await sealedBy(open().opened, people(), looked(page, false));
			expect(await stands(page.exit)).toMatchObject({ state: 'open', stop: 'stopped' });
			await accepted(page);
			expect(codeOf(await step(lin, page, 'grant_resume'))).toBe('major.state');
			expect(codeOf(await file(page, 'apply_resume'))).toBe('ok');
			expect(await stopsOnPage()).toMatchObject([{ isApplied: true }]);
			expect(codeOf(await step(lin, page, 'refuse_resume'))).toBe('ok');
			expect(await stopsOnCard()).toMatchObject([stop]);
			expect(codeOf(await step(wang, page, 'apply_resume', { photos: [await photo(wang)] }))).toBe('ok');
			expect(await step(lin, page, 'delist')).toMatchObject({
				problem: { code: 'major.no_plan', details: { missing: ['major.no_plan', 'major.stopped'] } }
			});
			expect(codeOf(await step(lin, page, 'grant_resume'))).toBe('ok');
			expect([await stopsOnPage(), await stopsOnCard()]).toEqual([[], []]);
			expect(await whatHolds()).toEqual({ rows: [], events: [] });
		});

		test('stands in the case bundle in full, with its scans', async () => {
			const page = await locked();
			const { wang, zhao } = people();
			const scan = await photo(wang);
			expect(codeOf(await step(wang, page, 'file_plan', { photos: [scan] }))).toBe('ok');
			expect(codeOf(await step(zhao, page, 'accept_plan'))).toBe('ok');
			const made = await makeBundle(backend(), as(wang), page.inspectionId, async () => failure('not_found'));
			if (!made.ok) throw new Error(made.problem.code);
			const chunks = [];
			for await (const chunk of made.value.chunks) chunks.push(chunk);
			const files = unzipSync(Buffer.concat(chunks));
			const told = strFromU8(files['index.html']!);
			for (const words of ['提交治理方案', '代录纸质材料', '治理方案审核通过', ...Object.values(samplePlan)])
				expect(told).toContain(words);
			expect(Object.keys(files).filter((path) => path.includes(scan))).toHaveLength(1);
			expect(JSON.parse(strFromU8(files['case.json']!)).majorSteps).toMatchObject([
				{ hazardId: page.exit, act: 'file_plan', means: 'paper', says: samplePlan },
				{ hazardId: page.exit, act: 'accept_plan', byName: '赵检', means: 'login' }
			]);
		});

		test('验收 is not 销号: it stays open in every figure, no deadline runs, until another person decides', async () => {
			const page = await locked();
			const { lin, wang, zhao } = people();
			const before = await openMajors();
			await accepted(page);
			expect(await stands(page.exit)).toMatchObject({
				...{ state: 'accepted', acceptedOn: '2026-11-20', closedOn: null, isMine: false }
			});
			expect(await openMajors()).toMatchObject({ openMajor: before.openMajor, closed: before.closed });
			const [counted] = await sql<{ open: boolean; inTime: boolean }>(
				`select exists (select 1 from app.listed_hazards('{"state":"major"}') x where x.id = h.id) or h.state = 'accepted' as open, h.in_time as "inTime"
				from public.hazards h where h.id = $1`,
				[page.exit]
			);
			expect(counted).toEqual({ open: true, inTime: true });
			const [tally] = await sql<{ major: number; deadline: string | null }>(
				`select t.open_major as major, (select count(*)::int from public.hazards h where h.enterprise_id = t.enterprise_id and h.severity = 'major'
					and h.state in ('reported', 'open', 'rectification_submitted', 'accepted')) as expected from public.enterprise_tallies t where t.enterprise_id = $1`,
				[people().restaurantId]
			);
			expect(tally).toMatchObject({ major: (tally as unknown as { expected: number }).expected });
			// No second recheck, no stop, no rectification any more.
			const again = await sealInspection(backend(), as(wang), looked(page, true));
			expect(codeOf(again)).toBe('hazard.state');
			expect(codeOf(await treated(page))).toBe('hazard.state');
			// Its order's deadline is over long ago; nothing is overdue of it.
			await open().opened.setClock('2026-11-28T06:00:00Z');
			const { data } = await as(lin).rpc('hazard_rows', { p_filter: { state: 'overdue' }, p_page: 1 });
			expect((data as { rows: { id: string }[] }).rows.map(({ id }) => id)).not.toContain(page.exit);

			expect(await step(lin, page, 'delist')).toMatchObject({ problem: { code: 'major.no_plan' } });
			expect(codeOf(await file(page, 'file_plan'))).toBe('ok');
			expect(codeOf(await step(zhao, page, 'accept_plan'))).toBe('ok');
			// Wang leads, too, for a moment: who accepted does not delist.
			await sql(
				`insert into public.memberships (user_id, role, agency_id, scope, display_name) values ($1, 'leader', $2, '0001', '王检')`,
				[wang.userId, people().agencyId]
			);
			expect((await stands(page.exit, wang)).isMine).toBe(true);
			expect(codeOf(await step(wang, page, 'delist'))).toBe('major.same_person');
			await sql(`delete from public.memberships where user_id = $1 and role = 'leader'`, [wang.userId]);
			expect(codeOf(await step(lin, page, 'delist'))).toBe('ok');
			expect(await stands(page.exit)).toMatchObject({ state: 'closed', closedOn: '2026-11-28' });
			expect((await openMajors()).openMajor).toBe(before.openMajor - 1);
			expect(codeOf(await step(lin, page, 'send_back'))).toBe('major.state');
			const { rows } = await readMajors(as(lin), { state: 'closed', enterprise: null, q: '出口' });
			expect(rows[0]).toMatchObject({ hazardId: page.exit, plan: 'accepted' });
			await open().opened.setClock('2026-11-20T06:00:00Z');
			expect(await whatHolds()).toEqual({ rows: [], events: [] });
		});

		test('a 销号 that is declined opens it again with a day and words, and no longer counts as 按期', async () => {
			const page = await locked();
			const { lin } = people();
			await step(lin, page, 'order_stop');
			await accepted(page);
			await file(page, 'apply_resume');
			expect(codeOf(await step(lin, page, 'send_back', { says: { deadline: '2026-12-05', note: '' } }))).toBe(
				'request.invalid'
			);
			expect(codeOf(await step(lin, page, 'send_back'))).toBe('ok');
			expect(await stands(page.exit)).toMatchObject({
				...{ state: 'open', deadline: '2026-12-05', acceptedOn: null, stop: 'stopped' }
			});
			const [row] = await sql(`select reopened, in_time from public.hazards where id = $1`, [page.exit]);
			expect(row).toEqual({ reopened: 1, in_time: false });
			await accepted(page);
			expect(await stands(page.exit)).toMatchObject({ state: 'accepted', deadline: '2026-12-05' });
			expect(await whatHolds()).toEqual({ rows: [], events: [] });
		});

		test('a recheck that a phone brings late passes on the day it was made; what came meanwhile stands', async () => {
			const page = await locked();
			const { lin, zhao } = people();
			await treated(page);
			const visit = looked(page, true);
			await open().opened.setClock('2026-11-24T06:00:00Z');
			await step(lin, page, 'order_stop');
			await file(page, 'file_plan');
			await step(zhao, page, 'accept_plan');
			await sealedBy(open().opened, people(), visit);
			expect(await stands(page.exit)).toMatchObject({
				...{ state: 'accepted', acceptedOn: '2026-11-20', stop: 'stopped', plan: 'accepted' }
			});
			expect(codeOf(await step(lin, page, 'delist'))).toBe('major.stopped');
			expect(nextTurn(await stands(page.exit))).toBe('apply_resume');
			await open().opened.setClock('2026-11-20T06:00:00Z');
			expect(await whatHolds()).toEqual({ rows: [], events: [] });
		});

		test('what waits for a word, and a 挂牌督办 that is over, stand before the leader', async () => {
			const page = await locked();
			const { lin } = people();
			const kinds = async () => {
				const { data } = await as(lin).rpc('matters', { p_limit: 50 });
				return new Set((data as { rows: { kind: string }[] }).rows.map(({ kind }) => kind));
			};
			await sql(`update public.major_cases set plan = 'returned' where plan = 'filed'`);
			await file(page, 'file_plan');
			expect(await kinds()).toContain('major_decide');
			await step(lin, page, 'list');
			await open().opened.setClock('2026-12-11T06:00:00Z');
			expect(await kinds()).toContain('major_overdue');
			await open().opened.setClock('2026-11-20T06:00:00Z');
			await sql(
				`update public.major_cases c set plan = (select case s.act when 'file_plan' then 'filed' when 'return_plan' then 'returned' else 'accepted' end
					from public.major_steps s where s.hazard_id = c.hazard_id and s.act like '%plan' order by s.number desc limit 1)
				where plan = 'returned'`
			);
		});
	});

	test('the table in SQL is the one of the rules, and asks for the same words', async () => {
		for (const act of majorActs) {
			const [row] = await sql<{ rule: unknown; fields: Record<string, number> }>(
				`select app.major_rule($1) as rule, app.major_fields($1) as fields`,
				[act]
			);
			expect(row!.rule).toEqual(majorRules[act]);
			expect(Object.keys(row!.fields).sort()).toEqual(Object.keys(majorFields[act].shape).sort());
			for (const [field, most] of Object.entries(row!.fields)) {
				const without = { ...says[act], [field]: '' };
				expect([act, field, majorFields[act].safeParse(without).success]).toEqual([act, field, most < 0]);
				if (most <= 0 || field === 'kind') continue;
				const [longest, longer] = [most, most + 1].map((length) => ({
					...says[act],
					[field]: '长'.repeat(length)
				}));
				expect(majorFields[act].safeParse(longest).success).toBe(true);
				expect(majorFields[act].safeParse(longer).success).toBe(false);
			}
		}
	});

	test('`verify` names a step that was changed, is gone or was put in, and a row that is not what the steps left', async () => {
		const page = await locked();
		await file(page, 'file_plan');
		const [{ id }] = (await stands(page.exit)).course as unknown as [{ id: string }];
		const byForce = (text: string, params: unknown[]) =>
			sql(`select 1`).then(async () => {
				await sql(`alter table public.major_steps disable trigger major_steps_append_only`);
				await sql(text, params);
				await sql(`alter table public.major_steps enable trigger major_steps_append_only`);
			});
		const named = async () => {
			const { rows, events } = await whatHolds();
			return [...rows.map(({ kind, table }) => `${kind} ${table}`), ...events.map(({ kind }) => kind)];
		};
		await byForce(`update public.major_steps set says = says || '{"budget":"1元"}' where id = $1`, [id]);
		expect(await named()).toEqual(['step_changed']);
		await byForce(
			`update public.major_steps set says = says || jsonb_build_object('budget', $2::text) where id = $1`,
			[id, samplePlan.budget]
		);
		await sql(`update public.major_cases set plan = 'accepted' where hazard_id = $1`, [page.exit]);
		expect(await named()).toEqual(['course major_cases']);
		await sql(`update public.major_cases set plan = 'filed' where hazard_id = $1`, [page.exit]);
		const copy = randomUUID();
		await sql(
			`insert into public.major_steps select (jsonb_populate_record(s, jsonb_build_object('id', $2::text, 'number', 2, 'act', 'accept_plan'))).*
			from public.major_steps s where s.id = $1`,
			[id, copy]
		);
		expect(await named()).toEqual(expect.arrayContaining(['untold major_steps', 'course major_cases']));
		await byForce(`delete from public.major_steps where id = $1`, [copy]);
		expect(await named()).toEqual([]);
	});
}
