import { randomUUID } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { actKinds, actRoles, isInternalPaper, type ActBody, type ActKind } from '#lib/document/acts.ts';
import { deliveryTokens } from '#lib/document/deliveryTokens.server.ts';
import { previewAct, readActs } from '#lib/record/act.server.ts';
import { adoptReport } from '#lib/record/adoption.server.ts';
import { announceSeal } from '#lib/record/afterSeal.server.ts';
import { keepHead } from '#lib/record/chainHead.server.ts';
import { readDelivery, receiveDelivery } from '#lib/record/delivery.server.ts';
import { readAgencyVersions } from '#lib/record/agency.server.ts';
import { changesOf } from '#lib/document/agencyVersion.ts';
import { readDocumentPage, readNumberLedger, voidDocument } from '#lib/record/documentPage.server.ts';
import {
	approvePlan,
	readPlanOfVisit,
	readPlan,
	stepPlan,
	submitPlan
} from '#lib/plan/inspectionPlan/inspectionPlan.server.ts';
import type { PlanBody } from '#lib/plan/inspectionPlan/inspectionPlan.ts';
import { documentPdf, findDocument } from '#lib/record/documentPdf.server.ts';
import { startDocumentWorker, type DocumentWorker } from '#lib/record/documentWorker.server.ts';
import { verifyChain } from '#lib/record/verifyChain.server.ts';
import { defectsBeside, verifyRows } from '#lib/record/proof/verifyRows.server.ts';
import { verifyRecord } from '#lib/record/verifyRecord.server.ts';
import { whoAmI } from '#lib/identity/session.server.ts';
import { openTestBackend, testDatabase, type Person, type TestBackend } from '../support/testBackend.ts';
import { actBodies, issuedBy, memberOf, restaurantCard } from './acts.ts';
import { drawn, foundTwo, reported, recheck, sealedBy } from './sealed.ts';
import { makeStreet, type Street } from './street.ts';
import { alarmHazard, cleanVisit, withHazard } from './visit.ts';

let opened: TestBackend;
let street: Street;
let worker: DocumentWorker;
/** Friday, 14:00 in Shanghai. */
const now = new Date('2026-11-20T06:00:00Z');
const at = new Date('2026-11-20T05:30:00Z');
const address = { publicUrl: 'https://mingcha.example' };

beforeAll(async () => {
	opened = await openTestBackend();
	street = await makeStreet(opened);
	await opened.setClock(now);
});
afterAll(() => opened.close());
beforeEach(() => void (worker = startDocumentWorker(opened.backend, address)));
afterEach(() => worker.close());

interface DocumentRow {
	id: string;
	kind: string;
	number_text: string;
	pdf_sha256: string | null;
	template_version: string | null;
	render_problem: { code: string } | null;
	render_attempts: number;
}
const documentsOf = (inspectionId: string) =>
	opened.sql<DocumentRow>(
		'select * from public.documents where inspection_id = $1 order by record_position, kind',
		[inspectionId]
	);

async function rendered(): Promise<void> {
	worker.poke();
	await worker.idle();
}

