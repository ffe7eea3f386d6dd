/**
 * What nobody may do, by calling a function directly with their own token, past our server and its checks of form:
 * skip a state, sign for another, issue what their track forbids, take what is another's.
 */
import { randomUUID } from 'node:crypto';
import type { SupabaseClient } from '@supabase/supabase-js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { assessEnterprises } from '#lib/assessment/account/assessment.server.ts';
import { addDays, shanghaiDate } from '#lib/calendar.ts';
import { canonicalText, sha256Hex } from '#lib/canonical.ts';
import { deliveryHashes } from '#lib/document/deliveryTokens.server.ts';
import { hashInvitationToken, newInvitationToken } from '#lib/identity/invitationToken.server.ts';
import { getEvidence } from '#lib/inspection/evidence.server.ts';
import type { InspectionContent } from '#lib/record/content.ts';
import { startDocumentWorker } from '#lib/record/documentWorker.server.ts';
import { recordText } from '#lib/record/sealInspection.server.ts';
import { verifyChain } from '#lib/record/verifyChain.server.ts';
import { foundTwo, recheck, sealedBy } from '../record/sealed.ts';
import { actBodies, restaurantCard } from '../record/acts.ts';
import { ids, licences } from '../record/street.ts';
import { alarmHazard, cleanVisit, dot, drawn, withHazard } from '../record/visit.ts';
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

let opened: TestBackend;
let place: Neighbourhood;
let people: ReturnType<typeof checkers>;
const now = new Date('2026-11-20T06:00:00Z');
const at = new Date('2026-11-20T05:30:00Z');
const today = shanghaiDate(at);

beforeAll(async () => {
	opened = await openTestBackend();
	place = await makeNeighbourhood(opened);
	people = checkers(place);
	await opened.setClock(now);
});
afterAll(() => opened.close());

const call = async (person: Person, name: string, args: object) => {
	const { data, error } = await (place.as(person) as unknown as SupabaseClient).rpc(name, args);
	if (error) return `error ${error.code}`;
	if (!data.ok) return data.problem.code as string;
	return (data.value.state ?? 'ok') as string;
};

interface Forged {
	/** Stands where the text that the server would build should stand. */
	text?: string;
	cosignature?: string;
	delivery?: object;
}

/** `seal_inspection` as anybody with a token can call it. */
async function sealDirectly(person: Person, content: unknown, { text, cosignature, delivery }: Forged = {}) {
	const contentText = canonicalText(content);
	const { deliveryId } = content as InspectionContent;
	return call(person, 'seal_inspection', {
		p_content_text: contentText,
		p_record_text: text ?? recordText(contentText, await sha256Hex(contentText), cosignature ?? null),
		p_signature: 'forged',
		p_key_id: 'forged',
		p_delivery: delivery ?? { ...deliveryHashes(opened.backend.keys.deliverySecret, deliveryId) }
	});
}

const clean = (kind?: InspectionContent['kind']) => cleanVisit({ street: place, at, ...(kind && { kind }) });
const found = () => foundTwo(place, at);
const alarm = (more: object = {}) => alarmHazard(place, addDays(today, 7), more);

/** Every count that a seal, an adoption or a decision would change. */
const counts = async () =>
	(
		await opened.sql(
			`select ${[
				'inspections',
				'hazards',
				'hazard_transitions',
				'records',
				'documents',
				'deliveries',
				'facts',
				'events',
				'evidence_uploads',
				'memberships',
				'enterprises',
				'cosignatures',
				'settings'
			]
				.map((table) => `(select count(*)::int from public.${table}) as ${table}`)
				.join(', ')}, (select coalesce(sum(last_number), 0)::int from public.document_counters) as numbers`
		)
	)[0];

/** A situation: what somebody tries, and the refusal they get. */
type Situation = [what: string, refusal: string | RegExp, attempt: () => Promise<string>];
const situations = (list: Situation[]) =>
	test.each(list)('%s: %s', async (_what, refusal, attempt) => {
		const before = await counts();
		const answer = await attempt();
		if (typeof refusal === 'string') expect(answer).toBe(refusal);
		else expect(answer).toMatch(refusal);
		expect(await counts()).toEqual(before);
	});

