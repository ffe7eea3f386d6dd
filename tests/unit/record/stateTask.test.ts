import { describe, expect, test } from 'vitest';
import { isTaskCurrent, stateTask, taskStatementOf } from '#lib/record/stateTask.ts';
import * as visit from '#lib/record/visit.ts';
import { begun, bundle, uuid } from './sampleVisit.ts';

const opened = { track: 'B', nthOfYear: 1, openedAt: '2026-11-20T05:30:00.000Z', statements: 1 } as const;
const address = 'https://example.test/t/abc';
const answering = (body: unknown, status = 200) => {
	const asked: { path: string; body: unknown }[] = [];
	const send = (async (path: string, { body: sent }: RequestInit) => {
		asked.push({ path, body: JSON.parse(String(sent)) });
		return new Response(JSON.stringify(body), { status });
	}) as typeof fetch;
	return { send, asked };
};

describe('what a visit announces', () => {
	test('is its place, kind, reason, companion and pinned lists', () => {
		const draft = visit.setCompanion(visit.setTaskSource(begun(), ' 年度计划 '), uuid(4));
		expect(taskStatementOf(draft, bundle)).toEqual({
			enterpriseId: uuid(1),
			kind: 'planned',
			taskSource: '年度计划',
			companionId: uuid(4),
			checklistVersionIds: [uuid(90)]
		});
	});
	test('of a recheck is no list', () =>
		expect(taskStatementOf(begun(uuid(500)), bundle)).toMatchObject({
			kind: 'recheck',
			taskSource: null,
			checklistVersionIds: []
		}));
});

describe('the code', () => {
	test('is kept with what was said, and is outdated as soon as the draft says something else', async () => {
		const { send, asked } = answering({ ...opened, address });
		const answer = await stateTask(begun(), bundle, send);
		if (!answer.ok) throw new Error('got a problem, expected a code');
		expect(answer.value).toMatchObject({ ...opened, address });
		expect(asked).toEqual([
			{ path: `/api/inspections/${uuid(10)}/task`, body: taskStatementOf(begun(), bundle) }
		]);
		const draft = { ...begun(), taskCode: answer.value };
		expect(isTaskCurrent(draft, bundle)).toBe(true);
		expect(isTaskCurrent(visit.setCompanion(draft, uuid(4)), bundle)).toBe(false);
		expect(isTaskCurrent(begun(), bundle)).toBe(false);
	});
	const refusals: [what: string, code: string, send: typeof fetch][] = [
		[
			'no network',
			'backend.unavailable',
			(async () => Promise.reject(new TypeError('offline'))) as typeof fetch
		],
		[
			'a gateway’s page',
			'backend.unavailable',
			(async () => new Response('<html>', { status: 502 })) as typeof fetch
		],
		['a code of tomorrow’s server', 'backend.unavailable', answering({ problem: { code: 'x' } }, 409).send],
		[
			'over',
			'inspection.already_sealed',
			answering({ problem: { code: 'inspection.already_sealed' } }, 409).send
		]
	];
	test.each(refusals)('is not there: %s', async (_, code, send) =>
		expect(await stateTask(begun(), bundle, send)).toEqual({ ok: false, problem: { code } })
	);
});
