import { describe, expect, test } from 'vitest';
import type { Draft, VisitStep } from '#lib/record/draft.ts';
import * as visit from '#lib/record/visit.ts';
import {
	answered,
	at,
	begun,
	bundle,
	checkedIn,
	door,
	dot,
	drawn,
	itemsHere,
	openHazard,
	signed,
	today,
	uuid
} from './sampleVisit.ts';

const furthest = (draft: Draft, here = bundle) => visit.furthestStep(draft, here, today);
const problem = (step: VisitStep, draft: Draft, here = bundle) => visit.stepProblem(step, draft, here, today);

describe('nothing is skipped', () => {
	test('a new visit begins at the door', () => {
		expect(furthest(begun())).toBe('check_in');
		expect(visit.shownStep('signatures', begun(), bundle, today)).toBe('check_in');
	});

	test('each step opens the next one, and what is open may be seen again', () => {
		expect(furthest(checkedIn())).toBe('checklist');
		expect(furthest(answered())).toBe('result');
		expect(furthest(visit.readResult(visit.setDelivery(answered(), false)))).toBe('signatures');
		expect(visit.shownStep('checklist', signed(), bundle, today)).toBe('checklist');
	});

	test('a poor, far or missing fix needs its reason; far away is no check at all', () => {
		const at_ = (change: object) =>
			visit.checkIn(begun(), { at, position: door, distanceMetres: 18, reason: null, ...change });
		for (const change of [
			{ position: null, distanceMetres: null },
			{ distanceMetres: 300 },
			{ position: { ...door, accuracyMetres: 90 } }
		]) {
			expect(problem('check_in', at_(change))?.code).toBe('inspection.position_reason');
			expect(problem('check_in', at_({ ...change, reason: '地下室' }))).toBeNull();
		}
		expect(problem('check_in', at_({ distanceMetres: 9000, reason: '走错了' }))?.code).toBe(
			'inspection.position_reason'
		);
	});

	test('items without an answer are counted', () => {
		const one = visit.answer(checkedIn(), itemsHere[0]!.id, 'pass');
		expect(visit.progressOf(one, bundle, today)).toEqual({ total: 3, remaining: 2, failed: 0 });
		expect(problem('checklist', one)).toMatchObject({
			code: 'inspection.unanswered',
			details: { number: 2 }
		});
	});

	test('the signature is refused when empty, a dot, or without the consent asked', () => {
		expect(problem('signatures', answered())?.code).toBe('consent.missing');
		expect(problem('signatures', visit.signOnSite(signed(), { signature: null }, at))?.code).toBe(
			'signature.missing'
		);
		expect(problem('signatures', visit.signOnSite(signed(), { signature: dot }, at))?.code).toBe(
			'signature.empty'
		);
		expect(problem('signatures', visit.signOnSite(signed(), { name: ' ' }, at))?.path).toBe('onSite.name');
		expect(problem('signatures', visit.signInspector(signed(), null, at))?.path).toBe('inspector');
		expect(problem('signatures', visit.signInspector(signed(), dot, at))?.code).toBe('signature.empty');
		expect(problem('signatures', signed())).toBeNull();
	});

	test('a refusal needs reason and witness; the witness may refuse to sign, a dot is never their signature', () => {
		const refuses = (change: object) => visit.signOnSite(signed(), { outcome: 'refused', ...change }, at);
		expect(problem('signatures', refuses({}))).toMatchObject({
			code: 'signature.witness_missing',
			path: 'onSite.reason'
		});
		expect(problem('signatures', refuses({ reason: '有异议' }))?.path).toBe('onSite.witnessName');
		const complete = { reason: '有异议', witnessName: '吴见证' };
		expect(problem('signatures', refuses(complete))).toBeNull();
		expect(problem('signatures', refuses({ ...complete, witnessSignature: dot }))?.code).toBe(
			'signature.empty'
		);
	});
});

describe('a failed item', () => {
	test('is a hazard at once, with the item’s words, its position and a deadline', () => {
		const [hazard] = answered().hazards;
		expect(hazard).toMatchObject({
			itemCode: 'gas.alarm',
			description: '隐患 gas.alarm',
			deadline: '2026-11-27',
			position: door,
			measure: 'deadline'
		});
		expect(visit.hazardProblem(hazard!)).toBeNull();
	});

	test('that passes after all takes its hazard along; 其余均符合 leaves it alone', () => {
		const [first] = itemsHere;
		expect(answered().answers[first!.id]).toBe('fail');
		expect(visit.answer(answered(), first!.id, 'pass').hazards).toEqual([]);
		const removed = visit.removeHazard(answered(), uuid(20));
		expect([removed.hazards.length, removed.answers[first!.id]]).toEqual([0, undefined]);
	});

	test('put right on the spot has no deadline; major always has one and needs its legal basis', () => {
		const change = (draft: Draft, next: object) => visit.changeHazard(draft, uuid(20), next, '2026-11-30');
		const onSpot = change(answered(), { measure: 'on_spot' });
		expect(onSpot.hazards[0]).toMatchObject({ measure: 'on_spot', deadline: null });
		const major = change(onSpot, { severity: 'major' });
		expect(major.hazards[0]).toMatchObject({
			severity: 'major',
			measure: 'deadline',
			deadline: '2026-11-30'
		});
		expect(visit.hazardProblem(major.hazards[0]!)?.path).toBe('legalBasis');
		expect(problem('checklist', major)?.path).toBe(`hazards.${uuid(20)}`);
		expect(problem('checklist', change(major, { legalBasis: '某判定标准第三条' }))).toBeNull();
	});

	test('that no item asks about starts empty and is not forgotten', () => {
		const free = visit.addFreeHazard(answered(), { id: uuid(21), position: null, at });
		expect(problem('checklist', free)?.path).toBe(`hazards.${uuid(21)}`);
		const written = visit.changeHazard(free, uuid(21), { part: '门口', description: '堆放杂物' }, today);
		expect(problem('checklist', written)).toBeNull();
	});
});

