-- The dashboard (统计分析): what a period brought, by place, kind of site, severity and cause, under one filter. One question.

-- A filter as the addresses of map and dashboard have it: area (scope), type (codes, by comma), severity, cause.
create function app.dashboard_hazards(p_filter jsonb) returns setof public.hazards
  language sql stable security definer set search_path = ''
as $$
  select h.* from public.hazards h
  where h.scope <@ (select app.visible_below(p_filter->>'area'))
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

-- What happened and what stood open, part by part. A hazard is overdue under the deadline that was in force on that day.
create function app.dashboard_flows(p_from date, p_to date, p_filter jsonb) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  with parts as (select * from app.parts_of_period(p_from, p_to)), matching as materialized (
    select h.id, h.found_on, h.closed_on from app.dashboard_hazards(p_filter) h where h.found_on <= p_to and (h.closed_on is null or h.closed_on >= p_from)
  ), steps as materialized (
    select t.day, t.to_state, t.deadline, lead(t.day) over (partition by t.hazard_id order by t.id) as until
    from public.hazard_transitions t join matching m on m.id = t.hazard_id
  )
  select coalesce(jsonb_agg(jsonb_build_object('from', p.starts, 'to', p.ends,
    'found', (select count(*) from matching m where m.found_on between p.starts and p.ends),
    'closed', (select count(*) from matching m where m.closed_on between p.starts and p.ends),
    'open', s.open, 'overdue', s.overdue) order by p.starts), '[]')
  from parts p, lateral (
    select count(*) as open, count(*) filter (where x.to_state <> 'reported' and x.deadline < p.ends) as overdue
    from steps x where x.to_state in ('reported', 'open', 'rectification_submitted') and x.day <= p.ends and (x.until is null or x.until > p.ends)) s
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
    select h.*, h.state in ('reported', 'open', 'rectification_submitted') as is_open,
      h.state in ('open', 'rectification_submitted') and h.deadline < (select app.today()) as is_overdue,
      (select a.scope::text from public.areas a where a.level = 'community' and app.is_below(h.scope, a.scope)) as community
    from app.dashboard_hazards(p_filter) h where h.found_on between p_from and p_to
  ), counted as (
    select grouping(f.community, f.site_type, f.severity, f.cause) as by, coalesce(f.community, f.site_type, f.severity, f.cause) as key,
      count(*) as found, count(*) filter (where f.is_open) as open, count(*) filter (where f.is_overdue) as overdue
    from found f group by grouping sets ((f.community), (f.site_type), (f.severity), (f.cause))
  ), items as (
    select f.item_code, count(*) as found, count(distinct f.enterprise_id) as sites, count(*) filter (where f.recurrence) as again
    from found f where f.item_code is not null group by 1 order by 2 desc, 1 limit 10
  )
  select jsonb_build_object(
    'communities', (select app.dashboard_lines(array_agg((c.key, c.found, c.open, c.overdue)::app.dashboard_line)) from counted c where c.by = 7 and c.key is not null),
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
  with matching as materialized (
    select h.* from app.dashboard_hazards(p_filter) h
    where h.found_on <= p_to and (h.closed_on is null or h.closed_on >= p_from or h.deadline >= p_from)
  ), due as (
    select h.state = 'closed' and h.reopened = 0 and exists (select 1 from public.facts f where f.hazard_id = h.id and f.kind = 'hazard.rectified'
      and f.data->>'onTime' = 'true') as in_time
    from matching h where h.measure = 'deadline' and h.state <> 'reported' and h.deadline between p_from and least(p_to, (select app.today()) - 1)
  )
  select jsonb_build_object('found', (select count(*) from matching h where h.found_on between p_from and p_to),
    'closed', (select count(*) from matching h where h.closed_on between p_from and p_to),
    'onSpot', (select count(*) from matching h where h.found_on between p_from and p_to and h.measure = 'on_spot'),
    'due', (select count(*) from due), 'inTime', (select count(*) from due where in_time),
    'medianDays', (select percentile_cont(0.5) within group (order by (h.closed_on - h.found_on)::float8) from matching h
      where h.measure = 'deadline' and h.state = 'closed' and h.closed_on between p_from and p_to))
$$;

-- Who was seen, and how complete the register is (QZ-5: found, classified, and assigned to a department; here also placed).
create function app.dashboard_register(p_from date, p_to date, p_filter jsonb) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  with sites as materialized (
    select e.* from public.enterprises e where e.status = 'operating' and e.scope <@ (select app.visible_below(p_filter->>'area'))
      and (p_filter->>'type' is null or e.site_type = any (string_to_array(p_filter->>'type', ',')))
  ), checks as (
    select i.enterprise_id from public.inspections i join sites s on s.id = i.enterprise_id
    where i.outcome = 'checked' and i.inspected_on between p_from and p_to
  )
  select jsonb_build_object('sites', count(*), 'withType', count(*) filter (where s.site_type <> 'other'),
    'withDepartment', count(*) filter (where nullif(trim(s.supervising_department), '') is not null), 'withPosition', count(*) filter (where s.location is not null),
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