describe('nobody issues a paper that is not theirs to issue', () => {
	const bodies = () => actBodies(place, today);
	const signers = {
		wang: { role: 'inspector', name: '王检', agencyId: ids.agency },
		lin: { role: 'leader', name: '林书记', agencyId: ids.agency },
		chen: { role: 'community_worker', name: '陈社工', agencyId: ids.agency },
		qian: { role: 'principal', name: '钱总', agencyId: ids.agency },
		sun: { role: 'inspector', name: '孙检', agencyId: ids.otherAgency }
	} as const;
	const issue = (who: keyof typeof signers, body: object, more: object = {}, delivery?: object) => {
		const { agencyId, ...signer } = signers[who];
		const id = randomUUID();
		const text = canonicalText({
			format: 'mingcha.act/1',
			id,
			agencyId,
			enterprise: restaurantCard,
			body,
			signer: { ...signer, userId: place[who].userId },
			at: now.toISOString(),
			...more
		});
		const p_delivery = { ...deliveryHashes(opened.backend.keys.deliverySecret, id), ...delivery };
		return call(place[who], 'issue_act', { p_text: text, p_signature: 'x', p_key_id: 'x', p_delivery });
	};
	const lin = (change: object) => issue('lin', { ...bodies().reminder_notice, ...change });
	situations([
		['a community worker a reminder', 'permission.role', () => issue('chen', bodies().reminder_notice)],
		['a principal a reminder to itself', 'not_found', () => issue('qian', bodies().reminder_notice)],
		['an inspector of the neighbour street', 'not_found', () => issue('sun', bodies().reminder_notice)],
		['an inspector a 督办卡', 'permission.role', () => issue('wang', bodies().supervision_card)],
		['an inspector a 督查意见书', 'permission.role', () => issue('wang', bodies().supervision_opinion)],
		['an inspector a 协查单', 'permission.role', () => issue('wang', bodies().assistance_request)],
		['a leader an order', 'permission.role', () => lin({ kind: 'rectification_order' })],
		[
			'in the name of a colleague',
			'signature.not_yours',
			() =>
				issue('wang', bodies().reminder_notice, {
					signer: { userId: place.lin.userId, name: '林书记', role: 'leader' }
				})
		],
		[
			'in the name of another agency',
			'request.invalid',
			() => issue('wang', bodies().reminder_notice, { agencyId: ids.otherAgency })
		],
		[
			'for an enterprise under an invented name',
			'request.invalid',
			() => issue('wang', bodies().reminder_notice, { enterprise: { ...restaurantCard, name: '别家' } })
		],
		[
			'about an enterprise of the neighbour street',
			'not_found',
			() => issue('wang', bodies().reminder_notice, { enterprise: { ...restaurantCard, id: place.shopId } })
		],
		['that says nothing', 'request.invalid', () => lin({ matter: ' ' })],
		['without a point', 'request.invalid', () => lin({ items: [] })],
		['for a day that has passed', 'act.day', () => lin({ day: addDays(today, -1) })],
		['for a day that is none', 'act.day', () => lin({ day: '下周' })],
		[
			'to an office without a name',
			'request.invalid',
			() => issue('lin', { ...bodies().supervision_card, addressee: '' })
		],
		[
			'on a supervision that is still to come',
			'act.day',
			() => issue('lin', { ...bodies().supervision_opinion, supervisedOn: addDays(today, 1) })
		],
		[
			'that names an inspector with another licence',
			'act.officers',
			() =>
				issue('wang', {
					...bodies().inspection_notice,
					officers: [{ userId: place.zhao.userId, name: '赵检', licence: licences.wang }]
				})
		],
		[
			'that sends a community worker to inspect',
			'act.officers',
			() =>
				issue('wang', {
					...bodies().inspection_notice,
					officers: [{ userId: place.chen.userId, name: '陈社工', licence: null }]
				})
		],
		[
			'that counts the checks of the year wrongly',
			'request.invalid',
			() => issue('wang', { ...bodies().inspection_notice, nthOfYear: 99 })
		],
		[
			'with the QR of another paper',
			'request.invalid',
			() => issue('wang', bodies().reminder_notice, {}, { id: randomUUID() })
		]
	]);
});

