/** Registered events meet the shipped schemes: every clause that reads one can be reached, and what it does is said before. */
import { describe, expect, test } from 'vitest';
import type { StoredFact } from '#lib/assessment/account/assess.ts';
import {
	clauseChoices,
	clausesReading,
	earliestEventDay,
	eventFact,
	eventKinds,
	eventSchema,
	pointsAsked,
	previewEvent,
	type EventForm,
	type EventKind
} from '#lib/assessment/event/registeredEvent.ts';
import { clauseFor, type FactValue, type Pack } from '#scoring';
import { shipped } from '../scoring/packs.ts';

const day = '2026-10-20';
const inspection = '00000000-0000-4000-8000-00000000000a';
const entered = (kind: EventKind, more: object = {}): EventForm =>
	eventSchema.parse({
		id: crypto.randomUUID(),
		kind,
		occurredOn: day,
		documentNumber: '示罚〔2026〕1号',
		authority: '示例区应急管理局',
		description: '示例',
		deaths: 0,
		injuries: 0,
		inspectionId: inspection,
		...more
	});

/** Every fact that the form of a kind can make under a pack: each choice, with and without dead, the points at both ends. */
function reachable(pack: Pack, kind: EventKind) {
	const asked = pointsAsked(pack, kind, day);
	const choices: Record<string, FactValue>[] = [{}];
	for (const { conditions } of clauseChoices(pack, kind, day)) choices.push(conditions);
	return choices.flatMap((conditions) =>
		[0, 1].flatMap((deaths) =>
			[asked?.min, asked?.max].map((points) => {
				const event = entered(kind, { deaths, points: points ?? (kind === 'bonus' ? 1 : '') });
				return eventFact(pack, 'e1', event, conditions, '2026-11-02T06:00:00Z');
			})
		)
	);
}

const packs = [
	'street-base',
	'jinshan-2019',
	'chongming-2020',
	'changzhou-2021',
	'songjiang-2024',
	'sf-lives'
];
describe.each(packs)('%s', (id) => {
	const pack = shipped(id);
	test.each(eventKinds)('every clause for %s can be reached by the form', (kind) => {
		const facts = reachable(pack, kind);
		const reached = new Set(facts.map((fact) => clauseFor(pack, fact)?.code));
		reached.delete(undefined);
		expect([...reached].sort()).toEqual(
			clausesReading(pack, kind, day)
				.map(({ code }) => code)
				.sort()
		);
		// And what the form makes can be read, with the words for it.
		for (const fact of facts) expect(previewEvent(pack, [], fact, null, '2026-11-02').fault).toBeNull();
	});
});

describe('what the form asks', () => {
	test('a clause only where the scheme needs a person to say which', () => {
		const codes = (id: string, kind: EventKind) =>
			clauseChoices(shipped(id), kind, day).map(({ code }) => code);
		expect(codes('jinshan-2019', 'duty.unfulfilled')).toContain('5.2');
		expect(codes('sf-lives', 'violation.found')).toEqual(['high', 'moderate', 'low', 'none']);
		expect(codes('changzhou-2021', 'accident.happened')).toEqual([]);
		expect(codes('changzhou-2021', 'penalty.imposed')).toEqual([]);
	});

	test('points only of a bonus, within what the clause gives', () => {
		expect(pointsAsked(shipped('changzhou-2021'), 'bonus', day)).toEqual({ min: 0.01, max: 12 });
		expect(pointsAsked(shipped('street-base'), 'bonus', day)).toEqual({ min: 0.5, max: 2 });
		expect(pointsAsked(shipped('jinshan-2019'), 'bonus', day)).toEqual({ min: 0.01, max: 100 });
		expect(pointsAsked(shipped('street-base'), 'penalty.imposed', day)).toBeNull();
	});

	test.each([
		['2026-11-22', '2021-11-22'],
		['2024-02-29', '2019-03-01'],
		['2026-01-31', '2021-01-31']
	])('nothing before five years back: %s → %s', (today, earliest) =>
		expect(earliestEventDay(today)).toBe(earliest)
	);

	test.each([
		['a penalty without its number', { kind: 'penalty.imposed', documentNumber: ' ' }],
		['an accident without its dead', { kind: 'accident.happened', deaths: '' }],
		['half an injured person', { kind: 'accident.happened', injuries: '0.5' }],
		['a bonus of no points', { kind: 'bonus', points: '' }],
		['a bonus of a third decimal', { kind: 'bonus', points: '0.005' }],
		['a correction without a reason', { kind: 'meeting.absent', corrects: inspection }]
	])('not %s', (_, more) =>
		expect(eventSchema.safeParse({ ...entered('meeting.absent'), ...more }).success).toBe(false)
	);
});

describe('before it is saved', () => {
	const base = shipped('street-base');
	const checked: StoredFact = {
		id: 'checked',
		kind: 'inspection.completed',
		occurredOn: '2026-06-01',
		recordedAt: '2026-06-01T08:00:00Z',
		data: {}
	};
	const stored = (id: string, event: EventForm): StoredFact => {
		const { subject: _, ...fact } = eventFact(base, 'e1', event, {}, '2026-10-21T08:00:00Z');
		return { ...fact, id };
	};
	const preview = (pack: Pack, facts: StoredFact[], event: EventForm, withdrawn: string | null = null) =>
		previewEvent(
			pack,
			facts,
			eventFact(pack, 'e1', event, {}, '2026-11-02T06:00:00Z'),
			withdrawn,
			'2026-11-02'
		).preview!;

	test('a penalty counts at once', () => {
		expect(preview(base, [checked], entered('penalty.imposed'))).toMatchObject({
			clause: { code: '5.3', isSample: true },
			points: 200,
			counts: 'effective',
			before: { balance: 0, band: { name: '正常' } },
			after: { balance: 200, band: { name: '正常' } }
		});
	});

	test('a death waits for two, and says the band it would come to', () => {
		expect(preview(base, [checked], entered('accident.happened', { deaths: 1 }))).toMatchObject({
			clause: { code: '5.2' },
			points: 1200,
			counts: 'pending',
			people: 2,
			after: { balance: 0, pendingBalance: 1200, pendingBand: { name: '最高' } }
		});
	});

	test('one in another’s place takes the other’s points with it', () => {
		const wrong = stored('wrong', entered('penalty.imposed'));
		expect(preview(base, [checked, wrong], entered('penalty.imposed'), 'wrong')).toMatchObject({
			points: 200,
			before: { balance: 200 },
			after: { balance: 200 }
		});
	});

	test('what the scheme does not know changes nothing, and it says so', () => {
		expect(preview(shipped('chongming-2020'), [checked], entered('penalty.imposed'))).toMatchObject({
			clause: null,
			points: 0,
			counts: 'no',
			after: { balance: 0 }
		});
	});

	test('what is long past is read and no longer counts', () => {
		expect(preview(base, [checked], entered('penalty.imposed', { occurredOn: '2025-10-01' }))).toMatchObject({
			clause: { code: '5.3' },
			counts: 'no',
			silent: 'lapsed'
		});
	});
});
