-- What the map index of the server reads (secret key): one line an enterprise, numbers and codes only, no name.

-- The three functions without a search path are inlined into the query that asks: a city's million lines are one join and no
-- million calls. They name built-in operators only.

-- What an enterprise weighs in the heat, in hundredths: its open hazards by severity (一般 1, 重大 5) and by days overdue, which
-- make it up to three times as heavy after 30 days. Sample weights, as in scoring/attention/dynamic-risk.yaml.
create function app.hazard_heat(severity text, deadline date, today date) returns int
  language sql immutable
as $$ select (case severity when 'major' then 500 else 100 end) * (30 + 2 * least(greatest(today - deadline, 0), 30)) / 30 $$;

-- Tab-separated: ordinal, scope, longitude, latitude, site type, level, pending level, open hazards, open major, overdue hazards, heat,
-- last inspected, risk level, attention (0–100), tags (by comma), supervising department. Empty where nothing is known.
create function app.map_text(e public.enterprises, a public.score_accounts, t public.enterprise_tallies, s public.attention_scores,
  overdue bigint, heat bigint) returns text
  language sql stable
as $$
  select concat_ws(E'\t', e.ordinal, e.scope, coalesce(round(e.longitude::numeric, 7)::text, ''), coalesce(round(e.latitude::numeric, 7)::text, ''),
    e.site_type, coalesce(a.band_level, ''), coalesce(a.pending_level, ''), coalesce(t.open_hazards, 0), coalesce(t.open_major, 0),
    coalesce(overdue, 0), coalesce(heat, 0), coalesce(t.last_inspected_on::text, ''), coalesce(e.risk_level, ''), coalesce(s.score::text, ''),
    array_to_string(e.tags, ','), translate(coalesce(e.supervising_department, ''), E'\t\n\r', '   '))
$$;

-- Open hazards of enterprises: how many are overdue, and their heat.
create function app.open_heat(p_enterprises uuid[], p_today date) returns table (enterprise_id uuid, overdue bigint, heat bigint)
  language sql stable
as $$
  select h.enterprise_id, count(*) filter (where h.deadline < p_today and h.state in ('open', 'rectification_submitted')),
    sum(app.hazard_heat(h.severity, case when h.state in ('open', 'rectification_submitted') then h.deadline end, p_today))
  from public.hazards h where h.enterprise_id = any (p_enterprises) and h.state in ('reported', 'open', 'rectification_submitted', 'accepted')
  group by h.enterprise_id
$$;

create function app.map_line(e public.enterprises) returns text
  language sql stable security definer set search_path = ''
as $$
  select app.map_text(e, a, t, s, h.overdue, h.heat)
  from (select 1) one
  left join public.score_accounts a on a.enterprise_id = e.id
  left join public.enterprise_tallies t on t.enterprise_id = e.id
  left join public.attention_scores s on s.enterprise_id = e.id
  left join app.open_heat(array[e.id], app.today()) h on true
$$;

-- A page of operating enterprises below a scope, in the order of their ordinals. Everything at once is walked by ordinal, a place by
-- its index.
create function app.map_page(p_scope text, p_after bigint, p_limit int) returns setof public.enterprises
  language plpgsql stable security definer set search_path = ''
as $$
begin
  if p_scope = '' then
    return query select e.* from public.enterprises e where e.ordinal > p_after and e.status = 'operating' order by e.ordinal limit p_limit;
  else
    return query select e.* from public.enterprises e where e.ordinal > p_after and e.status = 'operating' and app.is_below(e.scope, p_scope)
      order by e.ordinal limit p_limit;
  end if;
end $$;

-- `position`: the event up to which the page is right.
create function public.map_rows(p_scope text, p_after bigint, p_limit int) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  with page as materialized (
    select e from app.map_page(p_scope, p_after, least(p_limit, 50000)) e
  ), heat as materialized (
    select h.* from app.open_heat((select array_agg(t.enterprise_id) from page p join public.enterprise_tallies t on t.enterprise_id = (p.e).id
      where t.open_hazards > 0), app.today()) h
  )
  select jsonb_build_object('position', (select h.position from app.event_head h), 'today', app.today(),
    'last', (select max((p.e).ordinal) from page p), 'lines', coalesce((
      select string_agg(app.map_text(p.e, a, t, s, h.overdue, h.heat), E'\n')
      from page p
      left join public.score_accounts a on a.enterprise_id = (p.e).id
      left join public.enterprise_tallies t on t.enterprise_id = (p.e).id
      left join public.attention_scores s on s.enterprise_id = (p.e).id
      left join heat h on h.enterprise_id = (p.e).id), ''))
$$;
grant execute on function public.map_rows(text, bigint, int) to service_role;

-- How many there are: what a load at the start has to do.
create function public.map_row_count() returns bigint
  language sql stable security definer set search_path = ''
as $$ select count(*) from public.enterprises e where e.status = 'operating' $$;
grant execute on function public.map_row_count() to service_role;