describe('nobody skips a state of the visit', () => {
	const as = (visit: object) => sealDirectly(place.wang, visit);
	const onSite = () => clean().onSite!;
	situations([
		[
			'without a signature of the inspector',
			'signature.empty',
			() => as({ ...clean(), inspector: { ...clean().inspector, signature: null } })
		],
		[
			'with a dot for a signature',
			'signature.empty',
			() => as({ ...clean(), inspector: { ...clean().inspector, signature: dot } })
		],
		['without the person on site', 'signature.missing', () => as({ ...clean(), onSite: null })],
		[
			'with a person on site who did neither sign nor refuse',
			'signature.missing',
			() => as({ ...clean(), onSite: { ...onSite(), outcome: 'absent' } })
		],
		[
			'with a signature of nobody',
			'signature.missing',
			() => as({ ...clean(), onSite: { ...onSite(), name: ' ' } })
		],
		[
			'with an empty signature of the person on site',
			'signature.empty',
			() => as({ ...clean(), onSite: { ...onSite(), signature: { strokes: [] } } })
		],
		[
			'refused without a witness',
			'signature.witness_missing',
			() =>
				as({
					...clean(),
					onSite: {
						outcome: 'refused',
						name: null,
						reason: '不同意',
						witness: null,
						photos: [],
						at: at.toISOString()
					}
				})
		],
		[
			'with one question left open',
			'inspection.unanswered',
			() => as({ ...clean(), answers: clean().answers.slice(1) })
		],
		[
			'with no list at all',
			'inspection.unanswered',
			() => as({ ...clean(), answers: [], checklistVersionIds: [] })
		],
		[
			'with one question answered in the name of another',
			'inspection.checklist_version',
			() =>
				as({
					...clean(),
					answers: clean().answers.map((answer) => ({ ...answer, itemId: place.items.alarm }))
				})
		],
		[
			'with a failed question and no hazard',
			'inspection.unanswered',
			() => as({ ...clean(), answers: clean().answers.map((answer) => ({ ...answer, answer: 'fail' })) })
		],
		[
			'with a hazard of a question that passed',
			'inspection.checklist_version',
			() => as({ ...clean(), hazards: [alarm()] })
		],
		[
			'with a hazard that claims a question’s code, to count as a recurrence',
			'inspection.checklist_version',
			() => as({ ...clean(), hazards: [alarm({ itemId: null })] })
		],
		[
			'with hazards found behind a door that was shut',
			'inspection.state',
			() => as({ ...found(), notChecked: { kind: 'closed', reason: '大门上锁', photos: [] }, onSite: null })
		],
		[
			'with a major hazard put right on the spot',
			'hazard.state',
			() => as(withHazard(clean(), alarm({ severity: 'major', measure: 'on_spot', deadline: null })))
		],
		[
			'with a deadline before the check',
			'hazard.deadline',
			() => as(withHazard(clean(), alarm({ deadline: addDays(today, -1) })))
		],
		[
			'with a deadline in two years',
			'hazard.deadline',
			() => as(withHazard(clean(), alarm({ deadline: addDays(today, 730) })))
		],
		['as a correction of another', 'inspection.state', () => as({ ...clean(), supersedes: randomUUID() })],
		['as the enterprise’s own check', 'inspection.state', () => as(clean('self_check'))],
		[
			'of a form that nobody knows',
			'request.invalid',
			() => as({ ...clean(), format: 'mingcha.inspection/9' })
		],
		[
			'far away, without a reason',
			'inspection.position_reason',
			() => as({ ...clean(), checkIn: { ...clean().checkIn, distanceMetres: 900 } })
		],
		['for another office', 'request.invalid', () => as({ ...clean(), agencyId: ids.otherAgency })],
		[
			'with the codes of another delivery',
			'request.invalid',
			() =>
				sealDirectly(place.wang, clean(), {
					delivery: { ...deliveryHashes(opened.backend.keys.deliverySecret, randomUUID()) }
				})
		],
		[
			'that is no content',
			/^error /,
			() =>
				call(place.wang, 'seal_inspection', {
					p_content_text: 'x',
					p_record_text: 'x',
					p_signature: '',
					p_key_id: '',
					p_delivery: {}
				})
		]
	]);
});

describe('nobody signs for another', () => {
	const withLi = () => ({ ...clean(), companionId: place.li.userId });
	situations([
		[
			'a colleague as the inspector',
			'signature.not_yours',
			() =>
				sealDirectly(place.wang, { ...clean(), inspector: { ...clean().inspector, userId: place.li.userId } })
		],
		[
			'under a colleague’s name',
			'signature.not_yours',
			() => sealDirectly(place.wang, { ...clean(), inspector: { ...clean().inspector, name: '李检' } })
		],
		[
			'with a colleague’s licence',
			'signature.not_yours',
			() =>
				sealDirectly(place.wang, { ...clean(), inspector: { ...clean().inspector, licence: licences.li } })
		],
		[
			'with a licence that one does not have',
			'signature.not_yours',
			() =>
				sealDirectly(place.zhao, visitTo(clean(), ids.restaurant, { ...people.zhao, licence: licences.li }))
		],
		['with a companion who was not asked', 'awaiting_cosignature', () => sealDirectly(place.wang, withLi())],
		[
			'with a co-signature that one wrote oneself',
			'awaiting_cosignature',
			async () => {
				const content = withLi();
				const contentSha256 = await sha256Hex(canonicalText(content));
				const forged = {
					userId: place.li.userId,
					name: '李检',
					licence: licences.li,
					signature: drawn,
					at: at.toISOString(),
					contentSha256
				};
				return sealDirectly(place.wang, content, { cosignature: canonicalText(forged) });
			}
		],
		[
			'with oneself as companion',
			'awaiting_cosignature',
			() => sealDirectly(place.wang, { ...clean(), companionId: place.wang.userId })
		],
		[
			'by asking oneself to co-sign',
			'signature.cosigner',
			() =>
				call(place.wang, 'offer_for_cosigning', {
					p_content_text: canonicalText({ ...clean(), companionId: place.wang.userId })
				})
		],
		[
			'by asking a community worker to co-sign',
			'signature.cosigner',
			() =>
				call(place.wang, 'offer_for_cosigning', {
					p_content_text: canonicalText({ ...clean(), companionId: place.chen.userId })
				})
		],
		[
			'by offering a colleague’s draft',
			'signature.not_yours',
			() => call(place.zhao, 'offer_for_cosigning', { p_content_text: canonicalText(withLi()) })
		]
	]);

	describe('what Wang offered to Li', () => {
		let content: InspectionContent;
		let contentSha256: string;
		beforeEach(async () => {
			content = withLi();
			await must(place.as(place.wang).rpc('offer_for_cosigning', { p_content_text: canonicalText(content) }));
			contentSha256 = await sha256Hex(canonicalText(content));
		});
		const cosign = (person: Person, more: object = {}) =>
			call(person, 'cosign_inspection', {
				p_inspection: content.id,
				p_cosignature_text: canonicalText({
					userId: place.li.userId,
					name: '李检',
					licence: licences.li,
					signature: drawn,
					at: at.toISOString(),
					contentSha256,
					...more
				})
			});
		situations([
			['is not co-signed by Wang', 'not_found', () => cosign(place.wang)],
			['nor by a third', 'not_found', () => cosign(place.zhao)],
			['nor by the neighbour street', 'not_found', () => cosign(place.sun)],
			['nor in another’s name', 'signature.not_yours', () => cosign(place.li, { userId: place.wang.userId })],
			[
				'nor with another’s licence',
				'signature.not_yours',
				() => cosign(place.li, { licence: licences.wang })
			],
			[
				'nor over other content',
				'inspection.state',
				() => cosign(place.li, { contentSha256: 'a'.repeat(64) })
			],
			['nor with nothing drawn', 'signature.empty', () => cosign(place.li, { signature: dot })],
			[
				'nor taken back by another',
				'ok',
				() => call(place.zhao, 'withdraw_offer', { p_inspection: content.id })
			]
		]);
		test('and changed after the co-signature it waits for a new one', async () => {
			expect(await cosign(place.li)).toBe('ok');
			expect(await sealDirectly(place.wang, { ...content, place: '前厅' })).toBe('awaiting_cosignature');
		});
	});

	test('a companion whose membership has ended since does not count', async () => {
		const content = { ...clean(), companionId: place.xu.userId };
		await must(place.as(place.wang).rpc('offer_for_cosigning', { p_content_text: canonicalText(content) }));
		const contentSha256 = await sha256Hex(canonicalText(content));
		const cosignature = canonicalText({
			userId: place.xu.userId,
			name: '许检',
			licence: null,
			signature: drawn,
			at: at.toISOString(),
			contentSha256
		});
		await must(
			place
				.as(place.xu)
				.rpc('cosign_inspection', { p_inspection: content.id, p_cosignature_text: cosignature })
		);
		await opened.sql('update public.memberships set ended_at = app.now() where user_id = $1', [
			place.xu.userId
		]);
		expect(await sealDirectly(place.wang, content, { cosignature })).toBe('signature.cosigner');
		await opened.sql('update public.memberships set ended_at = null where user_id = $1', [place.xu.userId]);
	});
});

