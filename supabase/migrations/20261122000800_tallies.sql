-- Tallies: counters that a ranking reads instead of hazards. Every transaction changes them in sorted order, so
-- that two of them never wait for each other in a circle. Lock order everywhere: counters → record head → event head.

create table public.tally_flows (
  scope text collate "C" not null, site_type text not null, severity text not null, day date not null,
  found int not null default 0, corrected_on_spot int not null default 0, closed int not null default 0, reopened int not null default 0,
  primary key (scope, site_type, severity, day)
);
comment on table public.tally_flows is 'Daily flows of hazards by place × kind of site × severity. `closed` includes corrected_on_spot.';
-- What a period brought, to whoever sees much: read from the index alone.
create index tally_flows_day on public.tally_flows (day, scope) include (found, closed);

create table public.tally_deadlines (
  scope text collate "C" not null, site_type text not null, severity text not null, deadline date not null, open int not null default 0,
  primary key (scope, site_type, severity, deadline)
);
comment on table public.tally_deadlines is 'Open hazards by deadline, so that 逾期 needs no write at midnight. infinity: reported, no deadline runs.';

create table public.tally_visits (
  scope text collate "C" not null, site_type text not null, day date not null, previous_day date not null, inspections int not null default 0,
  primary key (scope, site_type, day, previous_day)
);
create index tally_visits_day on public.tally_visits (day, scope) include (previous_day, inspections);
comment on table public.tally_visits is
  'Checks by day with the day of the previous one at the same site (-infinity: none): distinct sites in a window are those whose previous day lies before it.';

create table public.enterprise_tallies (
  enterprise_id uuid primary key references public.enterprises,
  scope text collate "C" not null,
  open_hazards int not null default 0,
  open_major int not null default 0,
  inspections int not null default 0,
  last_inspected_on date,
  next_deadline date
);
create index enterprise_tallies_scope on public.enterprise_tallies (scope);

