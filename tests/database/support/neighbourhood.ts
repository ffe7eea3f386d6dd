import { addDays, shanghaiDate } from '#lib/calendar.ts';
import { assessEnterprises } from '#lib/assessment/account/assessment.server.ts';
import { scoreAttention } from '#lib/assessment/attention/attention.server.ts';
import { deliveryTokens } from '#lib/document/deliveryTokens.server.ts';
import { hashInvitationToken, newInvitationToken } from '#lib/identity/invitationToken.server.ts';
import { putEvidence } from '#lib/inspection/evidence.server.ts';
import { cosignInspection, offerForCosigning, postCheckIn } from '#lib/record/cosign.server.ts';
import type { InspectionContent } from '#lib/record/content.ts';
import {
	putDeliveryEvidence,
	receiveDelivery,
	requestExtension,
	submitRectification
} from '#lib/record/delivery.server.ts';
import { voidDocument } from '#lib/record/documentPage.server.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import { stepTipoff, submitTipoff } from '#lib/plan/tipoff/tipoff.server.ts';
import { tipoffFormSchema } from '#lib/plan/tipoff/tipoff.ts';
import { openTask, rateCheck } from '#lib/plan/task/task.server.ts';
import { submitPlan } from '#lib/plan/inspectionPlan/inspectionPlan.server.ts';
import type { Result } from '#lib/problem.ts';
import { fileMajorStep } from '#lib/record/deliveredMajor.server.ts';
import { readAttentionParameters } from '../../../src/commands/startAttention.server.ts';
import { actBodies, issuedBy } from '../record/acts.ts';
import { correctionOf, sealCorrected } from '../record/corrected.ts';
import { foundTwo, picture, requestOf, samplePlan, sealedBy } from '../record/sealed.ts';
import { ids, licences, makeStreet, type Street } from '../record/street.ts';
import { alarmHazard, cleanVisit, drawn, withHazard } from '../record/visit.ts';
import type { Person, TestBackend } from './testBackend.ts';

/** The street of the other tests with everybody who could look over its fence, and something of each to see. */
export interface Neighbourhood extends Street {
	/** Has an account and nothing else. */
	wu: Person;
	/** Community worker of 00010002. */
	he: Person;
	/** Leader of street 0001. */
	lin: Person;
	/** Administrator of street 0001. */
	gao: Person;
	/** Was an inspector of street 0001; the membership has ended. */
	xu: Person;
	/** In 00020001, the other street. */
	shopId: string;
}

export const shopId = '00000000-0000-4000-8000-0000000000e3';

/** People and places; nobody has checked anything yet. */
export async function makeNeighbourhood(test: TestBackend): Promise<Neighbourhood> {
	const street = await makeStreet(test);
	await nameAreas(test);
	await test.sql(
		`insert into public.enterprises (id, scope, name, credit_code_absence, address, site_type, location, location_source) values
		($1, '00020001', '示例小店', '个体经营', '另一路1号', 'restaurant', extensions.st_setsrid(extensions.st_makepoint(121.101, 31.101), 4326), 'import')`,
		[shopId]
	);
	const people = {
		wu: await test.signUp('wu@example.cn'),
		he: await test.signUp('he@example.cn'),
		lin: await test.signUp('lin@example.cn'),
		gao: await test.signUp('gao@example.cn'),
		xu: await test.signUp('xu@example.cn')
	};
	await test.sql(
		`insert into public.memberships (user_id, role, agency_id, scope, display_name) values ($1, 'administrator', $2, '0001', '高主任')`,
		[people.gao.userId, ids.agency]
	);
	const gao = street.as(people.gao);
	await invite(gao, street.as(people.he), {
		role: 'community_worker',
		scope: '00010002',
		displayName: '何社工'
	});
	await invite(gao, street.as(people.lin), { role: 'leader', scope: '0001', displayName: '林书记' });
	await invite(gao, street.as(people.xu), { role: 'inspector', scope: '0001', displayName: '许检' });
	return { ...street, ...people, shopId };
}

