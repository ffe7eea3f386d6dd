-- The dashboard (统计分析): what a period brought, by place, kind of site, severity and cause, under one filter. One question.

-- A filter as the addresses of map and dashboard have it: area (scope), type (codes, by comma), severity, cause. Inlined, so that a
-- period is looked up in an index; so it names no search path and has no rights of its own.
create function app.dashboard_hazards(p_filter jsonb) returns setof public.hazards
  language sql stable
as $$
  select h.* from public.hazards h
  where h.scope <@ (select app.visible_below(p_filter->>'area')) and h.state <> 'withdrawn'
    and (p_filter->>'type' is null or h.site_type = any (string_to_array(p_filter->>'type', ',')))
    and (p_filter->>'severity' is null or h.severity = p_filter->>'severity')
    and (p_filter->>'cause' is null or h.cause = p_filter->>'cause')
$$;

-- The last day of each part of a period: days up to six weeks, weeks up to seven months, then months. None lies after today.
create function app.parts_of_period(p_from date, p_to date) returns table (starts date, ends date)
  language sql immutable set search_path = ''
as $$
  select s::date, least(p_to, (s + step - interval '1 day')::date) from (
    select case when p_to - p_from < 45 then interval '1 day' when p_to - p_from < 210 then interval '7 days' else interval '1 month' end as step) x,
    generate_series(p_from::timestamp, p_to::timestamp, x.step) s
$$;

-- What happened and what stood open, part by part: every hazard is open from the day it was found to the day it was closed, so the
-- changes of a day are added up, and then the days. A hazard is overdue under the deadline that was in force on that day: of those
-- that had another one before (复查不合格, 采纳, 延期, 更正), or were accepted (重大), the steps say which. `+ 0`: nearly all were found by then, so no index helps.
create function app.dashboard_flows(p_from date, p_to date, p_filter jsonb) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  with parts as (select * from app.parts_of_period(p_from, p_to)), matching as materialized (
    select x.*, x.state = 'reported' or x.accepted_on is not null or x.reopened > 0 or x.extended > 0
      or x.id in (select t.hazard_id from public.hazard_transitions t where t.from_state = 'reported')
      or x.id in (select t.hazard_id from public.hazard_transitions t where t.cause_kind = 'correction') as has_steps
    from (
      select h.id, h.found_on, h.closed_on, h.deadline, h.state, h.accepted_on, h.reopened, h.extended from app.dashboard_hazards(p_filter) h
      where h.closed_on >= p_from and h.found_on + 0 <= p_to
      union all
      select h.id, h.found_on, h.closed_on, h.deadline, h.state, h.accepted_on, h.reopened, h.extended from app.dashboard_hazards(p_filter) h
      where h.state in ('reported', 'open', 'rectification_submitted', 'accepted') and h.found_on + 0 <= p_to) x
  ), late as (
    select m.deadline + 1 as since, m.closed_on as until from matching m where not m.has_steps
    union all
    select greatest(s.day, s.deadline + 1), s.until from (
      select t.day, t.to_state, t.deadline, lead(t.day) over (partition by t.hazard_id order by t.id) as until
      from public.hazard_transitions t where t.hazard_id in (select m.id from matching m where m.has_steps)) s
    where s.to_state in ('open', 'rectification_submitted')
  ), days as materialized (
    select c.day, sum(c.found) as found, sum(c.closed) as closed, sum(c.overdue) as overdue from (
      select m.found_on as day, count(*) as found, 0 as closed, 0 as overdue from matching m group by 1
      union all
      select m.closed_on, 0, count(*), 0 from matching m where m.closed_on is not null group by 1
      union all
      select l.since, 0, 0, count(*) from late l where l.since <= p_to and (l.until is null or l.until > l.since) group by 1
      union all
      select l.until, 0, 0, -count(*) from late l where l.until > l.since group by 1) c
    group by 1
  )
  select coalesce(jsonb_agg(jsonb_build_object('from', p.starts, 'to', p.ends, 'found', s.found, 'closed', s.closed, 'open', s.open, 'overdue', s.overdue)
    order by p.starts), '[]')
  from parts p, lateral (
    select coalesce(sum(d.found) filter (where d.day >= p.starts), 0) as found, coalesce(sum(d.closed) filter (where d.day >= p.starts), 0) as closed,
      coalesce(sum(d.found - d.closed), 0) as open, coalesce(sum(d.overdue), 0) as overdue
    from days d where d.day <= p.ends) s
$$;

-- Hazards found in the period by something: [key, found, of these still open, overdue], the most first.
create type app.dashboard_line as (key text, found bigint, open bigint, overdue bigint);
create function app.dashboard_lines(p_lines app.dashboard_line[]) returns jsonb
  language sql immutable set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('key', l.key, 'found', l.found, 'open', l.open, 'overdue', l.overdue) order by l.found desc, l.key), '[]')
  from unnest(p_lines) l
$$;

