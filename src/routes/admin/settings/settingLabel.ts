import type { DocumentKind } from '#lib/document/document.ts';
import { documentTitleKey } from '#lib/document/documentTitle.ts';
import type { Track } from '#lib/document/track.ts';
import type { MessageKey, Translate } from '#lib/messages/index.ts';

const labels: Record<string, MessageKey> = {
	name: 'identity.invite.agency_name',
	shortName: 'identity.invite.agency_short_name',
	mayEnforce: 'identity.settings.may_enforce',
	isSample: 'identity.settings.is_sample',
	source: 'identity.settings.source',
	'authority.A': 'identity.settings.authority_A',
	'authority.B': 'identity.settings.authority_B',
	'authority.C': 'identity.settings.authority_C',
	'signatories.A': 'identity.settings.signatory_A',
	'signatories.B': 'identity.settings.signatory_B',
	'signatories.acts': 'identity.settings.signatory_acts',
	'remedy.government': 'identity.settings.government',
	'remedy.court': 'identity.settings.court',
	reportsTo: 'identity.settings.reports_to',
	filingDepartment: 'identity.settings.filing',
	'contact.name': 'identity.settings.contact',
	'contact.phone': 'identity.settings.contact_phone'
};

/** A field of an agency as its form calls it, by its path; what no form shows any more keeps its path. */
export function settingLabel(t: Translate, path: string): string {
	const label = labels[path];
	if (label) return t(label);
	const [group, track, kind] = path.split('.');
	return group === 'numberPatterns' && track && kind
		? `${t(`identity.settings.track_${track as Track}`)} · ${t(documentTitleKey(kind as DocumentKind, track as Track))}`
		: path;
}
