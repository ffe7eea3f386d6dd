-- What the wall screen tells in passing: the latest of what happened at places, without a person.

create function public.recent_changes(p_limit int default 8) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('position', v.position, 'at', app.instant_text(v.at), 'kind', v.kind, 'name', e.name,
    'community', app.community_name(e.scope)) order by v.position desc), '[]')
  from (select x.* from public.events x
    where x.scope <@ (select app.visible_scopes()) and x.enterprise_id is not null
      and x.kind in ('inspection.sealed', 'delivery.received', 'hazard.rectification_submitted', 'report.adopted', 'event.entered', 'alarm.recorded',
        'measure.ordered', 'measure.done')
    order by x.position desc limit least(greatest(p_limit, 1), 50)) v
  join public.enterprises e on e.id = v.enterprise_id
$$;
grant execute on function public.recent_changes(int) to authenticated;
