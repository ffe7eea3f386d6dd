-- Monthly aggregates: what a month looked like, frozen once it is over and never changed. Ranking, proposed reductions and the
-- draft of next year's weights read these same numbers. What arrives later for a frozen month (a phone that was offline, a
-- withdrawn fact) is carried by a later month's row about it: 冻结后补入.
--
-- One rule makes every row: C(M, t) is month M as known at t. Month L frozen at t writes C(L, t) about itself, and about each
-- earlier month M the difference C(M, t) − C(M, t before). So the rows about M always add up to what was known of it last.

create table public.frozen_months (
  month date primary key check (month = date_trunc('month', month::timestamp)::date),
  known_until timestamptz not null,
  attributes text[] not null,
  frozen_at timestamptz not null default app.now()
);
comment on table public.frozen_months is 'Which months are frozen, for everybody at once.';
comment on column public.frozen_months.known_until is
  'What was written down by then is in it. Ten minutes before it was frozen: no transaction that began earlier is still open.';
comment on column public.frozen_months.attributes is 'By which attributes facts were told apart: those that the packs installed then asked for.';

create table public.monthly_visits (
  month date not null references public.frozen_months, about_month date not null, scope text collate "C" not null, site_type text not null,
  inspections int not null, checks int not null, sites int not null, operating int not null,
  primary key (month, about_month, scope, site_type),
  constraint about_itself_or_earlier check (about_month <= month)
);
comment on table public.monthly_visits is
  'Inspections (检查家次), checks that look for something new (no recheck, no self-check, no report), distinct sites inspected, and sites operating when it was frozen.';
create index monthly_visits_scope on public.monthly_visits (scope, month);

create table public.monthly_hazards (
  month date not null references public.frozen_months, about_month date not null, scope text collate "C" not null, site_type text not null,
  severity text not null,
  found int not null, corrected_on_spot int not null, closed int not null, closed_in_time int not null, reopened int not null,
  open int not null, overdue int not null,
  primary key (month, about_month, scope, site_type, severity),
  constraint about_itself_or_earlier check (about_month <= month)
);
comment on table public.monthly_hazards is
  'Flows of a month as in tally_flows (`closed` includes corrected_on_spot); `open` and `overdue` when it ended, a deadline on its last day being over by then.';
create index monthly_hazards_scope on public.monthly_hazards (scope, month);

create table public.monthly_occurrences (
  month date not null references public.frozen_months, about_month date not null, scope text collate "C" not null, site_type text not null,
  kind text not null, attributes jsonb not null, previous_month date not null, occurrences int not null, sites int not null,
  primary key (month, about_month, scope, site_type, kind, attributes, previous_month),
  constraint about_itself_or_earlier check (about_month <= month)
);
comment on table public.monthly_occurrences is
  'What happened, by kind of fact and by what packs ask of it (severity, cited clause …), so that any pack can tell its clauses from it.';
comment on column public.monthly_occurrences.previous_month is
  'The month in which these sites last had one like it (-infinity: never): distinct sites of a window are those whose previous month lies before it.';
create index monthly_occurrences_scope on public.monthly_occurrences (scope, month);

