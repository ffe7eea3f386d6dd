-- Reports of the communities (track C) and what a street inspector needs to adopt one (「采纳并出具」). Each
-- function names the scope filter that the policies of the tables have too.

create function public.waiting_reports() returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'enterpriseId', e.id, 'enterpriseName', e.name, 'address', e.address,
      'reportedBy', i.inspector_name, 'inspectedOn', i.inspected_on, 'sealedAt', app.instant_text(i.sealed_at), 'hazards', w.hazards, 'major', w.major)
    order by w.major desc, i.sealed_at), '[]')
  from (select h.inspection_id, count(*) hazards, count(*) filter (where h.severity = 'major') major
    from public.hazards h where h.state = 'reported' and h.scope <@ (select app.visible_scopes()) group by 1) w
  join public.inspections i on i.id = w.inspection_id join public.enterprises e on e.id = i.enterprise_id
  where i.track = 'C' and i.adopted_by is null and i.scope <@ (select app.visible_scopes())
$$;
grant execute on function public.waiting_reports() to authenticated;

create function public.read_report(p_inspection uuid) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select coalesce((select app.success(jsonb_build_object('id', i.id, 'scope', i.scope, 'today', app.today(),
      'enterprise', jsonb_build_object('id', e.id, 'name', e.name, 'address', e.address), 'reportedBy', i.inspector_name,
      'inspectedOn', i.inspected_on, 'sealedAt', app.instant_text(i.sealed_at), 'isAdopted', i.adopted_by is not null,
      'documents', (select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'kind', d.kind, 'track', d.track, 'numberText', d.number_text,
        'pdfSha256', d.pdf_sha256, 'renderProblem', d.render_problem) order by d.record_position), '[]') from public.documents d where d.inspection_id = i.id),
      'hazards', (select coalesce(jsonb_agg(jsonb_build_object('id', h.id, 'part', h.part, 'severity', h.severity, 'description', h.description,
        'legalBasis', h.legal_basis, 'acceptance', h.acceptance, 'measure', h.measure, 'state', h.state, 'deadline', h.deadline,
        'photos', (select coalesce(jsonb_agg(u.sha256 order by u.position), '[]') from public.evidence_uses u
          where u.hazard_id = h.id and u.purpose in ('hazard', 'proof'))) order by h.position), '[]')
        from public.hazards h where h.inspection_id = i.id)))
    from public.inspections i join public.enterprises e on e.id = i.enterprise_id where i.id = p_inspection and i.track = 'C'
      and i.scope <@ (select app.visible_scopes())),
    app.refusal('not_found'))
$$;
grant execute on function public.read_report(uuid) to authenticated;