async function nameAreas({ sql }: TestBackend): Promise<void> {
	await sql(
		`insert into public.areas (scope, level, parent_id)
		select v.scope, 'community', a.id from (values ('00010001'), ('00010002'), ('00020001')) v(scope)
		join public.areas a on a.scope = left(v.scope, 4) on conflict (scope) do nothing`
	);
	await sql(
		`insert into public.area_versions (area_id, scope, name, valid_from)
		select a.id, a.scope, '示例' || a.scope, '2020-01-01' from public.areas a
		where not exists (select 1 from public.area_versions v where v.area_id = a.id)`
	);
}

/** A link by an administrator, accepted by whom it is for. */
async function invite(administrator: Client, guest: Client, invitation: object): Promise<void> {
	const token = hashInvitationToken(newInvitationToken());
	await must(
		administrator.rpc('create_invitation', { p_token_sha256: token, p_invitation: { ...invitation } })
	);
	await must(guest.rpc('accept_invitation', { p_token_sha256: token, p_display_name: '' }));
}

/** What an RPC that must succeed answers. @throws with the refusal. */
export async function must<Value = unknown>(
	answer: PromiseLike<{ data: unknown; error: { code?: string; message: string } | null }>
): Promise<Value> {
	const { data, error } = await answer;
	const result = data as Result<Value> | null;
	if (error || !result?.ok)
		throw new Error(`rpc: got ${error?.message ?? JSON.stringify(result)}, expected success`);
	return result.value;
}

const of = <Value>(result: Result<Value>): Value => {
	if (!result.ok) throw new Error(`got ${result.problem.code}, expected success`);
	return result.value;
};

export interface Checker {
	person: Person;
	name: string;
	licence: string | null;
	agencyId: string;
}

/** The same visit elsewhere, or by somebody else. */
export const visitTo = (
	visit: InspectionContent,
	enterpriseId: string,
	{ person, name, licence, agencyId }: Checker
): InspectionContent => ({
	...visit,
	enterprise: { ...visit.enterprise, id: enterpriseId },
	agencyId,
	inspector: { ...visit.inspector, userId: person.userId, name, licence }
});

/** Everybody who may check, as they stand in a content. */
export const checkers = (
	place: Neighbourhood
): Record<'wang' | 'li' | 'zhao' | 'chen' | 'he' | 'sun' | 'xu', Checker> => ({
	wang: { person: place.wang, name: '王检', licence: licences.wang, agencyId: ids.agency },
	li: { person: place.li, name: '李检', licence: licences.li, agencyId: ids.agency },
	zhao: { person: place.zhao, name: '赵检', licence: null, agencyId: ids.agency },
	chen: { person: place.chen, name: '陈社工', licence: null, agencyId: ids.agency },
	he: { person: place.he, name: '何社工', licence: null, agencyId: ids.agency },
	sun: { person: place.sun, name: '孙检', licence: null, agencyId: ids.otherAgency },
	xu: { person: place.xu, name: '许检', licence: null, agencyId: ids.agency }
});

/** Li co-signs what Wang offers. */
export async function cosignedByLi(place: Neighbourhood, content: InspectionContent): Promise<void> {
	const { contentSha256 } = of(await offerForCosigning(place.as(place.wang), content));
	const signature = { userId: place.li.userId, name: '李检', licence: licences.li, signature: drawn };
	of(
		await cosignInspection(place.as(place.li), content.id, {
			...signature,
			at: content.device.endedAt,
			contentSha256
		})
	);
}

/**
 * Lets everybody do their work, through the doors people use, so that every table holds something of the first
 * community, of the second one and of the other street. Afterwards Xu's membership ends.
 * @param at when the visits begin
 */