do $$
declare t text;
begin
  foreach t in array array['monthly_visits', 'monthly_hazards', 'monthly_occurrences'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('grant select on public.%I to authenticated', t);
    execute format('create policy "staff see numbers of their scope" on public.%I for select to authenticated
      using (scope <@ (select app.visible_scopes()))', t);
  end loop;
  foreach t in array array['frozen_months', 'monthly_visits', 'monthly_hazards', 'monthly_occurrences'] loop
    execute format('create trigger %I_append_only before update or delete on public.%I for each row execute function app.forbid_change()', t, t);
  end loop;
end $$;
alter table public.frozen_months enable row level security;
grant select on public.frozen_months to authenticated;
create policy "members see which months are frozen" on public.frozen_months for select to authenticated using ((select app.is_member()));

create function app.month_of(p_day date) returns date
  language sql immutable set search_path = ''
as $$ select date_trunc('month', p_day::timestamp)::date $$;
create function app.month_after(p_month date, p_months int default 1) returns date
  language sql immutable set search_path = ''
as $$ select (p_month + make_interval(months => p_months))::date $$;

-- ── C(M, t) for the months from p_first to p_last ─────────────────────────────────────────────────
create function app.visits_as_known(p_first date, p_last date, p_known timestamptz)
  returns table (about_month date, scope text, site_type text, inspections int, checks int, sites int)
  language sql stable security definer set search_path = ''
as $$
  select app.month_of(i.inspected_on), i.scope, i.site_type, count(*)::int,
    (count(*) filter (where i.kind not in ('recheck', 'self_check') and i.track <> 'C'))::int, count(distinct i.enterprise_id)::int
  from public.inspections i
  where i.outcome = 'checked' and i.inspected_on >= p_first and i.inspected_on < app.month_after(p_last) and i.sealed_at <= p_known
  group by 1, 2, 3
$$;

create function app.hazards_as_known(p_first date, p_last date, p_known timestamptz)
  returns table (about_month date, scope text, site_type text, severity text, found int, corrected_on_spot int, closed int, closed_in_time int, reopened int,
    open int, overdue int)
  language sql stable security definer set search_path = ''
as $$
  with months as (
    select m::date as month, app.month_after(m::date) as ended from generate_series(p_first::timestamp, p_last::timestamp, interval '1 month') m
  ), steps as (
    select t.*, lead(t.day) over (partition by t.hazard_id order by t.id) as until
    from public.hazard_transitions t where t.at <= p_known and t.day < app.month_after(p_last)
      -- 更正撤销: as if it had not been found, from when that was known.
      and not exists (select 1 from public.hazards h join public.hazard_transitions w on w.hazard_id = h.id and w.to_state = 'withdrawn' and w.at <= p_known
        where h.id = t.hazard_id and h.state = 'withdrawn')
  ), regraded as materialized (
    -- 更正 of a grade: what was known of it until then.
    select distinct on (x.id) x.id, x.severity from public.corrections c join public.records b on b.subject_id = c.supersedes cross join lateral (
      select (e->>'id')::uuid as id, e->>'severity' as severity from jsonb_array_elements(b.canonical_text::jsonb->'content'->'hazards') e) x
    where c.at > p_known order by x.id, c.number
  ), counted as (
    select app.month_of(s.day) as month, s.hazard_id, (s.from_state is null)::int as found, (s.from_state is null and s.to_state = 'closed')::int as on_spot,
      (s.to_state in ('closed', 'closed_unfixed'))::int as closed, 0 as in_time,
      (s.from_state is not null and s.from_state <> 'reported' and s.to_state = 'open' and s.cause_kind not in ('extension', 'correction'))::int as reopened, 0 as open, 0 as overdue
    from steps s where s.day >= p_first
    union all
    select app.month_of(f.occurred_on), f.hazard_id, 0, 0, 0, 1, 0, 0, 0 from public.facts f
    where f.kind = 'hazard.rectified' and f.data->>'onTime' = 'true' and f.hazard_id is not null and f.recorded_at <= p_known
      and f.occurred_on >= p_first and f.occurred_on < app.month_after(p_last)
    union all
    select m.month, s.hazard_id, 0, 0, 0, 0, 0, 1, coalesce(s.to_state in ('open', 'rectification_submitted') and s.deadline < m.ended, false)::int
    from months m join steps s on s.to_state in ('reported', 'open', 'rectification_submitted', 'accepted') and s.day < m.ended and (s.until is null or s.until >= m.ended)
  )
  select c.month, h.scope, h.site_type, coalesce(g.severity, h.severity), sum(c.found)::int, sum(c.on_spot)::int, sum(c.closed)::int, sum(c.in_time)::int, sum(c.reopened)::int,
    sum(c.open)::int, sum(c.overdue)::int
  from counted c join public.hazards h on h.id = c.hazard_id left join regraded g on g.id = h.id group by 1, 2, 3, 4
  having sum(c.found) + sum(c.closed) + sum(c.in_time) + sum(c.reopened) + sum(c.open) > 0
$$;

-- What packs ask of facts: the attributes they put conditions on, and the clause that was cited, with its scheme.
create function app.asked_attributes() returns text[]
  language sql stable security definer set search_path = ''
as $$
  select array_agg(distinct name order by name) from (
    select unnest(array['clause', 'scheme']) as name
    union all
    select jsonb_object_keys(w) from public.scheme_packs p, jsonb_path_query(p.document, '$.clauses[*].matches[*].where') w
  ) x
$$;

create function app.occurrences_as_known(p_first date, p_last date, p_known timestamptz, p_attributes text[])
  returns table (about_month date, scope text, site_type text, kind text, attributes jsonb, previous_month date, occurrences int, sites int)
  language sql stable security definer set search_path = ''
as $$
  with told as (
    select app.month_of(f.occurred_on) as month, f.enterprise_id, f.scope, coalesce(i.site_type, e.site_type) as site_type, f.kind,
      (select coalesce(jsonb_object_agg(d.key, d.value), '{}') from jsonb_each(f.data) d
        where d.key = any (p_attributes) and jsonb_typeof(d.value) in ('string', 'number', 'boolean')) as attributes
    from public.facts f join public.enterprises e on e.id = f.enterprise_id left join public.inspections i on i.id = f.inspection_id
    where f.occurred_on < app.month_after(p_last) and f.recorded_at <= p_known
      and f.kind <> 'fact.withdrawn' and f.kind !~ '^(decision|review|measure)\.'
      and not exists (select 1 from public.facts w where w.enterprise_id = f.enterprise_id and w.kind = 'fact.withdrawn'
        and w.data->>'fact' = f.id::text and w.recorded_at <= p_known)
  ), by_site as (
    select t.*, coalesce(lag(t.month) over (partition by t.enterprise_id, t.kind, t.attributes order by t.month), '-infinity') as previous_month
    from (select month, enterprise_id, scope, site_type, kind, attributes, count(*) as occurrences from told group by 1, 2, 3, 4, 5, 6) t
  )
  select s.month, s.scope, s.site_type, s.kind, s.attributes, s.previous_month, sum(s.occurrences)::int, count(distinct s.enterprise_id)::int
  from by_site s where s.month >= p_first group by 1, 2, 3, 4, 5, 6
$$;

-- ── Freezing ──────────────────────────────────────────────────────────────────────────────────────
-- How far back additions are looked for.
create function app.months_looked_back() returns int language sql immutable set search_path = '' as $$ select 24 $$;

-- The next month that is over and not frozen; null: none. Nothing is frozen before something happened.
create function app.month_to_freeze(p_known timestamptz) returns date
  language sql stable security definer set search_path = ''
as $$
  select x.month from (
    select coalesce((select app.month_after(max(f.month)) from public.frozen_months f), (
      -- A day that somebody mistyped begins no century of empty months.
      select greatest(app.month_of(min(b.day)), app.month_after(app.month_of(app.shanghai_date(p_known)), -60)) from (
        select min(i.inspected_on) as day from public.inspections i union all select min(f.occurred_on) from public.facts f) b
      having min(b.day) is not null)) as month
  ) x where app.month_after(x.month) <= app.shanghai_date(p_known)
$$;

-- Whether anything that happened in an earlier month was written down between the two instants.
create function app.has_late(p_month date, p_from timestamptz, p_to timestamptz) returns boolean
  language sql stable security definer set search_path = ''
as $$
  select exists (select 1 from public.inspections i where i.sealed_at > p_from and i.sealed_at <= p_to and i.inspected_on < p_month)
    or exists (select 1 from public.hazard_transitions t where t.at > p_from and t.at <= p_to and t.day < p_month)
    or exists (select 1 from public.corrections c where c.at > p_from and c.at <= p_to)
    or exists (select 1 from public.facts f where f.recorded_at > p_from and f.recorded_at <= p_to
      and (f.occurred_on < p_month or f.kind = 'fact.withdrawn'))
$$;

create function app.freeze_additions(p_month date, p_before timestamptz, p_known timestamptz) returns void
  language plpgsql volatile security definer set search_path = ''
as $$
declare first date; last date := app.month_after(p_month, -1);
begin
  select min(f.month) into first from public.frozen_months f where f.month >= app.month_after(p_month, -app.months_looked_back()) and f.month < p_month;
  if first is null then return; end if;
  insert into public.monthly_visits (month, about_month, scope, site_type, inspections, checks, sites, operating)
  select p_month, d.about_month, d.scope, d.site_type, sum(d.inspections), sum(d.checks), sum(d.sites), 0 from (
    select * from app.visits_as_known(first, last, p_known)
    union all select b.about_month, b.scope, b.site_type, -b.inspections, -b.checks, -b.sites from app.visits_as_known(first, last, p_before) b
  ) d group by 2, 3, 4 having sum(d.inspections) <> 0 or sum(d.checks) <> 0 or sum(d.sites) <> 0;
  insert into public.monthly_hazards (month, about_month, scope, site_type, severity, found, corrected_on_spot, closed, closed_in_time, reopened, open, overdue)
  select p_month, d.about_month, d.scope, d.site_type, d.severity, sum(d.found), sum(d.corrected_on_spot), sum(d.closed), sum(d.closed_in_time),
    sum(d.reopened), sum(d.open), sum(d.overdue) from (
    select * from app.hazards_as_known(first, last, p_known)
    union all select b.about_month, b.scope, b.site_type, b.severity, -b.found, -b.corrected_on_spot, -b.closed, -b.closed_in_time, -b.reopened, -b.open, -b.overdue
      from app.hazards_as_known(first, last, p_before) b
  ) d group by 2, 3, 4, 5
  having (sum(d.found), sum(d.corrected_on_spot), sum(d.closed), sum(d.closed_in_time), sum(d.reopened), sum(d.open), sum(d.overdue)) <> (0, 0, 0, 0, 0, 0, 0);
  insert into public.monthly_occurrences (month, about_month, scope, site_type, kind, attributes, previous_month, occurrences, sites)
  select p_month, d.about_month, d.scope, d.site_type, d.kind, d.attributes, d.previous_month, sum(d.occurrences), sum(d.sites) from (
    -- Each month is told apart by what it was told apart by when it was frozen.
    select x.* from public.frozen_months f cross join lateral app.occurrences_as_known(f.month, f.month, p_known, f.attributes) x
      where f.month between first and last
    union all select x.about_month, x.scope, x.site_type, x.kind, x.attributes, x.previous_month, -x.occurrences, -x.sites
      from public.frozen_months f cross join lateral app.occurrences_as_known(f.month, f.month, p_before, f.attributes) x
      where f.month between first and last
  ) d group by 2, 3, 4, 5, 6, 7 having sum(d.occurrences) <> 0 or sum(d.sites) <> 0;
end $$;

-- Freezes one month that is over, the earliest that is not frozen yet; asked again when none is left, it does nothing.
create function public.freeze_month() returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare known timestamptz := app.now() - interval '10 minutes'; next date; before timestamptz; asked text[] := app.asked_attributes();
begin
  perform pg_advisory_xact_lock(hashtextextended('freeze_month', 9));
  next := app.month_to_freeze(known);
  if next is null then return app.success(jsonb_build_object('month', null)); end if;
  select f.known_until into before from public.frozen_months f order by f.month desc limit 1;
  -- Months that are caught up on in one go are known as of one instant.
  known := case when app.shanghai_date(before) >= app.month_after(next) then before else greatest(known, before) end;
  insert into public.frozen_months (month, known_until, attributes) values (next, known, asked);
  insert into public.monthly_visits (month, about_month, scope, site_type, inspections, checks, sites, operating)
  select next, next, scope, site_type, coalesce(v.inspections, 0), coalesce(v.checks, 0), coalesce(v.sites, 0), coalesce(e.operating, 0)
  from app.visits_as_known(next, next, known) v
  full join (select e.scope, e.site_type, count(*) as operating from public.enterprises e where e.status = 'operating' group by 1, 2) e using (scope, site_type);
  insert into public.monthly_hazards (month, about_month, scope, site_type, severity, found, corrected_on_spot, closed, closed_in_time, reopened, open, overdue)
  select next, h.* from app.hazards_as_known(next, next, known) h;
  insert into public.monthly_occurrences (month, about_month, scope, site_type, kind, attributes, previous_month, occurrences, sites)
  select next, o.* from app.occurrences_as_known(next, next, known, asked) o;
  if app.has_late(next, before, known) then perform app.freeze_additions(next, before, known); end if;
  return app.success(jsonb_build_object('month', next));
end $$;
grant execute on function public.freeze_month() to service_role;

-- ── Recount: what is frozen beside what the same rule gives now ───────────────────────────────────
-- Each month as it was frozen, and everything about it as it was known at the last month that looked back at it. Sites in all
-- (`operating`) are of their day and cannot be counted again; nor can the kind of a site that a fact without a visit stood for.
create function app.frozen_months_read() returns table (month date, known timestamptz, attributes text[], is_total boolean)
  language sql stable security definer set search_path = ''
as $$
  select f.month, f.known_until, f.attributes, false from public.frozen_months f
  union all
  select f.month, l.known_until, f.attributes, true from public.frozen_months f cross join lateral (
    select x.known_until from public.frozen_months x where x.month <= app.month_after(f.month, app.months_looked_back()) order by x.month desc limit 1) l
$$;

create function public.recount_months() returns jsonb
  language plpgsql stable security definer set search_path = ''
as $$
declare drift jsonb;
begin
  if auth.role() <> 'service_role' and not ''::text <@ app.administered_scopes() then return app.refusal('permission.role'); end if;
  with asked as materialized (select * from app.frozen_months_read()), spans as materialized (
    -- What was known at one instant is counted in one go.
    select a.known, a.attributes, a.is_total, min(a.month) as first, max(a.month) as last, array_agg(a.month) as months from asked a group by 1, 2, 3
  ), counted as (
    select 'monthly_visits' as name, a.is_total, r.about_month, jsonb_build_array(r.scope, r.site_type) as key,
        jsonb_build_array(sum(r.inspections), sum(r.checks), sum(r.sites)) as figures
      from asked a join public.monthly_visits r on r.about_month = a.month and (a.is_total or r.month = a.month)
      group by 1, 2, 3, 4 having (sum(r.inspections), sum(r.checks), sum(r.sites)) <> (0, 0, 0)
    union all
    select 'monthly_hazards', a.is_total, r.about_month, jsonb_build_array(r.scope, r.site_type, r.severity),
        jsonb_build_array(sum(r.found), sum(r.corrected_on_spot), sum(r.closed), sum(r.closed_in_time), sum(r.reopened), sum(r.open), sum(r.overdue))
      from asked a join public.monthly_hazards r on r.about_month = a.month and (a.is_total or r.month = a.month)
      group by 1, 2, 3, 4
      having (sum(r.found), sum(r.closed), sum(r.closed_in_time), sum(r.reopened), sum(r.open)) <> (0, 0, 0, 0, 0)
    union all
    select 'monthly_occurrences', a.is_total, r.about_month, jsonb_build_array(r.scope, r.kind, r.attributes),
        jsonb_build_array(sum(r.occurrences), sum(r.sites))
      from asked a join public.monthly_occurrences r on r.about_month = a.month and (a.is_total or r.month = a.month)
      group by 1, 2, 3, 4 having (sum(r.occurrences), sum(r.sites)) <> (0, 0)
  ), expected as (
    select 'monthly_visits' as name, a.is_total, r.about_month, jsonb_build_array(r.scope, r.site_type) as key,
        jsonb_build_array(r.inspections, r.checks, r.sites) as figures
      from spans a cross join lateral app.visits_as_known(a.first, a.last, a.known) r where r.about_month = any (a.months)
    union all
    select 'monthly_hazards', a.is_total, r.about_month, jsonb_build_array(r.scope, r.site_type, r.severity),
        jsonb_build_array(r.found, r.corrected_on_spot, r.closed, r.closed_in_time, r.reopened, r.open, r.overdue)
      from spans a cross join lateral app.hazards_as_known(a.first, a.last, a.known) r where r.about_month = any (a.months)
    union all
    select 'monthly_occurrences', a.is_total, r.about_month, jsonb_build_array(r.scope, r.kind, r.attributes),
        jsonb_build_array(sum(r.occurrences), sum(r.sites))
      from spans a cross join lateral app.occurrences_as_known(a.first, a.last, a.known, a.attributes) r where r.about_month = any (a.months)
      group by 1, 2, 3, 4
  )
  select coalesce(jsonb_agg(jsonb_build_object('table', name, 'key', jsonb_build_array(about_month, case when is_total then 'total' else 'frozen' end) || key,
    'counted', c.figures, 'expected', e.figures) order by about_month, name, key), '[]') into drift
  from counted c full join expected e using (name, is_total, about_month, key) where c.figures is distinct from e.figures;
  return app.success(jsonb_build_object('drift', drift, 'months', (select count(*) from public.frozen_months)));
end $$;
grant execute on function public.recount_months() to authenticated, service_role;

-- ── Reading ───────────────────────────────────────────────────────────────────────────────────────
-- A ranking of a past month, from what was frozen; null: that month is not frozen. `late` is what came in afterwards (冻结后补入).
create function public.monthly_ranking(p_by text, p_month date, p_area text default '') returns jsonb
  language plpgsql stable security definer set search_path = ''
as $$
declare seen app.scope_multirange := app.visible_scopes(); within app.scope_multirange := seen * app.scope_multirange(app.below(coalesce(p_area, '')));
  frozen public.frozen_months; answer jsonb;
begin
  if p_by is null or p_by not in ('community', 'street', 'site_type') then return app.refusal('request.invalid', null, 'by'); end if;
  if seen = '{}'::app.scope_multirange then return app.refusal('session.no_membership'); end if;
  select * into frozen from public.frozen_months f where f.month = p_month;
  if frozen.month is null then return app.success(null); end if;
  with keys as (
    select a.scope::text as key, app.below(a.scope) as place, null::text as site_type, v.name as label
      from public.areas a join public.area_versions v on v.area_id = a.id and v.valid_to is null
      where p_by in ('community', 'street') and a.level = p_by and a.scope <@ within
    union all
    select s.code, app.below(''), s.code, s.name_zh from public.site_types s where p_by = 'site_type'
  ), hazards as (
    select k.key, sum(h.found) filter (where h.month = p_month) as found, sum(h.found) filter (where h.month = p_month and h.severity = 'major') as found_major,
      sum(h.closed) filter (where h.month = p_month) as closed, sum(h.open) filter (where h.month = p_month) as open,
      sum(h.overdue) filter (where h.month = p_month) as overdue, sum(h.found) filter (where h.month > p_month) as late_found
    from keys k join public.monthly_hazards h on h.about_month = p_month and h.scope <@ k.place and h.scope <@ within
      and (k.site_type is null or h.site_type = k.site_type) group by 1
  ), visits as (
    select k.key, sum(v.inspections) filter (where v.month = p_month) as inspections, sum(v.sites) filter (where v.month = p_month) as sites,
      sum(v.inspections) filter (where v.month > p_month) as late_inspections
    from keys k join public.monthly_visits v on v.about_month = p_month and v.scope <@ k.place and v.scope <@ within
      and (k.site_type is null or v.site_type = k.site_type) group by 1
  )
  select jsonb_build_object('by', p_by, 'from', p_month, 'to', app.month_after(p_month) - 1,
    'frozen', jsonb_build_object('month', p_month, 'on', app.shanghai_date(frozen.frozen_at),
      'lateFound', coalesce((select sum(late_found) from hazards), 0), 'lateInspections', coalesce((select sum(late_inspections) from visits), 0)),
    'rows', coalesce(jsonb_agg(jsonb_build_object('key', k.key, 'label', k.label, 'found', coalesce(h.found, 0), 'foundMajor', coalesce(h.found_major, 0),
      'closed', coalesce(h.closed, 0), 'inspections', coalesce(v.inspections, 0), 'sites', coalesce(v.sites, 0), 'open', coalesce(h.open, 0),
      'overdue', coalesce(h.overdue, 0)) order by coalesce(h.found, 0) desc, k.key), '[]')) into answer
  from keys k left join hazards h using (key) left join visits v using (key);
  return app.success(answer);
end $$;
grant execute on function public.monthly_ranking(text, date, text) to authenticated;

-- The last months that are frozen, at most so many: everything dated in them, additions about earlier months included.
create function app.last_frozen(p_months int, out first date, out last date, out months int)
  language sql stable security definer set search_path = ''
as $$
  select min(x.month), max(x.month), count(*)::int from (select f.month from public.frozen_months f order by f.month desc limit p_months) x
$$;

-- What happened in the last frozen months where the asking leader or administrator looks: for the draft of next year's weights.
-- `sites` are distinct in the window for each kind of happening; `again` how often (by month) a site had one like it within it.
create function public.occurrences_of_months(p_months int) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  with mine as (select app.visible_scopes() as within), span as (select * from app.last_frozen(least(greatest(p_months, 1), 24)))
  select jsonb_build_object('from', span.first, 'to', span.last, 'months', span.months, 'today', app.today(),
    'checks', (select coalesce(sum(v.checks), 0) from public.monthly_visits v, mine where v.month between span.first and span.last and v.scope <@ mine.within),
    'rows', (select coalesce(jsonb_agg(to_jsonb(x) order by x.kind, x.attributes), '[]') from (
      select o.kind, o.attributes, sum(o.occurrences) as occurrences, coalesce(sum(o.sites) filter (where o.previous_month < span.first), 0) as sites,
        coalesce(sum(o.sites) filter (where o.previous_month >= span.first), 0) as again
      from public.monthly_occurrences o, mine where o.month between span.first and span.last and o.scope <@ mine.within
      group by 1, 2 having sum(o.occurrences) <> 0) x))
  from span where exists (select 1 from app.active_memberships() m where m.role in ('leader', 'administrator'))
$$;
grant execute on function public.occurrences_of_months(int) to authenticated;

-- Own checks and confirmed hazards of a site, from the first of the last frozen months to today, beside those of the other sites
-- of its kind in its street as they were frozen: what a proposed reduction rests on. For who may see the site as staff; null
-- otherwise, or where nothing is frozen.
create function app.own_rate(p_enterprise uuid, p_first date, p_until date, p_known timestamptz, out checks int, out general int, out major int)
  language sql stable security definer set search_path = ''
as $$
  select (select count(*) from public.inspections i where i.enterprise_id = p_enterprise and i.outcome = 'checked' and i.kind not in ('recheck', 'self_check')
      and i.track <> 'C' and i.inspected_on between p_first and p_until and i.sealed_at <= p_known)::int,
    (count(*) filter (where f.data->>'severity' = 'general'))::int, (count(*) filter (where f.data->>'severity' = 'major'))::int
  from public.facts f
  where f.enterprise_id = p_enterprise and f.kind = 'hazard.found' and f.recorded_at <= p_known and f.occurred_on between p_first and p_until
    and not exists (select 1 from public.facts w where w.enterprise_id = f.enterprise_id and w.kind = 'fact.withdrawn' and w.data->>'fact' = f.id::text
      and w.recorded_at <= p_known)
$$;

create function public.rate_beside_kind(p_enterprise uuid, p_months int) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  with e as (select x.*, app.below(coalesce((select a.scope from public.areas a where a.level = 'street' and x.scope <@ app.below(a.scope)), x.scope)) as street
    from public.enterprises x where x.id = p_enterprise and x.scope <@ (select app.visible_scopes())),
  span as (select s.*, app.month_after(s.last) - 1 as ends, f.known_until from app.last_frozen(least(greatest(p_months, 1), 24)) s
    join public.frozen_months f on f.month = s.last),
  kind as (
    select (select coalesce(sum(v.checks), 0) from public.monthly_visits v where v.about_month between span.first and span.last
        and v.site_type = e.site_type and v.scope <@ e.street) as checks,
      coalesce(sum(o.occurrences) filter (where o.attributes->>'severity' = 'general'), 0) as general,
      coalesce(sum(o.occurrences) filter (where o.attributes->>'severity' = 'major'), 0) as major
    from e cross join span left join public.monthly_occurrences o on o.kind = 'hazard.found' and o.about_month between span.first and span.last
      and o.site_type = e.site_type and o.scope <@ e.street
    group by e.id, e.site_type, e.street, span.first, span.last
  )
  select jsonb_build_object('from', span.first, 'to', span.ends, 'months', span.months, 'siteType', e.site_type,
    'own', (select to_jsonb(o) from app.own_rate(e.id, span.first, app.today(), 'infinity') o),
    'others', jsonb_build_object('checks', greatest(kind.checks - inside.checks, 0), 'general', greatest(kind.general - inside.general, 0),
      'major', greatest(kind.major - inside.major, 0)))
  from e cross join span cross join kind cross join lateral app.own_rate(e.id, span.first, span.ends, span.known_until) inside
$$;
grant execute on function public.rate_beside_kind(uuid, int) to authenticated;