describe('nobody’s signature survives a change of what they signed', () => {
	const changes: [string, (draft: Draft) => Draft][] = [
		['an answer', (draft) => visit.answer(draft, itemsHere[1]!.id, 'not_applicable')],
		['a hazard', (draft) => visit.changeHazard(draft, uuid(20), { description: '改写' }, today)],
		['the consent', (draft) => visit.setDelivery(draft, false)],
		['the companion', (draft) => visit.setCompanion(draft, uuid(4))]
	];
	test.each(changes)('%s', (_, change) => {
		const changed = change(signed());
		expect(changed.onSite.signature).toBeNull();
		expect(changed.inspectorSignature).toBeNull();
		expect(furthest(changed)).toBe('result');
		expect(changed.onSite.name).toBe('周店长');
	});

	test('a fixed content cannot be changed at all, only opened again', () => {
		const fixed = visit.fix(signed(), { text: '{}', sha256: 'a'.repeat(64) });
		expect(() => visit.answer(fixed, itemsHere[0]!.id, 'pass')).toThrow('expected none after');
		expect(() => visit.signOnSite(fixed, { name: '别人' }, at)).toThrow('expected none after');
		expect(furthest(fixed)).toBe('sealing');
		expect(visit.shownStep('checklist', fixed, bundle, today)).toBe('sealing');
		expect(visit.reopen(fixed)).toMatchObject({
			fixed: null,
			inspectorSignature: null,
			answers: signed().answers
		});
	});

	test('what is sealed stays sealed', () => {
		const sealed = visit.noteSealed(visit.fix(signed(), { text: '{}', sha256: 'a'.repeat(64) }), {} as never);
		expect(() => visit.reopen(sealed)).toThrow('expected an unsealed one');
		expect(furthest(sealed)).toBe('sealed');
	});
});

describe('无法检查', () => {
	const shut = (kind: 'closed' | null, reason: string) =>
		visit.reportNotChecked(
			begun(),
			{ kind, reason, photos: [] },
			{ at, position: null, distanceMetres: null, reason: null }
		);

	test('needs its kind and words, then only the inspector signs', () => {
		expect(furthest(shut(null, ''))).toBe('check_in');
		const told = visit.confirmNotChecked(shut('closed', '大门上锁'), bundle);
		expect(told.checkIn?.reason).toBe('大门上锁');
		expect(furthest(told)).toBe('signatures');
		expect(problem('signatures', told)?.path).toBe('inspector');
		expect(problem('signatures', visit.signInspector(told, drawn, at))).toBeNull();
		expect(visit.shownStep('checklist', told, bundle, today)).toBe('check_in');
	});

	test('can be taken back; what was answered before is still there', () => {
		const back = visit.takeBackNotChecked(
			visit.reportNotChecked(answered(), { kind: 'nobody', reason: '没人', photos: [] }, answered().checkIn!)
		);
		expect(back.notChecked).toBeNull();
		expect(furthest(back)).toBe('result');
	});

	test('taken back at the door, it leaves nobody checked in', () => {
		const back = visit.takeBackNotChecked(shut(null, ''));
		expect(back.checkIn).toBeNull();
		expect(furthest(back)).toBe('check_in');
	});
});

describe('a recheck', () => {
	const old = [
		openHazard(601),
		openHazard(602, { deadline: '2026-11-30' }),
		openHazard(603, { deadline: '2026-11-30', state: 'rectification_submitted' })
	];
	const here = { ...bundle, openHazards: old };
	const verdict = (id: string, passed: boolean) => ({
		hazardId: id,
		passed,
		note: null,
		newDeadline: passed ? null : '2026-12-01',
		photos: []
	});

	test('looks at what is due or said to be done, not at what still has time', () => {
		expect(visit.recheckable(here, today).map(({ id }) => id)).toEqual([uuid(601), uuid(603)]);
		expect(visit.itemsOf(visit.checklistOf(begun(uuid(500)), here))).toEqual([]);
	});

	test('is done when each has its verdict', () => {
		let draft = checkedIn(begun(uuid(500)));
		expect(problem('checklist', draft, here)).toMatchObject({
			code: 'inspection.unanswered',
			details: { number: 2 }
		});
		draft = visit.setVerdict(visit.setVerdict(draft, verdict(uuid(601), true)), verdict(uuid(603), false));
		expect(visit.progressOf(draft, here, today)).toEqual({ total: 2, remaining: 0, failed: 1 });
		expect(furthest(draft, here)).toBe('result');
	});

	test('of nothing is refused', () => {
		expect(problem('checklist', checkedIn(begun(uuid(500))))?.code).toBe('hazard.state');
	});
});
