-- Notices: what a reminder is to a person. The rows are read on the page of notices by themselves; how else somebody is told
-- (web push, e-mail, SMS) they choose, and each try is on record before it begins, so that a crash never sends twice.

create table public.notice_choices (
  user_id uuid primary key,
  by_email boolean not null default false,
  by_sms boolean not null default false,
  changed_at timestamptz not null default app.now()
);
comment on table public.notice_choices is 'Consent, a person at a time: nobody who has not switched it on gets e-mail or SMS. A push device is its own consent.';

create table public.push_subscriptions (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null,
  endpoint text not null unique check (endpoint ~ '^https://' and length(endpoint) <= 1000),
  p256dh text not null check (p256dh ~ '^[\w-]{87}$'),
  auth_secret text not null check (auth_secret ~ '^[\w-]{22}$'),
  made_at timestamptz not null default app.now()
);
comment on table public.push_subscriptions is 'A browser that a person switched notices on in. Whoever switches it on there next takes it over.';
comment on column public.push_subscriptions.p256dh is 'Public key of the browser, uncompressed point on P-256, base64url (RFC 8291).';
create index push_subscriptions_user on public.push_subscriptions (user_id, made_at);

create table public.notices (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null,
  role text not null check (role in ('principal', 'inspector')),
  scope text collate "C" not null,
  enterprise_id uuid not null references public.enterprises,
  kind text not null check (kind in ('before', 'over')),
  day date not null,
  hazard_ids uuid[] not null check (cardinality(hazard_ids) > 0),
  deadline date not null,
  last_deadline date not null,
  made_at timestamptz not null default app.now(),
  planned_at timestamptz,
  unique (user_id, enterprise_id, kind, day)
);
comment on table public.notices is 'One a day for each person, kind and enterprise, however many hazards fall due.';
comment on column public.notices.deadline is 'The earliest of its hazards; last_deadline the latest: what was put off beyond it is not meant any more.';
comment on column public.notices.planned_at is 'When it was decided by which channels it goes out besides the page.';
create index notices_user on public.notices (user_id, day desc);
create index notices_unplanned on public.notices (made_at, id) where planned_at is null;
create index notices_enterprise on public.notices (enterprise_id);

create table public.notice_attempts (
  id uuid primary key default gen_random_uuid(),
  notice_id uuid not null references public.notices on delete cascade,
  scope text collate "C" not null,
  channel text not null check (channel in ('push', 'email', 'sms', 'console')),
  target uuid references public.push_subscriptions on delete set null,
  state text not null default 'waiting' check (state in ('waiting', 'begun', 'taken', 'given_up')),
  tries int not null default 0,
  next_at timestamptz not null default app.now(),
  begun_at timestamptz,
  ended_at timestamptz,
  reason text check (reason in ('unreachable', 'slow', 'busy', 'refused', 'gone', 'sign_in', 'interrupted', 'settled', 'stale', 'withdrawn')),
  constraint ended_is_over check ((state in ('taken', 'given_up')) = (ended_at is not null)),
  constraint given_up_says_why check (state <> 'given_up' or reason is not null)
);
comment on table public.notice_attempts is 'A notice by one channel, to one device. For the server and, summed up, for administrators; without an address.';
comment on column public.notice_attempts.reason is 'Of the last try that failed, or why it was given up. interrupted: it began and nobody knows whether it arrived.';
create unique index notice_attempts_once on public.notice_attempts (notice_id, channel) where channel <> 'push';
create unique index notice_attempts_once_a_device on public.notice_attempts (notice_id, target);
create index notice_attempts_due on public.notice_attempts (next_at, id) where state in ('waiting', 'begun');
create index notice_attempts_ended on public.notice_attempts (scope, ended_at desc);
create index notice_attempts_target on public.notice_attempts (target);

do $$
declare t text;
begin
  foreach t in array array['notice_choices', 'push_subscriptions', 'notices'] loop
    execute format('alter table public.%I enable row level security', t);
  end loop;