describe('the document worker', () => {
	test('renders every document of a sealed visit, stores the bytes and says so', async () => {
		const seal = await sealedBy(opened, street, foundTwo(street, at));
		await rendered();
		const documents = await documentsOf(seal.inspectionId);
		expect(documents.map(({ kind }) => kind)).toEqual(['inspection_record', 'rectification_order']);
		for (const { pdf_sha256: sha256, template_version: version } of documents) {
			const file = await opened.backend.documents.get(sha256!);
			expect(file.ok && Buffer.from(file.value.subarray(0, 5)).toString()).toBe('%PDF-');
			expect(version).toMatch(/^[0-9a-f]{16}$/);
		}
		const events = await opened.sql<{ n: number }>(
			`select count(*)::int as n from public.events where kind = 'document.rendered' and data->>'inspectionId' = $1`,
			[seal.inspectionId]
		);
		expect(events[0]!.n).toBe(2);
	});

	test('is poked by a seal, and rendering twice comes to the same', async () => {
		const seal = await sealedBy(opened, street, cleanVisit({ street, at }));
		announceSeal(seal);
		await new Promise((resolve) => setTimeout(resolve, 20));
		await worker.idle();
		const [document] = await documentsOf(seal.inspectionId);
		expect(document!.pdf_sha256).not.toBeNull();
		const again = await worker.render(document!.id);
		expect(again.ok && again.value.sha256).toBe(document!.pdf_sha256);
	});

	test('says why a document cannot be made, and does not try again at once', async () => {
		const visit = cleanVisit({ street, at });
		const odd = withHazard(visit, alarmHazard(street, '2026-11-27', { description: '看不懂的字\u{2FFFE}' }));
		const seal = await sealedBy(opened, street, odd);
		await rendered();
		await rendered();
		for (const document of await documentsOf(seal.inspectionId)) {
			expect(document).toMatchObject({
				pdf_sha256: null,
				render_problem: { code: 'document.glyph_missing' },
				render_attempts: 1
			});
		}
		await opened.setClock(new Date(now.getTime() + 300_000));
		await rendered();
		expect((await documentsOf(seal.inspectionId))[0]!.render_attempts).toBe(2);
		await opened.setClock(now);
	});

	test('makes nothing of a record whose signature does not hold, and leaves a trace', async () => {
		const seal = await sealedBy(opened, street, cleanVisit({ street, at }));
		await rendered();
		const [{ id }] = (await documentsOf(seal.inspectionId)) as [DocumentRow];
		await opened.sql(
			`update public.documents set pdf_sha256 = null, pdf_bytes = null, rendered_at = null where id = $1`,
			[id]
		);
		await opened.sql('alter table public.records disable trigger records_append_only');
		await opened.sql(`update public.records set signature = repeat('A', 86) where subject_id = $1`, [
			seal.inspectionId
		]);
		const refused = await worker.render(id);
		expect(!refused.ok && refused.problem.code).toBe('record.signature');
		const audit = await opened.sql(
			`select succeeded from public.audit_log where action = 'record.signature'`
		);
		expect(audit).toEqual([{ succeeded: false }]);
		const report = await verifyChain(opened.backend);
		expect(report.defects.map(({ kind, subjectId }) => [kind, subjectId])).toContainEqual([
			'signature',
			seal.inspectionId
		]);
		await opened.sql('alter table public.records enable trigger records_append_only');
	});

	test('a history of long ago is rendered when somebody opens it, and a lost file is made again', async () => {
		const seal = await sealedBy(opened, street, cleanVisit({ street, at }));
		await rendered();
		await opened.sql(
			`update public.documents set issued_at = issued_at - interval '3 days', pdf_sha256 = null, pdf_bytes = null, rendered_at = null where inspection_id = $1`,
			[seal.inspectionId]
		);
		await rendered();
		const [{ id }] = (await documentsOf(seal.inspectionId)) as [DocumentRow];
		const find = async () => {
			const found = await findDocument(street.as(street.wang), id);
			if (!found.ok) throw new Error(found.problem.code);
			return found.value;
		};
		expect((await find()).pdfSha256).toBeNull();
		const first = await documentPdf(opened.backend, worker, await find());
		expect(first.ok && first.value.fileName).toMatch(/号\.pdf$/);
		const { pdfSha256 } = await find();
		expect(pdfSha256).not.toBeNull();
		if (testDatabase() === 'postgres') return; // The files lie in the storage bucket there.
		await rm(join(opened.dataFolder, 'documents', pdfSha256!.slice(0, 2), pdfSha256!));
		const again = await documentPdf(opened.backend, worker, await find());
		expect(first.ok && again.ok && Buffer.compare(first.value.bytes, again.value.bytes)).toBe(0);
	});

	test('a document of another street does not exist for its inspectors, and the principal reads their own', async () => {
		const seal = await sealedBy(opened, street, cleanVisit({ street, at }));
		const [{ id }] = (await documentsOf(seal.inspectionId)) as [DocumentRow];
		const sun = await findDocument(street.as(street.sun), id);
		expect(!sun.ok && sun.problem.code).toBe('not_found');
		expect((await findDocument(street.as(street.qian), id)).ok).toBe(true);
		expect((await findDocument(opened.backend.asAnonymous(), id).catch(() => ({ ok: false }))).ok).toBe(
			false
		);
	});
});

