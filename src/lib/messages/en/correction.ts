import type { correction as zhCN } from '../zh-CN/correction.ts';

export const correction: Record<keyof typeof zhCN, string> = {
	'correction.title': 'Correct a record',
	'correction.online':
		'The sealed record stays as it is: a new one, with new papers, takes its place. Needs a network; what is unfinished stays on this device until you come back.',
	'correction.visit': 'Enterprise and visit',
	'correction.enterprise': 'Enterprise',
	'correction.credit_code': 'Credit code',
	'correction.address': 'Address',
	'correction.principal': 'Person in charge',
	'correction.phone': 'Phone',
	'correction.task_source': 'Source of the task',
	'correction.hazards': 'Hazards',
	'correction.verdicts': 'Rechecked',
	'correction.remark': 'What was found',
	'correction.new_deadline': 'New deadline',
	'correction.clause': 'Clause cited',
	'correction.fixed_deadline':
		'An extension or a recheck has set another deadline; it is not corrected here.',
	'correction.withdraw': 'Withdraw this hazard (it was not there)',
	'correction.withdrawn': 'Corrected away',
	'correction.add_photos': 'Add photos',
	'correction.changes': 'Changes',
	'correction.no_changes': 'Nothing is changed yet.',
	'correction.points':
		'This touches points: those read on site no longer apply, the account is reckoned anew.',
	'correction.reason': 'Reason',
	'correction.reason_hint': 'Printed on the corrected papers; the enterprise reads it.',
	'correction.on_site': 'Person in charge on site',
	'correction.present': 'Signs here',
	'correction.absent': 'Not present',
	'correction.absent_hint': 'The papers leave a line to sign; the QR code stays and asks for receipt again.',
	'correction.present_hint': 'I have read the correction. Signing says that, and nothing more.',
	'correction.officer': 'Signature of who corrects',
	'correction.companion': 'Second officer',
	'correction.companion_hint':
		'Enforcement papers are corrected by two licensed officers: the second signs with their own login.',
	'correction.send': 'Issue the correction',
	'correction.meaning':
		'The papers before are marked as corrected at once; new ones get new numbers. It cannot be taken back, only corrected again.',
	'correction.waiting': 'Waiting for the second signature. Come back to this page afterwards.',
	'correction.again': 'Signed: finish',
	'correction.change': 'Change it',
	'correction.resumed': 'This is what you left unfinished. Go on, or begin again.',
	'correction.restart': 'Discard it and begin with the record',
	'correction.unkept': 'This browser keeps nothing: what you type is lost when you leave.'
};