end $$;
create policy "everybody sees their own" on public.notice_choices for select to authenticated using (user_id = (select auth.uid()));
create policy "everybody sees their own" on public.push_subscriptions for select to authenticated using (user_id = (select auth.uid()));
-- Who has gone elsewhere does not take with them what was open where they were.
create policy "everybody sees their own, of places they still see" on public.notices for select to authenticated using (user_id = (select auth.uid())
  and (scope <@ (select app.visible_scopes()) or enterprise_id = any ((select app.own_enterprises())::uuid[])));
grant select on public.notice_choices, public.notices to authenticated;
-- The keys of a browser are for sending, which is the server's.
grant select (id, user_id, endpoint, made_at) on public.push_subscriptions to authenticated;
alter table public.notice_attempts enable row level security;
grant select on public.notice_attempts to authenticated;
create policy "administrators see those of their scope" on public.notice_attempts for select to authenticated
  using (scope <@ (select app.administered_scopes()));

-- ── Who is told ───────────────────────────────────────────────────────────────────────────────────
-- Untold reminders of today and yesterday, of so many enterprises: to who answers for the enterprise, and, once it is over, to the
-- inspector whose order it is. Leaders have the ladder. What was put right or put off meanwhile is told to nobody.
create function public.make_notices(p_limit int default 500) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare today date := app.today(); enterprises int; made int;
begin
  -- One at a time: two servers of one database tell nobody twice.
  perform pg_advisory_xact_lock(hashtextextended('notices', 3));
  with chosen as materialized (
    select distinct r.enterprise_id from public.reminders r where r.told_at is null and r.made_on >= today - 1 order by 1 limit p_limit
  ), told as (
    update public.reminders r set told_at = app.now() from chosen c
    where r.enterprise_id = c.enterprise_id and r.told_at is null and r.made_on >= today - 1
    returning r.hazard_id, r.enterprise_id, r.scope, r.kind, r.deadline
  ), standing as materialized (
    select t.*, coalesce(i.adopted_by, i.inspector_id) as inspector_id
    from told t join public.hazards h on h.id = t.hazard_id join public.inspections i on i.id = h.inspection_id
    where h.state = 'open' and h.deadline = t.deadline and (t.kind = 'before') = (t.deadline >= today)
  ), people as (
    select s.*, m.user_id, m.role from standing s
    join public.memberships m on m.role = 'principal' and m.enterprise_id = s.enterprise_id and m.ended_at is null
    union
    select s.*, m.user_id, m.role from standing s
    join public.memberships m on m.role = 'inspector' and m.user_id = s.inspector_id and m.ended_at is null and app.is_below(s.scope, m.scope)
    where s.kind = 'over'
  ), added as (
    insert into public.notices (user_id, role, scope, enterprise_id, kind, day, hazard_ids, deadline, last_deadline)
    select p.user_id, min(p.role), min(p.scope), p.enterprise_id, p.kind, today, array_agg(distinct p.hazard_id), min(p.deadline), max(p.deadline)
    from people p group by p.user_id, p.enterprise_id, p.kind
    on conflict do nothing returning 1
  )
  select (select count(*) from chosen), (select count(*) from added) into enterprises, made;
  -- What is half a year old is on nobody's mind any more.
  delete from public.notices n where n.day < today - 183;
  return app.success(jsonb_build_object('enterprises', enterprises, 'notices', made));
end $$;
grant execute on function public.make_notices(int) to service_role;

-- An address is the one the person signs in with; an SMS goes to the mobile phone that the register has of the enterprise.
create function app.notice_email(p_user uuid) returns text
  language sql stable security definer set search_path = ''
as $$
  select m.email from public.memberships m join public.notice_choices c on c.user_id = m.user_id and c.by_email
  where m.user_id = p_user and m.ended_at is null and m.email is not null order by m.created_at limit 1
$$;
create function app.notice_phone(p_user uuid, p_role text, p_enterprise uuid) returns text
  language sql stable security definer set search_path = ''
as $$
  select e.contact_phone from public.enterprises e join public.notice_choices c on c.user_id = p_user and c.by_sms
  where p_role = 'principal' and e.id = p_enterprise and e.contact_phone ~ '^1[3-9][0-9]{9}$'
$$;

