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

-- What walking the chain cannot find: a step that no event tells of (`step_untold`), and a 督办 that does not stand as its course left
-- it (`course`). → [{kind, id, field, got, expected}]
create function public.read_supervision_defects() returns jsonb
  language sql stable security definer set search_path = ''
as $$
  with told as (
    select v.data->>'supervision' as supervision, (v.data->>'step')::int as number from public.events v where v.kind like 'supervision.%'
  ), course as (
    select t.supervision_id as id, max(t.number) as steps,
      (array_agg(t.act order by t.number desc))[1] as last_act, (array_agg(t.deadline order by t.number desc))[1] as last_deadline,
      (array_agg(t.deadline order by t.number desc) filter (where t.act in ('assign', 'grant_extension', 'return')))[1] as deadline,
      (array_agg(case t.act when 'answer' then app.shanghai_date(t.at) end order by t.number desc) filter (where t.act in ('answer', 'return')))[1] as answered_on,
      max(app.shanghai_date(t.at)) filter (where t.act in ('accept', 'withdraw')) as closed_on
    from public.supervision_steps t group by 1
  ), stands as (
    select s.id, f.field, f.got, f.expected from public.supervisions s left join course c using (id), lateral (values
      ('steps', s.steps::text, coalesce(c.steps, 0)::text),
      ('state', s.state, case c.last_act when 'answer' then 'answered' when 'ask_extension' then 'extension_requested' when 'accept' then 'accepted'
        when 'withdraw' then 'withdrawn' else 'assigned' end),
      ('deadline', s.deadline::text, c.deadline::text),
      ('asked_deadline', s.asked_deadline::text, case c.last_act when 'ask_extension' then c.last_deadline::text end),
      ('answered_on', s.answered_on::text, c.answered_on::text),
      ('closed_on', s.closed_on::text, c.closed_on::text)) f(field, got, expected)
    where f.got is distinct from f.expected
  )
  select coalesce(jsonb_agg(jsonb_build_object('kind', d.kind, 'id', d.id, 'field', d.field, 'got', coalesce(d.got, '—'), 'expected', coalesce(d.expected, '—'))
    order by d.id, d.field), '[]')
  from (select 'step_untold' as kind, t.supervision_id::text || '/' || t.number as id, t.act as field, t.by_name as got, null as expected
      from public.supervision_steps t where not exists (select 1 from told x where x.supervision = t.supervision_id::text and x.number = t.number)
    union all select 'course', s.id::text, s.field, s.got, s.expected from stands s) d
$$;
grant execute on function public.read_supervision_defects() to service_role;
