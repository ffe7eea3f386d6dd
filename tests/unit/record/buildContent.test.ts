import { describe, expect, test } from 'vitest';
import { buildContent, fixContent } from '#lib/record/buildContent.ts';
import { inspectionContentSchema } from '#lib/record/content.ts';
import { draftFacts } from '#lib/record/draftFacts.ts';
import { provisionalOf } from '#lib/record/provisional.ts';
import { expectedDocuments } from '#lib/record/expectedDocuments.ts';
import * as visit from '#lib/record/visit.ts';
import {
	answered,
	at,
	begun,
	bundle,
	checkedIn,
	door,
	drawn,
	itemsHere,
	openHazard,
	photo,
	signed,
	today,
	uuid
} from './sampleVisit.ts';

describe('the content of a visit', () => {
	test('says everything, and reads back the same', () => {
		const content = buildContent(signed(), bundle, null, at);
		expect(content).toMatchObject({
			id: uuid(10),
			kind: 'planned',
			checklistVersionIds: [uuid(90)],
			hazards: [{ itemCode: 'gas.alarm' }],
			onSite: { outcome: 'signed', name: '周店长', duty: null },
			inspector: { name: '王检', licence: '示例0001' },
			electronicDelivery: true
		});
		expect(content.answers.map(({ answer }) => answer)).toEqual(['fail', 'pass', 'pass']);
		expect(inspectionContentSchema.parse(content)).toEqual(content);
	});

	test('is the same text each time, so that a retry cannot become a second one', async () => {
		const first = await fixContent(buildContent(signed(), bundle, null, at));
		expect(await fixContent(buildContent(signed(), bundle, null, at))).toEqual(first);
		const elsewhere = buildContent(signed(visit.setPlace(answered(), '后厨')), bundle, null, at);
		expect((await fixContent(elsewhere)).sha256).not.toBe(first.sha256);
	});

	test('lists the files something shows, and no others', () => {
		let draft = visit.addPhoto(visit.addPhoto(answered(), photo('b')), photo('c'));
		draft = visit.changeHazard(draft, uuid(20), { photos: [photo('b').sha256] }, today);
		const content = buildContent(signed(draft), bundle, null, at);
		expect(content.evidence.map(({ sha256 }) => sha256)).toEqual([photo('b').sha256]);
	});

	test('of a visit that could not be a check holds no findings', () => {
		const told = visit.reportNotChecked(
			answered(),
			{ kind: 'closed', reason: '关门', photos: [] },
			answered().checkIn!
		);
		const content = buildContent(visit.signInspector(told, drawn, at), bundle, null, at);
		expect(content).toMatchObject({
			answers: [],
			hazards: [],
			checklistVersionIds: [],
			onSite: null,
			electronicDelivery: false
		});
	});

	test('cannot be made of an unsigned draft', () => {
		expect(() => buildContent(answered(), bundle, null, at)).toThrow();
	});
});

describe('拟记', () => {
	test('a general hazard costs half a point, put right on the spot nothing', () => {
		expect(provisionalOf(answered(), bundle, at)).toMatchObject({
			points: 50,
			pack: 'street-base',
			isSample: true
		});
		const onSpot = visit.changeHazard(answered(), uuid(20), { measure: 'on_spot' }, today);
		expect(provisionalOf(onSpot, bundle, at)?.points).toBe(0);
	});

	test('the same item failing again after it was closed costs more', () => {
		expect(provisionalOf(answered(), { ...bundle, closedBefore: ['gas.alarm'] }, at)?.points).toBe(100);
	});

	test('a recheck relieves what was done in time and charges what was not', () => {
		const here = {
			...bundle,
			openHazards: [
				openHazard(601, {
					state: 'rectification_submitted',
					rectifications: [{ note: '好了', submittedAt: '2026-11-18T02:00:00Z', photos: [] }]
				})
			],
			facts: [
				{
					id: 'f1',
					kind: 'hazard.found',
					occurredOn: '2026-11-01',
					recordedAt: '2026-11-01T05:00:00Z',
					data: { hazardId: uuid(601), severity: 'general' }
				}
			]
		};
		const judged = (passed: boolean) =>
			visit.setVerdict(checkedIn(begun(uuid(500))), {
				hazardId: uuid(601),
				passed,
				note: null,
				newDeadline: passed ? null : '2026-12-01',
				photos: []
			});
		expect(provisionalOf(judged(true), here, at)?.points).toBe(-25);
		expect(provisionalOf(judged(false), here, at)?.points).toBe(100);
		expect(draftFacts(judged(true), here, at)).toMatchObject([
			{ kind: 'hazard.rectified', data: { onTime: true } },
			{ kind: 'inspection.completed' }
		]);
	});

	test('is not told where no scheme is declared, nor to a community worker', () => {
		expect(provisionalOf(answered(), { ...bundle, scheme: null }, at)).toBeNull();
		expect(
			provisionalOf(
				answered(),
				{ ...bundle, inspector: { ...bundle.inspector, role: 'community_worker' } },
				at
			)
		).toBeNull();
	});

	test('refused entry is a fact, a closed door is none', () => {
		const at_ = (kind: 'entry_refused' | 'closed') =>
			draftFacts(
				visit.reportNotChecked(
					begun(),
					{ kind, reason: '情况', photos: [] },
					{ at, position: door, distanceMetres: 1, reason: null }
				),
				bundle,
				at
			).map((fact) => fact.kind);
		expect(at_('entry_refused')).toEqual(['entry.refused']);
		expect(at_('closed')).toEqual([]);
	});
});

describe('the documents to expect', () => {
	const titles = (draft = answered(), here = bundle) => expectedDocuments(draft, here, at);
	test('alone it is the street’s own form, with every reason why', () => {
		const alone = titles();
		expect(alone.titles).toEqual(['现场检查记录', '限期整改意见书']);
		expect(alone.whyNotA.map(({ code }) => code)).toEqual(['one_officer', 'delivery_not_agreed']);
	});
	test('two licensed officers with consent make a 执法文书', () => {
		const two = titles(visit.setDelivery(visit.setCompanion(answered(), uuid(4)), true));
		expect(two).toMatchObject({ track: 'A', whyNotA: [], titles: ['现场检查记录', '责令限期整改指令书'] });
	});
	test('where points were read, their sheet comes with it', () => {
		expect(expectedDocuments(answered(), bundle, at, 2).titles).toEqual([
			'现场检查记录',
			'限期整改意见书',
			'现场记分表'
		]);
	});
	test('a clean check yields its record only; a worker reports', () => {
		const clean = visit.answer(answered(), itemsHere[0]!.id, 'pass');
		expect(titles(clean).titles).toEqual(['现场检查记录']);
		const worker = { ...bundle, inspector: { ...bundle.inspector, role: 'community_worker' as const } };
		expect(titles(answered(), worker)).toMatchObject({ track: 'C', titles: ['隐患线索上报单'] });
	});
});
