/**
 * What proves each column of what must not change. `npm run -s verify` holds every column against the proof named here; a
 * column without an entry fails the test, so that a new one is decided upon.
 *
 * - `link`: hashed or signed itself in the chain of records
 * - `text`: the sealed text states it, or what follows from the text alone
 * - `steps`: it stands as the steps that led there left it
 * - `witness`: the chain of events holds the hash of the row
 * - `events`: part of the hash of its event
 * - `file`: the bytes of the file give it
 * - anything else: not proven, and why
 */
export const provenColumns: Record<string, Record<string, string>> = {
	records: {
		...proven(
			'link',
			'position canonical_text sha256 signature key_id numbers_text sealed_at previous_link link'
		),
		...proven('text', 'kind subject_id enterprise_id content_sha256'),
		scope: 'steps'
	},
	inspections: {
		...proven(
			'text',
			'id scope enterprise_id agency_id kind outcome not_checked_kind rechecks inspector_id inspector_name companion_id companion_name',
			'inspected_on checked_in_at ended_at clock_suspect accuracy_metres distance_metres position_reason on_site_outcome',
			'electronic_delivery provisional_points'
		),
		...proven('steps', 'track adopted_by'),
		site_type: 'the register’s at the seal; the text has the phone’s',
		nth_of_year: 'counted at the seal; the printed one is in the PDF, which is witnessed',
		sealed_at: 'when the transaction began; the record’s own moment is linked'
	},
	corrections: proven(
		'text',
		'id subject_id supersedes number scope enterprise_id is_internal reason by_id by_name by_role at'
	),
	answers: proven('text', 'inspection_id item_id scope enterprise_id item_code part answer'),
	hazards: {
		...proven(
			'text',
			'id scope enterprise_id inspection_id position item_id item_code part severity cause description legal_basis clause',
			'acceptance measure found_on longitude latitude'
		),
		...proven('steps', 'state deadline closed_on accepted_on reopened in_time extended'),
		site_type: 'the register’s at the seal',
		recurrence: 'looked up at the seal, in what stood closed then'
	},
	hazard_transitions: {
		...proven('text', 'hazard_id cause_kind cause_id to_state day deadline note'),
		...proven('steps', 'scope enterprise_id from_state'),
		id: 'order of writing',
		at: 'when the transaction began; of a rectification it is the rectification’s own, which is witnessed'
	},
	signatures: proven('text', 'inspection_id role scope enterprise_id name user_id licence strokes signed_at'),
	evidence_uses: {
		...proven(
			'text',
			'sha256 scope enterprise_id inspection_id hazard_id purpose taken_at longitude latitude position'
		),
		...proven('witness', 'rectification_id extension_id paper_receipt_id major_step_id'),
		id: 'a number of its own',
		measure_id: 'the fact of the measure’s step is in the chain of events',
		registered_event_id: 'the event’s fact is in the chain of events',
		fact_id: 'the fact is in the chain of events'
	},
	evidence: {
		...proven('file', 'sha256 bytes'),
		media_type: 'read again from the bytes wherever it matters',
		stored_at: 'when it arrived'
	},
	documents: {
		...proven(
			'witness',
			'id record_position inspection_id delivery_id scope enterprise_id agency_id kind track year number number_text agency',
			'template_version issued_at pdf_sha256 pdf_bytes'
		),
		state: 'steps',
		rendered_at: 'work of the server',
		render_problem: 'work of the server',
		render_attempts: 'work of the server',
		render_retry_at: 'work of the server'
	},
	document_signatures: proven(
		'witness',
		'id scope enterprise_id is_internal pdf_sha256 signed_sha256 signed_bytes level certificate_sha256 subject issuer',
		'valid_until signed_at'
	),
	deliveries: {
		...proven('text', 'id inspection_id scope enterprise_id'),
		...proven('steps', 'opened_at received_at received_by received_means serial revoked_at'),
		screen_token_sha256: 'a changed one opens nothing',
		paper_token_sha256: 'a changed one opens nothing',
		code_sha256: 'a changed one opens nothing',
		expires_at: 'a limit, not a statement',
		failed_codes: 'counts tries',
		last_failed_at: 'counts tries'
	},
	delivery_events: proven('witness', 'id delivery_id scope enterprise_id kind at by_name means note answers'),
	rectifications: proven(
		'witness',
		'id hazard_id scope enterprise_id delivery_id submitted_by note submitted_at'
	),
	hazard_extensions: proven(
		'witness',
		'id request_id hazard_id scope enterprise_id delivery_id asked_by asked_at standing_deadline wished reason state granted_until',
		'note decided_by decider_name decided_at'
	),
	major_cases: proven('steps', 'hazard_id scope enterprise_id plan stop listed_until steps'),
	major_steps: proven(
		'witness',
		'id hazard_id number scope enterprise_id act at by_id delivery_id by_name on_paper says after_transition'
	),
	paper_receipts: proven(
		'witness',
		'id delivery_id scope enterprise_id signed_by signed_on note recorded_by recorder_name recorded_at'
	),
	tipoffs: proven(
		'witness',
		'id scope enterprise_id code_sha256 origin place description longitude latitude accuracy_metres is_named state received_at closed_on',
		'inspection_id steps'
	),
	tipoff_steps: proven('witness', 'tipoff_id number act at by_id by_name note reply'),
	tipoff_photos: proven('witness', 'tipoff_id position sha256'),
	third_party_opinions: proven(
		'witness',
		'id enterprise_id scope institution expert visited_on part opinion nature basis state recorded_by recorder_name recorded_at',
		'decided_by decider_name decided_on reason inspection_id'
	),
	check_tasks: proven(
		'witness',
		'id scope enterprise_id agency_id kind task_source opened_by companion_id officers checklists track authority nth_of_year',
		'opened_at stated_at statements token_sha256'
	),
	check_ratings: proven(
		'witness',
		'id task_id scope enterprise_id inspection_id officer_ids overall showed_certificate followed_checklist conducted_properly',
		'comment rated_on'
	),
	inspection_plans: proven(
		'witness',
		'id scope enterprise_id agency_id state body drafter_id drafter_name steps submitted_at'
	),
	inspection_plan_steps: proven('witness', 'plan_id number scope act by_id by_name note body at'),
	agency_versions: proven(
		'witness',
		'agency_id version scope name short_name may_enforce template changed_by changed_by_name changed_at'
	),
	document_voids: proven('witness', 'document_id scope reason by_id by_name at'),
	escalations: proven(
		'witness',
		'id inspection_id scope enterprise_id step hazards deadline proposed_on state note decided_by decider_name decided_at document_id'
	),
	facts: {
		...proven('text', 'enterprise_id scope kind occurred_on inspection_id hazard_id decided_by data'),
		id: 'of a person’s step: in the chain of events, with the whole fact',
		recorded_at: 'when the transaction began; of a person’s step: in the chain of events',
		ordinal: 'order of writing'
	},
	events: proven('events', 'position at kind scope enterprise_id data previous_hash hash')
};

/** Kinds of proof that `verify` has. */
export const proofs = ['link', 'text', 'steps', 'witness', 'events', 'file'] as const;
export type Proof = (typeof proofs)[number];
export const isProof = (text: string): text is Proof => proofs.includes(text as Proof);

function proven(proof: string, ...lines: string[]): Record<string, string> {
	return Object.fromEntries(lines.flatMap((line) => line.split(' ')).map((column) => [column, proof]));
}

/** The table of docs/decisions/proof.md. */
export function provenTable(): string {
	const lines = Object.entries(provenColumns).map(([table, columns]) => {
		const of = (proof: string) =>
			Object.keys(columns)
				.filter((column) => columns[column] === proof)
				.map((column) => `\`${column}\``)
				.join(' ');
		const open = Object.entries(columns).filter(([, proof]) => !isProof(proof));
		return `| ${[`\`${table}\``, ...proofs.map(of), open.map(([column, why]) => `\`${column}\`: ${why}`).join('; ')].join(' | ')} |`;
	});
	return [
		`| table | ${proofs.join(' | ')} | not proven, and why |`,
		`|${'---|'.repeat(proofs.length + 2)}`,
		...lines
	].join('\n');
}