describe('nobody checks where they are not at home', () => {
	const there = (checker: Checker, enterpriseId: string) =>
		sealDirectly(checker.person, visitTo(found(), enterpriseId, checker));
	const nobody = (person: Person): Checker => ({
		person,
		name: '高主任',
		licence: null,
		agencyId: ids.agency
	});
	situations([
		['an inspector in the neighbour street', 'permission.area', () => there(people.sun, ids.restaurant)],
		['an inspector in theirs', 'permission.area', () => there(people.wang, place.shopId)],
		['a community worker next door', 'permission.area', () => there(people.chen, ids.tavern)],
		['the leader', 'permission.area', () => there(nobody(place.lin), ids.restaurant)],
		['the administrator', 'permission.area', () => there(nobody(place.gao), ids.restaurant)],
		[
			'the principal in their own restaurant',
			'permission.area',
			() => there(nobody(place.qian), ids.restaurant)
		],
		['an account without a membership', 'permission.area', () => there(nobody(place.wu), ids.restaurant)],
		[
			'a check-in in the neighbour street',
			'permission.area',
			() =>
				call(place.sun, 'post_check_in', {
					p_inspection: randomUUID(),
					p_enterprise: ids.restaurant,
					p_check_in: clean().checkIn
				})
		],
		[
			'an offer from the neighbour street',
			'permission.area',
			() =>
				call(place.sun, 'offer_for_cosigning', {
					p_content_text: canonicalText({
						...visitTo(clean(), ids.restaurant, people.sun),
						companionId: place.li.userId
					})
				})
		]
	]);
});

describe('nobody forges the record', () => {
	const other = async (change: (text: string) => string) => {
		const content = found();
		const contentText = canonicalText(content);
		return sealDirectly(place.wang, content, {
			text: change(recordText(contentText, await sha256Hex(contentText), null))
		});
	};
	situations([
		[
			'with other hazards in its text',
			/^error /,
			() => other((text) => text.replace('疏散出口上锁', '一切正常'))
		],
		['with something added', /^error /, () => other((text) => text.replace(/}$/, ',"note":"x"}'))],
		[
			'with spaces between',
			/^error /,
			() => other((text) => text.replace(',"contentSha256"', ', "contentSha256"'))
		],
		[
			'with a co-signature that nobody gave',
			/^error /,
			() => other((text) => text.replace('"cosignature":null', '"cosignature":{}'))
		]
	]);

	test('a seal past the server has no signature of the server: no paper comes of it, and the verification names it', async () => {
		const content = found();
		expect(await sealDirectly(place.wang, content)).toBe('sealed');
		const worker = startDocumentWorker(opened.backend, { publicUrl: 'https://mingcha.example' });
		await worker.idle();
		await worker.close();
		const documents = await opened.sql(
			"select pdf_sha256, render_problem->>'code' as problem from public.documents where inspection_id = $1",
			[content.id]
		);
		expect(documents).toEqual(Array(2).fill({ pdf_sha256: null, problem: 'record.signature' }));
		const { defects } = await verifyChain(opened.backend);
		expect(defects.map(({ kind, subjectId }) => [kind, subjectId])).toEqual([['unknown_key', content.id]]);
	});

	test('a sealed visit is not changed by its inspector, nor sealed again by a colleague', async () => {
		const content = found();
		expect(await sealDirectly(place.wang, content)).toBe('sealed');
		expect(await sealDirectly(place.wang, { ...content, place: '前厅' })).toBe('inspection.already_sealed');
		expect(await sealDirectly(place.li, visitTo(content, ids.restaurant, people.li))).toBe(
			'inspection.already_sealed'
		);
	});
});

