-- Reminders of deadlines, and what follows when one is over: 提示单 → 督办卡 → report upward (逾期阶梯). All of it is made by one
-- function that a worker calls every hour; whatever it has made it never makes again.

insert into public.settings (scope, key, value) values
  ('', 'reminder.days', '{"before": [3, 1], "over": [1, 7]}'),
  ('', 'ladder.days', '[1, 8, 16]');

create table public.reminders (
  id uuid primary key default gen_random_uuid(),
  hazard_id uuid not null references public.hazards,
  scope text collate "C" not null,
  enterprise_id uuid not null references public.enterprises,
  kind text not null check (kind in ('before', 'over')),
  days int not null check (days >= 0),
  deadline date not null,
  made_on date not null,
  told_at timestamptz,
  unique (hazard_id, deadline, kind, days)
);
comment on table public.reminders is 'One line a hazard, deadline and rule: 3 days before, 1 day before, 1 day over … A deadline that was put off reminds anew.';
comment on column public.reminders.told_at is 'When notices to people were made of it (notices); everybody sees it on the page anyway.';
create index reminders_enterprise on public.reminders (enterprise_id, made_on desc);
create index reminders_untold on public.reminders (made_on, enterprise_id) where told_at is null;

create table public.escalations (
  id uuid primary key default gen_random_uuid(),
  inspection_id uuid not null references public.inspections,
  scope text collate "C" not null,
  enterprise_id uuid not null references public.enterprises,
  step int not null check (step between 1 and 3),
  hazards int not null check (hazards > 0),
  deadline date not null,
  proposed_on date not null,
  state text not null default 'proposed' check (state in ('proposed', 'done', 'dropped', 'lapsed')),
  note text check (length(note) between 2 and 300),
  decided_by uuid,
  decider_name text,
  decided_at timestamptz,
  unique (inspection_id, deadline, step),
  constraint decided_by_somebody check ((state in ('done', 'dropped')) = (decided_by is not null) and (decided_by is null) = (decider_name is null)
    and (decided_by is null) = (decided_at is null)),
  constraint dropped_says_why check (state <> 'dropped' or note is not null)
);
comment on table public.escalations is '逾期阶梯, an order at a time: 1 提示单, 2 督办卡, 3 report upward. Proposals: a person takes each step, or says why not.';
comment on column public.escalations.state is 'lapsed: put right, put off, or the next step was due before anybody had taken this one.';
comment on column public.escalations.deadline is 'The earliest of the order that was over when the step was proposed.';
create index escalations_enterprise on public.escalations (enterprise_id, proposed_on desc);
create index escalations_open on public.escalations (scope, step) where state = 'proposed';