do $$
declare t text;
begin
  foreach t in array array['tally_flows', 'tally_deadlines', 'tally_visits'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('grant select on public.%I to authenticated', t);
    execute format('create policy "staff see counts of their scope" on public.%I for select to authenticated
      using (scope <@ (select app.visible_scopes()))', t);
  end loop;
end $$;
alter table public.enterprise_tallies enable row level security;
grant select on public.enterprise_tallies to authenticated;
create policy "staff see their scope, a principal their own" on public.enterprise_tallies for select to authenticated
  using (scope <@ (select app.visible_scopes()) or enterprise_id = any ((select app.own_enterprises())::uuid[]));

-- A change of counters: rows {scope, site_type, severity, day, found, corrected_on_spot, closed, reopened}.
create type app.flow_change as (scope text, site_type text, severity text, day date, found int, corrected_on_spot int, closed int, reopened int);
create type app.deadline_change as (scope text, site_type text, severity text, deadline date, open int);
create type app.visit_change as (scope text, site_type text, day date, previous_day date, inspections int);

create function app.tally(p_flows app.flow_change[], p_deadlines app.deadline_change[]) returns void
  language plpgsql volatile security definer set search_path = ''
as $$
begin
  insert into public.tally_flows as t (scope, site_type, severity, day, found, corrected_on_spot, closed, reopened)
  select f.scope, f.site_type, f.severity, f.day, sum(f.found), sum(f.corrected_on_spot), sum(f.closed), sum(f.reopened)
  from unnest(p_flows) f group by 1, 2, 3, 4 order by 1, 2, 3, 4
  on conflict (scope, site_type, severity, day) do update set found = t.found + excluded.found,
    corrected_on_spot = t.corrected_on_spot + excluded.corrected_on_spot, closed = t.closed + excluded.closed,
    reopened = t.reopened + excluded.reopened;
  insert into public.tally_deadlines as t (scope, site_type, severity, deadline, open)
  select d.scope, d.site_type, d.severity, coalesce(d.deadline, 'infinity'), sum(d.open)
  from unnest(p_deadlines) d group by 1, 2, 3, 4 having sum(d.open) <> 0 order by 1, 2, 3, 4
  on conflict (scope, site_type, severity, deadline) do update set open = t.open + excluded.open;
  perform app.leave_tally_changes('flows', (select coalesce(jsonb_agg(x.line), '[]') from (
    select jsonb_build_array(f.scope, f.site_type, f.severity, f.day, sum(f.found), sum(f.closed)) as line
    from unnest(p_flows) f group by f.scope, f.site_type, f.severity, f.day having sum(f.found) <> 0 or sum(f.closed) <> 0) x));
  perform app.leave_tally_changes('deadlines', (select coalesce(jsonb_agg(x.line), '[]') from (
    select jsonb_build_array(d.scope, d.site_type, d.deadline, sum(d.open)) as line
    from unnest(p_deadlines) d group by d.scope, d.site_type, d.deadline having sum(d.open) <> 0) x));
end $$;

-- One more check at a site on a day; the phone may bring an older visit after a newer one.
create function app.tally_visit(p_enterprise uuid, p_scope text, p_site_type text, p_day date) returns void
  language plpgsql volatile security definer set search_path = ''
as $$
declare before_day date; after_day date; same_day boolean; changes app.visit_change[];
begin
  perform 1 from public.enterprise_tallies t where t.enterprise_id = p_enterprise for update;
  select max(i.inspected_on) into before_day from public.inspections i
  where i.enterprise_id = p_enterprise and i.outcome = 'checked' and i.inspected_on < p_day;
  select min(i.inspected_on) into after_day from public.inspections i
  where i.enterprise_id = p_enterprise and i.outcome = 'checked' and i.inspected_on > p_day;
  select count(*) > 1 into same_day from public.inspections i
  where i.enterprise_id = p_enterprise and i.outcome = 'checked' and i.inspected_on = p_day;
  select array_agg(row(x.scope, x.site_type, x.day, x.previous_day, x.n)::app.visit_change) into changes from (
    select p_scope as scope, p_site_type as site_type, p_day as day,
      case when same_day then p_day else coalesce(before_day, '-infinity') end as previous_day, 1 as n
    union all
    -- the first check of the next day had before_day as its previous one; now it has this day
    select i.scope, i.site_type, after_day, v.previous_day, v.n
      from (select i.scope, i.site_type from public.inspections i where i.enterprise_id = p_enterprise and i.outcome = 'checked'
        and i.inspected_on = after_day order by i.sealed_at, i.id limit 1) i,
        (values (coalesce(before_day, '-infinity'), -1), (p_day, 1)) v (previous_day, n) where after_day is not null and not same_day
  ) x;
  insert into public.tally_visits as t (scope, site_type, day, previous_day, inspections)
  select c.scope, c.site_type, c.day, c.previous_day, sum(c.inspections) from unnest(changes) c group by 1, 2, 3, 4 order by 1, 2, 3, 4
  on conflict (scope, site_type, day, previous_day) do update set inspections = t.inspections + excluded.inspections;
  perform app.leave_tally_changes('visits', (select jsonb_agg(jsonb_build_array(c.scope, c.site_type, c.day, nullif(c.previous_day, '-infinity'), c.inspections))
    from unnest(changes) c));
end $$;

create function app.tally_enterprise(p_enterprise uuid) returns void
  language sql volatile security definer set search_path = ''
as $$
  insert into public.enterprise_tallies as t (enterprise_id, scope, open_hazards, open_major, inspections, last_inspected_on, next_deadline)
  select e.id, e.scope, coalesce(h.n, 0), coalesce(h.major, 0), coalesce(i.n, 0), i.last_on, h.next_deadline
  from public.enterprises e
  left join lateral (select count(*) n, count(*) filter (where h.severity = 'major') major,
      min(h.deadline) filter (where h.state in ('open', 'rectification_submitted')) next_deadline
    from public.hazards h where h.enterprise_id = e.id and h.state in ('reported', 'open', 'rectification_submitted', 'accepted')) h on true
  left join lateral (select count(*) n, max(i.inspected_on) last_on
    from public.inspections i where i.enterprise_id = e.id and i.outcome = 'checked') i on true
  where e.id = p_enterprise
  on conflict (enterprise_id) do update set scope = excluded.scope, open_hazards = excluded.open_hazards, open_major = excluded.open_major,
    inspections = excluded.inspections, last_inspected_on = excluded.last_inspected_on, next_deadline = excluded.next_deadline
$$;

-- Recount everything from hazards and inspections; what differs is drift. Repairs only when asked to.
create function app.recounted_flows() returns setof public.tally_flows
  language sql stable security definer set search_path = ''
as $$
  with steps as (
    select h.scope, h.site_type, h.severity, t.day,
      (t.from_state is null)::int as found,
      (t.from_state is null and t.to_state = 'closed')::int as corrected_on_spot,
      (t.to_state in ('closed', 'closed_unfixed'))::int as closed,
      (t.from_state is not null and t.from_state <> 'reported' and t.to_state = 'open' and t.cause_kind not in ('extension', 'correction'))::int as reopened
    from public.hazard_transitions t join public.hazards h on h.id = t.hazard_id where h.state <> 'withdrawn')
  select scope, site_type, severity, day, sum(found)::int, sum(corrected_on_spot)::int, sum(closed)::int, sum(reopened)::int
  from steps group by 1, 2, 3, 4 having sum(found) + sum(closed) + sum(reopened) > 0
$$;
create function app.recounted_deadlines() returns setof public.tally_deadlines
  language sql stable security definer set search_path = ''
as $$
  select scope, site_type, severity, case when state in ('reported', 'accepted') then 'infinity' else coalesce(deadline, 'infinity') end, count(*)::int
  from public.hazards where state in ('reported', 'open', 'rectification_submitted', 'accepted') group by 1, 2, 3, 4
$$;
create function app.recounted_visits() returns setof public.tally_visits
  language sql stable security definer set search_path = ''
as $$
  select scope, site_type, inspected_on, coalesce(previous_day, '-infinity'), count(*)::int from (
    select i.scope, i.site_type, i.inspected_on,
      lag(i.inspected_on) over (partition by i.enterprise_id order by i.inspected_on, i.sealed_at, i.id) as previous_day
    from public.inspections i where i.outcome = 'checked') x
  group by 1, 2, 3, 4
$$;

create function public.recount_tallies(p_repair boolean) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare drift jsonb := '[]'; part jsonb;
begin
  if auth.role() <> 'service_role' and not ''::text <@ app.administered_scopes() then return app.refusal('permission.role'); end if;
  if p_repair then lock table public.tally_flows, public.tally_deadlines, public.tally_visits in exclusive mode; end if;
  select coalesce(jsonb_agg(jsonb_build_object('table', 'tally_flows', 'key', jsonb_build_array(scope, site_type, severity, day),
    'counted', jsonb_build_array(t.found, t.corrected_on_spot, t.closed, t.reopened),
    'expected', jsonb_build_array(r.found, r.corrected_on_spot, r.closed, r.reopened))), '[]') into part
  from (select f.* from public.tally_flows f where (f.found, f.closed, f.reopened) <> (0, 0, 0)) t
  full join app.recounted_flows() r using (scope, site_type, severity, day)
  where (t.found, t.corrected_on_spot, t.closed, t.reopened) is distinct from (r.found, r.corrected_on_spot, r.closed, r.reopened);
  drift := drift || part;
  select coalesce(jsonb_agg(jsonb_build_object('table', 'tally_deadlines', 'key', jsonb_build_array(scope, site_type, severity, deadline),
    'counted', t.open, 'expected', r.open)), '[]') into part
  from (select * from public.tally_deadlines where open <> 0) t full join app.recounted_deadlines() r using (scope, site_type, severity, deadline)
  where t.open is distinct from r.open;
  drift := drift || part;
  select coalesce(jsonb_agg(jsonb_build_object('table', 'tally_visits', 'key', jsonb_build_array(scope, site_type, day, previous_day),
    'counted', t.inspections, 'expected', r.inspections)), '[]') into part
  from (select * from public.tally_visits where inspections <> 0) t full join app.recounted_visits() r using (scope, site_type, day, previous_day)
  where t.inspections is distinct from r.inspections;
  drift := drift || part;
  if p_repair and jsonb_array_length(drift) > 0 then
    delete from public.tally_flows; insert into public.tally_flows select * from app.recounted_flows();
    delete from public.tally_deadlines; insert into public.tally_deadlines select * from app.recounted_deadlines();
    delete from public.tally_visits; insert into public.tally_visits select * from app.recounted_visits();
    perform app.audit(auth.uid(), 'tally.repair', null, true, '', jsonb_build_object('rows', jsonb_array_length(drift)));
    -- Whoever keeps sums of the counters reads them anew.
    perform app.append_event('tally.repaired', '', null, jsonb_build_object('rows', jsonb_array_length(drift)));
  end if;
  return app.success(jsonb_build_object('drift', drift, 'repaired', p_repair and jsonb_array_length(drift) > 0));
end $$;
grant execute on function public.recount_tallies(boolean) to authenticated, service_role;

-- The counters as a server keeps them in memory (src/lib/tally/tallyCube.ts): page after page of whole places, in the order of
-- scopes, each with the position of the feed that it is right as of. Each list is an array_send of bigints, base64:
-- flows day<<48 | found<<24 | closed; visits day<<48 | previous day<<32 | inspections (previous day 0: none);
-- deadlines day<<48 | open (65535: none runs). Days count from 2000-01-01; they are written out below, because a
-- function called for every counter would take longer than all the rest.
create function public.tally_page(p_from text, p_places int) returns jsonb
  language plpgsql stable security definer set search_path = ''
as $$
declare last text; upto text; answer jsonb;
begin
  select a.scope into last from public.areas a where a.scope >= p_from collate "C" order by a.scope offset greatest(p_places, 1) - 1 limit 1;
  -- '!' stands before and '~' behind every digit.
  upto := coalesce(last || '!', '~');
  with flows as (
    select f.scope, f.site_type, f.severity,
      encode(array_send(array_agg((least(greatest(f.day - date '2000-01-01', 1), 65534)::bigint << 48) | (f.found::bigint << 24) | f.closed::bigint)), 'base64') as list
    from public.tally_flows f where f.scope >= p_from collate "C" and f.scope < upto collate "C" and (f.found <> 0 or f.closed <> 0) group by 1, 2, 3
  ), visits as (
    select v.scope, v.site_type,
      encode(array_send(array_agg((least(greatest(v.day - date '2000-01-01', 1), 65534)::bigint << 48)
        | (case when v.previous_day = '-infinity' then 0 else least(greatest(v.previous_day - date '2000-01-01', 1), 65534) end::bigint << 32) | v.inspections::bigint)), 'base64') as list
    from public.tally_visits v where v.scope >= p_from collate "C" and v.scope < upto collate "C" and v.inspections <> 0 group by 1, 2
  ), deadlines as (
    select d.scope, d.site_type, encode(array_send(array_agg((case when d.deadline = 'infinity' then 65535 else least(greatest(d.deadline - date '2000-01-01', 1), 65534) end::bigint << 48)
        | d.open::bigint)), 'base64') as list
    from public.tally_deadlines d where d.scope >= p_from collate "C" and d.scope < upto collate "C" and d.open <> 0 group by 1, 2
  )
  select jsonb_build_object('position', (select h.position from app.event_head h), 'from', p_from, 'upTo', upto, 'isLast', last is null,
    'flows', (select coalesce(jsonb_agg(jsonb_build_array(scope, site_type, severity, list)), '[]') from flows),
    'visits', (select coalesce(jsonb_agg(jsonb_build_array(scope, site_type, list)), '[]') from visits),
    'deadlines', (select coalesce(jsonb_agg(jsonb_build_array(scope, site_type, list)), '[]') from deadlines)) into answer;
  return answer;
end $$;
grant execute on function public.tally_page(text, int) to service_role;

-- What is ranked and what it is called: places by scope, kinds of site by code.
create function public.tally_keys() returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'places', (select coalesce(jsonb_agg(jsonb_build_array(a.scope, a.level, v.name) order by a.scope), '[]')
      from public.areas a join public.area_versions v on v.area_id = a.id and v.valid_to is null where a.level in ('street', 'community')),
    'siteTypes', (select coalesce(jsonb_agg(jsonb_build_array(s.code, s.name_zh, s.name_en) order by s.position, s.code), '[]') from public.site_types s))
$$;
grant execute on function public.tally_keys() to service_role;