-- → [{id, devices, email, sms}] of the oldest notices that nobody has planned
create function public.notices_to_plan(p_limit int default 200) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', n.id,
    'devices', (select coalesce(jsonb_agg(s.id order by s.made_at), '[]') from public.push_subscriptions s where s.user_id = n.user_id),
    'email', app.notice_email(n.user_id) is not null, 'sms', app.notice_phone(n.user_id, n.role, n.enterprise_id) is not null)), '[]')
  from (select * from public.notices where planned_at is null order by made_at, id limit least(p_limit, 1000)) n
$$;
grant execute on function public.notices_to_plan(int) to service_role;

-- p_plans: [{id, ways: [{channel, target}]}]
create function public.plan_notices(p_plans jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
begin
  insert into public.notice_attempts (notice_id, scope, channel, target)
  select n.id, n.scope, w->>'channel', (w->>'target')::uuid
  from jsonb_array_elements(p_plans) p join public.notices n on n.id = (p->>'id')::uuid and n.planned_at is null, jsonb_array_elements(p->'ways') w
  where w->>'target' is null or exists (select 1 from public.push_subscriptions s where s.id = (w->>'target')::uuid)
  on conflict do nothing;
  update public.notices n set planned_at = app.now()
  where n.planned_at is null and n.id in (select (p->>'id')::uuid from jsonb_array_elements(p_plans) p);
  return app.success('{}');
end $$;
grant execute on function public.plan_notices(jsonb) to service_role;

-- ── Tries ─────────────────────────────────────────────────────────────────────────────────────────
-- From nine in the evening to eight in the morning nobody is told anything, except, before midnight, what is due this very day:
-- in the morning it would be too late to ask for more time.
create function app.notice_is_held(p_at timestamptz, p_kind text, p_deadline date) returns boolean
  language sql immutable set search_path = ''
as $$
  select case when extract(hour from p_at at time zone 'Asia/Shanghai') < 8 then true
    when extract(hour from p_at at time zone 'Asia/Shanghai') >= 21 then not (p_kind = 'before' and p_deadline = app.shanghai_date(p_at))
    else false end
$$;

-- What still stands of a notice: → {hazards, deadline}, null when nothing does.
create function app.notice_standing(n public.notices) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select case when count(*) > 0 then jsonb_build_object('hazards', count(*), 'deadline', min(h.deadline), 'days', min(h.deadline) - app.today()) end
  from public.hazards h where h.id = any (n.hazard_ids) and h.state = 'open' and h.deadline <= n.last_deadline
    and (h.deadline < app.today()) = (n.kind = 'over')
$$;

-- Why a try has lost its reason: nothing of it stands open, its day is over, or the person wants it no more.
create function app.notice_is_void(n public.notices, a public.notice_attempts) returns text
  language sql stable security definer set search_path = ''
as $$
  select case
    when n.day < app.today() - 1 or (n.kind = 'before' and n.deadline < app.today()) then 'stale'
    when app.notice_standing(n) is null then 'settled'
    when a.channel = 'push' and a.target is null then 'gone'
    when (a.channel = 'push' and not exists (select 1 from public.push_subscriptions s where s.id = a.target and s.user_id = n.user_id))
      or (a.channel = 'email' and app.notice_email(n.user_id) is null)
      or (a.channel = 'sms' and app.notice_phone(n.user_id, n.role, n.enterprise_id) is null)
      or not exists (select 1 from public.memberships m where m.user_id = n.user_id and m.role = n.role and m.ended_at is null) then 'withdrawn'
    else null end
$$;

-- Takes up to so many that are due and notes that they begin, each for one server only. One that began five minutes ago and never
-- ended was under way when its server died: whether it arrived nobody knows, so it is not sent again.
-- → [{id, channel, tries, device, kind, role, hazards, deadline, days, email, phone, push: {endpoint, p256dh, auth}}]
create function public.begin_notice_attempts(p_limit int default 8) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare begun uuid[];
begin
  update public.notice_attempts a set state = 'given_up', reason = 'interrupted', ended_at = app.now()
  where a.state = 'begun' and a.begun_at < app.now() - interval '5 minutes';
  with due as materialized (
    select a.id, app.notice_is_void(n, a) as void from public.notice_attempts a join public.notices n on n.id = a.notice_id
    where a.state = 'waiting' and a.next_at <= app.now() and not app.notice_is_held(app.now(), n.kind, n.deadline)
    order by a.next_at, a.id limit least(p_limit, 100) for update of a skip locked
  ), moved as (
    update public.notice_attempts a set state = case when d.void is null then 'begun' else 'given_up' end, reason = coalesce(d.void, a.reason),
      tries = a.tries + case when d.void is null then 1 else 0 end, begun_at = case when d.void is null then app.now() else a.begun_at end,
      ended_at = case when d.void is null then null else app.now() end
    from due d where a.id = d.id returning a.id, a.state
  )
  select array_agg(m.id) filter (where m.state = 'begun') into begun from moved m;
  return app.success((select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'channel', a.channel, 'tries', a.tries, 'device', a.target, 'kind', n.kind,
      'role', n.role,
      'email', case when a.channel = 'email' then app.notice_email(n.user_id) end,
      'phone', case when a.channel = 'sms' then app.notice_phone(n.user_id, n.role, n.enterprise_id) end,
      'push', case when a.channel = 'push' then (select jsonb_build_object('endpoint', s.endpoint, 'p256dh', s.p256dh, 'auth', s.auth_secret)
        from public.push_subscriptions s where s.id = a.target) end) || app.notice_standing(n) order by a.next_at, a.id), '[]')
    from public.notice_attempts a join public.notices n on n.id = a.notice_id where a.id = any (begun)));
