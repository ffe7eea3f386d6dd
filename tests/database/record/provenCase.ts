import { randomUUID } from 'node:crypto';
import { assessEnterprises } from '#lib/assessment/account/assessment.server.ts';
import { whoAmI } from '#lib/identity/session.server.ts';
import type { Hazard } from '#lib/hazard/hazard.ts';
import type { Position } from '#lib/inspection/inspection.ts';
import { keepCertificate } from '#lib/document/signing/certificateFolder.server.ts';
import type { ActBody } from '#lib/document/acts.ts';
import { deliveryTokens } from '#lib/document/deliveryTokens.server.ts';
import { adoptReport } from '#lib/record/adoption.server.ts';
import { keepHead } from '#lib/record/chainHead.server.ts';
import type { InspectionContent } from '#lib/record/content.ts';
import {
	noteOpened,
	objectToDelivery,
	putDeliveryEvidence,
	receiveDelivery,
	requestExtension,
	submitRectification
} from '#lib/record/delivery.server.ts';
import { voidDocument } from '#lib/record/documentPage.server.ts';
import { startDocumentWorker } from '#lib/record/documentWorker.server.ts';
import { answerObjection } from '#lib/record/objection/objection.server.ts';
import { recordPaperReceipt, reissueDelivery } from '#lib/record/service/service.server.ts';
import { fileMajorStep } from '#lib/record/deliveredMajor.server.ts';
import { takeMajorStep } from '#lib/hazard/major/major.server.ts';
import type { MajorAct } from '#lib/hazard/major/major.ts';
import { decideExtensions } from '#lib/hazard/extension/extension.server.ts';
import { stepPlan, submitPlan } from '#lib/plan/inspectionPlan/inspectionPlan.server.ts';
import { rateCheck } from '#lib/plan/task/task.server.ts';
import { stepTipoff, submitTipoff } from '#lib/plan/tipoff/tipoff.server.ts';
import { tipoffFormSchema } from '#lib/plan/tipoff/tipoff.ts';
import type { Result } from '#lib/problem.ts';
import { sampleCertificate } from '../support/certificate.ts';
import {
	announced,
	checkers,
	cosignedByLi,
	goodRating,
	makeNeighbourhood,
	must,
	photographed,
	visitTo,
	type Neighbourhood
} from '../support/neighbourhood.ts';
import type { Person, TestBackend } from '../support/testBackend.ts';
import { actBodies, issuedBy } from './acts.ts';
import { correctionOf, sealCorrected, type EditDraft } from './corrected.ts';
import { foundTwo, picture, recheck, reported, requestOf, samplePlan, sealedBy } from './sealed.ts';
import { alarmHazard, cleanVisit, drawn, withHazard } from './visit.ts';

/** A case with everything that a case can have, sealed, delivered, put right, rechecked, rendered and signed. */
export interface ProvenCase {
	place: Neighbourhood;
	/** The inspection it began with. */
	inspectionId: string;
	recheckId: string;
	/** A visit that was not let in, at another place. */
	refusedId: string;
	/** Renders what there is and keeps the head. */
	settle(): Promise<void>;
}

const at = new Date('2026-11-20T05:30:00Z');
const later = new Date('2026-11-28T05:30:00Z');
const address = { publicUrl: 'https://mingcha.example' };

const of = <Value>(result: Result<Value>): Value => {
	if (!result.ok) throw new Error(`got ${result.problem.code}, expected success`);
	return result.value;
};

const near = (metres: number): Position => ({
	longitude: 121.001 + metres / 95_000,
	latitude: 31.001 + metres / 111_000,
	accuracyMetres: 6,
	fixedAt: at.toISOString(),
	source: 'device'
});

