import type { document as zhCN } from '../zh-CN/document.ts';

export const document: Record<keyof typeof zhCN, string> = {
	'document.kind.inspection_record': 'On-site inspection record',
	'document.kind.rectification_order': 'Rectification document',
	'document.kind.recheck_opinion': 'Recheck opinion',
	'document.kind.hazard_report': 'Hazard report',
	'document.kind.score_sheet': 'Score sheet',
	'document.kind.inspection_plan': 'Inspection plan',
	'document.kind.inspection_notice': 'Notice of a check',
	'document.kind.assistance_request': 'Request for assistance',
	'document.kind.reminder_notice': 'Reminder',
	'document.kind.supervision_card': 'Supervision card',
	'document.kind.overdue_report': 'Report of overdue hazards',
	'document.kind.supervision_opinion': 'Supervision opinion',
	'document.title.rectification_order_a': 'Rectification order',
	'document.title.rectification_order_b': 'Rectification notice',
	'document.track.A': 'Enforcement documents',
	'document.track.B': 'Street supervision documents',
	'document.track.C': 'Community hazard reports',
	'document.track.meaning.A': 'Issued by this agency under law after a check by two licensed officers',
	'document.track.meaning.B':
		'Issued by street inspectors; what is not put right is reported to the district authority',
	'document.track.meaning.C':
		'Reports hazards and demands nothing; the street can adopt the report and issue a notice',
	'document.why_not_a': 'Why this is not an enforcement document',
	'document.why_not_a.agency_not_authorised': 'This agency has no published power of enforcement on file',
	'document.why_not_a.one_officer':
		'There is one inspector; an enforcement check needs at least two officers',
	'document.why_not_a.no_licence': '{name} has no enforcement licence on file',
	'document.why_not_a.licence_date_unknown': 'The enforcement licence of {name} has no expiry date on file',
	'document.why_not_a.licence_expired': 'The enforcement licence of {name} was valid until {validUntil}',
	'document.why_not_a.not_confirmed': '{name} has not confirmed the signature with their own login',
	'document.why_not_a.community_worker':
		'{name} is a community worker and may not carry out administrative checks',
	'document.why_not_a.delivery_not_agreed': 'Electronic delivery was not agreed to',
	'document.signature_level':
		'Image of a handwritten signature + integrity check; not a reliable electronic signature',
	'document.issue_level':
		'Issued by the signer’s own login + integrity check; not a reliable electronic signature',
	'document.seal_note': 'No seal is drawn here; where one is needed, print the document and stamp it',
	'document.download': 'Download PDF',
	'document.pdf_signature': 'Kind of signature',
	'document.pdf_signature.download': 'Download the digitally signed PDF',
	'document.pdf_signature.sha256': 'Checksum of the digitally signed PDF',
	'document.pdf_signature.has':
		'Image of a handwritten signature + integrity check; also as a PDF digitally signed by the agency',
	'document.pdf_signature.level.B-B': 'PAdES B-B (signed with the agency’s certificate; time of this server)',
	'document.pdf_signature.level.B-T':
		'PAdES B-T (signed with the agency’s certificate, with a timestamp by a third party)',
	'document.pdf_signature.by': '{subject}, signed {at}, certificate valid until {until}',
	'document.pdf_signature.self_signed':
		'The certificate is signed by itself: PDF readers will not trust it; it only shows that the file was not changed.',
	'document.pdf_signature.not':
		'The agency signed the file; it is no electronic signature of the inspectors or of the person in charge on site. It holds no revocation data: a reader has to check whether the certificate still stands.',
	'document.pages': '{count, plural, one {# page} other {# pages}}'
};
