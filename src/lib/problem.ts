/**
 * The error catalogue. An expected failure is a returned value with a code from this list; the text a
 * person reads comes from the code (`messages`, key `problem.<code>`): what happened and what to do next.
 * A broken invariant throws instead, with what was got and what was expected.
 */
export const problemStatus = {
	'request.not_json': 400,
	'request.invalid': 400,
	'request.too_large': 413,
	'session.missing': 401,
	'session.expired': 401,
	'session.wrong_password': 401,
	'session.too_many_attempts': 429,
	'session.sample_password': 403,
	'session.no_membership': 403,
	'permission.denied': 403,
	'permission.area': 403,
	'permission.role': 403,
	'permission.track': 403,
	'permission.licence': 403,
	'invitation.unknown': 404,
	'invitation.expired': 410,
	'invitation.used': 409,
	'invitation.address_taken': 409,
	'password.too_weak': 400,
	'password.unchanged': 400,
	not_found: 404,
	'area.invalid_geometry': 422,
	'area.code_duplicate': 422,
	'area.future': 422,
	'area.day': 422,
	'area.ended': 409,
	'area.has_children': 409,
	'area.name_taken': 409,
	'area.faults': 422,
	'area.changed_meanwhile': 409,
	'area.coordinates': 422,
	'enterprise.credit_code': 422,
	'enterprise.credit_code_reason': 422,
	'enterprise.outside_areas': 422,
	'enterprise.duplicate': 409,
	'import.encoding': 422,
	'import.unreadable': 422,
	'import.empty': 422,
	'import.too_many': 413,
	'import.mapping': 422,
	'import.swapped': 422,
	'import.uploaded_gone': 410,
	'import.crs': 422,
	'import.crs_suspect': 422,
	'import.columns': 422,
	'import.bad_lines': 422,
	'import.geometry': 422,
	'evidence.too_large': 413,
	'evidence.hash_mismatch': 422,
	'evidence.media_type': 415,
	'evidence.not_found': 404,
	'inspection.already_sealed': 409,
	'inspection.state': 409,
	'inspection.checklist_version': 409,
	'inspection.unanswered': 422,
	'inspection.position_reason': 422,
	'inspection.clock': 422,
	'signature.missing': 422,
	'signature.empty': 422,
	'signature.witness_missing': 422,
	'signature.cosigner': 422,
	'signature.not_yours': 403,
	'consent.missing': 422,
	'hazard.state': 409,
	'hazard.clause': 422,
	'risk_point.state': 409,
	'decision.state': 409,
	'decision.same_person': 409,
	'decision.behind': 409,
	'appeal.over': 409,
	'alarm.time': 422,
	'alarm.state': 409,
	'event.day': 422,
	'event.clause': 422,
	'event.points': 422,
	'event.evidence': 422,
	'event.known': 409,
	'event.state': 409,
	'event.appealed': 409,
	'event.decided': 409,
	'measure.state': 409,
	'measure.owner': 422,
	'measure.deadline': 422,
	'api_key.unknown': 401,
	'supervision.state': 409,
	'supervision.owner': 422,
	'supervision.deadline': 422,
	'supervision.exists': 409,
	'scheme.past': 422,
	'scheme.unknown': 404,
	'scheme.validity': 422,
	'scheme.day_taken': 409,
	'scheme.in_force': 409,
	'scheme.begun': 409,
	'scheme.not_tried': 409,
	'scheme.known': 409,
	'scheme.file': 422,
	'map.past_too_many': 422,
	'hazard.deadline': 422,
	'hazard.evidence_missing': 422,
	'document.state': 409,
	'document.glyph_missing': 422,
	'document.not_ready': 503,
	'document.failed': 503,
	'delivery.unknown': 404,
	'delivery.expired': 410,
	'delivery.revoked': 410,
	'delivery.code_wrong': 403,
	'delivery.code_locked': 429,
	'rectification.empty': 422,
	'record.unknown': 404,
	'record.signature': 409,
	'folder.locked': 423,
	'server.port_taken': 409,
	'folder.kind': 409,
	'folder.not_empty': 409,
	'folder.no_administrator': 409,
	'backup.exists': 409,
	'backup.remote': 409,
	'backup.invalid': 422,
	'backend.unavailable': 503
} as const satisfies Record<string, number>;

export type ProblemCode = keyof typeof problemStatus;

/** What is told to a person when something expected goes wrong. `details` fills the placeholders of the text. */
export interface Problem {
	code: ProblemCode;
	details?: Record<string, string | number>;
	/** Where in the input it is wrong, as a path such as `hazards.0.deadline`. */
	path?: string;
}

export type Result<Value> = { ok: true; value: Value } | { ok: false; problem: Problem };

export const success = <Value>(value: Value): Result<Value> => ({ ok: true, value });

export function failure(
	code: ProblemCode,
	details?: Problem['details'],
	path?: string
): { ok: false; problem: Problem } {
	return { ok: false, problem: { code, ...(details && { details }), ...(path && { path }) } };
}

export const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(problemStatus, code);