export async function makeProvenCase(test: TestBackend): Promise<ProvenCase> {
	const place = await makeNeighbourhood(test);
	keepCertificate(
		test.backend.folder.keysFolder,
		await sampleCertificate(),
		new Date('2026-11-01T00:00:00Z')
	);
	await test.setClock('2026-11-20T06:00:00Z');
	const settle = async () => {
		const worker = startDocumentWorker(test.backend, address);
		await worker.idle();
		await worker.close();
		await keepHead(test.backend);
	};
	const refused = await notLetIn(test, place);
	await toldBefore(test, place);
	const found = await findTogether(test, place);
	await adopted(test, place);
	await correctedTwice(test, place);
	await settle();
	await answeredFor(test, place, found);
	await askedForTime(test, place, found);
	await planned(test, place, found);
	await servedAgain(test, place, found.sealed.deliveryId);
	await papersOfTheirOwn(test, place);
	await settle();
	await test.setClock('2026-11-28T06:00:00Z');
	const again = await recheckRefused(test, place, found.visit);
	await settle();
	return { place, inspectionId: found.visit.id, recheckId: again.id, refusedId: refused.id, settle };
}

/** Somebody tells of the place by name with a photo, an institution has an opinion; Lin takes both up, and the visit looks. */
async function toldBefore({ backend, sql }: TestBackend, place: Neighbourhood): Promise<void> {
	const form = tipoffFormSchema.parse({
		id: randomUUID(),
		enterprise: place.restaurantId,
		place: '后门',
		description: '消防通道堆满杂物',
		name: '知情人',
		phone: '13800000000'
	});
	const files = [new File([picture(51).bytes], '照片.png')];
	of(await submitTipoff(backend, form, { files, address: form.id }));
	const accepted = { seen: 1, enterprise: place.restaurantId, note: '先去看', reply: '' };
	of(await stepTipoff(place.as(place.lin), form.id, 'accept', accepted));
	const opinion = {
		id: randomUUID(),
		enterpriseId: place.restaurantId,
		institution: '示例服务机构',
		expert: '示例专家',
		visitedOn: '2026-11-18',
		part: '后厨',
		opinion: '建议增设可燃气体报警装置',
		nature: 'mandatory',
		basis: '《安全生产法》第三十六条'
	};
	await must(place.as(place.wang).rpc('record_opinion', { p_opinion: opinion }));
	const decision = { outcome: 'confirmed', reason: '属实' };
	await must(place.as(place.lin).rpc('decide_opinion', { p_id: opinion.id, p_decision: decision }));
	// Somebody else's words change an agency's wording.
	await sql(
		`update public.agencies set short_name = short_name || '新' where id = (select min(id::text)::uuid from public.agencies)`
	);
}

/** Lin issues one for the enterprise and voids one about it; a plan is sent back; a step of the ladder is proposed. */
async function papersOfTheirOwn(test: TestBackend, place: Neighbourhood): Promise<void> {
	const { reminder_notice, supervision_opinion, inspection_plan } = actBodies(place, '2026-11-20');
	const issued = async (body: ActBody) =>
		of(await issuedBy(test, place, { person: place.lin, role: 'leader', name: '林书记', body }));
	await issued(reminder_notice);
	const { documentId } = await issued(supervision_opinion);
	of(await voidDocument(place.as(place.lin), documentId, '发错单位'));
	const [next] = await test.sql<{ n: number }>(`select app.next_nth_of_year($1, '2026-11-27') as n`, [
		place.restaurantId
	]);
	const plan = { id: randomUUID(), enterpriseId: place.restaurantId, seen: 0 };
	of(await submitPlan(place.as(place.wang), { ...plan, body: { ...inspection_plan, nthOfYear: next!.n } }));
	of(await stepPlan(place.as(place.lin), plan.id, { act: 'return', note: '写明检查部位', seen: 1 }));
	await test.sql(`insert into public.escalations (inspection_id, scope, enterprise_id, step, hazards, deadline, proposed_on)
		select id, scope, enterprise_id, 1, 1, app.today(), app.today() from public.inspections where kind = 'planned' and outcome = 'checked' limit 1`);
	const [step] = await test.sql<{ id: string }>('select id from public.escalations');
	await must(place.as(place.lin).rpc('drop_escalation', { p_id: step!.id, p_note: '已当面督促' }));
}

