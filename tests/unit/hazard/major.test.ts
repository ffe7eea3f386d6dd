import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	actObstacle,
	afterAct,
	afterState,
	delistObstacles,
	happeningsOf,
	isStopped,
	lastPlan,
	majorActs,
	majorDays,
	majorFields,
	majorFilterFrom,
	nextTurn,
	possibleActs,
	returnedWith,
	turnOf,
	type MajorAct,
	type MajorStanding,
	type MajorState,
	type MajorStep,
	type MajorTransition
} from '#lib/hazard/major/major.ts';
import { filedBefore, formFields } from '#lib/hazard/major/majorForm.ts';
import { courseDefects, walkMajor, type MajorCourse } from '#lib/hazard/major/majorCourse.ts';

const found: MajorStanding = { state: 'open', plan: 'none', stop: 'none', listedUntil: null };
const standing = (more: Partial<MajorStanding>): MajorStanding => ({ ...found, ...more });
const ready = standing({ state: 'accepted', plan: 'accepted' });

describe('what can be taken from where', () => {
	test.each<[string, MajorAct, MajorStanding, string | null]>([
		['the first plan', 'file_plan', found, null],
		['a second one while the first waits', 'file_plan', standing({ plan: 'filed' }), 'major.state'],
		['one after it was returned', 'file_plan', standing({ plan: 'returned' }), null],
		['one after it was accepted', 'file_plan', standing({ plan: 'accepted' }), 'major.state'],
		['one after 验收, because 销号 needs it', 'file_plan', standing({ state: 'accepted' }), null],
		['one after 销号', 'file_plan', standing({ state: 'closed' }), 'major.state'],
		['one for a report that nobody took over', 'file_plan', standing({ state: 'reported' }), 'major.state'],
		['accepting what was not filed', 'accept_plan', found, 'major.state'],
		['returning an accepted plan that proves too weak', 'return_plan', standing({ plan: 'accepted' }), null],
		['a stop while it is treated', 'order_stop', standing({ state: 'rectification_submitted' }), null],
		['a stop twice', 'order_stop', standing({ stop: 'applied' }), 'major.state'],
		['a stop again after it was resumed', 'order_stop', standing({ stop: 'resumed' }), null],
		['a stop of what is accepted', 'order_stop', ready, 'major.state'],
		['resuming what was never stopped', 'apply_resume', ready, 'major.state'],
		['resuming before treatment', 'apply_resume', standing({ stop: 'stopped' }), 'major.after_treatment'],
		[
			'resuming after treatment',
			'apply_resume',
			standing({ stop: 'stopped', state: 'rectification_submitted' }),
			null
		],
		[
			'granting before 验收',
			'grant_resume',
			standing({ stop: 'applied', state: 'rectification_submitted' }),
			'major.not_accepted'
		],
		['granting without an application', 'grant_resume', { ...ready, stop: 'stopped' }, 'major.state'],
		['granting after 验收', 'grant_resume', { ...ready, stop: 'applied' }, null],
		[
			'refusing before 验收',
			'refuse_resume',
			standing({ stop: 'applied', state: 'rectification_submitted' }),
			null
		],
		['putting off what is not listed', 'extend_listing', found, 'major.state'],
		['listing twice', 'list', standing({ listedUntil: '2026-12-01' }), 'major.state'],
		['销号 without 验收', 'delist', standing({ plan: 'accepted' }), 'major.not_accepted'],
		['销号 without an accepted plan', 'delist', { ...ready, plan: 'filed' }, 'major.no_plan'],
		['销号 while stopped', 'delist', { ...ready, stop: 'applied' }, 'major.stopped'],
		['销号', 'delist', ready, null],
		['销号 after it was resumed', 'delist', { ...ready, stop: 'resumed' }, null],
		['sending back what was not accepted', 'send_back', found, 'major.state']
	])('%s', (_name, act, from, expected) => expect(actObstacle(act, from)).toBe(expected));

	test('each thing that is missing for a 销号 is named', () => {
		expect(delistObstacles(standing({ stop: 'stopped' }))).toEqual([
			'major.not_accepted',
			'major.no_plan',
			'major.stopped'
		]);
		expect(delistObstacles(ready)).toEqual([]);
	});

	test('of what a person may take, what is possible now', () => {
		expect(possibleActs({ ...found, may: ['file_plan', 'apply_resume'] })).toEqual(['file_plan']);
	});
});