describe('采纳并出具', () => {
	async function adoption(
		inspectionId: string,
		hazardIds: string[],
		person = street.wang,
		deadline = '2026-11-27'
	) {
		const client = street.as(person);
		const who = await whoAmI(client, person.accessToken);
		if (!who.ok) throw new Error(who.problem.code);
		return adoptReport(
			opened.backend,
			client,
			{ userId: person.userId, membership: who.value.memberships[0]! },
			{
				id: '00000000-0000-4000-8000-0000000000f1',
				inspectionId,
				hazards: hazardIds.map((id) => ({ id, deadline })),
				signature: drawn
			},
			now
		);
	}

	test('is not for community workers, other streets, or past days; afterwards the same QR shows the order', async () => {
		const visit = reported(street, at);
		const seal = await sealedBy(opened, street, visit, street.chen);
		const hazardIds = visit.hazards.map(({ id }) => id);
		const code = async (...parameters: Parameters<typeof adoption>) => {
			const answer = await adoption(...parameters);
			return answer.ok ? 'ok' : answer.problem.code;
		};
		expect(await code(seal.inspectionId, hazardIds, street.chen)).toBe('permission.track');
		expect(await code(seal.inspectionId, hazardIds, street.sun)).toBe('not_found');
		expect(await code(seal.inspectionId, hazardIds, street.wang, '2026-11-19')).toBe('hazard.deadline');
		expect(await code(seal.inspectionId, [])).toBe('request.invalid');

		expect(await code(seal.inspectionId, hazardIds)).toBe('ok');
		expect(await code(seal.inspectionId, hazardIds)).toBe('ok');
		await rendered();
		const documents = await documentsOf(seal.inspectionId);
		expect(documents.map(({ kind, pdf_sha256: sha256 }) => [kind, sha256 !== null])).toEqual([
			['hazard_report', true],
			['rectification_order', true]
		]);
	});
});

test('a recheck yields its opinion, with the numbers of the order', async () => {
	const visit = foundTwo(street, at);
	const seal = await sealedBy(opened, street, visit);
	await opened.setClock('2026-11-28T06:00:00Z');
	const hazardIds = visit.hazards.map(({ id }) => id);
	const again = recheck(street, new Date('2026-11-28T05:30:00Z'), seal.inspectionId, hazardIds);
	const second = await sealedBy(opened, street, again);
	await rendered();
	const documents = await documentsOf(second.inspectionId);
	expect(documents.map(({ kind, pdf_sha256: sha256 }) => [kind, sha256 !== null])).toEqual([
		['inspection_record', true],
		['recheck_opinion', true]
	]);
	await opened.setClock(now);
});

