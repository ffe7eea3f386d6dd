import { afterAll, beforeAll, expect, test } from 'vitest';
import { readAnswer } from '#lib/backend/answer.ts';
import { closeRiskPoint, readRiskPoints, saveRiskPoint } from '#lib/enterprise/risk/riskPoint.server.ts';
import type { RiskPointForm } from '#lib/enterprise/risk/riskPoint.ts';
import { lecScales, lsScale, rateByLec, rateByLs } from '#scoring';
import { makeNeighbourhood, type Neighbourhood } from '../support/neighbourhood.ts';
import { openTestBackend, type Person, type TestBackend } from '../support/testBackend.ts';

let opened: TestBackend;
let place: Neighbourhood;
beforeAll(async () => {
	opened = await openTestBackend();
	place = await makeNeighbourhood(opened);
});
afterAll(() => opened.close());

const point = (number: number, more: object = {}) =>
	({
		id: `01a20000-0000-7000-8000-00000000000${number}`,
		name: '喷漆间',
		place: '二楼',
		accidentKind: '可燃气体爆炸',
		measures: '通风；禁火',
		department: '',
		responsible: '周示例',
		method: 'lec',
		likelihood: 3,
		exposure: 6,
		consequence: 15,
		...more
	}) as RiskPointForm;
const save = (by: Person, form: RiskPointForm) => saveRiskPoint(place.as(by), place.restaurantId, form);
const codeOf = (result: { ok: boolean; problem?: { code: string } }) =>
	result.ok ? 'ok' : result.problem!.code;
const level = async () =>
	(
		await opened.sql<{ risk_level: string | null }>(
			'select risk_level from public.enterprises where id = $1',
			[place.restaurantId]
		)
	)[0]!.risk_level;

test('strangers, leaders and other enterprises cannot keep the register, and an off-scale factor is refused', async () => {
	expect(codeOf(await save(place.sun, point(1)))).toBe('not_found');
	expect(codeOf(await save(place.wu, point(1)))).toBe('not_found');
	expect(codeOf(await save(place.lin, point(1)))).toBe('permission.role');
	expect(codeOf(await save(place.wang, point(1, { likelihood: 5 })))).toBe('request.invalid');
	expect(codeOf(await save(place.wang, point(1, { responsible: ' ' })))).toBe('request.invalid');
	expect(await readRiskPoints(place.as(place.lin), place.restaurantId)).toEqual([]);
});

test('the level is reckoned from the factors, whatever else is sent, and posted twice it is one point', async () => {
	const sent = point(1, { level: 'low', rating: 1 });
	expect(await save(place.wang, sent)).toMatchObject({
		ok: true,
		value: { rating: 270, level: 'considerable' }
	});
	expect(codeOf(await save(place.wang, sent))).toBe('ok');
	const points = await readRiskPoints(place.as(place.lin), place.restaurantId);
	expect(points).toMatchObject([
		{ level: 'considerable', method: 'lec', responsible: '周示例', closedOn: null }
	]);
});

test('the enterprise stands at its worst open point; the principal may keep their own register', async () => {
	expect(await level()).toBe('considerable');
	const worse = point(2, { method: 'ls', likelihood: 5, severity: 4 });
	expect(codeOf(await save(place.qian, worse))).toBe('ok');
	expect(await level()).toBe('major');
	expect(codeOf(await closeRiskPoint(place.as(place.wang), worse.id, ''))).toBe('request.invalid');
	expect(codeOf(await closeRiskPoint(place.as(place.lin), worse.id, '已拆除'))).toBe('permission.role');
	expect(codeOf(await closeRiskPoint(place.as(place.wang), worse.id, '已拆除'))).toBe('ok');
	expect(await level()).toBe('considerable');
	expect(codeOf(await closeRiskPoint(place.as(place.wang), worse.id, '已拆除'))).toBe('risk_point.state');
	expect(codeOf(await save(place.wang, worse))).toBe('risk_point.state');
});

test('the database reckons as the engine does, for every combination', async () => {
	const combinations = [
		...lecScales.likelihood.flatMap((likelihood) =>
			lecScales.exposure.flatMap((exposure) =>
				lecScales.consequence.map((consequence) => ({
					method: 'lec',
					factors: { likelihood, exposure, consequence },
					...rateByLec({ likelihood, exposure, consequence })
				}))
			)
		),
		...lsScale.flatMap((likelihood) =>
			lsScale.map((severity) => ({
				method: 'ls',
				factors: { likelihood, severity },
				...rateByLs({ likelihood, severity })
			}))
		)
	];
	const different = await opened.sql(
		`select c.method, c.factors, r.* from jsonb_to_recordset($1::jsonb) c(method text, factors jsonb, value numeric, level text)
		cross join lateral app.rated_risk(c.method, c.factors) r
		where r.rating is distinct from c.value or r.level is distinct from c.level`,
		[JSON.stringify(combinations)]
	);
	expect(combinations).toHaveLength(7 * 6 * 6 + 25);
	expect(different).toEqual([]);
});

test('a direct call for another enterprise’s point is refused', async () => {
	const answer = readAnswer(
		await place.as(place.qian).rpc('save_risk_point', {
			p_point: { ...point(1), enterpriseId: place.tavernId, factors: {}, method: 'lec' } as never
		})
	);
	expect(codeOf(answer)).toBe('not_found');
});
