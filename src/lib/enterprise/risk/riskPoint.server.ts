import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import type { Result } from '#lib/problem.ts';
import { methodScales, type RiskPoint, type RiskPointForm } from './riskPoint.ts';
import { riskLevels } from './riskLook.ts';

/** The register of an enterprise: open points first, the worst first; closed ones, the last closed first. */
export async function readRiskPoints(client: Client, enterpriseId: string): Promise<RiskPoint[]> {
	const rows = expectValue<RiskPoint[]>(
		(await client
			.from('risk_points')
			.select(
				`id, name, place, accidentKind:accident_kind, level, method, factors, rating, assessedOn:assessed_on,
				measures, department, responsible, closedOn:closed_on, closedReason:closed_reason`
			)
			.eq('enterprise_id', enterpriseId)
			.order('name')) as never
	);
	const rank = ({ level }: RiskPoint) => (level === null ? riskLevels.length : riskLevels.indexOf(level));
	return rows.toSorted(
		(a, b) =>
			(a.closedOn ?? '').localeCompare(b.closedOn ?? '') * (a.closedOn && b.closedOn ? -1 : 1) ||
			rank(a) - rank(b)
	);
}

export async function saveRiskPoint(
	client: Client,
	enterpriseId: string,
	{ method, ...form }: RiskPointForm
): Promise<Result<{ id: string }>> {
	const names = Object.keys(methodScales[method]);
	const values = form as unknown as Record<string, number>;
	const factors = Object.fromEntries(names.map((name) => [name, values[name]]));
	return readAnswer(
		await client.rpc('save_risk_point', { p_point: { ...form, enterpriseId, method, factors } as never })
	);
}

export const closeRiskPoint = async (client: Client, id: string, reason: string): Promise<Result<unknown>> =>
	readAnswer(await client.rpc('close_risk_point', { p_point: id, p_reason: reason }));