/** Wang with Li: two hazards with deadlines, one put right on the spot, photos with their own positions. */
async function findTogether(test: TestBackend, place: Neighbourhood) {
	const photos: string[] = [];
	for (const number of [1, 2, 3, 4]) photos.push(await photographed(test, place, place.wang, number));
	const base = foundTwo(place, at);
	const visit = withHazard(
		base,
		alarmHazard(place, null, {
			itemId: null,
			itemCode: null,
			description: '灭火器被遮挡',
			proof: [photos[3]!]
		})
	);
	visit.hazards.forEach((hazard, index) => {
		hazard.photos = [photos[index]!];
		hazard.position = near(index * 5);
	});
	visit.evidence = photos.map((sha256, index) => ({
		sha256,
		bytes: 70,
		mediaType: 'image/png',
		takenAt: at.toISOString(),
		position: near(index * 5)
	}));
	const together = { ...visit, companionId: place.li.userId, taskSource: '年度检查计划' };
	const { token } = of(await announced(test, place, together, place.wang));
	await cosignedByLi(place, together);
	const sealed = await sealedBy(test, place, together);
	of(await rateCheck(test.backend, token, { ...goodRating, comment: '讲解清楚' }));
	return { visit: together, sealed };
}

/** Opened, received, objected to, which is answered, and the first hazard put right with two photos. */
async function answeredFor(
	{ backend, sql }: TestBackend,
	place: Neighbourhood,
	{ visit, sealed }: Awaited<ReturnType<typeof findTogether>>
): Promise<void> {
	const { screenToken } = deliveryTokens(backend.keys.deliverySecret, sealed.deliveryId);
	of(await noteOpened(backend, screenToken, 'screen'));
	of(await receiveDelivery(backend, screenToken, { name: '周店长' }));
	of(await objectToDelivery(backend, screenToken, { name: '周店长', note: '出口当时正在搬货' }));
	const [objection] = await sql<{ id: number }>(
		`select id::int from public.delivery_events where kind = 'objected'`
	);
	of(await answerObjection(place.as(place.wang), { id: objection!.id, note: '已核对照片' }));
	const photos: string[] = [];
	for (const number of [11, 12]) {
		const { bytes, sha256 } = picture(number);
		of(await putDeliveryEvidence(backend, screenToken, sha256, { request: requestOf(bytes) }));
		photos.push(sha256);
	}
	const hazardId = visit.hazards[0]!.id;
	of(
		await submitRectification(backend, screenToken, {
			id: randomUUID(),
			hazardId,
			note: '已安装并测试',
			photos
		})
	);
}

/** More time for the second hazard, asked for with a photo and granted by the leader. */
async function askedForTime(
	{ backend, sql }: TestBackend,
	place: Neighbourhood,
	{ visit, sealed }: Awaited<ReturnType<typeof findTogether>>
): Promise<void> {
	const { screenToken } = deliveryTokens(backend.keys.deliverySecret, sealed.deliveryId);
	const { bytes, sha256 } = picture(13);
	of(await putDeliveryEvidence(backend, screenToken, sha256, { request: requestOf(bytes) }));
	const asked = { id: randomUUID(), hazards: [visit.hazards[1]!.id], name: '周店长', wished: '2026-11-26' };
	of(await requestExtension(backend, screenToken, { ...asked, reason: '门锁配件在途', photos: [sha256] }));
	const rows = await sql<{ id: string }>('select id from public.hazard_extensions');
	const extensions = rows.map(({ id }) => id);
	of(
		await decideExtensions(place.as(place.lin), {
			extensions,
			outcome: 'granted',
			until: '2026-11-25',
			note: '加派人员看守'
		})
	);
}

/** The second is 重大: its plan is returned and filed again, the place is stopped, and the leader lists it. */
async function planned(
	{ backend }: TestBackend,
	place: Neighbourhood,
	{ visit, sealed }: Awaited<ReturnType<typeof findTogether>>
): Promise<void> {
	const hazardId = visit.hazards[1]!.id;
	const { screenToken: token } = deliveryTokens(backend.keys.deliverySecret, sealed.deliveryId);
	const filed = (seen: number) => ({
		id: randomUUID(),
		act: 'file_plan',
		seen,
		says: samplePlan,
		photos: []
	});
	const taken = async (person: Person, act: MajorAct, seen: number, says: Record<string, string>) =>
		of(await takeMajorStep(place.as(person), hazardId, { id: randomUUID(), act, seen, says, photos: [] }));
	of(await fileMajorStep(backend, { token, hazardId }, { ...filed(0), name: '周店长' }));
	await taken(place.li, 'return_plan', 1, { note: '没有写资金来源' });
	of(await fileMajorStep(backend, { token, hazardId }, { ...filed(2), name: '周店长' }));
	await taken(place.lin, 'order_stop', 3, { kind: 'use', what: '二层包间', since: '2026-11-20' });
	await taken(place.lin, 'list', 4, {
		...{
			number: '示例挂〔2026〕1号',
			until: '2026-12-10',
			unit: '示例餐饮店',
			person: '周店长',
			supervisor: '王检'
		}
	});
}

