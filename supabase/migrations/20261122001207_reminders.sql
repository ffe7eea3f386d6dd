-- Reminders of deadlines, and the proposals of what follows when one is over: 提示单 → 督办卡 → report upward (逾期阶梯). All of
-- it is made by one function that a worker calls every hour; whatever it has made it never makes again. How a step is taken
-- stands in …_escalations.sql.

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
  document_id uuid unique references public.documents,
  unique (inspection_id, deadline, step),
  constraint decided_by_somebody check ((state in ('done', 'dropped')) = (decided_by is not null) and (decided_by is null) = (decider_name is null)
    and (decided_by is null) = (decided_at is null)),
  constraint done_by_a_paper check ((state = 'done') = (document_id is not null)),
  constraint dropped_says_why check (state <> 'dropped' or note is not null)
);
comment on table public.escalations is '逾期阶梯, an order at a time: 1 提示单, 2 督办卡, 3 report upward. Proposals: a person takes each step, or says why not.';
comment on column public.escalations.state is 'lapsed: put right, put off, or the next step was due before anybody had taken this one.';
comment on column public.escalations.document_id is 'The paper that took the step; after a correction (更正) the one in its place. Nothing else takes a step.';
comment on column public.escalations.deadline is 'The earliest of the order that was over when the step was proposed.';
create index escalations_enterprise on public.escalations (enterprise_id, proposed_on desc);
create index escalations_open on public.escalations (scope, step) where state = 'proposed';
create index escalations_of_day on public.escalations (proposed_on);
-- What became late in some week, wherever; what is late for longer than the ladder reaches is never read.
create index hazards_late on public.hazards (deadline) include (inspection_id, scope, enterprise_id) where state = 'open';

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

-- Steps of the ladder that are due today, and an end to those that no longer are. A step is proposed in the week in which its
-- days are up, and of one agency 20 a day: who has never used the ladder is not shown years of late orders on one morning, and
-- nobody takes more of them a day. What is over for longest comes first. → [[scope, how many]]
create function app.make_due_escalations(p_today date, p_limit int) returns jsonb
  language sql volatile security definer set search_path = '' set jit = off
as $$
  with weeks as (
    select distinct p_today - t.days::int as last from public.settings s, jsonb_array_elements_text(s.value) t(days) where s.key = 'ladder.days'
  ), orders as materialized (
    select h.inspection_id, h.scope, h.enterprise_id from weeks w join public.hazards h on h.deadline between w.last - 6 and w.last where h.state = 'open'
    union select e.inspection_id, e.scope, e.enterprise_id from public.escalations e where e.state = 'proposed'
  ), late as materialized (
    -- An order at a time, by its index: the planner would else read every hazard there is.
    select o.*, l.deadline, l.hazards from orders o cross join lateral (select min(h.deadline) as deadline, count(*)::int as hazards
      from public.hazards h where h.inspection_id = o.inspection_id and h.state = 'open' and h.deadline < p_today) l where l.hazards > 0
  ), rules as materialized (
    select s.scope, t.step::int as step, t.days::int as days from (select distinct o.scope from orders o) s, jsonb_array_elements_text(app.setting(s.scope, 'ladder.days')) with ordinality t(days, step)
  ), due as materialized (
    -- The last step whose days are up.
    select distinct on (l.inspection_id) l.*, r.step, p_today - l.deadline - r.days as since from late l join rules r on r.scope = l.scope and r.days <= p_today - l.deadline
    order by l.inspection_id, r.step desc
  ), lapsed as (
    update public.escalations e set state = 'lapsed'
    where e.state = 'proposed' and not exists (select 1 from due d where d.inspection_id = e.inspection_id and d.deadline = e.deadline and d.step = e.step)
  ), today as (
    select i.agency_id, count(*) as n from public.escalations e join public.inspections i on i.id = e.inspection_id where e.proposed_on = p_today group by 1
  ), wanted as materialized (
    select d.*, (select i.agency_id from public.inspections i where i.id = d.inspection_id) as agency_id from due d
    where d.since < 7 and not exists (select 1 from public.escalations e where e.inspection_id = d.inspection_id and e.deadline = d.deadline and e.step = d.step)
  ), ranked as (
    select w.*, row_number() over (partition by w.agency_id order by w.step desc, w.deadline, w.inspection_id) as place from wanted w
  ), added as (
    insert into public.escalations (inspection_id, scope, enterprise_id, step, hazards, deadline, proposed_on)
    select r.inspection_id, r.scope, r.enterprise_id, r.step, r.hazards, r.deadline, p_today from ranked r left join today t using (agency_id)
    where r.place <= 20 - coalesce(t.n, 0) order by r.inspection_id limit p_limit
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