describe('verification', () => {
	let test1: TestBackend;
	let own: Street;
	beforeAll(async () => {
		test1 = await openTestBackend();
		own = await makeStreet(test1);
		await test1.setClock(now);
		const first = startDocumentWorker(test1.backend, address);
		for (let n = 0; n < 4; n++) await sealedBy(test1, own, cleanVisit({ street: own, at }));
		first.poke();
		await first.idle();
		await first.close();
	});
	afterAll(() => test1.close());
	const defects = async () =>
		(await verifyChain(test1.backend)).defects.map(({ kind, position }) => [kind, position]);
	/** Changes a record as somebody with the database in their hands could, looks, and puts it back. */
	async function tampered(change: string, restore: string): Promise<(string | number | undefined)[][]> {
		await test1.sql('alter table public.records disable trigger records_append_only');
		await test1.sql(`alter table public.documents disable trigger all`);
		await test1.sql(change);
		const found = await defects();
		await test1.sql(restore);
		return found;
	}

	test('an untouched chain has no defect', async () => {
		const report = await verifyChain(test1.backend);
		expect(report).toMatchObject({ records: 4, documents: 4, documentsWithoutPdf: 0, defects: [] });
		expect(report.head.position).toBe(4);
	});

	test('finds a changed text, a changed time, a changed number and a changed document number', async () => {
		const text = `update public.records set canonical_text = replace(canonical_text, '示例餐饮店', '示例茶餐厅') where position = 2`;
		expect(
			await tampered(text, text.replace(/'示例餐饮店', '示例茶餐厅'/, `'示例茶餐厅', '示例餐饮店'`))
		).toEqual([['text', 2]]);
		const time = (sign: string) =>
			`update public.records set sealed_at = sealed_at ${sign} interval '1 second' where position = 3`;
		expect(await tampered(time('+'), time('-'))).toEqual([['link', 3]]);
		const number = (from: string, to: string) =>
			`update public.documents set number_text = replace(number_text, '${from}', '${to}') where record_position = 2`;
		expect(await tampered(number('〕2号', '〕9号'), number('〕9号', '〕2号'))).toEqual([['numbers', 2]]);
	});

	test('finds a record that was taken out of the middle', async () => {
		await test1.sql('create table public.away as select * from public.records where position = 2');
		await test1.sql(
			'create table public.away_documents as select * from public.documents where record_position = 2'
		);
		const found = await tampered(
			'with d as (delete from public.documents where record_position = 2) delete from public.records where position = 2',
			'insert into public.records select * from public.away'
		);
		expect(found).toEqual(
			expect.arrayContaining([
				['position', 3],
				['previous', 3],
				['number_gap', undefined]
			])
		);
		await test1.sql('insert into public.documents select * from public.away_documents');
		expect(await defects()).toEqual([]);
	});

	test('finds a tail that was cut off, because the head is kept outside of the database', async () => {
		await test1.sql('create table public.tail as select * from public.records where position = 4');
		await test1.sql(
			'create table public.tail_documents as select * from public.documents where record_position = 4'
		);
		await test1.sql('create table public.old_head as select * from app.record_head');
		const cut = await tampered(
			`with d as (delete from public.documents where record_position = 4),
				r as (delete from public.records where position = 4)
			update app.record_head h set position = 3, link = (select link from public.records where position = 3)`,
			'insert into public.records select * from public.tail'
		);
		expect(cut).toEqual([['tail_missing', 4]]);
		expect(await keepHead(test1.backend)).toBe('broken');
		await test1.sql('insert into public.documents select * from public.tail_documents');
		await test1.sql(
			'update app.record_head h set position = o.position, link = o.link from public.old_head o'
		);
		expect(await defects()).toEqual([]);
		expect(await keepHead(test1.backend)).toBe('unchanged');
	});

	test('finds a head file that somebody rewrote', async () => {
		const file = join(test1.dataFolder, 'head.json');
		const written = await readFile(file, 'utf8');
		await writeFile(file, written.replace('"position":4', '"position":3'));
		expect(await defects()).toEqual([['head_file', undefined]]);
		await writeFile(file, written);
	});

	test('finds a PDF that is gone or changed', async () => {
		if (testDatabase() === 'postgres') return; // The files lie in the storage bucket there.
		const [{ pdf_sha256: sha256 }] = (await test1.sql(
			'select pdf_sha256 from public.documents order by record_position limit 1'
		)) as [{ pdf_sha256: string }];
		const path = join(test1.dataFolder, 'documents', sha256.slice(0, 2), sha256);
		const bytes = await readFile(path);
		await writeFile(path, 'something else');
		expect(await defects()).toEqual([['pdf_changed', undefined]]);
		await writeFile(path, bytes);
	});

	test('a hash of a record or of its PDF leads to the record; of what is unknown, to nothing', async () => {
		const [row] = (await test1.sql(
			`select r.sha256, d.pdf_sha256 from public.records r join public.documents d on d.record_position = r.position where r.position = 2`
		)) as [{ sha256: string; pdf_sha256: string }];
		const byRecord = await verifyRecord(test1.backend, row.sha256);
		expect(byRecord).toMatchObject({
			ok: true,
			value: {
				position: 2,
				headPosition: 4,
				isPdf: false,
				holds: { text: true, signature: true, chain: true }
			}
		});
		expect(JSON.stringify(byRecord)).not.toMatch(/示例餐饮店|周店长|王检/);
		expect(await verifyRecord(test1.backend, row.pdf_sha256)).toMatchObject({
			ok: true,
			value: { isPdf: true, sha256: row.sha256 }
		});
		const unknown = await verifyRecord(test1.backend, 'f'.repeat(64));
		expect(!unknown.ok && unknown.problem.code).toBe('record.unknown');
	});
});