describe('a recheck', () => {
	let sealed: { inspectionId: string; hazardIds: string[] };
	let foreign: { inspectionId: string; hazardIds: string[] };
	const seal = async (visit: InspectionContent, checker: Checker) => {
		const { inspectionId } = await sealedBy(opened, place, visit, checker.person);
		return { inspectionId, hazardIds: visit.hazards.map(({ id }) => id) };
	};
	beforeAll(async () => {
		sealed = await seal(found(), people.wang);
		foreign = await seal(visitTo(found(), ids.tavern, people.wang), people.wang);
	});
	const again = (more: object = {}, when = at) => ({
		...recheck(place, when, sealed.inspectionId, sealed.hazardIds),
		...more
	});
	const verdicts = (hazardIds: string[], more: object = {}) =>
		hazardIds.map((hazardId) => ({
			hazardId,
			passed: true,
			note: null,
			newDeadline: null,
			photos: [],
			...more
		}));
	const as = (visit: object) => sealDirectly(place.wang, visit);
	const future = new Date(at.getTime() + 30 * 86_400_000);

	describe('before the deadline, with nothing handed in', () => {
		situations([
			['is refused', 'hazard.deadline', () => as(again())],
			['also when the phone says it is next month', 'hazard.deadline', () => as(again({}, future))],
			[
				'also when only its check-in says so',
				'hazard.deadline',
				() => as(again({ checkIn: { ...clean().checkIn, at: future.toISOString() } }))
			]
		]);
	});
	describe('on the day', () => {
		beforeEach(() => opened.setClock(new Date('2026-11-28T06:00:00Z')));
		afterEach(() => opened.setClock(now));
		const then = new Date('2026-11-28T05:30:00Z');
		const due = (more: object = {}) => again(more, then);
		situations([
			[
				'of a hazard of another enterprise',
				'hazard.state',
				() => as(due({ verdicts: verdicts(foreign.hazardIds) }))
			],
			[
				'of another enterprise’s check',
				'inspection.state',
				() => as(due({ rechecks: foreign.inspectionId }))
			],
			[
				'of a hazard that nobody found',
				'hazard.state',
				() => as(due({ verdicts: verdicts([randomUUID()]) }))
			],
			[
				'of the same hazard twice',
				'hazard.state',
				() => as(due({ verdicts: verdicts([sealed.hazardIds[0]!, sealed.hazardIds[0]!]) }))
			],
			['that looks at nothing', 'hazard.state', () => as(due({ verdicts: [] }))],
			[
				'through a shut door',
				'inspection.state',
				() => as(due({ notChecked: { kind: 'closed', reason: '大门上锁', photos: [] }, onSite: null }))
			],
			[
				'that fails without a new deadline',
				'hazard.deadline',
				() => as(due({ verdicts: verdicts(sealed.hazardIds, { passed: false }) }))
			],
			[
				'that fails with a deadline gone by',
				'hazard.deadline',
				() => as(due({ verdicts: verdicts(sealed.hazardIds, { passed: false, newDeadline: today }) }))
			],
			[
				'that fails with ten years to go',
				'hazard.deadline',
				() => as(due({ verdicts: verdicts(sealed.hazardIds, { passed: false, newDeadline: '2036-11-28' }) }))
			],
			[
				'that neither passes nor fails',
				'hazard.deadline',
				() => as(due({ verdicts: verdicts(sealed.hazardIds, { passed: null }) }))
			],
			[
				'in the form of an ordinary check',
				'inspection.state',
				() => as(due({ kind: 'planned', rechecks: null }))
			],
			[
				'by a community worker',
				'permission.track',
				() => sealDirectly(place.chen, visitTo(due(), ids.restaurant, people.chen))
			],
			[
				'by the neighbour street',
				'permission.area',
				() => sealDirectly(place.sun, visitTo(due(), ids.restaurant, people.sun))
			]
		]);
		test('closes once: a closed hazard is not closed again', async () => {
			expect(await as(due({ verdicts: verdicts([sealed.hazardIds[0]!]) }))).toBe('sealed');
			expect(await as(due({ verdicts: verdicts([sealed.hazardIds[0]!]) }))).toBe('hazard.state');
		});
	});
});

