import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import type { Backend, Client } from '#lib/backend/backend.server.ts';
import { shanghaiDate, type IsoDate } from '#lib/calendar.ts';
import { canonicalText } from '#lib/canonical.ts';
import { isInternalPaper, type ActBody, type ActKind } from '#lib/document/acts.ts';
import { deliveryHashes } from '#lib/document/deliveryTokens.server.ts';
import { renderPdf, type RenderedPdf } from '#lib/document/renderPdf.server.ts';
import type { EnterpriseCard } from '#lib/enterprise/enterprise.ts';
import { scopeCovers, type Membership } from '#lib/identity/identity.ts';
import { failure, type Result } from '#lib/problem.ts';
import { actSchema, type Act } from './act.ts';
import { previewContent } from './actContent.ts';
import type { Officer } from './actForm.ts';
import { announceSeal } from './afterSeal.server.ts';
import { readAgency } from './agency.server.ts';
import { signText } from './recordSignature.server.ts';

/** A paper of an enterprise that no inspection yielded, as a list shows it. */
export interface IssuedAct {
	id: string;
	kind: ActKind;
	track: 'B';
	numberText: string;
	state: 'issued' | 'superseded' | 'voided';
	issuedAt: string;
	matter: string;
	day: IsoDate;
	signerName: string;
	receivedAt: string | null;
}

/** The newest first; empty for an enterprise that the client may not see. */
export const readActs = async (client: Client, enterpriseId: string): Promise<IssuedAct[]> =>
	expectValue(await client.rpc('acts_of', { p_enterprise: enterpriseId }));

/** Inspectors in charge of a place, by name. */
export async function readOfficers(client: Client, scope: string): Promise<Officer[]> {
	const rows = expectValue<
		{ user_id: string; display_name: string; licence_number: string | null; scope: string }[]
	>(
		await client
			.from('memberships')
			.select('user_id, display_name, licence_number, scope')
			.eq('role', 'inspector')
			.is('ended_at', null)
			.order('display_name')
	);
	const inCharge = rows.filter((row) => scopeCovers(row.scope, scope));
	return [
		...new Map(
			inCharge.map((row) => [
				row.user_id,
				{ userId: row.user_id, name: row.display_name, licence: row.licence_number }
			])
		).values()
	];
}

/** Who issues, for whom, and what it says. */
export interface ActRequest {
	/** Made with the page, so that a form sent twice is one paper. */
	id: string;
	card: Pick<EnterpriseCard, 'id' | 'name' | 'creditCode' | 'address'>;
	body: ActBody;
	/** 逾期阶梯: the proposed step that it takes. */
	escalation?: string;
	/** 更正: the act in whose place it is to stand, which correction this is, and why. */
	supersedes?: string;
	correction?: { number: number; reason: string };
}

const actOf = (
	{ id, card, body, escalation, supersedes, correction }: ActRequest,
	{ userId, membership }: { userId: string; membership: Membership },
	now: Date
) =>
	actSchema.safeParse({
		format: 'mingcha.act/1',
		id,
		agencyId: membership.agencyId,
		enterprise: { id: card.id, name: card.name, creditCode: card.creditCode, address: card.address },
		body,
		signer: { userId, name: membership.displayName, role: membership.role },
		at: now.toISOString(),
		...(escalation && { escalation }),
		...(supersedes && { supersedes, correction })
	} satisfies Record<Exclude<keyof Act, 'escalation' | 'supersedes' | 'correction'>, unknown>);

/**
 * Issues a paper in the name of the membership's agency. The text is made and signed here; every rule stands in the
 * transaction (`issue_act`). Afterwards the document worker renders it.
 * @returns `permission.role` for who may not, `act.agency` for a membership without an agency, `act.day`, `act.officers`,
 * `escalation.state` for a step that somebody has taken, or that has ended.
 */
export async function issueAct(
	backend: Backend,
	client: Client,
	who: { userId: string; membership: Membership },
	request: ActRequest,
	now: Date = new Date()
): Promise<Result<{ actId: string; documentId: string; numberText: string; enterpriseId: string }>> {
	if (!who.membership.agencyId) return failure('act.agency');
	const parsed = actOf(request, who, now);
	if (!parsed.success) return failure('request.invalid', {}, parsed.error.issues[0]?.path.join('.'));
	const text = canonicalText(parsed.data);
	const { signature, keyId } = signText(backend.keys, text);
	const answer = readAnswer<{ actId: string; documentId: string; numberText: string; enterpriseId: string }>(
		await client.rpc('issue_act', {
			p_text: text,
			p_signature: signature,
			p_key_id: keyId,
			p_delivery:
				isInternalPaper(request.body.kind) || request.supersedes
					? null
					: { ...deliveryHashes(backend.keys.deliverySecret, parsed.data.id) }
		})
	);
	if (answer.ok) announceSeal({ enterpriseId: answer.value.enterpriseId });
	return answer;
}

/** How the paper would look: nothing is kept, no number is taken. Problems as of `renderPdf`. */
export async function previewAct(
	client: Client,
	who: { userId: string; membership: Membership },
	request: ActRequest,
	now: Date = new Date()
): Promise<Result<RenderedPdf>> {
	const agency = await readAgency(client, who.membership.agencyId);
	if (!agency) return failure('act.agency');
	const parsed = actOf(request, who, now);
	if (!parsed.success) return failure('request.invalid', {}, parsed.error.issues[0]?.path.join('.'));
	return renderPdf(previewContent(parsed.data, { agency, day: shanghaiDate(now) }));
}