describe('papers issued on their own', () => {
	const today = '2026-11-20';
	let lin: Person;
	beforeAll(async () => {
		lin = await opened.signUp('lin@example.cn');
		await opened.sql(
			`insert into public.memberships (user_id, role, agency_id, scope, display_name) values ($1, 'leader', $2, '0001', '林书记')`,
			[lin.userId, street.agencyId]
		);
	});
	const issue = async (kind: ActKind, change: Partial<ActBody> = {}, id?: string) => {
		const body = { ...actBodies(street, today)[kind], ...change } as ActBody;
		if (body.kind === 'inspection_notice') body.nthOfYear = await nextCheck();
		return issuedBy(opened, street, { person: lin, role: 'leader', name: '林书记', body, ...(id && { id }) });
	};
	const nextCheck = async () => {
		const [row] = await opened.sql<{ n: number }>(`select app.next_nth_of_year($1, '2026-11-27') as n`, [
			street.restaurantId
		]);
		return row!.n;
	};
	const read = async (documentId: string) => {
		const page = await readDocumentPage(street.as(lin), documentId);
		if (!page.ok) throw new Error(page.problem.code);
		return page.value;
	};

	test.each(actKinds.filter((kind) => actRoles[kind].length > 0))(
		'%s: numbered, rendered, in the chain, and found by its hash',
		async (kind) => {
			const issued = await issue(kind);
			if (!issued.ok) throw new Error(issued.problem.code);
			await rendered();
			const document = await read(issued.value.documentId);
			expect(document).toMatchObject({ kind, isRendered: true, isSample: true, renderProblem: null });
			expect(document.numberText).toMatch(/^（示例）安.{2,3}〔2026〕1号$/);
			const verified = await verifyRecord(opened.backend, document.record.sha256);
			expect(verified.ok && verified.value).toMatchObject({
				recordKind: 'act',
				holds: { text: true, signature: true, chain: true },
				documents: [{ kind, numberText: document.numberText, state: 'issued' }]
			});
			expect(document.delivery === null).toBe(isInternalPaper(kind));
			const report = await verifyChain(opened.backend);
			expect(report.defects.filter(({ documentId }) => documentId === document.id)).toEqual([]);
		}
	);

	test('the same form sent twice is one paper, another under its id is refused', async () => {
		const id = randomUUID();
		const first = await issue('reminder_notice', {}, id);
		const again = await issue('reminder_notice', {}, id);
		expect(again).toEqual(first);
		expect(await issue('reminder_notice', { matter: '别的事' }, id)).toMatchObject({
			ok: false,
			problem: { code: 'inspection.already_sealed' }
		});
	});

	test('the enterprise opens it by its QR, reads what it says and confirms receipt', async () => {
		const issued = await issue('supervision_opinion');
		if (!issued.ok) throw new Error(issued.problem.code);
		const { delivery } = await read(issued.value.documentId);
		const { screenToken, paperToken } = deliveryTokens(opened.backend.keys.deliverySecret, delivery!.id);
		const opening = await readDelivery(opened.backend, screenToken);
		expect(opening.ok && opening.value.delivery).toMatchObject({
			inspection: null,
			act: { body: { matter: '节前安全管理' }, signer: { name: '林书记' } },
			documents: [{ kind: 'supervision_opinion' }],
			hazards: []
		});
		const stranger = await readDelivery(opened.backend, paperToken);
		expect(stranger.ok && stranger.value).toMatchObject({ isLocked: true, delivery: { act: null } });
		expect((await receiveDelivery(opened.backend, screenToken, { name: '周店长' })).ok).toBe(true);
		expect((await read(issued.value.documentId)).delivery?.receivedBy).toBe('周店长');
	});

	test('what offices write to each other does not reach the enterprise', async () => {
		const card = await issue('supervision_card');
		const reminder = await issue('reminder_notice');
		if (!card.ok || !reminder.ok) throw new Error('got a refusal, expected two papers');
		await rendered();
		const principal = street.as(street.qian);
		expect(await readDocumentPage(principal, card.value.documentId)).toMatchObject({ ok: false });
		expect(await findDocument(principal, card.value.documentId)).toMatchObject({ ok: false });
		expect((await readDocumentPage(principal, reminder.value.documentId)).ok).toBe(true);
		const kinds = (await readActs(principal, street.restaurantId)).map(({ kind }) => kind);
		expect(kinds).toContain('reminder_notice');
		expect(kinds.filter(isInternalPaper)).toEqual([]);
		const { data } = await principal
			.from('events')
			.select('data')
			.in('kind', ['act.issued', 'document.rendered']);
		expect(JSON.stringify(data)).not.toContain(card.value.documentId);
	});

	test('a look at it beforehand takes no number and keeps nothing', async () => {
		const counted = () => opened.sql('select * from public.document_counters order by kind, track');
		const before = await counted();
		const { reminder_notice: body } = actBodies(street, today);
		const made = await previewAct(
			street.as(lin),
			{ userId: lin.userId, membership: memberOf('leader', '林书记') },
			{ id: randomUUID(), card: restaurantCard, body }
		);
		expect(made.ok && Buffer.from(made.value.bytes.subarray(0, 5)).toString()).toBe('%PDF-');
		expect(await counted()).toEqual(before);
	});
});

