-- 现场检查方案 (inspect strictly per approved plan, SJ-10): drafted by an inspector, approved or sent back by somebody in charge
-- of the place who did not draft it. The approval issues the paper: its record is an act (…_acts.sql) signed by who approved.

create table public.inspection_plans (
  id uuid primary key,
  scope text collate "C" not null,
  enterprise_id uuid not null references public.enterprises,
  agency_id uuid not null references public.agencies,
  state text not null check (state in ('submitted', 'returned', 'approved', 'withdrawn')),
  body jsonb not null,
  drafter_id uuid not null,
  drafter_name text not null,
  steps int not null default 1 check (steps > 0),
  submitted_at timestamptz not null default app.now()
);
comment on table public.inspection_plans is 'A plan as it stands. Approved, it never changes: what was approved is the record of the same id.';
create index inspection_plans_enterprise on public.inspection_plans (enterprise_id, submitted_at desc);
create index inspection_plans_waiting on public.inspection_plans (scope, submitted_at) where state = 'submitted';
create index inspection_plans_drafter on public.inspection_plans (drafter_id) where state in ('submitted', 'returned');

create table public.inspection_plan_steps (
  plan_id uuid not null references public.inspection_plans,
  number int not null check (number > 0),
  scope text collate "C" not null,
  act text not null check (act in ('submit', 'return', 'approve', 'withdraw')),
  by_id uuid not null,
  by_name text not null,
  note text check (length(note) <= 500),
  body jsonb,
  at timestamptz not null default app.now(),
  primary key (plan_id, number),
  constraint returned_with_reason check (act <> 'return' or note is not null)
);
comment on column public.inspection_plan_steps.body is 'What was submitted, each time; null for every other step.';
create trigger inspection_plan_steps_append_only before update or delete on public.inspection_plan_steps
  for each row execute function app.forbid_change();

