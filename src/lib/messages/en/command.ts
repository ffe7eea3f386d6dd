import type { command as zhCN } from '../zh-CN/command.ts';

export const command: Record<keyof typeof zhCN, string> = {
	'command.unknown_option': 'wrong usage: {message}',
	'command.locked_hint': 'While the system runs, use its page: {page}.',
	'command.sign_in_needed':
		'The data is on Supabase: give an administrator’s account in MINGCHA_EMAIL and MINGCHA_PASSWORD.',
	'command.not_administrator': 'This account is not an administrator.',
	'command.import.summary':
		'{loaded} new · {loaded_outside} outside every area · {changed} changed · {unchanged} unchanged · {refused} refused',
	'command.import.joint': '; ',
	'command.import.columns': '{file}: {mapping}',
	'command.import.foreign_ranking': '{source}, by community:',
	'command.import.foreign_rank':
		'  {label}: violations {violations}, inspections {inspections}, sites {sites}',
	'command.verify.holds':
		'{records} records and {documents} documents ({documentsWithoutPdf} not rendered yet, {documentsSigned} digitally signed) hold; the chain ends at {position} {link}',
	'command.verify.rows_hold':
		'{rows} rows agree with the records they came from, {files} files of evidence with their hashes',
	'command.verify.evidence': 'file of evidence {sha256}',
	'command.verify.feed_holds':
		'The chain of events holds: {events} events, with {steps} steps of people, rectifications, deliveries and papers they hold, unchanged',
	'command.verify.supervision': 'demand {id}',
	'command.verify.event': 'event {position}',
	'command.verify.defects':
		'{count, plural, one {# defect} other {# defects}} in {records} records and {documents} documents:',
	'command.verify.defect': '{where} {kind}: got {got}, expected {expected}',
	'command.verify.record': 'record {position}',
	'command.verify.document': 'document {documentId}',
	'command.verify.head': 'end of the chain',
	'command.recount.agrees': 'The tallies agree with the rows they count.',
	'command.recount.drift':
		'{count, plural, one {# tally differs} other {# tallies differ}} from the rows counted:',
	'command.recount.row': '{table} {key}: got {counted}, expected {expected}',
	'command.recount.repaired': 'Repaired from the rows.',
	'command.recount.hint': 'Repair with --repair.',
	'command.recount.frozen_agrees':
		'{count, plural, one {The frozen month agrees} other {The # frozen months agree}} with the rows.',
	'command.recount.frozen_drift':
		'Frozen months differ from the rows in {count} places (shown, never changed):',
	'command.generate.done':
		'Sample data made in {folder} in {seconds} s. The accounts are in sample-accounts.json.',
	'command.generate.city_done':
		'The sample city is made: {enterprises, number} enterprises in {seconds} s. For load only: it has no records, documents or events.',
	'command.backup.done': 'Backed up to {file}: {count} files, {megabytes} MB, chain at {position}.',
	'command.backup.secret':
		'It holds keys and personal data: guard it like the official seal (only you can read the file).',
	'command.restore.done':
		'Restored to {folder}: all {count} files are what they were, backup of {createdAt}.',
	'command.restore.head': 'The chain ends where it did: {position}.',
	'command.restore.head_differs': 'The chain ends elsewhere: got {got}, expected {expected}.'
};