end $$;
grant execute on function public.begin_notice_attempts(int) to service_role;

-- p_end: {outcome: taken | again | never | gone, reason, afterSeconds}. An answer that came later than five minutes still counts.
create function public.end_notice_attempt(p_id uuid, p_end jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare a public.notice_attempts;
begin
  select * into a from public.notice_attempts where id = p_id for update;
  if a.id is null then return app.refusal('not_found'); end if;
  if a.state <> 'begun' and not (a.reason = 'interrupted' and p_end->>'outcome' = 'taken') then return app.success('{}'); end if;
  update public.notice_attempts set
    state = case p_end->>'outcome' when 'taken' then 'taken' when 'again' then 'waiting' else 'given_up' end,
    reason = case p_end->>'outcome' when 'taken' then null when 'gone' then 'gone' else p_end->>'reason' end,
    ended_at = case when p_end->>'outcome' = 'again' then null else app.now() end,
    next_at = case when p_end->>'outcome' = 'again' then app.now() + (p_end->>'afterSeconds')::int * interval '1 second' else next_at end
  where id = p_id;
  if p_end->>'outcome' = 'gone' then delete from public.push_subscriptions where id = a.target; end if;
  return app.success('{}');
end $$;
grant execute on function public.end_notice_attempt(uuid, jsonb) to service_role;

-- ── What a person chooses and reads ───────────────────────────────────────────────────────────────
-- p_subscription: {endpoint, p256dh, auth}. A browser belongs to who switched it on last; a person has ten at most.
create function public.save_push_subscription(p_subscription jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare s jsonb := p_subscription;
begin
  if not app.is_member() then return app.refusal('permission.denied'); end if;
  if coalesce(s->>'endpoint', '') !~ '^https://' or length(s->>'endpoint') > 1000 then return app.refusal('request.invalid', null, 'endpoint'); end if;
  if coalesce(s->>'p256dh', '') !~ '^[\w-]{87}$' or coalesce(s->>'auth', '') !~ '^[\w-]{22}$' then return app.refusal('request.invalid', null, 'keys'); end if;
  insert into public.push_subscriptions (user_id, endpoint, p256dh, auth_secret) values (auth.uid(), s->>'endpoint', s->>'p256dh', s->>'auth')
  on conflict (endpoint) do update set user_id = excluded.user_id, p256dh = excluded.p256dh, auth_secret = excluded.auth_secret, made_at = app.now();
  delete from public.push_subscriptions where id in (
    select p.id from public.push_subscriptions p where p.user_id = auth.uid() order by p.made_at desc, p.id offset 10);
  return app.success('{}');
end $$;
grant execute on function public.save_push_subscription(jsonb) to authenticated;

-- Without an endpoint all of them: also those of a phone that is lost.
create function public.remove_push_subscription(p_endpoint text) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
begin
  delete from public.push_subscriptions where user_id = auth.uid() and (p_endpoint is null or endpoint = p_endpoint);
  return app.success('{}');
end $$;
grant execute on function public.remove_push_subscription(text) to authenticated;

-- p_choice: {email, sms}
create function public.save_notice_choice(p_choice jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
begin
  if not app.is_member() then return app.refusal('permission.denied'); end if;
  if jsonb_typeof(p_choice->'email') is distinct from 'boolean' or jsonb_typeof(p_choice->'sms') is distinct from 'boolean' then
    return app.refusal('request.invalid');
  end if;
  insert into public.notice_choices (user_id, by_email, by_sms) values (auth.uid(), (p_choice->>'email')::boolean, (p_choice->>'sms')::boolean)
  on conflict (user_id) do update set by_email = excluded.by_email, by_sms = excluded.by_sms, changed_at = app.now();
  return app.success('{}');
end $$;
grant execute on function public.save_notice_choice(jsonb) to authenticated;

-- Phones by their first three and last four digits; the newest hundred of half a year. Of enterprises that one may still read.
create function public.own_notices() returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('today', app.today(),
    'choice', coalesce((select jsonb_build_object('email', c.by_email, 'sms', c.by_sms) from public.notice_choices c where c.user_id = auth.uid()),
      '{"email": false, "sms": false}'),
    'email', (select m.email from public.memberships m where m.user_id = auth.uid() and m.ended_at is null and m.email is not null order by m.created_at limit 1),
    'phones', (select coalesce(jsonb_agg(distinct left(e.contact_phone, 3) || '****' || right(e.contact_phone, 4)), '[]') from public.enterprises e
      where e.id = any (app.own_enterprises()) and e.contact_phone ~ '^1[3-9][0-9]{9}$'),
    'devices', (select coalesce(jsonb_agg(s.endpoint order by s.made_at), '[]') from public.push_subscriptions s where s.user_id = auth.uid()),
    'rows', (select coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'role', n.role, 'kind', n.kind, 'day', n.day, 'deadline', n.deadline,
        'hazards', cardinality(n.hazard_ids), 'enterpriseId', n.enterprise_id, 'enterpriseName', e.name) order by n.day desc, n.deadline, n.id), '[]')
      from (select * from public.notices where user_id = auth.uid() order by day desc, deadline, id limit 100) n
      join public.enterprises e on e.id = n.enterprise_id
      where e.scope <@ (select app.visible_scopes()) or e.id = any ((select app.own_enterprises())::uuid[])))
