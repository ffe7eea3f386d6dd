-- 逾期阶梯, taken by people: a step is the paper that is issued for it (…_acts.sql), in one transaction, or it is dropped with a
-- reason. What proposes the steps stands in …_reminders.sql.

-- 1 提示单, 2 督办卡, 3 the report upward.
create function app.escalation_paper(p_step int) returns text
  language sql immutable set search_path = ''
as $$ select (array['reminder_notice', 'supervision_card', 'overdue_report'])[p_step] $$;

-- Who may issue the paper takes the step, and nobody else.
create function app.may_escalate(e public.escalations) returns boolean
  language sql stable security definer set search_path = ''
as $$ select (app.membership_for(app.act_roles(app.escalation_paper(e.step)), e.scope)).id is not null $$;

create function app.escalation_json(e public.escalations) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('id', e.id, 'inspectionId', e.inspection_id, 'enterpriseId', n.id, 'enterpriseName', n.name,
    'community', app.community_name(e.scope), 'step', e.step, 'hazards', e.hazards, 'deadline', e.deadline, 'proposedOn', e.proposed_on, 'state', e.state,
    'note', e.note, 'decidedBy', e.decider_name, 'decidedAt', app.instant_text(e.decided_at),
    'paper', (select jsonb_build_object('id', d.id, 'kind', d.kind, 'numberText', d.number_text, 'state', d.state, 'issuedOn', app.shanghai_date(d.issued_at)) from public.documents d where d.id = e.document_id),
    'orderText', (select d.number_text from public.documents d where d.inspection_id = e.inspection_id and d.kind = 'rectification_order' order by d.record_position desc limit 1),
    'mayDecide', e.state = 'proposed' and app.may_escalate(e))
  from public.enterprises n where n.id = e.enterprise_id
$$;

-- p_filter: state (proposed | all), enterprise. What is longest over first, 50 a page.
create function public.escalation_rows(p_filter jsonb, p_page int default 1) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  with matching as (
    select e.id, row_number() over (order by e.state = 'proposed' desc, e.step desc, e.deadline, e.id) as place from public.escalations e
    where e.scope <@ (select app.visible_scopes()) and (p_filter->>'enterprise' is null or e.enterprise_id = (p_filter->>'enterprise')::uuid)
      and (p_filter->>'state' = 'all' or e.state = 'proposed')
  )
  select jsonb_build_object('today', app.today(), 'total', (select count(*) from matching),
    'waiting', (select count(*) from public.escalations e where e.scope <@ (select app.visible_scopes()) and e.state = 'proposed'),
    'rows', coalesce((select jsonb_agg(app.escalation_json(e) order by m.place) from matching m join public.escalations e on e.id = m.id
      where m.place > (greatest(p_page, 1) - 1) * 50 and m.place <= greatest(p_page, 1) * 50), '[]'))
$$;
grant execute on function public.escalation_rows(jsonb, int) to authenticated;

-- One step with what its paper is drafted from: the order, what of it is late today, and the steps before. null: none, or none for them.
create function public.read_escalation(p_id uuid) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select app.escalation_json(e) || jsonb_build_object('today', app.today(),
    'order', (select jsonb_build_object('documentId', d.id, 'track', d.track, 'numberText', d.number_text, 'issuedOn', app.shanghai_date(d.issued_at))
      from public.documents d where d.inspection_id = e.inspection_id and d.kind = 'rectification_order' order by d.record_position desc limit 1),
    'inspectedOn', (select i.inspected_on from public.inspections i where i.id = e.inspection_id),
    'late', coalesce((select jsonb_agg(jsonb_build_object('id', h.id, 'position', h.position, 'part', h.part, 'description', h.description, 'severity', h.severity, 'deadline', h.deadline) order by h.position)
      from public.hazards h where h.inspection_id = e.inspection_id and h.state = 'open' and h.deadline < app.today()), '[]'),
    'steps', coalesce((select jsonb_agg(app.escalation_json(o) order by o.proposed_on, o.step) from public.escalations o
      where o.inspection_id = e.inspection_id and o.id <> e.id), '[]'))
  from public.escalations e where e.id = p_id and e.scope <@ (select app.visible_scopes())
$$;
grant execute on function public.read_escalation(uuid) to authenticated;

-- Of an act that says it takes a step: the step waits, is of this enterprise and asks for this kind of paper, and something is late
-- still. Holds the step, so that two people who issue at once issue one paper.
create function app.act_escalation_problem(act jsonb, n public.enterprises) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare e public.escalations;
begin
  if not act ? 'escalation' then return null; end if;
  select * into e from public.escalations where id = (act->>'escalation')::uuid for update;
  if e.id is null or e.enterprise_id <> n.id or not e.scope::text <@ (select app.visible_scopes()) then return app.refusal('not_found'); end if;
  if act ? 'supersedes' or act->'body'->>'kind' is distinct from app.escalation_paper(e.step) then return app.refusal('request.invalid', null, 'escalation'); end if;
  if not app.may_escalate(e) then return app.refusal('permission.role'); end if;
  if e.state <> 'proposed' or not exists (select 1 from public.hazards h where h.inspection_id = e.inspection_id and h.state = 'open' and h.deadline < app.today()) then
    return app.refusal('escalation.state');
  end if;
  return null;
end $$;

-- With its paper a step is taken; the event names no enterprise, because two of the three papers are internal.
create function app.take_escalation(p_id uuid, p_document uuid, p_signer jsonb) returns void
  language plpgsql volatile security definer set search_path = ''
as $$
declare e public.escalations;
begin
  update public.escalations set state = 'done', document_id = p_document, decided_by = (p_signer->>'userId')::uuid, decider_name = p_signer->>'name', decided_at = app.now()
  where id = p_id returning * into e;
  perform app.append_event('escalation.done', e.scope, null, jsonb_build_object('escalation', e.id, 'step', e.step, 'documentId', p_document));
end $$;

-- 更正: the step follows its paper to the one that stands in its place.
create function app.move_escalation(p_superseded uuid, p_document uuid) returns void
  language sql volatile security definer set search_path = ''
as $$
  update public.escalations set document_id = p_document where document_id in (select d.id from public.documents d join public.records r on r.position = d.record_position
    where r.subject_id = p_superseded)
$$;

-- A step that is not taken, with the reason.
create function public.drop_escalation(p_id uuid, p_note text) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare e public.escalations; remark text := btrim(coalesce(p_note, ''));
begin
  select * into e from public.escalations where id = p_id for update;
  if e.id is null or not e.scope::text <@ (select app.visible_scopes()) then return app.refusal('not_found'); end if;
  if not app.may_escalate(e) then return app.refusal('permission.role'); end if;
  if length(remark) not between 2 and 300 then return app.refusal('request.invalid', null, 'note'); end if;
  if e.state = 'dropped' and e.decided_by = auth.uid() then return app.success('{}'); end if;
  if e.state <> 'proposed' then return app.refusal('escalation.state'); end if;
  update public.escalations set state = 'dropped', note = remark, decided_by = auth.uid(), decider_name = coalesce(app.member_name(auth.uid(), e.scope), ''),
    decided_at = app.now() where id = e.id;
  perform app.append_event('escalation.dropped', e.scope, null, jsonb_build_object('escalation', e.id, 'step', e.step));
  return app.success('{}');
end $$;
grant execute on function public.drop_escalation(uuid, text) to authenticated;