test.each<[string, MajorStanding, string, string]>([
	['nobody took the report over', standing({ state: 'reported' }), 'adopt', 'inspector'],
	['no plan', found, 'file_plan', 'enterprise'],
	['a plan came back', standing({ plan: 'returned' }), 'file_plan', 'enterprise'],
	['a plan waits', standing({ plan: 'filed' }), 'review_plan', 'inspector'],
	['treatment', standing({ plan: 'accepted' }), 'treat', 'enterprise'],
	['sent in', standing({ plan: 'accepted', state: 'rectification_submitted' }), 'recheck', 'inspector'],
	['accepted and stopped', { ...ready, stop: 'stopped' }, 'apply_resume', 'enterprise'],
	['asked to resume', { ...ready, stop: 'applied' }, 'decide_resume', 'leader'],
	['all is there', ready, 'delist', 'leader'],
	['accepted without a plan', { ...ready, plan: 'none' }, 'file_plan', 'enterprise'],
	['closed', standing({ state: 'closed' }), 'none', 'nobody']
])('whose turn it is: %s', (_name, from, turn, who) => {
	expect(nextTurn(from)).toBe(turn);
	expect(turnOf[nextTurn(from)]).toBe(who);
});

test('days: it stands since it was found; the deadline runs until 验收, the 挂牌 until 销号', () => {
	const line = { foundOn: '2026-11-01', closedOn: null, deadline: '2026-11-20', listedUntil: '2026-11-25' };
	expect(majorDays({ ...line, state: 'open' }, '2026-11-22')).toEqual({
		standing: 21,
		toDeadline: -2,
		toListing: 3
	});
	expect(majorDays({ ...line, state: 'accepted' }, '2026-11-28')).toEqual({
		standing: 27,
		toDeadline: null,
		toListing: -3
	});
	expect(majorDays({ ...line, state: 'closed', closedOn: '2026-11-28' }, '2026-12-28')).toEqual({
		standing: 27,
		toDeadline: null,
		toListing: null
	});
});

test('an address says what the list shows; what it says badly is as if it were not said', () => {
	const of = (query: string) => majorFilterFrom(new URLSearchParams(query));
	expect(of('state=closed&q= 酒馆 ')).toEqual({ state: 'closed', enterprise: null, q: '酒馆' });
	expect(of('state=x&enterprise=1')).toEqual({ state: 'open', enterprise: null, q: null });
});

/** What can happen, as the world brings it: acts of people, and what the hazard goes through by its inspections. */
type Happening = MajorAct | 'submitted' | 'passed' | 'failed';
const happening: fc.Arbitrary<Happening> = fc.constantFrom(...majorActs, 'submitted', 'passed', 'failed');
const says = { until: '2026-12-31' };

function happen(from: MajorStanding, what: Happening): MajorStanding {
	if (what === 'submitted') return from.state === 'open' ? afterState(from, 'rectification_submitted') : from;
	if (what === 'passed' || what === 'failed')
		return from.state === 'open' || from.state === 'rectification_submitted'
			? afterState(from, what === 'passed' ? 'accepted' : 'open')
			: from;
	return actObstacle(what, from) === null ? afterAct(from, what, says) : from;
}

test('whatever happens in whatever order, nothing is 销号 without 验收, plan and release', () => {
	fc.assert(
		fc.property(fc.array(happening, { maxLength: 40 }), (happenings) => {
			let now = found;
			const seen = { passed: false, accepted: false, granted: true };
			for (const what of happenings) {
				const before = now;
				now = happen(before, what);
				if (now.state !== before.state) seen.passed = now.state === 'accepted' || now.state === 'closed';
				if (now.plan !== before.plan) seen.accepted = what === 'accept_plan';
				if (now.stop !== before.stop) seen.granted = what === 'grant_resume';
				if (now.state === 'closed' && before.state !== 'closed') {
					expect(what).toBe('delist');
					expect(before.state).toBe('accepted');
					expect(seen).toEqual({ passed: true, accepted: true, granted: true });
					expect(isStopped(before)).toBe(false);
				}
				if (before.state === 'closed') expect(now).toEqual(before);
			}
		}),
		{ numRuns: 2000 }
	);
});

/** A course as the database would keep it, beside how it stands. */
function courseOf(happenings: Happening[]): MajorCourse & { now: MajorStanding } {
	let now = found;
	const course: MajorCourse['course'] = [];
	const transitions: MajorCourse['transitions'] = [{ id: 10, to: 'open', cause: 'inspection' }];
	const move = (to: MajorState, cause: MajorCourse['transitions'][number]['cause']) =>
		transitions.push({ id: transitions.at(-1)!.id + 7, to, cause });
	for (const what of happenings) {
		const after = happen(now, what);
		const isAct = majorActs.includes(what as MajorAct);
		if (isAct && actObstacle(what as MajorAct, now) === null)
			course.push({
				number: course.length + 1,
				act: what as MajorAct,
				says,
				afterTransition: transitions.at(-1)!.id
			});
		if (after.state !== now.state || (what === 'failed' && now.state === 'open'))
			move(after.state, isAct ? 'major' : 'inspection');
		now = after;
	}
	const { plan, stop, listedUntil } = now;
	return {
		hazardId: 'h',
		stands: { plan, stop, listedUntil, steps: course.length },
		course,
		transitions,
		now
	};
}

