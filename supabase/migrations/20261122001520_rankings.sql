-- Rankings: communities, streets and kinds of site, from tallies, never from hazards. Nobody is ranked here: no key is a person.

-- What is ranked, as far as the asker may see it and below a place ('' is everywhere).
create function app.ranking_keys(p_by text, within app.scope_multirange) returns table (key text, label text, low text, high text, site_type text)
  language sql stable security definer set search_path = ''
as $$
  select a.scope::text, v.name, a.scope::text, a.scope || '~', null::text
  from public.areas a join public.area_versions v on v.area_id = a.id and v.valid_to is null
  where p_by in ('community', 'street') and a.level = p_by and a.scope <@ within
  union all
  select s.code, s.name_zh, '', '~', s.code from public.site_types s where p_by = 'site_type'
$$;

-- What of a person's places lies below an area.
create function app.visible_below(p_area text) returns app.scope_multirange
  language sql stable security definer set search_path = ''
as $$ select app.visible_scopes() * app.scope_multirange(app.below(coalesce(p_area, ''))) $$;

-- found: hazards found in [from, to]; inspections and distinct sites in it; open and overdue as of today.
create function app.ranking_rows(p_by text, p_from date, p_to date, within app.scope_multirange)
  returns table (key text, label text, found bigint, found_major bigint, closed bigint, inspections bigint, sites bigint, open bigint, overdue bigint)
  language sql stable security definer set search_path = ''
as $$
  with keys as materialized (select * from app.ranking_keys(p_by, within)), flows as (
    select k.key, sum(f.found) found, sum(f.found) filter (where f.severity = 'major') found_major, sum(f.closed) closed
    from keys k join public.tally_flows f on f.scope >= k.low collate "C" and f.scope < k.high collate "C" and (k.site_type is null or f.site_type = k.site_type)
    where f.day between p_from and p_to and f.scope <@ within group by 1
  ), visits as (
    select k.key, sum(t.inspections) inspections, sum(t.inspections) filter (where t.previous_day < p_from) sites
    from keys k join public.tally_visits t on t.scope >= k.low collate "C" and t.scope < k.high collate "C" and (k.site_type is null or t.site_type = k.site_type)
    where t.day between p_from and p_to and t.scope <@ within group by 1
  ), standing as (
    select k.key, sum(d.open) open, sum(d.open) filter (where d.deadline < (select app.today())) overdue
    from keys k join public.tally_deadlines d on d.scope >= k.low collate "C" and d.scope < k.high collate "C" and (k.site_type is null or d.site_type = k.site_type)
    where d.open <> 0 and d.scope <@ within group by 1
  )
  select k.key, k.label, coalesce(f.found, 0), coalesce(f.found_major, 0), coalesce(f.closed, 0), coalesce(v.inspections, 0), coalesce(v.sites, 0),
    coalesce(s.open, 0), coalesce(s.overdue, 0)
  from keys k left join flows f using (key) left join visits v using (key) left join standing s using (key)
$$;

create function public.rankings(p_by text, p_from date, p_to date, p_area text default '') returns jsonb
  language plpgsql stable security definer set search_path = ''
as $$
begin
  if p_by is null or p_by not in ('community', 'street', 'site_type') then return app.refusal('request.invalid', null, 'by'); end if;
  if p_from is null or p_to is null or p_from > p_to then return app.refusal('request.invalid', null, 'from'); end if;
  if (select app.visible_scopes()) = '{}'::app.scope_multirange then return app.refusal('session.no_membership'); end if;
  return app.success((select jsonb_build_object('by', p_by, 'from', p_from, 'to', p_to, 'rows', coalesce(jsonb_agg(jsonb_build_object('key', r.key, 'label', r.label,
    'found', r.found, 'foundMajor', r.found_major, 'closed', r.closed, 'inspections', r.inspections, 'sites', r.sites, 'open', r.open, 'overdue', r.overdue)
    order by r.found desc, r.key), '[]')) from app.ranking_rows(p_by, p_from, p_to, app.visible_below(p_area)) r));
end $$;
grant execute on function public.rankings(text, date, date, text) to authenticated;
