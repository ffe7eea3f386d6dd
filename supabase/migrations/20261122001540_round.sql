-- 「今日任务」: what is due, with its reason; what the asking person is 督办 to see to first, then overdue rechecks, submitted
-- rectifications, rechecks due, then what was reported (举报), confirmed opinions of third parties and what devices reported, then sites never or long not checked, by risk level. The order is
-- a sample rule, not a quota.

create function public.round(p_limit int default 40) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  with due as (
    select e.id, e.scope, e.name, e.address, e.site_type, e.longitude, e.latitude, e.risk_level, t.last_inspected_on, t.open_hazards, t.next_deadline,
      exists (select 1 from public.hazards h where h.enterprise_id = e.id and h.state = 'rectification_submitted') as submitted,
      (select h.inspection_id from public.hazards h where h.enterprise_id = e.id and h.state in ('open', 'rectification_submitted')
        order by h.deadline, h.inspection_id limit 1) as rechecks, s.score as attention,
      (select count(*) from public.device_alarms a where a.enterprise_id = e.id and a.state = 'new') as alarms,
      exists (select 1 from public.third_party_opinions o where o.enterprise_id = e.id and o.state = 'confirmed') as opinion,
      (select jsonb_build_object('id', f.id, 'description', left(f.description, 80)) from public.tipoffs f where f.enterprise_id = e.id and f.state = 'accepted'
        and f.scope <@ (select app.inspected_scopes()) order by f.received_at, f.id limit 1) as tipoff,
      (select jsonb_build_object('id', v.id, 'deadline', v.deadline, 'demand', v.demand) from public.supervisions v
        where v.enterprise_id = e.id and v.owner_id = auth.uid() and v.state in ('assigned', 'extension_requested') order by v.deadline, v.id limit 1) as supervision
    from public.enterprises e left join public.enterprise_tallies t on t.enterprise_id = e.id
    left join public.attention_scores s on s.enterprise_id = e.id
    where e.status = 'operating' and e.scope <@ (select app.visible_scopes())
  ), reasoned as (
    select d.*, case when d.next_deadline < (select app.today()) then 'recheck_overdue' when d.submitted then 'rectification_submitted'
      when d.next_deadline <= (select app.today()) + 1 then 'recheck_due' when d.supervision is not null then 'supervised'
      when d.tipoff is not null then 'tipoff' when d.opinion then 'opinion' when d.alarms > 0 then 'device_alarm' when d.last_inspected_on is null then 'never_inspected'
      when d.last_inspected_on < (select app.today()) - 180 then 'long_ago' end as reason
    from due d
  )
  select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'name', r.name, 'address', r.address, 'siteType', r.site_type, 'longitude', r.longitude,
    'latitude', r.latitude, 'riskLevel', r.risk_level, 'lastInspectedOn', r.last_inspected_on, 'openHazards', coalesce(r.open_hazards, 0),
    'nextDeadline', r.next_deadline, 'reason', r.reason, 'rechecks', r.rechecks, 'attention', r.attention, 'alarms', r.alarms,
    'supervision', r.supervision, 'tipoff', r.tipoff, 'stop', app.stop_kind(r.id))), '[]')
  from (select * from reasoned where reason is not null order by supervision->>'deadline' nulls last,
    array_position(array['recheck_overdue', 'rectification_submitted', 'recheck_due', 'supervised', 'tipoff', 'opinion', 'device_alarm', 'never_inspected', 'long_ago'], reason),
    next_deadline nulls last, attention desc nulls last, array_position(array['major', 'considerable', 'general', 'low'], risk_level) nulls last, last_inspected_on nulls first, id limit least(p_limit, 200)) r
$$;
grant execute on function public.round(int) to authenticated;
