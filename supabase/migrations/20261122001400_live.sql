-- Live: the event reader (secret key) follows the feed and fans it out to open pages, filtered by what each may see.

-- Everything after a position, in order. `enterprise` is how that enterprise stands now: its line in the map index (null: it operates
-- no more), and what a list says of it, so that an open map is recoloured without asking again.
create function public.read_events(p_after bigint, p_limit int default 500) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('head', (select h.position from app.event_head h), 'today', app.today(), 'events', coalesce((select jsonb_agg(jsonb_build_object(
    'position', v.position, 'at', app.instant_text(v.at), 'kind', v.kind, 'scope', v.scope, 'enterpriseId', v.enterprise_id, 'data', v.data,
    'enterprise', case when e.id is not null then jsonb_build_object('ordinal', e.ordinal, 'line', app.enterprise_line(e),
      'mapLine', case when e.status = 'operating' then app.map_line(e) end) end) order by v.position)
  from (select * from public.events where position > p_after order by position limit least(p_limit, 2000)) v
  left join public.enterprises e on e.id = v.enterprise_id), '[]'))
$$;
grant execute on function public.read_events(bigint, int) to service_role;
