-- A past day on the map: everything that is needed to say how each site stood on any day, asked for once. What is told is what is
-- known today about that day; places are those of today.

-- A page of operating sites that staff may see, in the order of their ordinals. `hazards`: [found on, closed on, deadline, severity, accepted on];
-- `seen`: the days of its checks. With the first page: what was declared where, and from when until when.
create function public.past_sites(p_after bigint, p_limit int) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  with page as materialized (
    select e from public.enterprises e
    where e.ordinal > p_after and e.status = 'operating' and e.scope <@ (select app.visible_scopes())
    order by e.ordinal limit least(p_limit, 500)
  )
  select jsonb_build_object('last', (select max((p.e).ordinal) from page p),
    'declared', case when p_after = 0 then (select coalesce(jsonb_agg(jsonb_build_object('scope', a.scope, 'siteType', a.site_type, 'from', a.valid_from,
        'to', a.valid_to, 'packId', a.pack_id, 'packSha256', a.pack_sha256) order by a.valid_from), '[]') from public.scheme_activations a) end,
    'sites', coalesce((select jsonb_agg(jsonb_build_object('ordinal', (p.e).ordinal, 'id', (p.e).id, 'scope', (p.e).scope, 'siteType', (p.e).site_type,
        'longitude', (p.e).longitude, 'latitude', (p.e).latitude, 'riskLevel', (p.e).risk_level, 'tags', to_jsonb((p.e).tags),
        'department', (p.e).supervising_department,
        'facts', app.facts_of((p.e).id, app.declared_subject((p.e).id)),
        'hazards', (select coalesce(jsonb_agg(jsonb_build_array(h.found_on, h.closed_on, h.deadline, h.severity, h.accepted_on) order by h.found_on, h.id), '[]')
          from public.hazards h where h.enterprise_id = (p.e).id and h.state <> 'withdrawn'),
        'seen', (select coalesce(jsonb_agg(distinct i.inspected_on), '[]') from public.inspections i where i.enterprise_id = (p.e).id and i.outcome = 'checked'))
      order by (p.e).ordinal) from page p), '[]'))
$$;
grant execute on function public.past_sites(bigint, int) to authenticated;