describe('a track is what the people make it', () => {
	interface Track {
		what: string;
		track: string;
		arrange?: string;
		undo?: string;
		change?: (content: InspectionContent) => InspectionContent;
		isAlone?: boolean;
	}
	const enforce = (may: boolean) =>
		`update public.agencies set may_enforce = ${may} where id = '${ids.agency}'`;
	const li = (change: string) =>
		`update public.memberships set ${change} where licence_number = '${licences.li}'`;
	const table: Track[] = [
		{ what: 'two licensed officers, consent, delegated power', track: 'A' },
		{ what: 'one officer alone', track: 'B', isAlone: true },
		{
			what: 'no consent to electronic delivery',
			track: 'B',
			change: (content) => ({ ...content, electronicDelivery: false })
		},
		{ what: 'an office without delegated power', track: 'B', arrange: enforce(false), undo: enforce(true) },
		{
			what: 'a licence that ended yesterday',
			track: 'B',
			arrange: li(`licence_valid_until = '2026-11-19'`),
			undo: li(`licence_valid_until = '2027-12-31'`)
		}
	];
	test.each(table)('$what: $track', async ({ track, arrange, undo, change, isAlone }) => {
		const visit = { ...found(), companionId: isAlone ? null : place.li.userId };
		const content = change?.(visit) ?? visit;
		if (!isAlone) await cosignedByLi(place, content);
		if (arrange) await opened.sql(arrange);
		const sealed = await sealedBy(opened, place, content);
		if (undo) await opened.sql(undo);
		expect(sealed.track).toBe(track);
		expect(new Set(sealed.documents.map((document) => document.track))).toEqual(new Set([track]));
	});

	test('a community worker issues a report and nothing else, whatever they find', async () => {
		const sealed = await sealedBy(opened, place, visitTo(found(), ids.restaurant, people.chen), place.chen);
		expect([sealed.track, sealed.documents.map(({ kind }) => kind)]).toEqual(['C', ['hazard_report']]);
	});
});

describe('a report is adopted', () => {
	let report: { inspectionId: string; hazardIds: string[] };
	beforeAll(async () => {
		const visit = visitTo(found(), ids.restaurant, people.chen);
		const { inspectionId } = await sealedBy(opened, place, visit, place.chen);
		report = { inspectionId, hazardIds: visit.hazards.map(({ id }) => id) };
	});
	const adoption = (checker: Checker, more: object = {}) => ({
		format: 'mingcha.adoption/1',
		id: randomUUID(),
		inspectionId: report.inspectionId,
		hazards: report.hazardIds.map((id) => ({ id, deadline: addDays(today, 7) })),
		inspector: {
			userId: checker.person.userId,
			name: checker.name,
			licence: checker.licence,
			signature: drawn,
			at: at.toISOString()
		},
		at: at.toISOString(),
		...more
	});
	const adopt = (checker: Checker, more: object = {}) =>
		call(checker.person, 'adopt_report', {
			p_text: canonicalText(adoption(checker, more)),
			p_signature: 'forged',
			p_key_id: 'forged'
		});
	const at7 = (id: string, deadline: string | null = addDays(today, 7)) => ({ id, deadline });
	const leader = (): Checker => ({ person: place.lin, name: '林书记', licence: null, agencyId: ids.agency });
	situations([
		['by the community worker who made it', 'permission.track', () => adopt(people.chen)],
		['by the one next door', 'not_found', () => adopt(people.he)],
		['by the neighbour street', 'not_found', () => adopt(people.sun)],
		['by the leader', 'permission.track', () => adopt(leader())],
		[
			'in a colleague’s name',
			'signature.not_yours',
			() => adopt(people.wang, { inspector: adoption(people.li).inspector })
		],
		[
			'with nothing drawn',
			'signature.empty',
			() => adopt(people.wang, { inspector: { ...adoption(people.wang).inspector, signature: dot } })
		],
		['without hazards', 'request.invalid', () => adopt(people.wang, { hazards: [] })],
		[
			'with one hazard twice',
			'request.invalid',
			() => adopt(people.wang, { hazards: [at7(report.hazardIds[0]!), at7(report.hazardIds[0]!)] })
		],
		[
			'with a hazard of another check',
			'hazard.state',
			() => adopt(people.wang, { hazards: [at7(randomUUID())] })
		],
		[
			'without a deadline',
			'hazard.deadline',
			() => adopt(people.wang, { hazards: [at7(report.hazardIds[0]!, null)] })
		],
		[
			'with a deadline gone by',
			'hazard.deadline',
			() => adopt(people.wang, { hazards: [at7(report.hazardIds[0]!, addDays(today, -1))] })
		],
		[
			'with ten years to go',
			'hazard.deadline',
			() => adopt(people.wang, { hazards: [at7(report.hazardIds[0]!, '2036-11-20')] })
		],
		['in a form that nobody knows', 'request.invalid', () => adopt(people.wang, { format: 'x' })]
	]);
	test('once', async () => {
		expect(await adopt(people.wang)).toBe('ok');
		expect(await adopt(people.li)).toBe('inspection.state');
		expect(await faultsOf(opened.sql)).toEqual([]);
	});
});