export async function liveADay(test: TestBackend, place: Neighbourhood, at: Date): Promise<void> {
	const people = checkers(place);
	await describeEnterprises(test);
	const visits: [string, Checker, number][] = [
		[place.restaurantId, people.wang, 1],
		[place.tavernId, people.wang, 2],
		[place.shopId, people.sun, 3]
	];
	for (const [enterpriseId, checker, number] of visits)
		await playVisit(test, place, { enterpriseId, checker, number, at });
	for (const [enterpriseId, checker] of [
		[place.restaurantId, people.chen],
		[place.tavernId, people.he]
	] as const) {
		const report = withHazard(
			cleanVisit({ street: place, at }),
			alarmHazard(place, addDays(shanghaiDate(at), 7))
		);
		await sealedBy(test, place, visitTo(report, enterpriseId, checker), checker.person);
	}
	const together = { ...cleanVisit({ street: place, at }), companionId: place.li.userId };
	await cosignedByLi(place, together);
	await sealedBy(test, place, together);
	for (const [enterpriseId, { person, ...checker }] of [
		[place.restaurantId, people.zhao],
		[place.shopId, people.sun]
	] as const) {
		const clean = visitTo(cleanVisit({ street: place, at }), enterpriseId, { person, ...checker });
		await sealedBy(test, place, clean, person);
		const client = place.as(person);
		const { name, licence } = checker;
		const content = await correctionOf(
			client,
			clean.id,
			{ userId: person.userId, name, licence, at },
			(draft) => void (draft.place = '前厅')
		);
		await sealCorrected(test, client, content);
	}
	of(
		await offerForCosigning(place.as(place.wang), {
			...cleanVisit({ street: place, at }),
			companionId: place.xu.userId
		})
	);
	await photographed(test, place, place.xu, 9);
	await assessEnterprises(test.backend, [place.restaurantId, place.tavernId, place.shopId]);
	await scoreAttention(test.backend, readAttentionParameters());
	await signFiles(test);
	await administer(test, place);
}

/** What the document worker notes of a paper and of its signed file, without making either. */
async function signFiles({ sql }: TestBackend): Promise<void> {
	const hash = (text: string) => `encode(sha256(convert_to(d.id || '${text}', 'UTF8')), 'hex')`;
	const records = `from public.documents d where d.kind = 'inspection_record'`;
	await sql(`select public.store_document_pdf(d.id, ${hash('paper')}, 1000, repeat('0', 16)) ${records}`);
	await sql(`select public.store_document_signature(d.id, jsonb_build_object('pdfSha256', d.pdf_sha256, 'sha256', ${hash('signed')},
		'bytes', 2000, 'level', 'B-B', 'certificateSha256', repeat('c', 64), 'subject', 'CN=示例', 'issuer', 'CN=示例',
		'validUntil', '2027-01-01T00:00:00Z', 'signedAt', '2026-11-20T06:00:00Z')) ${records}`);
}

interface PlayedVisit {
	enterpriseId: string;
	checker: Checker;
	number: number;
	at: Date;
}

export const goodRating = {
	overall: 5,
	showedCertificate: true,
	followedChecklist: true,
	conductedProperly: true,
	comment: ''
};

/** What the phone says of a visit before it begins. */
export const announced = (test: TestBackend, place: Street, visit: InspectionContent, person: Person) =>
	openTask(test.backend, place.as(person), visit.id, {
		enterpriseId: visit.enterprise.id,
		kind: visit.kind,
		taskSource: visit.taskSource,
		companionId: visit.companionId,
		checklistVersionIds: visit.checklistVersionIds
	});

/** Announced, check-in, two hazards with a photo, seal, rating, receipt, rectification of one, more time asked for the other, and its plan filed. */
async function playVisit(
	test: TestBackend,
	place: Neighbourhood,
	{ enterpriseId, checker, number, at }: PlayedVisit
) {
	const sha256 = await photographed(test, place, checker.person, number);
	const visit = visitTo(foundTwo(place, at), enterpriseId, checker);
	visit.hazards[0]!.photos = [sha256];
	of(await postCheckIn(place.as(checker.person), visit.id, enterpriseId, visit.checkIn));
	const { token } = of(await announced(test, place, visit, checker.person));
	const sealed = await sealedBy(test, place, visit, checker.person);
	of(await rateCheck(test.backend, token, { ...goodRating, comment: number === 1 ? '讲解清楚' : '' }));
	const { screenToken } = deliveryTokens(test.backend.keys.deliverySecret, sealed.deliveryId);
	of(await receiveDelivery(test.backend, screenToken, { name: '周店长' }));
	const after = picture(100 + number);
	of(await putDeliveryEvidence(test.backend, screenToken, after.sha256, { request: requestOf(after.bytes) }));
	of(
		await submitRectification(test.backend, screenToken, {
			id: crypto.randomUUID(),
			hazardId: visit.hazards[0]!.id,
			note: '已安装',
			photos: [after.sha256]
		})
	);
	of(
		await requestExtension(test.backend, screenToken, {
			id: crypto.randomUUID(),
			hazards: [visit.hazards[1]!.id],
			wished: addDays(shanghaiDate(at), 20),
			reason: '配件未到货',
			name: '周店长',
			photos: []
		})
	);
	const step = { id: crypto.randomUUID(), act: 'file_plan', seen: 0, says: samplePlan, photos: [] };
	const page = { token: screenToken, hazardId: visit.hazards[1]!.id };
	of(await fileMajorStep(test.backend, page, { ...step, name: '周店长' }));
}