$$;
grant execute on function public.own_notices() to authenticated;

-- For administrators: the last week of their scope by channel, and the newest failures; nobody is named.
create function public.notice_overview(p_scope text) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  with seen as materialized (
    select a.* from public.notice_attempts a join public.notices n on n.id = a.notice_id
    where app.is_below(a.scope, p_scope) and a.scope <@ (select app.administered_scopes()) and n.day > app.today() - 7
  )
  select jsonb_build_object(
    'channels', coalesce((select jsonb_agg(x order by x->>'channel') from (select jsonb_build_object('channel', s.channel,
      'taken', count(*) filter (where s.state = 'taken'), 'waiting', count(*) filter (where s.state in ('waiting', 'begun')),
      'givenUp', count(*) filter (where s.state = 'given_up' and s.reason not in ('settled', 'stale', 'withdrawn')),
      'lastTaken', app.instant_text(max(s.ended_at) filter (where s.state = 'taken'))) as x from seen s group by s.channel) c), '[]'),
    'failures', coalesce((select jsonb_agg(jsonb_build_object('channel', f.channel, 'reason', f.reason, 'tries', f.tries, 'state', f.state,
        'at', app.instant_text(coalesce(f.ended_at, f.begun_at))) order by coalesce(f.ended_at, f.begun_at) desc, f.id)
      from (select * from seen s where s.reason is not null and s.reason not in ('settled', 'stale', 'withdrawn') and s.begun_at is not null
        order by coalesce(s.ended_at, s.begun_at) desc, s.id limit 5) f), '[]'))
$$;
grant execute on function public.notice_overview(text) to authenticated;
