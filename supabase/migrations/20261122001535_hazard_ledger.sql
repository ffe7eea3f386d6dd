-- 隐患台账: every hazard that a list shows, in the columns in use, the oldest first, a part at a time.

-- p_after: {foundOn, id} of the last line of the part before. For staff: 督办 stands in it only for who may read it.
create function public.hazard_ledger(p_filter jsonb, p_after jsonb, p_limit int) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'enterpriseName', e.name, 'community', app.community_name(m.scope), 'siteType', m.site_type,
      'part', m.part, 'description', m.description, 'severity', m.severity, 'cause', m.cause, 'legalBasis', m.legal_basis, 'acceptance', m.acceptance,
      'foundOn', m.found_on, 'foundBy', concat_ws('、', i.inspector_name, i.companion_name), 'measure', m.measure, 'deadline', m.deadline,
      'principal', (select p.name from public.enterprise_principals l
        join public.principals p on p.id = l.principal_id where l.enterprise_id = e.id and l.valid_to is null order by l.valid_from desc, p.name limit 1), 'state', m.state, 'isOverdue', m.state in ('open', 'rectification_submitted') and m.deadline < (select app.today()),
      'stopped', app.hazard_stop(h),
      'funds', (select s.says->>'budget' from public.major_steps s where s.hazard_id = m.id and s.act = 'file_plan' order by s.number desc limit 1), 'closedOn', m.closed_on, 'acceptedBy', concat_ws('、', r.inspector_name, r.companion_name),
      'orderNumber', (select d.number_text from public.documents d where d.inspection_id = m.inspection_id and d.kind = 'rectification_order'
        and d.state = 'issued' order by d.record_position limit 1),
      'supervisedBy', v.issuer_name, 'supervisor', v.owner_name) order by m.found_on, m.id), '[]')
  from (select h.* from app.listed_hazards(p_filter) h
    where p_after is null or (h.found_on, h.id) > ((p_after->>'foundOn')::date, (p_after->>'id')::uuid)
    order by h.found_on, h.id limit least(p_limit, 2000)) m
  join public.enterprises e on e.id = m.enterprise_id join public.inspections i on i.id = m.inspection_id join public.hazards h on h.id = m.id
  left join lateral (select t.cause_id from public.hazard_transitions t where t.hazard_id = m.id and t.to_state in ('closed', 'accepted')
    and t.cause_kind = 'inspection' and m.measure = 'deadline' order by t.id desc limit 1) c on true
  left join public.inspections r on r.id = c.cause_id
  left join lateral (select s.issuer_name, s.owner_name from public.supervisions s where s.enterprise_id = m.enterprise_id and m.id = any (s.hazard_ids)
    and (s.scope <@ (select app.overseen_scopes()) or s.owner_id = auth.uid()) order by s.issued_on desc, s.id limit 1) v on true
$$;
grant execute on function public.hazard_ledger(jsonb, jsonb, int) to authenticated;