do $$
declare t text;
begin
  foreach t in array array['reminders', 'escalations'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('grant select on public.%I to authenticated', t);
  end loop;
end $$;
create policy "staff see their scope, a principal their own" on public.reminders for select to authenticated
  using (scope <@ (select app.visible_scopes()) or enterprise_id = any ((select app.own_enterprises())::uuid[]));
-- Between colleagues until somebody takes the step; the enterprise learns of it by the paper.
create policy "staff see their scope" on public.escalations for select to authenticated using (scope <@ (select app.visible_scopes()));

-- Of one hazard today: the nearest rule whose day has come, and no other, so that a server that was away does not send three at once;
-- and none whose day is longer ago than a weekend, because that is no news.
create function app.reminder_due(p_deadline date, p_today date, p_rules jsonb) returns table (kind text, days int)
  language sql immutable set search_path = ''
as $$
  select case when p_today <= p_deadline then 'before' else 'over' end, case when p_today <= p_deadline
    then (select min(n::int) from jsonb_array_elements_text(p_rules->'before') n where p_deadline - p_today between n::int - 3 and n::int)
    else (select max(n::int) from jsonb_array_elements_text(p_rules->'over') n where p_today - p_deadline between n::int and n::int + 3) end
$$;

-- Reminders that are due today, of at most so many hazards. → [[scope, enterprise, how many]]
create function app.make_due_reminders(p_today date, p_limit int) returns jsonb
  language sql volatile security definer set search_path = ''
as $$
  with rules as materialized (
    select s.scope, app.setting(s.scope, 'reminder.days') as days from (select distinct h.scope from public.hazards h where h.state = 'open') s
  ), due as (
    select h.id, h.scope, h.enterprise_id, h.deadline, r.kind, r.days
    from rules s join public.hazards h on h.scope = s.scope, app.reminder_due(h.deadline, p_today, s.days) r
    -- No rule reaches further (app.setting_is_valid).
    where h.state = 'open' and h.deadline between p_today - 93 and p_today + 60 and r.days is not null
      and not exists (select 1 from public.reminders m where m.hazard_id = h.id and m.deadline = h.deadline and m.kind = r.kind and m.days = r.days)
    order by h.deadline desc, h.id limit p_limit
  ), added as (
    insert into public.reminders (hazard_id, scope, enterprise_id, kind, days, deadline, made_on)
    select d.id, d.scope, d.enterprise_id, d.kind, d.days, d.deadline, p_today from due d on conflict do nothing returning scope, enterprise_id
  )
  select coalesce(jsonb_agg(jsonb_build_array(c.scope, c.enterprise_id, c.n) order by c.enterprise_id), '[]')
  from (select a.scope, a.enterprise_id, count(*) as n from added a group by 1, 2) c
$$;

-- Steps of the ladder that are due today, of at most so many orders, and an end to those that no longer are. → [[scope, how many]]
create function app.make_due_escalations(p_today date, p_limit int) returns jsonb
  language sql volatile security definer set search_path = ''
as $$
  with late as (
    select h.inspection_id, h.scope, h.enterprise_id, min(h.deadline) as deadline, count(*)::int as hazards
    from public.hazards h where h.state = 'open' and h.deadline < p_today group by 1, 2, 3
  ), rules as materialized (
    select s.scope, app.setting(s.scope, 'ladder.days') as days from (select distinct l.scope from late l) s
  ), due as (
    select l.*, (select max(t.step)::int from jsonb_array_elements_text(r.days) with ordinality t(days, step) where p_today - l.deadline >= t.days::int) as step
    from late l join rules r using (scope)
  ), lapsed as (
    update public.escalations e set state = 'lapsed'
    where e.state = 'proposed' and not exists (select 1 from due d where d.inspection_id = e.inspection_id and d.deadline = e.deadline and d.step = e.step)
  ), added as (
    insert into public.escalations (inspection_id, scope, enterprise_id, step, hazards, deadline, proposed_on)
    select d.inspection_id, d.scope, d.enterprise_id, d.step, d.hazards, d.deadline, p_today from due d
    where d.step is not null and not exists (select 1 from public.escalations e where e.inspection_id = d.inspection_id and e.deadline = d.deadline and e.step = d.step)
    order by d.inspection_id limit p_limit
    on conflict do nothing returning scope
  )
  select coalesce(jsonb_agg(jsonb_build_array(c.scope, c.n) order by c.scope), '[]') from (select a.scope, count(*) as n from added a group by 1) c
$$;

-- Called every hour, and again until it has made nothing. → {reminders, escalations}
create function public.make_reminders(p_limit int default 1000) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare today date := app.today(); reminded jsonb; proposed jsonb; line jsonb;
begin
  -- One at a time: two servers of one database make nothing twice.
  perform pg_advisory_xact_lock(hashtextextended('reminders', 3));
  reminded := app.make_due_reminders(today, p_limit);
  proposed := app.make_due_escalations(today, p_limit);
  for line in select value from jsonb_array_elements(reminded) loop
    perform app.append_event('reminder.made', line->>0, (line->>1)::uuid, jsonb_build_object('count', line->2));
  end loop;
  for line in select value from jsonb_array_elements(proposed) loop
    perform app.append_event('escalation.proposed', line->>0, null, jsonb_build_object('count', line->1));
  end loop;
  return app.success(jsonb_build_object('reminders', (select coalesce(sum((x->>2)::int), 0) from jsonb_array_elements(reminded) x),
    'escalations', (select coalesce(sum((x->>1)::int), 0) from jsonb_array_elements(proposed) x)));
end $$;
grant execute on function public.make_reminders(int) to service_role;

-- ── The ladder ────────────────────────────────────────────────────────────────────────────────────
-- 提示单 is an inspector's or a leader's; 督办卡 and a report upward are a leader's.
create function app.may_escalate(e public.escalations) returns boolean
  language sql stable security definer set search_path = ''
as $$ select (app.membership_for(case when e.step = 1 then array['inspector', 'leader'] else array['leader'] end, e.scope)).id is not null $$;

-- p_filter: state (proposed | all), enterprise. What is longest over first, 50 a page.
create function public.escalation_rows(p_filter jsonb, p_page int default 1) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  with matching as (
    select e.*, row_number() over (order by e.state = 'proposed' desc, e.step desc, e.deadline, e.id) as place from public.escalations e
    where e.scope <@ (select app.visible_scopes()) and (p_filter->>'enterprise' is null or e.enterprise_id = (p_filter->>'enterprise')::uuid)
      and (p_filter->>'state' = 'all' or e.state = 'proposed')
  )
  select jsonb_build_object('today', app.today(), 'total', (select count(*) from matching),
    'waiting', (select count(*) from public.escalations e where e.scope <@ (select app.visible_scopes()) and e.state = 'proposed'),
    'rows', coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'inspectionId', m.inspection_id, 'enterpriseId', n.id, 'enterpriseName', n.name,
      'community', app.community_name(m.scope), 'step', m.step, 'hazards', m.hazards, 'deadline', m.deadline, 'proposedOn', m.proposed_on, 'state', m.state,
      'note', m.note, 'decidedBy', m.decider_name, 'decidedAt', app.instant_text(m.decided_at),
      'orderText', (select d.number_text from public.documents d where d.inspection_id = m.inspection_id and d.kind = 'rectification_order' order by d.record_position limit 1),
      'mayDecide', m.state = 'proposed' and app.may_escalate(e)) order by m.place)
      from matching m join public.escalations e on e.id = m.id join public.enterprises n on n.id = m.enterprise_id
      where m.place > (greatest(p_page, 1) - 1) * 50 and m.place <= greatest(p_page, 1) * 50), '[]'))