/** Puts picture `number` as this person. @returns its hash. */
export async function photographed(
	test: TestBackend,
	place: Street,
	person: Person,
	number: number
): Promise<string> {
	const { bytes, sha256 } = picture(number);
	of(await putEvidence(test.backend, place.as(person), sha256, requestOf(bytes)));
	return sha256;
}

async function describeEnterprises({ sql }: TestBackend): Promise<void> {
	await sql(
		`select app.put_principal(e.id, e.scope, '负责人' || right(e.id::text, 2), '1380000' || right(e.id::text, 2)) from public.enterprises e`
	);
	await sql(
		`insert into public.special_equipment (enterprise_id, scope, kind, place) select id, scope, '电梯', '大厅' from public.enterprises`
	);
	await sql(
		`insert into public.risk_points (enterprise_id, scope, name, place) select id, scope, '燃气', '后厨' from public.enterprises`
	);
}

async function administer(test: TestBackend, place: Neighbourhood): Promise<void> {
	const gao = place.as(place.gao);
	await must(gao.rpc('save_setting', { p_scope: '0001', p_key: 'recheck.days', p_value: 12 }));
	const pending = { role: 'leader', scope: '00010001', displayName: '未到' };
	await must(
		gao.rpc('create_invitation', {
			p_token_sha256: hashInvitationToken(newInvitationToken()),
			p_invitation: pending
		})
	);
	// The other street's administrator has not come yet; what they would have done stands there.
	await test.sql(
		`insert into public.settings (scope, key, value) values ('0002', 'recheck.days', '15'), ('00010002', 'recheck.days', '8')`
	);
	await test.sql(
		`insert into public.invitations (token_sha256, role, scope, expires_at) values ($1, 'leader', '0002', app.now() + interval '1 day')`,
		['e'.repeat(64)]
	);
	await test.sql(`select app.audit(null, 'setting.save', 'recheck.days', true, '0002', null)`);
	await test.sql(`insert into public.measures (enterprise_id, scope, pack_id, band, code, name, proposed_on)
		select id, scope, 'street-base', 'sample', 'sample', '约谈', app.today() from public.enterprises`);
	// A month long over.
	await test.sql(
		`insert into public.frozen_months (month, known_until, attributes) values ('2026-01-01', '2026-02-01T00:00:00Z', '{clause}')`
	);
	await test.sql(`insert into public.monthly_visits (month, about_month, scope, site_type, inspections, checks, sites, operating)
		select '2026-01-01', '2026-01-01', scope, site_type, 1, 1, 1, 1 from public.enterprises`);
	await test.sql(`insert into public.monthly_hazards (month, about_month, scope, site_type, severity, found, corrected_on_spot, closed,
			closed_in_time, reopened, open, overdue)
		select '2026-01-01', '2026-01-01', scope, site_type, 'general', 1, 0, 0, 0, 0, 1, 0 from public.enterprises`);
	await test.sql(`insert into public.monthly_occurrences (month, about_month, scope, site_type, kind, attributes, previous_month, occurrences, sites)
		select '2026-01-01', '2026-01-01', scope, site_type, 'hazard.found', '{}', '-infinity', 1, 1 from public.enterprises`);
	await test.sql(`insert into public.registered_events (id, enterprise_id, scope, kind, occurred_on, description, state, registered_by)
		select gen_random_uuid(), id, scope, 'violation.found', app.today(), '现场堆放占用通道', 'proposed', '00000000-0000-4000-8000-0000000000f1' from public.enterprises`);
	await test.sql(`insert into public.device_alarms (enterprise_id, scope, source, device, kind, alarmed_at, recorded_by)
		select id, scope, '示例平台', '燃气探头', '可燃气体报警', app.now(), '00000000-0000-4000-8000-0000000000f1' from public.enterprises`);
	await test.sql(`insert into public.paper_receipts (id, delivery_id, scope, enterprise_id, signed_by, signed_on, recorded_by, recorder_name)
		select gen_random_uuid(), id, scope, enterprise_id, '周店长', app.today(), '00000000-0000-4000-8000-0000000000f1', '王检' from public.deliveries`);
	await test.sql(`insert into public.reminders (hazard_id, scope, enterprise_id, kind, days, deadline, made_on)
		select id, scope, enterprise_id, 'before', 3, deadline, app.today() from public.hazards where state = 'open'`);
	await tellPeople(test, place);
	await test.sql(`insert into public.escalations (inspection_id, scope, enterprise_id, step, hazards, deadline, proposed_on)
		select id, scope, enterprise_id, 1, 1, app.today(), app.today() from public.inspections where track = 'B' and kind = 'planned'`);
	await test.sql(`insert into public.third_party_opinions (id, enterprise_id, scope, institution, expert, visited_on, part, opinion, nature, state, recorded_by, recorder_name)
		select gen_random_uuid(), id, scope, '示例服务机构', '示例专家', app.today(), '后厨', '建议增设通风', 'recommended', 'recorded', '00000000-0000-4000-8000-0000000000f1', '高主任' from public.enterprises`);
	await supervise(test, place);
	await tellOf(test, place);
	await issuePapers(test, place);
	await test.sql(`insert into public.api_keys (id, scope, name, key_sha256, key_hint, collections, expires_on, created_by, created_by_name)
		select gen_random_uuid(), s, '区平台', encode(sha256(convert_to(s, 'UTF8')), 'hex'), 'abcd', '{areas}', '2027-01-01', '00000000-0000-4000-8000-0000000000f1', '高主任'
		from unnest(array['0001', '0002']) s`);
	const [membership] = await test.sql<{ id: string }>(
		'select id from public.memberships where user_id = $1',
		[place.xu.userId]
	);
	await must(gao.rpc('end_membership', { p_id: membership!.id }));
}