describe('a file is its bytes, not its hash', () => {
	let sha256: string;
	beforeAll(async () => {
		sha256 = await photographed(opened, place, place.wang, 77);
	});
	situations([
		[
			'a colleague says they have it too',
			'error 42501',
			() =>
				call(place.li, 'register_evidence', {
					p_uploader: place.li.userId,
					p_sha256: sha256,
					p_bytes: 3,
					p_media_type: 'image/png'
				})
		],
		[
			'a colleague seals with it',
			'missing',
			() =>
				sealDirectly(
					place.li,
					visitTo(withHazard(clean(), alarm({ photos: [sha256] })), ids.restaurant, people.li)
				)
		]
	]);
	test('nobody else reads it, until it is offered to them', async () => {
		const reads = async (person: Person) => (await getEvidence(opened.backend, place.as(person), sha256)).ok;
		for (const person of [place.li, place.sun, place.gao, place.qian, place.wu])
			expect(await reads(person)).toBe(false);
		const content = { ...withHazard(clean(), alarm({ photos: [sha256] })), companionId: place.li.userId };
		await must(place.as(place.wang).rpc('offer_for_cosigning', { p_content_text: canonicalText(content) }));
		expect(await reads(place.li)).toBe(true);
		expect(await reads(place.sun)).toBe(false);
	});
	test('whoever offers a draft that names another’s hash shows nobody the file', async () => {
		const stolen = {
			...visitTo(withHazard(clean(), alarm({ photos: [sha256] })), ids.restaurant, people.zhao),
			companionId: place.xu.userId
		};
		await must(place.as(place.zhao).rpc('offer_for_cosigning', { p_content_text: canonicalText(stolen) }));
		expect((await getEvidence(opened.backend, place.as(place.xu), sha256)).ok).toBe(false);
	});
});

describe('points', () => {
	let fact: string;
	let clause: string;
	beforeAll(async () => {
		const content = { ...found(), companionId: place.li.userId };
		await cosignedByLi(place, content);
		await sealedBy(opened, place, content);
		await assessEnterprises(opened.backend, [ids.restaurant]);
		const [entry] = await opened.sql<{ fact_id: string; clause: string }>(
			`select s.fact_id, s.clause from public.score_entries s join public.facts f on f.id = s.fact_id
			where f.inspection_id = $1 and s.state <> 'reversed' order by s.clause limit 1`,
			[content.id]
		);
		fact = entry!.fact_id;
		clause = entry!.clause;
	});
	const decide = (person: Person, more: object = {}) =>
		call(person, 'decide_entry', {
			p_fact: fact,
			p_clause: clause,
			p_decision: 'reversed',
			p_reasons: { facts: '复核后不成立', law: '规则第1条', discretion: '不应记分', treatment: '未申辩' },
			...more
		});
	const alsoLeads = (person: Person) =>
		opened.sql(
			`insert into public.memberships (user_id, role, agency_id, scope, display_name) values ($1, 'leader', $2, '0001', '兼任')`,
			[person.userId, ids.agency]
		);
	const leadsNoMore = (person: Person) =>
		opened.sql(`delete from public.memberships where user_id = $1 and role = 'leader'`, [person.userId]);
	const whileLeading = async (person: Person) => {
		await alsoLeads(person);
		const answer = await decide(person);
		await leadsNoMore(person);
		return answer;
	};
	situations([
		['are not decided by an inspector', 'permission.role', () => decide(place.zhao)],
		['nor by a community worker', 'permission.role', () => decide(place.chen)],
		['nor by the principal', 'not_found', () => decide(place.qian)],
		['nor by the neighbour street', 'not_found', () => decide(place.sun)],
		['nor by who found it, leader or not', 'permission.denied', () => whileLeading(place.wang)],
		['nor by who found it with them', 'permission.denied', () => whileLeading(place.li)],
		[
			'nor without a reason',
			'request.invalid',
			() => decide(place.lin, { p_reasons: { facts: '有', law: '规则', discretion: '裁量', treatment: ' ' } })
		],
		['nor into another state', 'request.invalid', () => decide(place.lin, { p_decision: 'doubled' })],
		['nor under another clause', 'decision.state', () => decide(place.lin, { p_clause: 'x' })]
	]);
	test('are decided by the leader', async () => expect(await decide(place.lin)).toBe('decided'));
});

describe('a place stands as its administrators have it', () => {
	const line = (more: object = {}) => ({
		name: '示例餐饮店',
		siteType: 'restaurant',
		creditCode: '91000000MA1T00013A',
		riskLevel: 'low',
		principalName: '新店长',
		...more
	});
	const before = () =>
		opened.sql(
			'select name, scope, risk_level, site_type, updated_at from public.enterprises where id = $1',
			[ids.restaurant]
		);
	situations([
		[
			'「新增场所」 with the code of one that stands, to change it',
			'enterprise.duplicate',
			() => call(place.wang, 'add_enterprise', { p_enterprise: line() })
		],
		[
			'the same by a community worker',
			'enterprise.duplicate',
			() => call(place.chen, 'add_enterprise', { p_enterprise: line({ id: randomUUID() }) })
		],
		[
			'the same from the neighbour street',
			'enterprise.duplicate',
			() => call(place.sun, 'add_enterprise', { p_enterprise: line() })
		],
		[
			'by the leader',
			'permission.role',
			() =>
				call(place.lin, 'add_enterprise', {
					p_enterprise: line({ creditCode: null, creditCodeAbsence: '个体经营' })
				})
		],
		[
			'by the principal',
			'permission.role',
			() =>
				call(place.qian, 'add_enterprise', {
					p_enterprise: line({ creditCode: null, creditCodeAbsence: '个体经营' })
				})
		],
		[
			'an import by an inspector',
			'permission.role',
			() => call(place.wang, 'import_enterprises', { p_lines: [], p_source: 'x', p_mode: 'skip_bad' })
		],
		[
			'areas by an inspector',
			'permission.role',
			() =>
				call(place.wang, 'import_areas', {
					p_lines: [],
					p_valid_from: today,
					p_source: 'x',
					p_mode: 'skip_bad'
				})
		],
		[
			'an enterprise of the neighbour street moved here',
			'not_found',
			() => call(place.gao, 'assign_enterprise_area', { p_enterprise: place.shopId, p_area: randomUUID() })
		]
	]);
	test('named by its id it stays as it was', async () => {
		const stands = await before();
		expect(
			await call(place.wang, 'add_enterprise', { p_enterprise: line({ id: ids.restaurant, name: '改名店' }) })
		).toBe('ok');
		expect(await before()).toEqual(stands);
	});
});