describe('现场检查方案', () => {
	const today = '2026-11-20';
	let tang: Person;
	beforeAll(async () => {
		tang = await opened.signUp('tang@example.cn');
		await opened.sql(
			`insert into public.memberships (user_id, role, agency_id, scope, display_name) values ($1, 'leader', $2, '0001', '唐主任')`,
			[tang.userId, street.agencyId]
		);
	});
	const body = async (change: Partial<PlanBody> = {}): Promise<PlanBody> => {
		const [row] = await opened.sql<{ n: number }>(`select app.next_nth_of_year($1, '2026-11-27') as n`, [
			street.restaurantId
		]);
		return { ...actBodies(street, today).inspection_plan, nthOfYear: row!.n, ...change };
	};
	const submit = (id: string, plan: PlanBody, seen: number) =>
		submitPlan(street.as(street.wang), { id, enterpriseId: street.restaurantId, body: plan, seen });
	const decide = async (id: string, seen: number, person = tang) => {
		const plan = (await readPlan(street.as(person), id))!;
		const who = { userId: person.userId, membership: memberOf('leader', '唐主任') };
		return approvePlan(opened.backend, street.as(person), who, { plan, seen });
	};

	test('drafted, sent back with a reason, written anew, approved: the approval issues the paper', async () => {
		const id = randomUUID();
		const first = await submit(id, await body(), 0);
		expect(first).toMatchObject({ ok: true, value: { state: 'submitted' } });
		expect(await submit(id, await body(), 0)).toEqual(first);
		const back = await stepPlan(street.as(tang), id, { act: 'return', note: '请补充用电检查', seen: 1 });
		expect(back).toMatchObject({ ok: true, value: { state: 'returned' } });
		const again = await body({ items: ['燃气报警装置', '疏散通道', '用电线路'] });
		expect(await submit(id, again, 2)).toMatchObject({ ok: true, value: { state: 'submitted' } });
		const approved = await decide(id, 3);
		if (!approved.ok) throw new Error(approved.problem.code);
		expect(await decide(id, 3)).toMatchObject({ ok: true, value: { documentId: approved.value.documentId } });
		await rendered();
		const paper = await readDocumentPage(street.as(tang), approved.value.documentId);
		expect(paper.ok && paper.value).toMatchObject({
			kind: 'inspection_plan',
			numberText: '（示例）安检方案〔2026〕1号',
			isRendered: true,
			delivery: null,
			act: { body: { items: again.items, drafter: { name: '王检' } }, signer: { name: '唐主任' } }
		});
		const plan = await readPlan(street.as(street.wang), id);
		expect(plan?.course.map(({ act }) => act)).toEqual(['submit', 'return', 'submit', 'approve']);
		const bundle = await street.as(street.wang).rpc('visit_bundle', { p_enterprise: street.restaurantId });
		expect(bundle.data).toMatchObject({ value: { plans: ['（示例）安检方案〔2026〕1号'] } });

		// A visit that names it has carried it out; nobody else does, and nobody ticks it off.
		expect(plan?.visits).toEqual([]);
		const visit = { ...cleanVisit({ street, at }), taskSource: '现场检查方案（示例）安检方案〔2026〕1号' };
		await sealedBy(opened, street, visit);
		const other = { ...cleanVisit({ street, at }), taskSource: '现场检查方案（示例）安检方案〔2026〕11号' };
		await sealedBy(opened, street, other);
		const carriedOut = await readPlan(street.as(street.wang), id);
		expect(carriedOut?.visits).toMatchObject([{ id: visit.id, inspectorName: '王检' }]);
		const planOf = (person: Person, inspection: string) => readPlanOfVisit(street.as(person), inspection);
		expect(await planOf(street.wang, visit.id)).toEqual({ id, numberText: '（示例）安检方案〔2026〕1号' });
		expect(await planOf(street.wang, other.id)).toBeNull();
		expect(await planOf(street.qian, visit.id)).toBeNull();
		expect(await planOf(street.sun, visit.id)).toBeNull();
	});

	test('never: approved by an inspector, on another page than the last, twice, or read by the enterprise', async () => {
		const id = randomUUID();
		await submit(id, await body(), 0);
		expect(await decide(id, 0)).toMatchObject({ problem: { code: 'plan.state' } });
		expect(await decide(id, 1, street.li)).toMatchObject({ problem: { code: 'permission.role' } });
		expect(await stepPlan(street.as(tang), id, { act: 'return', note: ' ', seen: 1 })).toMatchObject({
			problem: { code: 'request.invalid', path: 'note' }
		});
		expect(await stepPlan(street.as(street.li), id, { act: 'withdraw', note: '', seen: 1 })).toMatchObject({
			problem: { code: 'permission.role' }
		});
		expect(await readPlan(street.as(street.qian), id)).toBeNull();
		expect(await readPlan(street.as(street.sun), id)).toBeNull();
		const withdrawn = await stepPlan(street.as(street.wang), id, { act: 'withdraw', note: '', seen: 1 });
		expect(withdrawn).toMatchObject({ ok: true, value: { state: 'withdrawn' } });
		expect(await decide(id, 2)).toMatchObject({ problem: { code: 'plan.state' } });
	});

	test('never: approved by who drafted it, though they are in charge as well', async () => {
		await opened.sql(
			`insert into public.memberships (user_id, role, agency_id, scope, display_name) values ($1, 'leader', $2, '0001', '王检')`,
			[street.wang.userId, street.agencyId]
		);
		const id = randomUUID();
		await submit(id, await body(), 0);
		expect(await decide(id, 1, street.wang)).toMatchObject({ problem: { code: 'plan.own' } });
		expect(
			await stepPlan(street.as(street.wang), id, { act: 'return', note: '自己退回', seen: 1 })
		).toMatchObject({ problem: { code: 'plan.own' } });
	});
});