$$;
grant execute on function public.escalation_rows(jsonb, int) to authenticated;

-- p_decision: {outcome: done | dropped, note}. Done means that a person has issued the paper or given the 督办; a step left needs its reason.
create function public.decide_escalation(p_id uuid, p_decision jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare e public.escalations; outcome text := p_decision->>'outcome'; remark text := nullif(trim(coalesce(p_decision->>'note', '')), '');
begin
  select * into e from public.escalations where id = p_id for update;
  if e.id is null or not e.scope::text <@ (select app.visible_scopes()) then return app.refusal('not_found'); end if;
  if not app.may_escalate(e) then return app.refusal('permission.role'); end if;
  if coalesce(outcome, '') not in ('done', 'dropped') then return app.refusal('request.invalid', null, 'outcome'); end if;
  if e.state = outcome and e.decided_by = auth.uid() then return app.success('{}'); end if;
  if e.state <> 'proposed' then return app.refusal('escalation.state'); end if;
  if length(remark) not between 2 and 300 or (outcome = 'dropped' and remark is null) then return app.refusal('request.invalid', null, 'note'); end if;
  update public.escalations set state = outcome, note = remark, decided_by = auth.uid(), decider_name = coalesce(app.member_name(auth.uid(), e.scope), ''),
    decided_at = app.now() where id = e.id;
  perform app.append_event('escalation.' || outcome, e.scope, null, jsonb_build_object('escalation', e.id, 'step', e.step));
  return app.success('{}');
end $$;
grant execute on function public.decide_escalation(uuid, jsonb) to authenticated;
