import { describe, expect, test } from 'vitest';
import {
	actsOpenTo,
	isAbout,
	isOwnersAct,
	nextState,
	stepSchema,
	supervisionActs,
	supervisionFilterFrom,
	supervisionStates,
	type SupervisedHazard,
	type SupervisionState
} from '#lib/plan/supervision/supervision.ts';
import { matterHref, supervisionHref, type Matter } from '#lib/tally/matters.ts';

const leader = { isMine: false, mayDecide: true };
const asked = { isMine: true, mayDecide: false };
const acts = (state: SupervisionState, who: typeof leader) => actsOpenTo({ state, ...who });

describe('the course of a 督办', () => {
	test('who is asked answers or asks for more time; the leader gives it, or takes the matter back', () => {
		expect(acts('assigned', asked)).toEqual(['answer', 'ask_extension']);
		expect(acts('assigned', leader)).toEqual(['withdraw']);
		expect(acts('extension_requested', asked)).toEqual(['answer']);
		expect(acts('extension_requested', leader)).toEqual(['grant_extension', 'decline_extension', 'withdraw']);
		expect(acts('answered', asked)).toEqual([]);
		expect(acts('answered', leader)).toEqual(['accept', 'return', 'withdraw']);
	});

	test('what is closed stays closed', () => {
		for (const state of ['accepted', 'withdrawn'] as const)
			expect(supervisionActs.map((act) => nextState(state, act))).toEqual(supervisionActs.map(() => null));
	});

	test('every state can be reached, and nothing can be accepted that was not answered', () => {
		const reached = new Set<SupervisionState>(['assigned']);
		for (const state of reached)
			for (const act of supervisionActs) {
				const next = nextState(state, act);
				if (next) reached.add(next);
			}
		expect([...reached].sort()).toEqual([...supervisionStates].sort());
		expect(supervisionStates.filter((state) => nextState(state, 'accept') === 'accepted')).toEqual([
			'answered'
		]);
	});

	test('nobody who looks on without being asked or in charge may do anything', () => {
		for (const state of supervisionStates)
			expect(actsOpenTo({ state, isMine: false, mayDecide: false })).toEqual([]);
		expect(supervisionActs.filter(isOwnersAct)).toEqual(['answer', 'ask_extension']);
	});
});

test('the hazards that a matter is about are ticked, and no others', () => {
	const hazard = (more: Partial<SupervisedHazard>): SupervisedHazard => ({
		id: 'h',
		inspectionId: 'i',
		severity: 'general',
		description: '',
		part: '',
		state: 'open',
		deadline: null,
		isOverdue: false,
		...more
	});
	expect(isAbout('major', hazard({ severity: 'major' }))).toBe(true);
	expect(isAbout('major', hazard({ isOverdue: true }))).toBe(false);
	expect(isAbout('overdue', hazard({ isOverdue: true }))).toBe(true);
	expect(isAbout('submitted', hazard({ state: 'rectification_submitted' }))).toBe(true);
	expect(isAbout('appeal', hazard({ severity: 'major', isOverdue: true }))).toBe(false);
});

test('「督办」 beside a line leads to the form, or to the one under way; a line that is one has none beside it', () => {
	const matter: Matter = {
		kind: 'overdue',
		enterpriseId: 'e1',
		name: '示例餐饮店',
		community: null,
		count: 1,
		since: null,
		inspectionId: null,
		supervision: null
	};
	const supervision = { id: 's1', ownerName: '王检', deadline: '2026-11-30' as const };
	expect(supervisionHref(matter)).toBe('/supervision/new?enterprise=e1&kind=overdue');
	expect(supervisionHref({ ...matter, supervision })).toBe('/supervision/s1');
	expect(matterHref({ ...matter, supervision }, false)).toBe('/enterprises/e1');
	const own: Matter = { ...matter, kind: 'supervised', supervision };
	expect([supervisionHref(own), matterHref(own, false)]).toEqual([null, '/supervision/s1']);
});

test('an address that says nonsense is the list of what is open', () => {
	const filter = supervisionFilterFrom(new URLSearchParams('state=x&side=y&community=a&enterprise=1&q=%20'));
	expect(filter).toEqual({ state: 'open', side: null, enterprise: null, community: null, q: null });
});

test('a form without script sends its empty day as none', () => {
	expect(stepSchema.parse({ seen: '3', note: ' 好 ', deadline: '' })).toEqual({
		seen: 3,
		note: '好',
		deadline: null
	});
	expect(stepSchema.safeParse({ seen: '3', deadline: 'tomorrow' }).success).toBe(false);
});