create function app.dashboard_breakdowns(p_from date, p_to date, p_filter jsonb) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  with found as materialized (
    select h.scope, h.site_type, h.severity, h.cause, h.item_code, h.enterprise_id, h.recurrence,
      h.state in ('reported', 'open', 'rectification_submitted', 'accepted') as is_open,
      h.state in ('open', 'rectification_submitted') and h.deadline < (select app.today()) as is_overdue
    from app.dashboard_hazards(p_filter) h where h.found_on between p_from and p_to
  ), counted as (
    select grouping(f.scope, f.site_type, f.severity, f.cause) as by, coalesce(f.scope, f.site_type, f.severity, f.cause) as key,
      count(*) as found, count(*) filter (where f.is_open) as open, count(*) filter (where f.is_overdue) as overdue
    from found f group by grouping sets ((f.scope), (f.site_type), (f.severity), (f.cause))
  ), communities as (
    select x.community as key, sum(x.found)::bigint as found, sum(x.open)::bigint as open, sum(x.overdue)::bigint as overdue
    from (select app.community_of(c.key) as community, c.found, c.open, c.overdue from counted c where c.by = 7) x
    where x.community is not null group by 1
  ), items as (
    select f.item_code, count(*) as found, count(distinct f.enterprise_id) as sites, count(*) filter (where f.recurrence) as again
    from found f where f.item_code is not null group by 1 order by 2 desc, 1 limit 10
  )
  select jsonb_build_object(
    'communities', (select app.dashboard_lines(array_agg((c.key, c.found, c.open, c.overdue)::app.dashboard_line)) from communities c),
    'siteTypes', (select app.dashboard_lines(array_agg((c.key, c.found, c.open, c.overdue)::app.dashboard_line)) from counted c where c.by = 11),
    'severities', (select app.dashboard_lines(array_agg((c.key, c.found, c.open, c.overdue)::app.dashboard_line)) from counted c where c.by = 13),
    'causes', (select app.dashboard_lines(array_agg((c.key, c.found, c.open, c.overdue)::app.dashboard_line)) from counted c where c.by = 14),
    'items', (select coalesce(jsonb_agg(jsonb_build_object('code', i.item_code, 'found', i.found, 'sites', i.sites, 'again', i.again,
      'text', (select c.hazard from public.checklist_items c where c.code = i.item_code order by c.id desc limit 1)) order by i.found desc, i.item_code), '[]') from items i))
$$;

-- 按期整改率 as in app.rectified_in_time, and the median of days from finding to closing of what was closed and not on the spot.
create function app.dashboard_pace(p_from date, p_to date, p_filter jsonb) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  with found as (
    select count(*) as found, count(*) filter (where h.measure = 'on_spot') as on_spot
    from app.dashboard_hazards(p_filter) h where h.found_on between p_from and p_to
  ), closed as (
    select count(*) as closed, percentile_cont(0.5) within group (order by (h.closed_on - h.found_on)::float8)
      filter (where h.measure = 'deadline' and h.state = 'closed') as median_days
    from app.dashboard_hazards(p_filter) h where h.closed_on between p_from and p_to
  ), due as (
    select count(*) as due, count(*) filter (where h.in_time) as in_time
    from app.dashboard_hazards(p_filter) h
    where h.measure = 'deadline' and h.state <> 'reported' and h.deadline between p_from and least(p_to, (select app.today()) - 1)
  )
  select jsonb_build_object('found', f.found, 'closed', c.closed, 'onSpot', f.on_spot, 'due', d.due, 'inTime', d.in_time, 'medianDays', c.median_days)
  from found f, closed c, due d
$$;

-- Who was seen, and how complete the register is (QZ-5: found, classified, and assigned to a department; here also placed).
create function app.dashboard_register(p_from date, p_to date, p_filter jsonb) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  with sites as materialized (
    select e.id, e.site_type <> 'other' as has_type, nullif(trim(e.supervising_department), '') is not null as has_department, e.location is not null as has_position
    from public.enterprises e where e.status = 'operating' and e.scope <@ (select app.visible_below(p_filter->>'area'))
      and (p_filter->>'type' is null or e.site_type = any (string_to_array(p_filter->>'type', ',')))
  ), checks as (
    select i.enterprise_id from public.inspections i where i.enterprise_id in (select s.id from sites s)
      and i.outcome = 'checked' and i.inspected_on between p_from and p_to
  )
  select jsonb_build_object('sites', count(*), 'withType', count(*) filter (where s.has_type),
    'withDepartment', count(*) filter (where s.has_department), 'withPosition', count(*) filter (where s.has_position),
    'seen', (select count(distinct c.enterprise_id) from checks c), 'inspections', (select count(*) from checks c)) from sites s
$$;

-- null: the asker sees no scope. `previous` is the period from p_before on until the day before p_from.
create function public.dashboard(p_from date, p_to date, p_before date, p_filter jsonb) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('from', p_from, 'to', p_to, 'today', app.today(), 'at', app.instant_text(app.now()),
    'flows', app.dashboard_flows(p_from, least(p_to, app.today()), p_filter),
    'pace', app.dashboard_pace(p_from, p_to, p_filter), 'previous', app.dashboard_pace(p_before, p_from - 1, p_filter),
    'register', app.dashboard_register(p_from, p_to, p_filter)) || app.dashboard_breakdowns(p_from, p_to, p_filter)
  where app.visible_scopes() <> '{}'::app.scope_multirange and p_from <= p_to and p_to - p_from < 1100
$$;
grant execute on function public.dashboard(date, date, date, jsonb) to authenticated;