describe('作废', () => {
	let tan: Person;
	beforeAll(async () => {
		tan = await opened.signUp('tan@example.cn');
		await opened.sql(
			`insert into public.memberships (user_id, role, agency_id, scope, display_name) values ($1, 'leader', $2, '0001', '谭书记')`,
			[tan.userId, street.agencyId]
		);
	});
	const remind = async () => {
		const { reminder_notice: body } = actBodies(street, '2026-11-20');
		const issued = await issuedBy(opened, street, { person: tan, role: 'leader', name: '谭书记', body });
		if (!issued.ok) throw new Error(issued.problem.code);
		return issued.value;
	};
	const voided = (id: string, reason: string, person = tan) => voidDocument(street.as(person), id, reason);

	test('never: by an inspector, by the enterprise, without a reason, or from the neighbour street', async () => {
		const { documentId } = await remind();
		expect(await voided(documentId, '写错了', street.zhao)).toMatchObject({
			problem: { code: 'permission.role' }
		});
		expect(await voided(documentId, '写错了', street.qian)).toMatchObject({ problem: { code: 'not_found' } });
		expect(await voided(documentId, '写错了', street.sun)).toMatchObject({ problem: { code: 'not_found' } });
		expect(await voided(documentId, ' ')).toMatchObject({
			problem: { code: 'request.invalid', path: 'reason' }
		});
	});

	test('it keeps its number for good, and whoever scans or verifies it reads that it is void', async () => {
		const first = await remind();
		expect((await voided(first.documentId, '发错单位')).ok).toBe(true);
		expect((await voided(first.documentId, '发错单位')).ok).toBe(true);
		expect(await voided(first.documentId, '另一个原因')).toMatchObject({
			problem: { code: 'document.state' }
		});
		const next = await remind();
		const serial = ({ numberText }: { numberText: string }) => Number(/(\d+)号$/.exec(numberText)![1]);
		expect(serial(next)).toBe(serial(first) + 1);
		const page = await readDocumentPage(street.as(tan), first.documentId);
		if (!page.ok) throw new Error(page.problem.code);
		expect(page.value).toMatchObject({ state: 'voided', void: { reason: '发错单位', byName: '谭书记' } });
		const { screenToken } = deliveryTokens(opened.backend.keys.deliverySecret, page.value.delivery!.id);
		const opening = await readDelivery(opened.backend, screenToken);
		expect(opening.ok && opening.value.delivery.documents).toMatchObject([{ state: 'voided' }]);
		const verified = await verifyRecord(opened.backend, page.value.record.sha256);
		expect(verified.ok && verified.value.documents).toMatchObject([{ state: 'voided' }]);
		const ledger = await readNumberLedger(street.as(tan), 2026);
		const series = ledger.find(({ kind }) => kind === 'reminder_notice')!;
		expect(series).toMatchObject({ lastNumber: serial(next), missing: [] });
		const rows = await verifyRows(opened.backend);
		expect(rows.defects.filter(({ table, field }) => table === 'records' || field === 'id')).toEqual([]);
		expect((await defectsBeside(opened.backend)).filter(({ field }) => field === 'state')).toEqual([]);
		await opened.sql(`update public.documents set state = 'issued' where id = $1`, [first.documentId]);
		expect(await defectsBeside(opened.backend)).toContainEqual(
			expect.objectContaining({ table: 'documents', id: first.documentId, got: 'issued', expected: 'voided' })
		);
		await opened.sql(`update public.documents set state = 'voided' where id = $1`, [first.documentId]);
		expect(series.voided).toMatchObject([
			{ numberText: first.numberText, reason: '发错单位', byName: '谭书记' }
		]);
	});
});