/** The paper signed by hand is scanned back, and the codes are replaced. */
async function servedAgain(test: TestBackend, place: Neighbourhood, deliveryId: string): Promise<void> {
	const wang = place.as(place.wang);
	const files = [await photographed(test, place, place.wang, 41)];
	const paper = { id: randomUUID(), signedBy: '周店长', signedOn: '2026-11-20', note: '当面签收', files };
	of(await recordPaperReceipt(wang, deliveryId, paper));
	of(await reissueDelivery(test.backend, wang, { deliveryId, seen: 0, reason: '二维码被转发' }));
}

/** The first passes, the second fails; the person on site does not sign. */
async function recheckRefused(test: TestBackend, place: Neighbourhood, before: InspectionContent) {
	const photo = await photographed(test, place, place.wang, 21);
	const due = before.hazards.filter(({ measure }) => measure === 'deadline').map(({ id }) => id);
	const visit = recheck(place, later, before.id, due);
	visit.verdicts[1]!.photos = [photo];
	visit.onSite = {
		outcome: 'refused',
		name: '周店长',
		reason: '不同意复查结论',
		witness: { name: '何社工', identity: '社区工作者', signature: drawn },
		photos: [photo],
		at: later.toISOString()
	};
	await sealedBy(test, place, visit);
	return visit;
}

async function notLetIn(test: TestBackend, place: Neighbourhood): Promise<InspectionContent> {
	const photo = await photographed(test, place, place.wang, 31);
	const visit: InspectionContent = {
		...cleanVisit({ street: place, at }),
		answers: [],
		checklistVersionIds: [],
		onSite: null,
		electronicDelivery: false,
		notChecked: { kind: 'entry_refused', reason: '店员锁门不开', photos: [photo] }
	};
	await sealedBy(test, place, visit);
	return visit;
}

/** Zhao finds something at the tavern, gives it another deadline, and takes it back. */
async function correctedTwice(test: TestBackend, place: Neighbourhood): Promise<void> {
	const { zhao } = checkers(place);
	const visit = visitTo(foundTwo(place, at), place.tavernId, zhao);
	await sealedBy(test, place, visit, place.zhao);
	const client = place.as(place.zhao);
	const who = { userId: place.zhao.userId, name: zhao.name, licence: zhao.licence, at };
	const [alarm, exit] = visit.hazards as [Hazard, Hazard];
	const edits: EditDraft[] = [
		({ hazards }) =>
			void hazards.set(alarm.id, { ...alarm, deadline: '2026-12-10', description: '报警装置未通电' }),
		({ hazards }) => void hazards.delete(exit.id)
	];
	for (const edit of edits) {
		await assessEnterprises(test.backend, [place.tavernId]);
		await sealCorrected(test, client, await correctionOf(client, visit.id, who, edit));
	}
}

/** Chen reports, Wang adopts. */
async function adopted(test: TestBackend, place: Neighbourhood): Promise<void> {
	const report = reported(place, at);
	const { inspectionId } = await sealedBy(test, place, report, place.chen);
	const client = place.as(place.wang);
	const who = of(await whoAmI(client, place.wang.accessToken));
	of(
		await adoptReport(
			test.backend,
			client,
			{ userId: place.wang.userId, membership: who.memberships[0]! },
			{
				id: randomUUID(),
				inspectionId,
				hazards: report.hazards.map(({ id }) => ({ id, deadline: '2026-11-27' })),
				signature: drawn
			},
			new Date('2026-11-20T06:00:00Z')
		)
	);
}
