-- The life of a 重大 hazard beside its course as a hazard: 治理方案 (安监总局令第16号第十五条), 停产停用 and 审查同意恢复 (安全生产法第六十五条),
-- 挂牌督办, and 销号 after 验收 (docs/decisions/major-hazards.md). Each step is a row that nobody changes; how a hazard stands
-- follows from its steps and its transitions alone (`standingAfter` in src/lib/hazard/major/major.ts derives it again).

create table public.major_cases (
  hazard_id uuid primary key references public.hazards,
  scope text collate "C" not null,
  enterprise_id uuid not null references public.enterprises,
  plan text not null default 'none' check (plan in ('none', 'filed', 'returned', 'accepted')),
  stop text not null default 'none' check (stop in ('none', 'stopped', 'applied', 'resumed')),
  listed_until date,
  steps int not null default 0
);
comment on table public.major_cases is 'How a 重大 hazard stands. Without a row nothing was done yet.';
comment on column public.major_cases.stop is 'applied: asked to resume, which goes back to stopped when the recheck fails.';
comment on column public.major_cases.listed_until is '挂牌督办 until this day; null: not listed.';
create index major_cases_enterprise on public.major_cases (enterprise_id);
create index major_cases_scope on public.major_cases (scope);

create table public.major_steps (
  id uuid primary key,
  hazard_id uuid not null references public.hazards,
  number int not null,
  scope text collate "C" not null,
  enterprise_id uuid not null references public.enterprises,
  act text not null check (act in ('file_plan', 'return_plan', 'accept_plan', 'order_stop', 'apply_resume', 'grant_resume', 'refuse_resume',
    'list', 'extend_listing', 'delist', 'send_back')),
  at timestamptz not null default app.now(),
  by_id uuid,
  delivery_id uuid references public.deliveries,
  by_name text not null,
  on_paper boolean not null default false,
  says jsonb not null,
  after_transition bigint not null,
  unique (hazard_id, number),
  constraint by_delivery_or_user check ((delivery_id is null) <> (by_id is null))
);
comment on table public.major_steps is 'Append-only course of a 重大 hazard.';
comment on column public.major_steps.says is 'What the step says, by the names of majorFields in src/lib/hazard/major/major.ts.';
comment on column public.major_steps.on_paper is 'Brought on paper by the enterprise and entered by staff, with the scan.';
comment on column public.major_steps.after_transition is 'The hazard''s last transition before it, so that steps and transitions have one order.';
create index major_steps_enterprise on public.major_steps (enterprise_id);
create trigger major_steps_append_only before update or delete on public.major_steps for each row execute function app.forbid_change();