describe('memberships', () => {
	const invite = (person: Person, invitation: object) =>
		call(person, 'create_invitation', {
			p_token_sha256: hashInvitationToken(newInvitationToken()),
			p_invitation: invitation
		});
	const membershipOf = async (person: Person) =>
		(
			await opened.sql<{ id: string }>('select id from public.memberships where user_id = $1', [
				person.userId
			])
		)[0]!.id;
	situations([
		[
			'an inspector invites nobody',
			'permission.role',
			() => invite(place.wang, { role: 'inspector', scope: '0001' })
		],
		[
			'an administrator invites nobody into the neighbour street',
			'permission.area',
			() => invite(place.gao, { role: 'inspector', scope: '0002' })
		],
		[
			'nor above their own street',
			'permission.area',
			() => invite(place.gao, { role: 'administrator', scope: '' })
		],
		[
			'nor for an enterprise of the neighbour street',
			'permission.area',
			() => invite(place.gao, { role: 'principal', enterpriseId: place.shopId })
		],
		[
			'nor ends a membership there',
			'not_found',
			async () => call(place.gao, 'end_membership', { p_id: await membershipOf(place.sun) })
		],
		[
			'nor gives a licence there',
			'not_found',
			async () =>
				call(place.gao, 'set_licence', {
					p_membership: await membershipOf(place.sun),
					p_number: '示例0009',
					p_valid_until: '2030-01-01'
				})
		],
		[
			'nobody gives themselves a licence',
			'not_found',
			async () =>
				call(place.zhao, 'set_licence', {
					p_membership: await membershipOf(place.zhao),
					p_number: '示例0009',
					p_valid_until: '2030-01-01'
				})
		],
		[
			'nobody gives their office the power to enforce',
			'not_found',
			() => call(place.wang, 'save_agency', { p_id: ids.agency, p_agency: { mayEnforce: true } })
		],
		[
			'the administrator sets nothing in the neighbour street',
			'permission.role',
			() => call(place.gao, 'save_setting', { p_scope: '0002', p_key: 'recheck.days', p_value: 9 })
		],
		[
			'nor changes its office',
			'not_found',
			() => call(place.gao, 'save_agency', { p_id: ids.otherAgency, p_agency: { name: '改名' } })
		],
		['nor takes a backup of everything', 'permission.role', () => call(place.gao, 'note_backup', {})],
		[
			'nor changes the key that signs for all',
			'permission.role',
			() => call(place.gao, 'note_key_rotation', { p_retired: 'a'.repeat(16) })
		],
		[
			'an invented link opens nothing',
			'invitation.unknown',
			() => call(place.wu, 'accept_invitation', { p_token_sha256: 'a'.repeat(64), p_display_name: '吴' })
		]
	]);

	test('an ended one is not revived by the link that made it, nor by anything else', async () => {
		const token = hashInvitationToken(newInvitationToken());
		const gao = place.as(place.gao);
		const accept = () =>
			call(place.wu, 'accept_invitation', { p_token_sha256: token, p_display_name: '吴检' });
		await must(
			gao.rpc('create_invitation', {
				p_token_sha256: token,
				p_invitation: { role: 'inspector', scope: '0001' }
			})
		);
		expect(await accept()).toBe('ok');
		const wu: Checker = { person: place.wu, name: '吴检', licence: null, agencyId: ids.agency };
		expect(await sealDirectly(place.wu, visitTo(clean(), ids.restaurant, wu))).toBe('sealed');
		await must(gao.rpc('end_membership', { p_id: await membershipOf(place.wu) }));
		await accept();
		expect(await sealDirectly(place.wu, visitTo(clean(), ids.restaurant, wu))).toBe('permission.area');
		expect(
			await call(place.wu, 'add_enterprise', { p_enterprise: { name: '新店', siteType: 'restaurant' } })
		).toBe('permission.role');
		const { data } = await place.as(place.wu).from('enterprises').select('id');
		expect(data).toEqual([]);
		const active = await opened.sql(
			'select 1 from public.memberships where user_id = $1 and ended_at is null',
			[place.wu.userId]
		);
		expect(active).toEqual([]);
	});
});