describe('walked again', () => {
	test('a course leads to how it stands, whatever happened', () => {
		fc.assert(
			fc.property(fc.array(happening, { maxLength: 40 }), (happenings) => {
				const course = courseOf(happenings);
				expect(walkMajor(course)).toEqual({ standing: course.now, impossible: [] });
				expect(courseDefects(course)).toEqual([]);
			})
		);
	});

	test('a late deadline that was put off moves nothing', () => {
		const course = courseOf(['file_plan']);
		course.transitions.push({ id: 99, to: 'open', cause: 'extension' });
		expect(courseDefects(course)).toEqual([]);
	});

	test('names a row that was changed, a step that is gone, and one that was not possible', () => {
		const course = courseOf(['file_plan', 'accept_plan', 'passed', 'delist']);
		const changed = { ...course, stands: { ...course.stands!, stop: 'resumed' as const } };
		expect(courseDefects(changed)).toEqual([{ id: 'h', field: 'stop', got: 'resumed', expected: 'none' }]);
		expect(courseDefects({ ...course, stands: null })).toEqual([
			{ id: 'h', field: 'hazard_id', got: '—', expected: 'h' }
		]);
		const without = { ...course, course: course.course.filter(({ act }) => act !== 'accept_plan') };
		expect(courseDefects(without)).toEqual([
			{ id: 'h', field: 'plan', got: 'accepted', expected: 'filed' },
			{ id: 'h', field: 'steps', got: '3', expected: '2' },
			{ id: 'h/3', field: 'act', got: 'delist', expected: 'major.no_plan' }
		]);
	});
});

test('the plan that counts is the last one filed', () => {
	const step = (number: number, act: MajorAct): MajorStep => ({
		...{ id: String(number), number, act, at: '', byName: '', means: 'page', says: {}, photos: [] },
		afterTransition: 1
	});
	expect(lastPlan([])).toBeNull();
	const course = [step(1, 'file_plan'), step(2, 'return_plan'), step(3, 'file_plan')];
	expect(lastPlan(course)).toEqual({ step: course[2], version: 2 });
});

describe('the forms', () => {
	const major = {
		...{ today: '2026-11-22', foundOn: '2026-11-20', listedUntil: '2026-12-10', enterpriseName: '示例餐饮店' }
	};

	test.each(majorActs)('%s asks for every part of the step, and for nothing else', (act) => {
		// The legal basis follows from the rules.
		const asked = formFields(act, major).map(({ name }) => name);
		expect(asked.toSorted()).toEqual(
			Object.keys(majorFields[act].shape)
				.filter((name) => name !== 'basis')
				.toSorted()
		);
		for (const { name, most, isOptional, kind } of formFields(act, major)) {
			if (kind === 'line' || kind === 'long') expect([name, most]).toEqual([name, expect.any(Number)]);
			const field = majorFields[act].shape[name as never] as unknown as {
				safeParse(v: unknown): { success: boolean };
			};
			expect([name, field.safeParse('').success]).toEqual([name, isOptional]);
		}
	});

	test('a listing is put off to a later day; a plan that came back is mended', () => {
		expect(formFields('extend_listing', major)[0]).toMatchObject({ min: '2026-12-11', max: '2027-11-23' });
		const filed: MajorStep = {
			...{ id: '1', number: 1, act: 'file_plan', at: '', byName: '', means: 'page', photos: [] },
			...{ says: { goals: '出口常开' }, afterTransition: 1 }
		};
		const returned: MajorStep = { ...filed, number: 2, act: 'return_plan', says: { note: '没有写资金来源' } };
		const course = [filed, returned];
		expect(filedBefore('file_plan', { plan: 'returned', course })).toEqual({ goals: '出口常开' });
		expect(filedBefore('file_plan', { plan: 'none', course: [] })).toEqual({});
		expect(returnedWith({ plan: 'returned', course })).toBe('没有写资金来源');
		expect(returnedWith({ plan: 'filed', course })).toBeNull();
	});
});

test('what happened is told in one order; 销号 by its step, which has the words', () => {
	const move = (id: number, cause: MajorTransition['cause']) => ({ id, cause }) as MajorTransition;
	const step = (number: number, afterTransition: number) => ({ number, afterTransition }) as MajorStep;
	const told = happeningsOf({
		transitions: [move(4, 'inspection'), move(9, 'rectification'), move(12, 'inspection'), move(15, 'major')],
		course: [step(1, 4), step(2, 4), step(3, 12)]
	});
	expect(told.map(({ move: moved, step: taken }) => moved?.id ?? `step ${taken!.number}`)).toEqual([
		...[4, 'step 1', 'step 2', 9, 12, 'step 3']
	]);
});
