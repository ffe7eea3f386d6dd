import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import type { Backend, Client } from '#lib/backend/backend.server.ts';
import { canonicalText } from '#lib/canonical.ts';
import type { Membership } from '#lib/identity/identity.ts';
import { uuid } from '#lib/inspection/inspection.ts';
import { failure, type Result } from '#lib/problem.ts';
import { actSchema, type Act } from '#lib/record/act.ts';
import { announceSeal } from '#lib/record/afterSeal.server.ts';
import { signText } from '#lib/record/recordSignature.server.ts';
import type { Plan, PlanBody, PlanFilter, PlanRows, PlanState } from './inspectionPlan.ts';

interface Taken {
	id: string;
	state: PlanState;
}

/** What waits for a decision first; 50 a page. */
export const readPlans = async (client: Client, filter: PlanFilter, page = 1): Promise<PlanRows> =>
	expectValue(await client.rpc('plan_rows', { p_filter: { ...filter }, p_page: page }));

/** One with its course; null when there is none that the client may see. */
export const readPlan = async (client: Client, id: string): Promise<Plan | null> =>
	uuid.safeParse(id).success ? expectValue(await client.rpc('read_plan', { p_id: id })) : null;

/**
 * A new plan, or one that was sent back, written anew. The same again is the same plan.
 * @param seen steps that the page showed; 0 for a new one
 * @returns `plan.state` when it changed meanwhile, `act.day`, `act.officers`, `permission.role`
 */
export const submitPlan = async (
	client: Client,
	{ id, enterpriseId, body, seen }: { id: string; enterpriseId: string; body: PlanBody; seen: number }
): Promise<Result<Taken>> =>
	uuid.safeParse(id).success
		? readAnswer(
				await client.rpc('submit_plan', {
					p_id: id,
					p_enterprise: enterpriseId,
					p_body: { ...body },
					p_seen: seen
				})
			)
		: failure('request.invalid', {}, 'id');

/** Sent back with a reason by who may approve it, or taken back by who drafted it. */
export const stepPlan = async (
	client: Client,
	id: string,
	step: { act: 'return' | 'withdraw'; note: string; seen: number }
): Promise<Result<Taken>> => readAnswer(await client.rpc('step_plan', { p_id: id, p_step: { ...step } }));

/**
 * The approval, which issues the paper in the name of the drafter's agency. What was submitted is signed here, word
 * for word; every rule stands in the transaction (`approve_plan`).
 * @returns `plan.own` for who drafted it, `plan.state` when it is not what the page showed
 */
export async function approvePlan(
	backend: Backend,
	client: Client,
	{ userId, membership }: { userId: string; membership: Membership },
	{ plan, seen, now = new Date() }: { plan: Plan; seen: number; now?: Date }
): Promise<Result<{ documentId: string }>> {
	const { id, name, creditCode, address } = plan.enterprise;
	const parsed = actSchema.safeParse({
		format: 'mingcha.act/1',
		id: plan.id,
		agencyId: plan.agencyId,
		enterprise: { id, name, creditCode, address },
		body: plan.body,
		signer: { userId, name: membership.displayName, role: membership.role as Act['signer']['role'] },
		at: now.toISOString()
	} satisfies Act);
	if (!parsed.success) return failure('request.invalid', {}, parsed.error.issues[0]?.path.join('.'));
	const text = canonicalText(parsed.data);
	const { signature, keyId } = signText(backend.keys, text);
	const answer = readAnswer<{ documentId: string; enterpriseId: string }>(
		await client.rpc('approve_plan', {
			p_text: text,
			p_signature: signature,
			p_key_id: keyId,
			p_seen: seen
		})
	);
	if (answer.ok) announceSeal({ enterpriseId: answer.value.enterpriseId });
	return answer;
}

/** Checklists that fit a site, by name. */
export async function checklistNames(
	client: Client,
	{ siteType, tags }: { siteType: string; tags: readonly string[] }
): Promise<string[]> {
	const rows = expectValue<
		{ name_zh: string; kind: string; site_type: string | null; risk_tag: string | null }[]
	>(await client.from('checklists').select('name_zh, kind, site_type, risk_tag').order('kind').order('code'));
	return rows
		.filter(
			(row) => row.kind === 'common' || row.site_type === siteType || tags.includes(row.risk_tag ?? '\0')
		)
		.map((row) => row.name_zh);
}

/** The plan that a visit names as its 任务来源; null where it names none, and for who may not read plans. */
export const readPlanOfVisit = async (
	client: Client,
	inspectionId: string
): Promise<{ id: string; numberText: string } | null> =>
	expectValue(await client.rpc('plan_of_visit', { p_inspection: inspectionId }));