do $$
declare t text;
begin
  foreach t in array array['major_cases', 'major_steps'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('grant select on public.%I to authenticated', t);
    execute format('create policy "staff see their scope, a principal their own" on public.%I for select to authenticated
      using (scope <@ (select app.visible_scopes()) or enterprise_id = any ((select app.own_enterprises())::uuid[]))', t);
  end loop;
end $$;

-- A failed recheck, or a 销号 that was declined, ends the application: treatment goes on, and is applied for again after it.
create function app.lapse_resume() returns trigger
  language plpgsql security definer set search_path = ''
as $$
begin
  update public.major_cases set stop = 'stopped' where hazard_id = new.id and stop = 'applied';
  return null;
end $$;
create trigger hazards_lapse_resume after update of state on public.hazards for each row
  when (new.severity = 'major' and new.state = 'open' and old.state <> 'open') execute function app.lapse_resume();

-- ── The table of acts (majorActs in major.ts; a test compares them) ────────────────────────────────
-- thread: what of the case it moves; states: from where; hazard: while the hazard stands so.
create function app.major_rule(p_act text) returns jsonb
  language sql immutable set search_path = ''
as $$
  select case p_act
    when 'file_plan' then '{"thread":"plan","from":["none","returned"],"to":"filed","hazard":["open","rectification_submitted","accepted"],"by":"enterprise"}'
    when 'return_plan' then '{"thread":"plan","from":["filed","accepted"],"to":"returned","hazard":["open","rectification_submitted","accepted"],"by":"officer"}'
    when 'accept_plan' then '{"thread":"plan","from":["filed"],"to":"accepted","hazard":["open","rectification_submitted","accepted"],"by":"officer"}'
    when 'order_stop' then '{"thread":"stop","from":["none","resumed"],"to":"stopped","hazard":["open","rectification_submitted"],"by":"leader"}'
    when 'apply_resume' then '{"thread":"stop","from":["stopped"],"to":"applied","hazard":["rectification_submitted","accepted"],"by":"enterprise"}'
    when 'grant_resume' then '{"thread":"stop","from":["applied"],"to":"resumed","hazard":["accepted"],"by":"leader"}'
    when 'refuse_resume' then '{"thread":"stop","from":["applied"],"to":"stopped","hazard":["rectification_submitted","accepted"],"by":"leader"}'
    when 'list' then '{"thread":"listing","from":["none"],"to":"listed","hazard":["open","rectification_submitted","accepted"],"by":"leader"}'
    when 'extend_listing' then '{"thread":"listing","from":["listed"],"to":"listed","hazard":["open","rectification_submitted","accepted"],"by":"leader"}'
    when 'delist' then '{"thread":"hazard","from":["accepted"],"to":"closed","hazard":["accepted"],"by":"leader"}'
    when 'send_back' then '{"thread":"hazard","from":["accepted"],"to":"open","hazard":["accepted"],"by":"leader"}'
  end::jsonb
$$;

-- What each act says: how many characters at most; 0 is a day; below 0 it may be left out.
create function app.major_fields(p_act text) returns jsonb
  language sql immutable set search_path = ''
as $$
  select case p_act
    when 'file_plan' then '{"situation":2000,"difficulty":2000,"goals":2000,"methods":2000,"funds":2000,"organisation":2000,"schedule":2000,"safety":2000,
      "responsible":200,"action":500,"budget":200,"dueOn":0,"contingency":500}'
    when 'return_plan' then '{"note":1000}'
    when 'accept_plan' then '{"note":-1000}'
    when 'order_stop' then '{"kind":20,"what":300,"since":0,"basis":200,"document":-60}'
    when 'apply_resume' then '{"note":2000}'
    when 'grant_resume' then '{"note":-1000}'
    when 'refuse_resume' then '{"note":1000}'
    when 'list' then '{"number":60,"until":0,"unit":100,"person":50,"supervisor":50}'
    when 'extend_listing' then '{"until":0,"note":1000}'
    when 'delist' then '{"note":-1000}'
    when 'send_back' then '{"deadline":0,"note":1000}'
  end::jsonb
$$;

-- The said values, trimmed, nothing else; what is wrong stands under `path`.
create function app.major_said(p_act text, p_says jsonb) returns jsonb
  language plpgsql immutable set search_path = ''
as $$
declare field text; most int; value text; said jsonb := '{}';
begin
  for field, most in select k, v::int from jsonb_each_text(app.major_fields(p_act)) as x(k, v) loop
    value := trim(coalesce(p_says->>field, ''));
    if value = '' and most < 0 then continue; end if;
    if most = 0 then
      if value !~ '^\d{4}-\d{2}-\d{2}$' then return jsonb_build_object('path', field); end if;
      value := value::date;
    elsif length(value) not between 1 and abs(most) then return jsonb_build_object('path', field);
    end if;
    said := said || jsonb_build_object(field, value);
  end loop;
  if p_act = 'order_stop' and said->>'kind' not in ('production', 'use') then return jsonb_build_object('path', 'kind'); end if;
  return jsonb_build_object('said', said);
end $$;

-- ── Who may ────────────────────────────────────────────────────────────────────────────────────────
-- An inspector of the agency whose order it is (on track A with a valid 执法证), or a leader of the place: as for 延期.
create function app.is_major_officer(h public.hazards) returns boolean
  language sql stable security definer set search_path = ''
as $$
  select (app.membership_for(array['leader'], h.scope)).id is not null or exists (
    select 1 from app.active_memberships() m, lateral (select d.agency_id, d.track from public.documents d
      where d.inspection_id = h.inspection_id and d.kind = 'rectification_order' order by d.record_position limit 1) o
    where m.role = 'inspector' and m.agency_id = o.agency_id and h.scope <@ app.below(m.scope)
      and (o.track <> 'A' or app.is_licensed(m, app.today())))
$$;

-- Whoever passed it at the last recheck.
create function app.accepted_major(h public.hazards, p_user uuid) returns boolean
  language sql stable security definer set search_path = ''
as $$
  select coalesce((select p_user in (i.inspector_id, i.companion_id) from public.hazard_transitions t join public.inspections i on i.id = t.cause_id
    where t.hazard_id = h.id and t.to_state = 'accepted' order by t.id desc limit 1), false)
$$;

-- Whoever last did this act.
create function app.did_major(h public.hazards, p_act text, p_user uuid) returns boolean
  language sql stable security definer set search_path = ''
as $$
  select coalesce((select s.by_id = p_user from public.major_steps s where s.hazard_id = h.id and s.act = p_act order by s.number desc limit 1), false)
$$;

-- Why the asking user may not take this act, whatever state it stands in; null: they may.
create function app.major_actor_obstacle(h public.hazards, p_act text) returns text
  language sql stable security definer set search_path = ''
as $$
  select case app.major_rule(p_act)->>'by'
    when 'leader' then case when (app.membership_for(array['leader'], h.scope)).id is null then 'major.leader'
      when p_act = 'delist' and app.accepted_major(h, auth.uid()) then 'major.same_person'
      when p_act in ('grant_resume', 'refuse_resume') and app.did_major(h, 'apply_resume', auth.uid()) then 'major.same_person' end
    when 'officer' then case when not app.is_major_officer(h) then 'major.officer'
      when app.did_major(h, 'file_plan', auth.uid()) then 'major.same_person' end
    else case when h.enterprise_id = any (app.own_enterprises()) or app.is_major_officer(h) then null else 'major.officer' end end
$$;

-- All that is missing for a 销号, or null (delistObstacles in major.ts).
create function app.delist_obstacles(h public.hazards, c public.major_cases) returns jsonb
  language sql immutable set search_path = ''
as $$
  select nullif(jsonb_path_query_array(jsonb_build_array(
    case when h.state <> 'accepted' then 'major.not_accepted' end,
    case when coalesce(c.plan, 'none') <> 'accepted' then 'major.no_plan' end,
    case when c.stop in ('stopped', 'applied') then 'major.stopped' end), '$[*] ? (@ != null)'), '[]')
$$;

-- ── Writing ────────────────────────────────────────────────────────────────────────────────────────
-- What a step says, for `verify`.
create function app.major_step_text(s public.major_steps) returns text
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('id', s.id, 'hazard', s.hazard_id, 'number', s.number, 'scope', s.scope, 'enterprise', s.enterprise_id, 'act', s.act,
    'at', extract(epoch from s.at), 'by', s.by_id, 'delivery', s.delivery_id, 'byName', s.by_name, 'onPaper', s.on_paper, 'says', s.says, 'after', s.after_transition,
    'photos', (select coalesce(jsonb_agg(u.sha256 order by u.position), '[]') from public.evidence_uses u where u.major_step_id = s.id))::text
$$;

-- Why this step cannot be taken now, or null. The hazard is locked.
create function app.major_step_problem(h public.hazards, c public.major_cases, p_act text, p_said jsonb) returns jsonb
  language plpgsql stable security definer set search_path = ''
as $$
declare rule jsonb := app.major_rule(p_act); missing jsonb := app.delist_obstacles(h, c);
  stands text := case rule->>'thread' when 'plan' then coalesce(c.plan, 'none') when 'stop' then coalesce(c.stop, 'none')
    when 'listing' then case when c.listed_until is null then 'none' else 'listed' end else h.state end;
begin
  if p_act = 'delist' and missing is not null then return app.refusal(missing->>0, jsonb_build_object('missing', missing)); end if;
  if p_act = 'apply_resume' and c.stop = 'stopped' and h.state = 'open' then return app.refusal('major.after_treatment'); end if;
  if p_act = 'grant_resume' and c.stop = 'applied' and h.state <> 'accepted' then return app.refusal('major.not_accepted'); end if;
  if not rule->'hazard' ? h.state or not rule->'from' ? stands then return app.refusal('major.state'); end if;
  if (p_act in ('list', 'send_back') and coalesce(p_said->>'until', p_said->>'deadline')::date not between app.today() and app.today() + 366)
    or (p_act = 'extend_listing' and ((p_said->>'until')::date <= c.listed_until or (p_said->>'until')::date not between app.today() and app.today() + 366))
    or (p_act = 'order_stop' and (p_said->>'since')::date not between h.found_on and app.today())
    or (p_act = 'file_plan' and (p_said->>'dueOn')::date < h.found_on) then
    return app.refusal('major.day', null, case p_act when 'send_back' then 'deadline' when 'order_stop' then 'since' when 'file_plan' then 'dueOn' else 'until' end);
  end if;
  return null;
end $$;

-- 销号 closes the hazard; a 销号 that is declined opens it again with another deadline, as a recheck that failed.
create function app.move_major(h public.hazards, s public.major_steps) returns void
  language plpgsql volatile security definer set search_path = ''
as $$
declare closes boolean := s.act = 'delist'; until date := case when s.act = 'send_back' then (s.says->>'deadline')::date end;
begin
  if closes then
    update public.hazards set state = 'closed', closed_on = app.shanghai_date(s.at) where id = h.id;
  else
    update public.hazards set state = 'open', accepted_on = null, deadline = until, reopened = reopened + 1, in_time = false where id = h.id;
  end if;
  insert into public.hazard_transitions (hazard_id, scope, enterprise_id, at, day, from_state, to_state, cause_kind, cause_id, deadline)
  values (h.id, h.scope, h.enterprise_id, s.at, app.shanghai_date(s.at), 'accepted', case when closes then 'closed' else 'open' end, 'major', s.id, coalesce(until, h.deadline));
  perform app.tally(array[row(h.scope, h.site_type, h.severity, app.shanghai_date(s.at), 0, 0, closes::int, (not closes)::int)::app.flow_change],
    array[row(h.scope, h.site_type, h.severity, null, -1)::app.deadline_change]
      || case when closes then '{}' else array[row(h.scope, h.site_type, h.severity, until, 1)::app.deadline_change] end);
  perform app.tally_enterprise(h.enterprise_id);
end $$;

-- p_step: {id, act, seen, says, photos}. `seen` is how many steps the page showed, so that nobody decides on what they have not read;
-- the id is the page's: sent twice, it is one. Exactly one of p_by and p_delivery.
create function app.write_major_step(p_hazard uuid, p_step jsonb, p_by uuid, p_delivery uuid, p_name text, p_on_paper boolean, p_at timestamptz) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare h public.hazards; c public.major_cases; s public.major_steps; standing public.major_steps; act text := p_step->>'act'; said jsonb; problem jsonb; photos jsonb := coalesce(p_step->'photos', '[]');
begin
  perform pg_advisory_xact_lock(hashtextextended(x.enterprise_id::text, 2)) from public.hazards x where x.id = p_hazard;
  select * into h from public.hazards where id = p_hazard for update;
  select * into c from public.major_cases where hazard_id = h.id;
  select * into standing from public.major_steps where id = (p_step->>'id')::uuid;
  if standing.id is not null then
    return case when standing.hazard_id = h.id and standing.act = act and (standing.by_id, standing.delivery_id) is not distinct from (p_by, p_delivery)
      then app.success(jsonb_build_object('hazardId', h.id, 'number', standing.number)) else app.refusal('request.invalid', null, 'id') end;
  end if;
  if (p_step->>'id') is null then return app.refusal('request.invalid', null, 'id'); end if;
  if (p_step->>'seen')::int is distinct from coalesce(c.steps, 0) then return app.refusal('major.state'); end if;
  said := app.major_said(act, coalesce(p_step->'says', '{}'));
  if said ? 'path' then return app.refusal('request.invalid', null, said->>'path'); end if;
  said := said->'said';
  problem := app.major_step_problem(h, c, act, said);
  if problem is not null then return problem; end if;
  if jsonb_array_length(photos) > 20 then return app.refusal('request.invalid', null, 'photos'); end if;
  if p_on_paper and jsonb_array_length(photos) = 0 then return app.refusal('major.scan', null, 'photos'); end if;
  if exists (select 1 from jsonb_array_elements_text(photos) f where not app.has_photo(f, coalesce(p_by, p_delivery))) then return app.refusal('evidence.not_found'); end if;

  insert into public.major_cases (hazard_id, scope, enterprise_id) values (h.id, h.scope, h.enterprise_id) on conflict do nothing;
  update public.major_cases set steps = steps + 1,
    plan = case when app.major_rule(act)->>'thread' = 'plan' then app.major_rule(act)->>'to' else plan end,
    stop = case when app.major_rule(act)->>'thread' = 'stop' then app.major_rule(act)->>'to' else stop end,
    listed_until = case when act in ('list', 'extend_listing') then (said->>'until')::date else listed_until end
  where hazard_id = h.id returning * into c;
  insert into public.major_steps (id, hazard_id, number, scope, enterprise_id, act, at, by_id, delivery_id, by_name, on_paper, says, after_transition)
  values ((p_step->>'id')::uuid, h.id, c.steps, h.scope, h.enterprise_id, act, coalesce(p_at, app.now()), p_by, p_delivery, p_name, p_on_paper, said,
    (select max(t.id) from public.hazard_transitions t where t.hazard_id = h.id and (p_at is null or t.at <= p_at))) returning * into s;
  insert into public.evidence_uses (sha256, scope, enterprise_id, hazard_id, major_step_id, purpose, taken_at, position)
  select f, h.scope, h.enterprise_id, h.id, s.id, 'major', s.at, n::int from jsonb_array_elements_text(photos) with ordinality as x(f, n);
  if act in ('delist', 'send_back') then
    perform app.move_major(h, s);
    select * into c from public.major_cases where hazard_id = h.id;
  end if;
  perform app.append_event('major.' || act, h.scope, h.enterprise_id, jsonb_build_object('hazardId', h.id, 'majorStep', s.id, 'number', s.number,
    'plan', c.plan, 'stop', c.stop, 'openMajor', (select t.open_major from public.enterprise_tallies t where t.enterprise_id = h.enterprise_id),
    'stepSha256', app.sha256_hex(app.major_step_text(s))));
  return app.success(jsonb_build_object('hazardId', h.id, 'number', s.number));
end $$;

-- With one's own token: staff, and the person in charge for their own enterprise.
create function public.take_major_step(p_hazard uuid, p_step jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare h public.hazards; obstacle text; owns boolean;
begin
  select * into h from public.hazards where id = p_hazard and severity = 'major';
  owns := h.enterprise_id = any (app.own_enterprises());
  if h.id is null or not (h.scope::text <@ (select app.visible_scopes()) or owns) then return app.refusal('not_found'); end if;
  if app.major_rule(p_step->>'act') is null then return app.refusal('request.invalid', null, 'act'); end if;
  obstacle := app.major_actor_obstacle(h, p_step->>'act');
  if obstacle is not null then
    perform app.audit(auth.uid(), 'major.' || (p_step->>'act'), h.id::text, false, h.scope, jsonb_build_object('why', obstacle));
    return app.refusal(obstacle);
  end if;
  return app.write_major_step(h.id, p_step, auth.uid(), null, coalesce(app.member_name(auth.uid(), h.scope), ''),
    app.major_rule(p_step->>'act')->>'by' = 'enterprise' and not owns, null);
end $$;
grant execute on function public.take_major_step(uuid, jsonb) to authenticated;

-- By the delivered code: for whoever holds its page, which shows this hazard. p_step also says `name`.
create function public.file_major_step(p_token_sha256 text, p_hazard uuid, p_step jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare d public.deliveries := app.delivery_by_token(p_token_sha256); name text := trim(coalesce(p_step->>'name', ''));
begin
  if app.delivery_problem(d) is not null then return app.delivery_problem(d); end if;
  if not app.shows_major(d, p_hazard) then return app.refusal('not_found'); end if;
  if coalesce(app.major_rule(p_step->>'act')->>'by', '') <> 'enterprise' then return app.refusal('request.invalid', null, 'act'); end if;
  if length(name) not between 1 and 50 then return app.refusal('request.invalid', null, 'name'); end if;
  return app.write_major_step(p_hazard, p_step, null, d.id, name, false, null);
end $$;
grant execute on function public.file_major_step(text, uuid, jsonb) to service_role;

-- As for a rectification: found by the inspection of the page, or looked at again by it.
create function app.shows_major(d public.deliveries, p_hazard uuid) returns boolean
  language sql stable security definer set search_path = ''
as $$
  select exists (select 1 from public.hazards h where h.id = p_hazard and h.severity = 'major' and (h.inspection_id = d.inspection_id
    or exists (select 1 from public.hazard_transitions t where t.hazard_id = h.id and t.cause_id = d.inspection_id)))
$$;

-- The lives of a sample history, before anything was sealed for real: [{hazard, by, name, at, step}], in order; by: null is the page of
-- its order.
create function public.load_major_history(p_steps jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare x jsonb; answer jsonb; delivery uuid;
begin
  if exists (select 1 from public.events where kind = 'inspection.sealed') then return app.refusal('folder.kind'); end if;
  for x in select value from jsonb_array_elements(p_steps) loop
    select d.id into delivery from public.deliveries d join public.hazards h on h.inspection_id = d.inspection_id where h.id = (x->>'hazard')::uuid and x->>'by' is null;
    answer := app.write_major_step((x->>'hazard')::uuid, x->'step', (x->>'by')::uuid, delivery, x->>'name', false, (x->>'at')::timestamptz);
    if not (answer->>'ok')::boolean then raise exception 'load_major_history: got % for %, expected a step', answer, x; end if;
  end loop;
  return app.success(jsonb_build_object('steps', jsonb_array_length(p_steps)));
end $$;
grant execute on function public.load_major_history(jsonb) to service_role;
