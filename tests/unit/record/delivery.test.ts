import { describe, expect, test } from 'vitest';
import {
	deliveryStep,
	maskDelivery,
	openElsewhere,
	outstanding,
	photosOf,
	type DeliveredHazard,
	type Delivery
} from '#lib/record/delivery.ts';

const hazard = (
	state: DeliveredHazard['state'],
	deadline: string | null = '2026-11-30'
): DeliveredHazard => ({
	id: state,
	part: '后厨',
	severity: 'general',
	description: '燃气间未装可燃气体报警装置',
	legalBasis: null,
	acceptance: null,
	measure: deadline ? 'deadline' : 'on_spot',
	state,
	deadline,
	closedOn: null,
	orderNumber: 1,
	isNew: true,
	verdict: null,
	photos: ['a'],
	recheckPhotos: ['b'],
	rectifications: [{ id: 'r', note: '已安装', submittedAt: '2026-11-25T02:00:00Z', photos: ['c'] }],
	remindedOn: null,
	extensions: [
		{
			id: 'x',
			requestId: 'q',
			state: 'asked',
			standing: '2026-11-30',
			wished: '2026-12-10',
			reason: '师傅没空',
			askedBy: '安然',
			askedAt: '2026-11-25T02:00:00Z',
			until: null,
			note: null,
			decidedBy: null,
			decidedAt: null,
			photos: ['d']
		}
	],
	major: { plan: 'filed', stop: 'none', listedUntil: null, photos: ['e'] }
});

describe('the status line', () => {
	const step = (states: DeliveredHazard['state'][], receivedAt: string | null) =>
		deliveryStep({ hazards: states.map((state) => hazard(state)), receivedAt });
	const received = '2026-11-23T02:00:00Z';

	test.each([
		['nobody said that it arrived', ['open'], null, 'received'],
		['it arrived', ['open'], received, 'to_rectify'],
		['one of two was sent in', ['open', 'rectification_submitted'], received, 'to_rectify'],
		['both were sent in', ['rectification_submitted', 'closed'], received, 'to_recheck'],
		['sent in by somebody who never confirmed receipt', ['rectification_submitted'], null, 'to_recheck'],
		['all are closed', ['closed', 'closed'], received, 'closed'],
		['one fell away by a correction, one is open', ['withdrawn', 'open'], received, 'to_rectify'],
		['all fell away by a correction', ['withdrawn'], received, null],
		['a report that nobody took over', ['reported'], received, null]
	] as const)('%s', (_, states, at, expected) => expect(step([...states], at)).toBe(expected));

	test('there is none when everything was put right on the spot', () => {
		expect(deliveryStep({ hazards: [hazard('closed', null)], receivedAt: received })).toBeNull();
	});
});

describe('the time left', () => {
	const today = '2026-11-30';
	test.each([
		['2026-12-01', 1],
		['2026-11-30', 0],
		['2026-11-29', -1]
	])('a deadline of %s leaves %i days', (deadline, daysLeft) =>
		expect(outstanding({ hazards: [hazard('open', deadline)], today }).daysLeft).toBe(daysLeft)
	);

	test('is that of the earliest that is still open, not of what was sent in', () => {
		const hazards = [
			hazard('rectification_submitted', '2026-12-01'),
			hazard('open', '2026-12-09'),
			hazard('open', '2026-12-05')
		];
		expect(outstanding({ hazards, today })).toEqual({
			hazards: 2,
			submitted: 1,
			deadline: '2026-12-05',
			daysLeft: 5
		});
	});
});

test('what a stranger gets names nobody and refers to no file', () => {
	const delivery: Delivery = {
		means: 'paper',
		deliveryId: 'd',
		corrections: [{ number: 1, at: '2026-11-22T06:02:00.000Z', reason: '周店长姓名有误', changes: ['王五'] }],
		serial: 0,
		expiresAt: '2027-05-01T00:00:00Z',
		openedAt: null,
		receivedAt: '2026-11-23T02:00:00Z',
		receivedBy: '安然',
		today: '2026-11-24',
		enterprise: { id: 'e', name: '示例餐饮店', address: '示例路1号', stops: [] },
		agency: { name: '示例街道', shortName: '示例', contact: null, isSample: true },
		act: null,
		inspection: {
			id: 'i',
			kind: 'planned',
			track: 'B',
			inspectedOn: '2026-11-22',
			adopted: false,
			electronicDelivery: true,
			hasTask: false,
			onSiteOutcome: 'signed',
			inspectorName: '明远',
			companionName: '若溪',
			provisional: {
				pack: 'p',
				packSha256: 'a'.repeat(64),
				points: 50,
				packName: '某地记分',
				entries: [
					{
						hazardId: null,
						clause: '10.1',
						text: '应急预案不符合实际',
						kind: 'charge',
						points: 50,
						waits: false,
						isSample: false
					}
				]
			}
		},
		record: { sha256: 'f' },
		documents: [],
		objections: [{ id: 1, at: '2026-11-23T03:00:00Z', name: '安然', note: '搬货而已', answer: null }],
		openOrders: [
			{
				id: 'o',
				description: '配电箱敞开',
				part: '库房',
				severity: 'general',
				state: 'open',
				deadline: '2026-12-02',
				foundOn: '2026-11-20',
				orderText: '（示例）安检改〔2026〕7号',
				orderNumber: 1
			}
		],
		hazards: [{ ...hazard('open'), verdict: { passed: false, note: '王师傅说下周', deadline: '2026-12-01' } }]
	};
	const masked = maskDelivery(delivery);
	expect(openElsewhere(delivery).map(({ id }) => id)).toEqual(['o']);
	expect(photosOf(delivery).size).toBe(5);
	expect(photosOf(masked).size).toBe(0);
	expect(JSON.stringify(masked)).not.toMatch(
		/安然|明远|若溪|已安装|王师傅|师傅没空|配电箱|50|10\.1|某地记分/
	);
	expect(masked.hazards[0]!.description).toBe('燃气间未装可燃气体报警装置');
});