test('who changed the wording of an agency, what, and when', async () => {
	const gao = await opened.signUp('gao@example.cn');
	await opened.sql(
		`insert into public.memberships (user_id, role, agency_id, scope, display_name) values ($1, 'administrator', $2, '0001', '高主任')`,
		[gao.userId, street.agencyId]
	);
	const save = async (change: object) => {
		const answer = await street
			.as(gao)
			.rpc('save_agency', { p_id: street.agencyId, p_agency: { ...change } });
		expect(answer.data).toMatchObject({ ok: true });
	};
	const before = await readAgencyVersions(street.as(gao), street.agencyId);
	await save({ template: { reportsTo: '示例区应急管理局' } });
	await save({ template: { reportsTo: '示例区应急管理局' } });
	await save({ template: { reportsTo: '示例市应急管理局' } });
	const [latest, former] = await readAgencyVersions(street.as(gao), street.agencyId);
	expect(latest!.version).toBe((before[0]?.version ?? 0) + 2);
	expect(latest!.changedBy).toBe('高主任');
	expect(changesOf(latest!, former!)).toEqual([
		{ path: 'reportsTo', before: '示例区应急管理局', after: '示例市应急管理局' }
	]);
	expect(await readAgencyVersions(street.as(street.wang), street.agencyId)).toEqual([]);
});