/** A notice of each place, a browser and a choice: of an inspector, of a principal and of a neighbour. */
async function tellPeople({ sql }: TestBackend, { wang, qian, sun }: Neighbourhood): Promise<void> {
	for (const [{ userId }, role] of [
		[wang, 'inspector'],
		[qian, 'principal'],
		[sun, 'inspector']
	] as const) {
		await sql(`insert into public.notice_choices (user_id, by_email) values ($1, true)`, [userId]);
		await sql(
			`insert into public.push_subscriptions (user_id, endpoint, p256dh, auth_secret) values ($1, 'https://push.example.test/' || $2, repeat('A', 87), repeat('B', 22))`,
			[userId, userId]
		);
		await sql(
			`insert into public.notices (user_id, role, scope, enterprise_id, kind, day, hazard_ids, deadline, last_deadline)
			select $1, $2, scope, id, 'over', app.today(), array[gen_random_uuid()], app.today() - 1, app.today() - 1 from public.enterprises`,
			[userId, role]
		);
	}
	await sql(
		`insert into public.notice_attempts (notice_id, scope, channel) select id, scope, 'email' from public.notices`
	);
}

/** Of each place somebody told without a name; of the first two by name too, which is taken up. */
async function tellOf(test: TestBackend, place: Neighbourhood): Promise<void> {
	const tell = async (enterprise: string, number: number, name: string) => {
		const { bytes } = picture(200 + number);
		const form = tipoffFormSchema.parse({
			id: crypto.randomUUID(),
			enterprise,
			place: '门口',
			description: '消防通道堆满杂物',
			name,
			phone: '13800000000'
		});
		const files = [new File([bytes], '照片.png')];
		of(await submitTipoff(test.backend, form, { files, address: form.id }));
		return form.id;
	};
	for (const [number, enterprise] of [place.restaurantId, place.tavernId].entries())
		await tell(enterprise, number, '');
	// Of the other street nobody is in charge yet, so nobody can tell; what would be told stands there.
	await test.sql(
		`insert into public.tipoffs (id, scope, enterprise_id, code_sha256, origin, place, description, is_named)
		select gen_random_uuid(), scope, id, encode(sha256('x'), 'hex'), 'public', '门口', '消防通道堆满杂物', false
		from public.enterprises where id = $1`,
		[place.shopId]
	);
	for (const [number, enterprise] of [place.restaurantId, place.tavernId].entries()) {
		const id = await tell(enterprise, 10 + number, '知情人');
		of(await stepTipoff(place.as(place.lin), id, 'accept', { seen: 1, enterprise, note: '', reply: '' }));
	}
}

