-- 异议: what an enterprise objects to on the page of its papers is answered there, once, by an inspector or a leader of the agency
-- whose papers they are. Both are events of the delivery, which nobody changes; an objection stops no deadline.

create function app.agency_of_delivery(d public.deliveries) returns uuid
  language sql stable security definer set search_path = ''
as $$
  select coalesce((select i.agency_id from public.inspections i where i.id = d.inspection_id),
    (select x.agency_id from public.documents x where x.delivery_id = d.id order by x.record_position limit 1))
$$;

-- Not the administrator, who looks after the programme and not after the matter.
create function app.may_answer_objection(d public.deliveries) returns boolean
  language sql stable security definer set search_path = ''
as $$
  select exists (select 1 from app.active_memberships() m where m.role in ('inspector', 'leader') and m.agency_id = app.agency_of_delivery(d)
    and d.scope <@ app.below(m.scope))
$$;

create function app.objection_json(v public.delivery_events) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('id', v.id, 'at', app.instant_text(v.at), 'name', v.by_name, 'note', v.note,
    'answer', (select jsonb_build_object('note', a.note, 'byName', a.by_name, 'at', app.instant_text(a.at)) from public.delivery_events a where a.answers = v.id))
$$;

-- Of one delivery, the first one first.
create function app.objections_of(p_delivery uuid) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(app.objection_json(v) order by v.id), '[]') from public.delivery_events v where v.delivery_id = p_delivery and v.kind = 'objected'
$$;

-- p_filter: state (open | all), enterprise. What waits first, and of that what waits for longest; 50 a page.
create function public.objection_rows(p_filter jsonb, p_page int default 1) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  with mine as materialized (
    select v.id, v.enterprise_id, not exists (select 1 from public.delivery_events a where a.answers = v.id) as waits from public.delivery_events v
    where v.kind = 'objected' and v.scope <@ (select app.visible_scopes())
  ), matching as (
    select m.id, row_number() over (order by m.waits desc, case when m.waits then m.id end, m.id desc) as place from mine m
    where (p_filter->>'enterprise' is null or m.enterprise_id = (p_filter->>'enterprise')::uuid) and (p_filter->>'state' = 'all' or m.waits)
  )
  select jsonb_build_object('total', (select count(*) from matching), 'waiting', (select count(*) from mine m where m.waits),
    'rows', coalesce((select jsonb_agg(app.objection_json(v) || jsonb_build_object('enterpriseId', e.id, 'enterpriseName', e.name, 'community', app.community_name(v.scope),
      'inspectionId', d.inspection_id, 'mayAnswer', app.may_answer_objection(d),
      'papers', (select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'kind', x.kind, 'track', x.track, 'numberText', x.number_text) order by x.record_position, x.kind), '[]')
        from public.documents x where x.delivery_id = d.id and x.state = 'issued')) order by m.place)
      from matching m join public.delivery_events v on v.id = m.id join public.deliveries d on d.id = v.delivery_id join public.enterprises e on e.id = v.enterprise_id
      where m.place > (greatest(p_page, 1) - 1) * 50 and m.place <= greatest(p_page, 1) * 50), '[]'))
$$;
grant execute on function public.objection_rows(jsonb, int) to authenticated;

-- One answer an objection: the same words again are the same answer, other ones are refused.
create function public.answer_objection(p_id bigint, p_note text) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare v public.delivery_events; a public.delivery_events; d public.deliveries; words text := btrim(coalesce(p_note, '')); who text;
begin
  select * into v from public.delivery_events where id = p_id and kind = 'objected';
  select * into d from public.deliveries where id = v.delivery_id for update;
  if d.id is null or not v.scope::text <@ (select app.visible_scopes()) then return app.refusal('not_found'); end if;
  if not app.may_answer_objection(d) then
    perform app.audit(auth.uid(), 'objection.answer', v.id::text, false, d.scope, '{"why":"permission.role"}');
    return app.refusal('permission.role');
  end if;
  if length(words) not between 2 and 1000 then return app.refusal('request.invalid', null, 'note'); end if;
  who := app.member_name(auth.uid(), d.scope);
  select * into a from public.delivery_events where answers = v.id;
  if a.id is not null then
    return case when a.note = words and a.by_name = who then app.success('{}') else app.refusal('objection.answered') end;
  end if;
  insert into public.delivery_events (delivery_id, scope, enterprise_id, kind, by_name, note, answers)
  values (d.id, d.scope, d.enterprise_id, 'answered', who, words, v.id);
  perform app.append_event('delivery.answered', d.scope, d.enterprise_id, jsonb_build_object('inspectionId', d.inspection_id));
  return app.success('{}');
end $$;
grant execute on function public.answer_objection(bigint, text) to authenticated;