-- An enterprise does not read when it will be checked before it is told.
do $$
declare t text;
begin
  foreach t in array array['inspection_plans', 'inspection_plan_steps'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('grant select on public.%I to authenticated', t);
    execute format('create policy "staff see their scope" on public.%I for select to authenticated using (scope <@ (select app.visible_scopes()))', t);
  end loop;
end $$;

create function app.plan_problem(body jsonb, e public.enterprises, p_today date) returns jsonb
  language plpgsql stable security definer set search_path = ''
as $$
begin
  if body->>'kind' is distinct from 'inspection_plan' then return app.refusal('request.invalid', null, 'kind'); end if;
  if not app.is_line(body->'matter', 500) then return app.refusal('request.invalid', null, 'matter'); end if;
  if not app.are_lines(body->'items', 1, 30, 500) then return app.refusal('request.invalid', null, 'items'); end if;
  if not app.is_line(body->'basis', 300) then return app.refusal('request.invalid', null, 'basis'); end if;
  if not app.is_day_between(body->'day', p_today, p_today + 366) then return app.refusal('act.day', null, 'day'); end if;
  if body->>'inspectionKind' is null or body->>'inspectionKind' not in ('planned', 'random', 'triggered', 'recheck', 'campaign') then
    return app.refusal('request.invalid', null, 'inspectionKind');
  end if;
  if not app.are_lines(body->'checklists', 0, 20, 200) then return app.refusal('request.invalid', null, 'checklists'); end if;
  if not app.officers_stand(body->'officers', e.scope) then return app.refusal('act.officers', null, 'officers'); end if;
  return null;
end $$;

create function app.plan_step(p public.inspection_plans, p_act text, p_name text, p_note text, p_body jsonb) returns void
  language sql volatile security definer set search_path = ''
as $$
  insert into public.inspection_plan_steps (plan_id, number, scope, act, by_id, by_name, note, body)
  values (p.id, p.steps, p.scope, p_act, auth.uid(), p_name, p_note, p_body);
  -- No enterprise: it follows the events that name it.
  select app.append_event('plan.' || case p_act when 'submit' then 'submitted' when 'return' then 'returned' when 'approve' then 'approved' else 'withdrawn' end,
    p.scope, null, jsonb_build_object('plan', p.id, 'planStep', p.steps));
$$;

-- A new plan, or one that was sent back, written anew by who drafted it. The id is the form's: sent twice, it is one plan.
-- p_seen: how many steps the page showed; 0 for a new one.
create function public.submit_plan(p_id uuid, p_enterprise uuid, p_body jsonb, p_seen int) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare p public.inspection_plans; e public.enterprises; m public.memberships; problem jsonb;
begin
  if auth.uid() is null then return app.refusal('session.missing'); end if;
  perform pg_advisory_xact_lock(hashtextextended(p_id::text, 1));
  select * into p from public.inspection_plans where id = p_id for update;
  select * into e from public.enterprises where id = coalesce(p.enterprise_id, p_enterprise);
  if e.id is null or not e.scope::text <@ (select app.visible_scopes()) then return app.refusal('not_found'); end if;
  m := app.membership_for(array['inspector'], e.scope);
  if m.id is null then return app.refusal('permission.role'); end if;
  if m.agency_id is null then return app.refusal('act.agency'); end if;
  if p.id is not null and p.drafter_id <> auth.uid() then return app.refusal('permission.role'); end if;
  if p.id is not null and p.state = 'submitted' and p.body = p_body and p.steps = p_seen + 1 then
    return app.success(jsonb_build_object('id', p.id, 'state', p.state));
  end if;
  if p.id is not null and (p.state <> 'returned' or p.steps is distinct from p_seen) then return app.refusal('plan.state'); end if;
  if p_body->'drafter'->>'userId' is distinct from auth.uid()::text or p_body->'drafter'->>'name' is distinct from m.display_name then
    return app.refusal('signature.not_yours');
  end if;
  problem := app.plan_problem(p_body, e, app.today());
  if problem is not null then return problem; end if;
  if (p_body->>'nthOfYear')::int is distinct from app.next_nth_of_year(e.id, (p_body->>'day')::date) then
    return app.refusal('request.invalid', null, 'nthOfYear');
  end if;
  if p.id is null then
    insert into public.inspection_plans (id, scope, enterprise_id, agency_id, state, body, drafter_id, drafter_name)
    values (p_id, e.scope, e.id, m.agency_id, 'submitted', p_body, auth.uid(), m.display_name) returning * into p;
  else
    update public.inspection_plans set state = 'submitted', body = p_body, drafter_name = m.display_name, steps = steps + 1, submitted_at = app.now()
    where id = p.id returning * into p;
  end if;
  perform app.plan_step(p, 'submit', m.display_name, null, p_body);
  return app.success(jsonb_build_object('id', p.id, 'state', p.state));
end $$;
grant execute on function public.submit_plan(uuid, uuid, jsonb, int) to authenticated;

-- {act: return|withdraw, note, seen}: sent back with a reason by who may approve it, or taken back by who drafted it.
create function public.step_plan(p_id uuid, p_step jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare p public.inspection_plans; m public.memberships; note text := nullif(btrim(p_step->>'note'), '');
begin
  select * into p from public.inspection_plans where id = p_id for update;
  if p.id is null or not p.scope::text <@ (select app.visible_scopes()) then return app.refusal('not_found'); end if;
  if p_step->>'act' = 'return' then
    m := app.membership_for(array['leader', 'administrator'], p.scope);
    if m.id is null then return app.refusal('permission.role'); end if;
    if p.drafter_id = auth.uid() then return app.refusal('plan.own'); end if;
    if p.state <> 'submitted' then return app.refusal('plan.state'); end if;
    if note is null or length(note) > 500 then return app.refusal('request.invalid', null, 'note'); end if;
  elsif p_step->>'act' = 'withdraw' then
    m := app.membership_for(array['inspector', 'leader', 'administrator'], p.scope);
    if p.drafter_id <> auth.uid() or m.id is null then return app.refusal('permission.role'); end if;
    if p.state not in ('submitted', 'returned') then return app.refusal('plan.state'); end if;
  else
    return app.refusal('request.invalid', null, 'act');
  end if;
  if p.steps is distinct from (p_step->>'seen')::int then return app.refusal('plan.state'); end if;
  update public.inspection_plans set state = case p_step->>'act' when 'return' then 'returned' else 'withdrawn' end, steps = steps + 1
  where id = p.id returning * into p;
  perform app.plan_step(p, p_step->>'act', m.display_name, left(note, 500), null);
  return app.success(jsonb_build_object('id', p.id, 'state', p.state));
end $$;
grant execute on function public.step_plan(uuid, jsonb) to authenticated;

-- The approval: the text of the act, signed by the server, must say what was submitted and nothing else.
create function public.approve_plan(p_text text, p_signature text, p_key_id text, p_seen int) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare act jsonb := p_text::jsonb; p public.inspection_plans; m public.memberships; e public.enterprises; a public.agencies; problem jsonb;
begin
  if auth.uid() is null then return app.refusal('session.missing'); end if;
  if act->>'format' is distinct from 'mingcha.act/1' then return app.refusal('request.invalid', null, 'format'); end if;
  perform pg_advisory_xact_lock(hashtextextended(act->>'id', 1));
  select * into p from public.inspection_plans where id = (act->>'id')::uuid for update;
  if p.id is null or not p.scope::text <@ (select app.visible_scopes()) then return app.refusal('not_found'); end if;
  m := app.membership_for(array['leader', 'administrator'], p.scope);
  if m.id is null then
    perform app.audit(auth.uid(), 'plan.approve', p.id::text, false, p.scope, '{"why":"permission.role"}');
    return app.refusal('permission.role');
  end if;
  if p.drafter_id = auth.uid() then return app.refusal('plan.own'); end if;
  -- The same approval again, after an answer that was lost.
  if p.state = 'approved' and exists (select 1 from public.records r where r.subject_id = p.id
    and (r.canonical_text::jsonb - 'at') = (act - 'at')) then return app.act_result(p.id); end if;
  if p.state <> 'submitted' or p.steps is distinct from p_seen or act->'body' is distinct from p.body then return app.refusal('plan.state'); end if;
  if (act->'signer'->>'userId')::uuid is distinct from auth.uid() or act->'signer'->>'name' is distinct from m.display_name
    or act->'signer'->>'role' is distinct from m.role then return app.refusal('signature.not_yours'); end if;
  select * into e from public.enterprises where id = p.enterprise_id;
  if act->'enterprise'->>'id' is distinct from e.id::text or act->'enterprise'->>'name' is distinct from e.name
    or act->'enterprise'->>'creditCode' is distinct from e.credit_code or act->'enterprise'->>'address' is distinct from e.address then
    return app.refusal('request.invalid', null, 'enterprise');
  end if;
  -- Who drafted it acts for an agency; the paper is that agency's.
  select * into a from public.agencies where id = p.agency_id;
  if act->>'agencyId' is distinct from a.id::text then return app.refusal('request.invalid', null, 'agencyId'); end if;
  problem := app.plan_problem(p.body, e, app.today());
  if problem is not null then return problem; end if;
  update public.inspection_plans set state = 'approved', steps = steps + 1 where id = p.id returning * into p;
  perform app.plan_step(p, 'approve', m.display_name, null, null);
  return app.issue_act(act, p_text, p_signature, p_key_id, null, e, a);
end $$;
grant execute on function public.approve_plan(text, text, text, int) to authenticated;

create function app.plan_json(p public.inspection_plans) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('id', p.id, 'state', p.state, 'day', p.body->>'day', 'matter', p.body->>'matter', 'steps', p.steps,
    'drafterId', p.drafter_id, 'drafterName', p.drafter_name, 'submittedAt', app.instant_text(p.submitted_at), 'scope', p.scope,
    'enterprise', (select jsonb_build_object('id', e.id, 'name', e.name, 'address', e.address, 'creditCode', e.credit_code) from public.enterprises e
      where e.id = p.enterprise_id),
    'document', (select jsonb_build_object('id', d.id, 'numberText', d.number_text, 'state', d.state) from public.records r
      join public.documents d on d.record_position = r.position where r.subject_id = p.id))
$$;

-- {state, enterprise, mine}: what waits for a decision first, then what was sent back, then the newest; 50 a page.
create function public.plan_rows(p_filter jsonb, p_page int) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  with matching as (
    select p.*, row_number() over (order by case p.state when 'submitted' then 0 when 'returned' then 1 else 2 end, p.submitted_at desc, p.id) as place
    from public.inspection_plans p
    where p.scope <@ (select app.visible_scopes()) and coalesce(p.state = p_filter->>'state', true)
      and coalesce(p.enterprise_id = (p_filter->>'enterprise')::uuid, true)
      and (coalesce((p_filter->>'mine')::boolean, false) is false or p.drafter_id = auth.uid())
  )
  select jsonb_build_object('total', (select count(*) from matching), 'rows', coalesce((select jsonb_agg(app.plan_json(p) order by m.place)
    from matching m join public.inspection_plans p on p.id = m.id
    where m.place > (greatest(p_page, 1) - 1) * 50 and m.place <= greatest(p_page, 1) * 50), '[]'))
$$;
grant execute on function public.plan_rows(jsonb, int) to authenticated;

-- Whether a visit names this paper as its 任务来源, as its record stands: nobody ticks a plan off.
create function app.names_plan(p_inspection uuid, p_number text) returns boolean
  language sql stable security definer set search_path = ''
as $$ select exists (select 1 from app.standing_record(p_inspection) r where strpos(coalesce(r.canonical_text::jsonb->'content'->>'taskSource', ''), p_number) > 0) $$;

-- The plan that a visit names. null: none, or none for who is asking.
create function public.plan_of_visit(p_inspection uuid) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('id', p.id, 'numberText', d.number_text) from public.inspections i
  join public.inspection_plans p on p.enterprise_id = i.enterprise_id and p.state = 'approved'
  join public.records r on r.subject_id = p.id join public.documents d on d.record_position = r.position
  where i.id = p_inspection and i.scope <@ (select app.visible_scopes()) and p.scope <@ (select app.visible_scopes()) and app.names_plan(i.id, d.number_text)
  order by p.submitted_at desc limit 1
$$;
grant execute on function public.plan_of_visit(uuid) to authenticated;

-- One plan with its course, and the visits that name it. null: none, or none for them.
create function public.read_plan(p_id uuid) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select app.plan_json(p) || jsonb_build_object('body', p.body, 'agencyId', p.agency_id,
    'mayDecide', p.drafter_id <> auth.uid() and (app.membership_for(array['leader', 'administrator'], p.scope)).id is not null,
    'mayChange', p.drafter_id = auth.uid(),
    'visits', (select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'inspectedOn', i.inspected_on, 'inspectorName', i.inspector_name, 'companionName', i.companion_name)
        order by i.inspected_on, i.id), '[]')
      from public.records r join public.documents d on d.record_position = r.position join public.inspections i on i.enterprise_id = p.enterprise_id
      where r.subject_id = p.id and i.scope <@ (select app.visible_scopes()) and app.names_plan(i.id, d.number_text)),
    'course', (select jsonb_agg(jsonb_build_object('number', s.number, 'act', s.act, 'byName', s.by_name, 'note', s.note, 'at', app.instant_text(s.at)) order by s.number)
      from public.inspection_plan_steps s where s.plan_id = p.id))
  from public.inspection_plans p where p.id = p_id and p.scope <@ (select app.visible_scopes())
$$;
grant execute on function public.read_plan(uuid) to authenticated;
