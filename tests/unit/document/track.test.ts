import { describe, expect, it } from 'vitest';
import { decideTrack, type Signer, type TrackQuestion } from '#lib/document/track.ts';

const mingyuan: Signer = {
	name: '明远',
	role: 'inspector',
	licence: '示例执法0001',
	licenceValidUntil: '2028-05-31',
	confirmedByOwnLogin: true
};
const ruoxi: Signer = { ...mingyuan, name: '若溪', licence: '示例执法0002' };
const zhixia: Signer = {
	name: '知夏',
	role: 'community_worker',
	licence: null,
	licenceValidUntil: null,
	confirmedByOwnLogin: true
};
const question = (change: Partial<TrackQuestion> = {}): TrackQuestion => ({
	inspectors: [mingyuan, ruoxi],
	agencyHasDelegatedPower: true,
	electronicDeliveryConsent: true,
	on: '2026-11-22',
	...change
});

describe('which track a visit is on', () => {
	it('two licensed officers, each with their own login, power and consent: a 执法文书', () => {
		expect(decideTrack(question())).toEqual({ track: 'A', whyNotA: [] });
	});

	it.each<[string, Partial<TrackQuestion>, 'A' | 'B' | 'C', string[]]>([
		['the agency has no delegated power', { agencyHasDelegatedPower: false }, 'B', ['agency_not_authorised']],
		['delivery was not agreed to', { electronicDeliveryConsent: false }, 'B', ['delivery_not_agreed']],
		['one officer alone', { inspectors: [mingyuan] }, 'B', ['one_officer']],
		[
			'one inspector without licence',
			{ inspectors: [{ ...ruoxi, licence: null }] },
			'B',
			['one_officer', 'no_licence']
		],
		[
			'the second has no licence',
			{ inspectors: [mingyuan, { ...ruoxi, licence: null }] },
			'B',
			['no_licence']
		],
		[
			'a licence without expiry date',
			{ inspectors: [mingyuan, { ...ruoxi, licenceValidUntil: null }] },
			'B',
			['licence_date_unknown']
		],
		[
			'a licence that ended yesterday',
			{ inspectors: [mingyuan, { ...ruoxi, licenceValidUntil: '2026-11-21' }] },
			'B',
			['licence_expired']
		],
		[
			'a licence that ends today',
			{ inspectors: [mingyuan, { ...ruoxi, licenceValidUntil: '2026-11-22' }] },
			'A',
			[]
		],
		[
			'the second signed on the phone of the first',
			{ inspectors: [mingyuan, { ...ruoxi, confirmedByOwnLogin: false }] },
			'B',
			['not_confirmed']
		],
		['an inspector with a community worker', { inspectors: [mingyuan, zhixia] }, 'B', ['community_worker']],
		['two officers helped by a community worker', { inspectors: [mingyuan, ruoxi, zhixia] }, 'A', []],
		['a community worker alone', { inspectors: [zhixia] }, 'C', ['one_officer', 'community_worker']],
		[
			'two community workers, even with a licence number typed in',
			{ inspectors: [zhixia, { ...zhixia, licence: '示例0009', licenceValidUntil: '2030-01-01' }] },
			'C',
			['community_worker', 'community_worker']
		],
		[
			'everything is wrong: every reason is told at once',
			{
				inspectors: [{ ...mingyuan, licence: null }],
				agencyHasDelegatedPower: false,
				electronicDeliveryConsent: false
			},
			'B',
			['agency_not_authorised', 'one_officer', 'no_licence', 'delivery_not_agreed']
		]
	])('%s', (_situation, change, track, reasons) => {
		const decision = decideTrack(question(change));
		expect(decision.track).toBe(track);
		expect(decision.whyNotA.map(({ code }) => code)).toEqual(reasons);
	});

	it('names whose licence ended and when', () => {
		const inspectors = [mingyuan, { ...ruoxi, licenceValidUntil: '2026-11-21' }];
		expect(decideTrack(question({ inspectors })).whyNotA).toEqual([
			{ code: 'licence_expired', name: '若溪', validUntil: '2026-11-21' }
		]);
	});

	it('nobody signed: that is a defect, not a track', () => {
		expect(() => decideTrack(question({ inspectors: [] }))).toThrow(/got no inspector/);
	});
});
