-- The case bundle (案卷): everything of one inspection and of what followed from it, for staff of its area, in one answer that is
-- noted in the audit log as a read of sensitive data.

-- The inspection that a chain of rechecks began with, and all that followed from it.
create function app.case_inspections(p_inspection uuid) returns uuid[]
  language sql stable security definer set search_path = ''
as $$
  with recursive up as (
    select i.id, i.rechecks from public.inspections i where i.id = p_inspection
    union select i.id, i.rechecks from public.inspections i join up on i.id = up.rechecks
  ), whole as (
    select up.id from up
    union select i.id from public.inspections i join whole on i.rechecks = whole.id
  )
  select coalesce(array_agg(w.id order by i.sealed_at, i.id), '{}') from whole w join public.inspections i using (id)
$$;

-- The case as it stands now: rows, record texts and the hashes of files. No file travels this way.
create function app.case_of(p_inspections uuid[]) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  with hazard as (
    select h.* from public.hazards h where h.inspection_id = any (p_inspections)
      or h.id in (select t.hazard_id from public.hazard_transitions t where t.cause_kind = 'inspection' and t.cause_id = any (p_inspections))
  ), rectification as (
    select r.* from public.rectifications r where r.hazard_id in (select h.id from hazard h)
  ), document as (
    select d.* from public.documents d where d.inspection_id = any (p_inspections)
  ), record as (
    select r.* from public.records r where r.subject_id = any (p_inspections) or r.position in (select d.record_position from document d)
      or r.subject_id in (select c.id from public.corrections c where c.subject_id = any (p_inspections))
  ), delivery as (
    select d.* from public.deliveries d where d.inspection_id = any (p_inspections)
  ), extension as (
    select x.* from public.hazard_extensions x where x.hazard_id in (select h.id from hazard h)
  ), major_step as (
    select s.* from public.major_steps s where s.hazard_id in (select h.id from hazard h)
  ), paper as (
    select p.* from public.paper_receipts p where p.delivery_id in (select d.id from delivery d)
  )
  select jsonb_build_object(
    'enterprise', (select jsonb_build_object('id', e.id, 'name', e.name, 'creditCode', e.credit_code, 'address', e.address, 'siteType', e.site_type,
        'longitude', e.longitude, 'latitude', e.latitude)
      from public.inspections i join public.enterprises e on e.id = i.enterprise_id where i.id = p_inspections[1]),
    'agency', (select jsonb_build_object('name', a.name, 'shortName', a.short_name, 'isSample', a.is_sample)
      from public.inspections i join public.agencies a on a.id = i.agency_id where i.id = p_inspections[1]),
    'inspections', (select jsonb_agg(jsonb_build_object('id', i.id, 'kind', i.kind, 'outcome', i.outcome, 'track', i.track, 'rechecks', i.rechecks,
        'inspectedOn', i.inspected_on, 'checkedInAt', app.instant_text(i.checked_in_at), 'endedAt', app.instant_text(i.ended_at),
        'checkInHeardAt', app.instant_text((select c.server_at from public.check_ins c where c.inspection_id = i.id)),
        'clockSuspect', i.clock_suspect, 'nthOfYear', i.nth_of_year, 'inspectorName', i.inspector_name, 'companionName', i.companion_name)
      order by array_position(p_inspections, i.id)) from public.inspections i where i.id = any (p_inspections)),
    'records', (select jsonb_agg(jsonb_build_object('position', r.position, 'kind', r.kind, 'subjectId', r.subject_id, 'text', r.canonical_text,
        'sha256', r.sha256, 'signature', r.signature, 'keyId', r.key_id, 'numbersText', r.numbers_text, 'sealedAt', app.instant_text(r.sealed_at),
        'previousLink', r.previous_link, 'link', r.link) order by r.position) from record r),
    'documents', (select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'inspectionId', d.inspection_id, 'recordPosition', d.record_position,
        'kind', d.kind, 'track', d.track, 'numberText', d.number_text, 'state', d.state, 'issuedAt', app.instant_text(d.issued_at),
        'replacedBy', case when d.state = 'superseded' then app.replacement_of(d.record_position, d.kind)->>'numberText' end, 'pdfSha256', d.pdf_sha256, 'pdfBytes', d.pdf_bytes,
        'signature', app.signature_of(d.id), 'renderProblem', d.render_problem) order by d.record_position, d.kind, d.id), '[]') from document d),
    'hazards', (select coalesce(jsonb_agg(jsonb_build_object('id', h.id, 'inspectionId', h.inspection_id, 'part', h.part, 'severity', h.severity,
        'description', h.description, 'legalBasis', h.legal_basis, 'acceptance', h.acceptance, 'measure', h.measure, 'state', h.state,
        'deadline', h.deadline, 'foundOn', h.found_on, 'closedOn', h.closed_on, 'recurrence', h.recurrence, 'reopened', h.reopened,
        'longitude', h.longitude, 'latitude', h.latitude) order by h.found_on, h.inspection_id, h.position), '[]') from hazard h),
    'transitions', (select coalesce(jsonb_agg(jsonb_build_object('hazardId', t.hazard_id, 'at', app.instant_text(t.at), 'day', t.day, 'from', t.from_state,
        'to', t.to_state, 'cause', t.cause_kind, 'causeId', t.cause_id, 'deadline', t.deadline, 'note', t.note) order by t.id), '[]')
      from public.hazard_transitions t where t.hazard_id in (select h.id from hazard h)),
    'rectifications', (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'hazardId', r.hazard_id, 'note', r.note,
        'submittedAt', app.instant_text(r.submitted_at), 'means', case when r.delivery_id is null then 'account' else 'delivery' end)
      order by r.submitted_at, r.id), '[]') from rectification r),
    'extensions', (select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'hazardId', x.hazard_id, 'askedBy', x.asked_by, 'askedAt', app.instant_text(x.asked_at),
        'standing', x.standing_deadline, 'wished', x.wished, 'reason', x.reason, 'state', x.state, 'until', x.granted_until, 'note', x.note,
        'decidedBy', x.decider_name, 'decidedAt', app.instant_text(x.decided_at)) order by x.asked_at, x.id), '[]') from extension x),
    'majorSteps', (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'hazardId', s.hazard_id, 'number', s.number, 'act', s.act,
        'at', app.instant_text(s.at), 'byName', s.by_name, 'says', s.says,
        'means', case when s.delivery_id is not null then 'page' when s.on_paper then 'paper' else 'login' end)
      order by s.hazard_id, s.number), '[]') from major_step s),
    'papers', (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'deliveryId', p.delivery_id, 'signedBy', p.signed_by, 'signedOn', p.signed_on,
        'note', p.note, 'recordedBy', p.recorder_name, 'recordedAt', app.instant_text(p.recorded_at)) order by p.recorded_at, p.id), '[]') from paper p),
    'corrections', (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'inspectionId', c.subject_id, 'supersedes', c.supersedes, 'number', c.number,
        'reason', c.reason, 'byName', c.by_name, 'at', app.instant_text(c.at)) order by c.at, c.id), '[]')
      from public.corrections c where c.subject_id = any (p_inspections)),
    'deliveries', (select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'inspectionId', d.inspection_id, 'expiresAt', app.instant_text(d.expires_at),
        'revokedAt', app.instant_text(d.revoked_at), 'openedAt', app.instant_text(d.opened_at), 'receivedAt', app.instant_text(d.received_at),
        'receivedBy', d.received_by, 'receivedMeans', d.received_means) order by array_position(p_inspections, d.inspection_id), d.id), '[]') from delivery d),
    'deliveryEvents', (select coalesce(jsonb_agg(jsonb_build_object('deliveryId', v.delivery_id, 'kind', v.kind, 'at', app.instant_text(v.at),
        'byName', v.by_name, 'means', v.means, 'note', v.note) order by v.id), '[]')
      from public.delivery_events v where v.delivery_id in (select d.id from delivery d)),
    'photos', (select coalesce(jsonb_agg(jsonb_build_object('sha256', u.sha256, 'mediaType', v.media_type, 'purpose', u.purpose, 'hazardId', u.hazard_id,
        'inspectionId', u.inspection_id, 'rectificationId', u.rectification_id, 'extensionId', u.extension_id,
        'paperReceiptId', u.paper_receipt_id, 'majorStepId', u.major_step_id, 'takenAt', app.instant_text(u.taken_at),
        'longitude', u.longitude, 'latitude', u.latitude) order by u.purpose, u.hazard_id, u.rectification_id, u.inspection_id,
        u.extension_id, u.paper_receipt_id, u.major_step_id, u.position, u.sha256), '[]')
      from public.evidence_uses u join public.evidence v using (sha256)
      where u.inspection_id = any (p_inspections) or u.rectification_id in (select r.id from rectification r)
        or u.extension_id in (select x.id from extension x) or u.paper_receipt_id in (select p.id from paper p)
        or u.major_step_id in (select s.id from major_step s)
        or (u.hazard_id in (select h.id from hazard h) and u.purpose in ('hazard', 'proof', 'recheck'))))
$$;

-- 「下载案卷」. Staff who may see the place; an enterprise has its own page. Noted whether it is given or refused.
create function public.open_case(p_inspection uuid) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare i public.inspections;
begin
  select * into i from public.inspections where id = p_inspection;
  if i.id is null then return app.refusal('not_found'); end if;
  if not i.scope::text <@ (select app.visible_scopes()) then
    perform app.audit(auth.uid(), 'case.download', p_inspection::text, false, i.scope, null);
    return app.refusal('not_found');
  end if;
  perform app.audit(auth.uid(), 'case.download', p_inspection::text, true, i.scope, null);
  return app.success(app.case_of(app.case_inspections(p_inspection)));
end $$;
grant execute on function public.open_case(uuid) to authenticated;
