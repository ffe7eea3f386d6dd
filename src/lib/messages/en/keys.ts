import type { keys as zhCN } from '../zh-CN/keys.ts';

export const keys: Record<keyof typeof zhCN, string> = {
	'keys.title': 'Signing keys',
	'keys.text':
		'Records, case bundles and the end of the chain are signed with the server’s Ed25519 key. After a change of keys earlier signatures can still be verified.',
	'keys.public_title': 'Public keys',
	'keys.public_text':
		'To verify a case bundle, compare its fingerprint with the one published here. The agency should publish it elsewhere too (a notice, a letter): what stands in one place only proves that this place has not changed.',
	'keys.current': 'in use',
	'keys.retired': 'retired',
	'keys.from': 'From',
	'keys.to': 'Until',
	'keys.unknown_day': 'not known',
	'keys.id': 'Id',
	'keys.fingerprint': 'Fingerprint (SHA-256)',
	'keys.public_key': 'Public key (PEM)',
	'keys.rotate': 'Change the key',
	'keys.rotate.what':
		'At once: new records are signed with a new key and the end of the chain is signed again; the old private key is destroyed, its public key kept with its dates. Do so when a key may have leaked, when people change, or every year or two. Afterwards publish the new fingerprint and take a new backup.',
	'keys.rotate.confirm': 'The new fingerprint will be published',
	'keys.rotated': 'Now {current} signs; {retired} is retired, its public key kept.',
	'keys.head_forged':
		'The file of the chain’s end, head.json, was not written by this system and was not signed again: run verify.',
	'keys.certificate': 'Certificate for signing PDFs',
	'keys.certificate.none':
		'None is kept. Papers have: image of a handwritten signature + integrity check; not a reliable electronic signature. To sign PDFs for the agency, the operator stops the server and runs: npm run -s keys -- certificate FILE.p12',
	'keys.certificate.subject': 'Subject',
	'keys.certificate.issuer': 'Issuer',
	'keys.certificate.validity': 'Valid',
	'keys.certificate.days': '{from} to {until}',
	'keys.certificate.expired': 'Expired: new papers are not signed any more; have the certificate renewed',
	'keys.certificate.soon': 'Expires in less than 30 days; have the certificate renewed',
	'keys.certificate.kept':
		'Kept: {subject} (valid until {until}); from now on each PDF has a signed one beside it. Take a new backup.',
	'keys.certificate.removed':
		'Removed: {subject}; its private key is destroyed, the certificate stays. PDFs are not signed any more.',
	'keys.certificate.password': 'Password of the certificate file: ',
	'keys.administer': 'See and change the signing keys'
};
