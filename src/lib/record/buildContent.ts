import { canonicalText, sha256Hex } from '#lib/canonical.ts';
import type { Answer } from '#lib/inspection/inspection.ts';
import { inspectionContentSchema, type InspectionContent } from './content.ts';
import { deliveryConsentWords } from './consent.ts';
import type { Draft, FixedContent } from './draft.ts';
import type { ProvisionalPoints } from './provisionalPoints.ts';
import { checklistOf, itemsOf } from './visit.ts';
import type { VisitBundle } from './visitBundle.ts';

const textOrNull = (text: string): string | null => text.trim() || null;

/**
 * What was found, as the phone sends it. Everything comes from the draft and the pinned bundle; only files that
 * something shows are listed.
 * @param endedAt the phone's clock at 签章
 * @throws when the draft is not ready: the steps let nobody come here then (`stepProblem`).
 */
export function buildContent(
	draft: Draft,
	bundle: VisitBundle,
	provisional: ProvisionalPoints | null,
	endedAt: string
): InspectionContent {
	const { enterprise, inspector } = bundle;
	const isChecked = draft.notChecked === null;
	const hazards = isChecked ? draft.hazards : [];
	const verdicts = isChecked ? Object.values(draft.verdicts) : [];
	const checklist = checklistOf(draft, bundle);
	const content = {
		format: 'mingcha.inspection/1',
		id: draft.id,
		kind: draft.kind,
		rechecks: draft.rechecks,
		supersedes: null,
		enterprise: {
			id: enterprise.id,
			name: enterprise.name,
			creditCode: enterprise.creditCode,
			address: enterprise.address,
			principalName: enterprise.principal?.name ?? enterprise.contactName,
			principalPhone: enterprise.principal?.phone ?? enterprise.contactPhone,
			siteType: enterprise.siteType
		},
		agencyId: bundle.agency.id,
		place: textOrNull(draft.place),
		taskSource: textOrNull(draft.taskSource),
		checkIn: draft.checkIn,
		notChecked: draft.notChecked,
		checklistVersionIds: isChecked ? checklist.versionIds : [],
		answers: isChecked ? answersOf(draft, bundle) : [],
		hazards,
		verdicts,
		provisional: isChecked ? provisional && { ...provisional } : null,
		electronicDelivery: isChecked && draft.electronicDelivery === true,
		...(isChecked && draft.electronicDelivery === true && { electronicDeliveryWords: deliveryConsentWords }),
		onSite: isChecked ? onSiteOf(draft) : null,
		inspector: {
			userId: inspector.userId,
			name: inspector.name,
			licence: inspector.licence,
			signature: draft.inspectorSignature?.strokes,
			at: draft.inspectorSignature?.at
		},
		companionId: draft.companionId,
		deliveryId: draft.deliveryId,
		device: { endedAt, clockOffsetMilliseconds: draft.clockOffsetMilliseconds }
	};
	const shown = [
		...hazards.flatMap(({ photos, proof }) => [...photos, ...proof]),
		...verdicts.flatMap(({ photos }) => photos),
		...(draft.notChecked?.photos ?? []),
		...(isChecked && draft.onSite.outcome === 'refused' ? draft.onSite.photos : [])
	];
	const evidence = [...new Set(shown)].map((sha256) => draft.photos[sha256]);
	return inspectionContentSchema.parse({ ...content, evidence });
}

function answersOf(draft: Draft, bundle: VisitBundle): Answer[] {
	return itemsOf(checklistOf(draft, bundle)).flatMap((item) => {
		const value = draft.answers[item.id];
		return value
			? [{ itemId: item.id, itemCode: item.code, part: item.part, text: item.text, answer: value }]
			: [];
	});
}

function onSiteOf({ onSite }: Draft): unknown {
	const { outcome, name, at } = onSite;
	if (outcome === 'signed') {
		return {
			outcome,
			name,
			duty: textOrNull(onSite.duty),
			phone: textOrNull(onSite.phone),
			signature: onSite.signature,
			at
		};
	}
	return {
		outcome,
		name: textOrNull(name),
		reason: onSite.reason,
		witness: {
			name: onSite.witnessName,
			identity: textOrNull(onSite.witnessIdentity),
			signature: onSite.witnessSignature
		},
		photos: onSite.photos,
		at
	};
}

/** The canonical text of a content and its hash: what is kept on the phone and sent, the same each time. */
export async function fixContent(content: InspectionContent): Promise<FixedContent> {
	const text = canonicalText(content);
	return { text, sha256: await sha256Hex(text) };
}