/** Lin issues a paper for the restaurant and one about it, for the community; Wang drafts a plan. */
async function issuePapers(test: TestBackend, place: Neighbourhood): Promise<void> {
	const bodies = actBodies(place, '2026-11-20');
	for (const body of [bodies.reminder_notice, bodies.supervision_card])
		of(await issuedBy(test, place, { person: place.lin, role: 'leader', name: '林书记', body }));
	const wrong = of(
		await issuedBy(test, place, {
			person: place.lin,
			role: 'leader',
			name: '林书记',
			body: bodies.supervision_opinion
		})
	);
	of(await voidDocument(place.as(place.gao), wrong.documentId, '发错单位'));
	const [next] = await test.sql<{ n: number }>(`select app.next_nth_of_year($1, '2026-11-27') as n`, [
		place.restaurantId
	]);
	const body = { ...bodies.inspection_plan, nthOfYear: next!.n };
	const plan = { id: crypto.randomUUID(), enterpriseId: place.restaurantId, body, seen: 0 };
	of(await submitPlan(place.as(place.wang), plan));
}

/** Wang is asked and answers with a photo, He is asked and has not answered; Sun of the other street likewise. */
async function supervise(test: TestBackend, place: Neighbourhood): Promise<void> {
	const ask = (by: Person, owner: Person, enterprise: string) => {
		const id = crypto.randomUUID();
		const matter = { kind: 'overdue', enterprise };
		return must<{ id: string }>(
			place.as(by).rpc('assign_supervision', {
				p_id: id,
				p_matter: matter,
				p_owner: owner.userId,
				p_deadline: '2026-12-10',
				p_demand: '请现场核实'
			})
		);
	};
	const answered = await ask(place.lin, place.wang, place.restaurantId);
	await ask(place.gao, place.he, place.tavernId);
	const photo = await photographed(test, place, place.wang, 31);
	const answer = { act: 'answer', seen: 1, note: '已到场核实', photos: [photo] };
	await must(place.as(place.wang).rpc('step_supervision', { p_id: answered.id, p_step: answer }));
	await test.sql(
		`insert into public.supervisions (id, scope, enterprise_id, kind, demand, deadline, owner_id, owner_name, issued_by, issuer_name, issued_scope, issued_on)
		select gen_random_uuid(), scope, id, 'other', '请现场核实', '2026-12-10', $2, '孙检', '00000000-0000-4000-8000-0000000000f1', '唐书记', '0002', app.today()
		from public.enterprises where id = $1`,
		[shopId, place.sun.userId]
	);
	await test.sql(`insert into public.supervision_steps (supervision_id, number, act, by_id, by_name)
		select id, 1, 'assign', issued_by, issuer_name from public.supervisions s
		where not exists (select 1 from public.supervision_steps t where t.supervision_id = s.id)`);
	await test.sql(`insert into public.supervision_photos (supervision_id, step_number, position, sha256)
		select s.id, 1, 0, (select sha256 from public.evidence_uploads where uploader = s.owner_id limit 1) from public.supervisions s where s.kind = 'other'`);
}
