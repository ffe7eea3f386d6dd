-- The chain of events for `verify`, with the steps of people that it holds: facts, and the course of a 督办.

-- Every event as the text that was hashed, and the step it tells of as it stands now.
create function public.read_event_chain(p_after bigint, p_limit int) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('head', (select jsonb_build_object('position', h.position, 'hash', h.hash) from app.event_head h),
    'events', coalesce((select jsonb_agg(jsonb_build_object('position', v.position, 'previousHash', v.previous_hash, 'hash', v.hash,
      'text', concat_ws(E'\n', v.previous_hash, v.position, v.kind, v.scope, coalesce(v.enterprise_id::text, ''), v.data::text, app.instant_text(v.at)),
      'stepId', coalesce(v.data->>'fact', v.data->>'supervision' || '/' || (v.data->>'step')),
      'stepSha256', coalesce(v.data->>'factSha256', v.data->>'stepSha256'),
      'stepText', case when f.id is not null then app.fact_text(f)
        when t.number is not null then app.supervision_step_text(t, app.supervision_state_after(t, v.data->>'state')) end) order by v.position)
    from (select * from public.events where position > p_after order by position limit least(p_limit, 2000)) v
    left join public.facts f on f.id = (v.data->>'fact')::uuid
    left join public.supervision_steps t on t.supervision_id = (v.data->>'supervision')::uuid and t.number = (v.data->>'step')::int), '[]'))
$$;
grant execute on function public.read_event_chain(bigint, int) to service_role;
