-- 「需要您处理」: the worst of each kind first, one line an enterprise, and how many there are in all. Of what a leader has asked
-- about, who looks after it; what is asked of oneself, what one has to decide, and what is late stands among the rest.

create function public.matters(p_limit int default 5) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  with mine as (select app.visible_scopes() as within), open as materialized (
    select h.enterprise_id, h.severity, h.state, h.deadline, h.found_on, h.inspection_id from public.hazards h
    where h.state in ('reported', 'open', 'rectification_submitted', 'accepted') and h.scope <@ (select m.within from mine m)
  ), lines as (
    select 'major' as kind, o.enterprise_id, count(*) n, min(o.deadline) filter (where o.state <> 'accepted') as since, null::uuid as inspection_id, null::uuid as supervision_id from open o
      where o.severity = 'major' group by 2
    union all
    select 'overdue', o.enterprise_id, count(*), min(o.deadline), null, null from open o
      where o.state in ('open', 'rectification_submitted') and o.deadline < (select app.today()) and o.severity <> 'major' group by 2
    union all
    select 'pending', a.enterprise_id, count(s.fact_id), min(s.occurred_on), null, null from public.score_accounts a, mine, public.score_entries s, public.facts f
      where a.scope <@ mine.within and s.enterprise_id = a.enterprise_id and s.state = 'proposed'
        and f.id = s.fact_id and f.enterprise_id = a.enterprise_id and (s.expires_on is null or s.expires_on >= (select app.today())) group by 2
    union all
    select 'appeal', s.enterprise_id, count(*), min(app.shanghai_date(f.recorded_at)), null, null from public.score_entries s, mine, public.facts f
      where s.scope <@ mine.within and s.is_appealed and s.state <> 'reversed' and f.enterprise_id = s.enterprise_id
        and f.kind = 'decision.appealed' and f.data->>'entry' = s.fact_id::text group by 2
    union all
    -- Decided, and the enterprise does not know yet: of each entry or band the latest decision.
    select 'unpublished', d.enterprise_id, count(*), min(d.occurred_on), null, null from (
      select distinct on (f.enterprise_id, coalesce(f.data->>'entry', f.data->>'band')) f.* from public.facts f, mine
      where f.scope <@ mine.within and f.kind like 'decision.%' and f.kind <> 'decision.appealed'
      order by f.enterprise_id, coalesce(f.data->>'entry', f.data->>'band'), f.ordinal desc) d
      where not exists (select 1 from public.facts p where p.enterprise_id = d.enterprise_id and p.kind = 'review.published' and p.data->>'decision' = d.id::text)
      group by 2
    union all
    select 'event', v.enterprise_id, count(*), min(app.shanghai_date(v.registered_at)), null, null from public.registered_events v, mine
      where v.scope <@ mine.within and v.state = 'proposed' group by 2
    union all
    select 'band', a.enterprise_id, 1, a.as_of, null, null from public.score_accounts a, mine
      where a.scope <@ mine.within and a.band_to_confirm is not null
    union all
    select case m.state when 'proposed' then 'measure' else 'measure_overdue' end, m.enterprise_id, count(*), min(coalesce(m.deadline, m.proposed_on)), null, null
      from public.measures m, mine where m.scope <@ mine.within
        and (m.state = 'proposed' or (m.state = 'ordered' and m.deadline < (select app.today()))) group by 1, 2
    union all
    select 'report', o.enterprise_id, count(*), min(o.found_on), o.inspection_id, null from open o where o.state = 'reported' group by 2, 5
    union all
    select 'extension', x.enterprise_id, count(distinct x.request_id), min(x.standing_deadline), null, null from public.hazard_extensions x, mine
      where x.scope <@ mine.within and x.state = 'asked' group by 2
    union all
    select 'objection', v.enterprise_id, count(*), min(app.shanghai_date(v.at)), null, null from public.delivery_events v, mine
      where v.scope <@ mine.within and v.kind = 'objected' and not exists (select 1 from public.delivery_events a where a.answers = v.id) group by 2
    union all
    select 'escalation', v.enterprise_id, count(*), min(v.deadline), null, null from public.escalations v, mine
      where v.scope <@ mine.within and v.state = 'proposed' group by 2
    union all
    -- A 重大 hazard that waits for a word of the agency: its plan, its release, its 销号; and a 挂牌督办 that is over.
    select x.kind, x.enterprise_id, count(*), min(x.since), null, null from (
      select case when c.listed_until < (select app.today()) then 'major_overdue' else 'major_decide' end as kind, h.enterprise_id,
        case when c.listed_until < (select app.today()) then c.listed_until else coalesce(h.accepted_on, h.found_on) end as since
      from public.major_cases c join public.hazards h on h.id = c.hazard_id and h.state in ('open', 'rectification_submitted', 'accepted'), mine
      where c.scope <@ mine.within and (c.listed_until < (select app.today()) or c.plan = 'filed'
        or (h.state = 'accepted' and c.plan = 'accepted' and c.stop <> 'stopped'))) x group by 1, 2
    union all
    select 'submitted', o.enterprise_id, count(*), min(o.deadline), null, null from open o where o.state = 'rectification_submitted' group by 2
    union all
    select case when v.owner_id = auth.uid() then 'supervised' when v.state in ('answered', 'extension_requested') then 'supervision_decide'
        else 'supervision_overdue' end, v.enterprise_id, 1, v.deadline, null, v.id
      from public.supervisions v where v.closed_on is null and case when v.owner_id = auth.uid()
        then v.state in ('assigned', 'extension_requested') and v.scope <@ (select m.within from mine m)
        else app.may_decide_supervision(v) and (v.state in ('answered', 'extension_requested') or v.deadline < (select app.today())) end
  ), ranked as (
    select l.*, row_number() over (partition by l.kind order by l.since nulls last, l.n desc, l.enterprise_id, l.supervision_id) as place,
      count(*) over (partition by l.kind) as total from lines l
  )
  select jsonb_build_object('today', app.today(), 'totals', (select coalesce(jsonb_object_agg(kind, total), '{}') from (select distinct kind, total from ranked) k),
    'rows', coalesce((select jsonb_agg(jsonb_build_object('kind', r.kind, 'enterpriseId', e.id, 'name', coalesce(e.name, app.scope_name(a.scope)),
      'community', app.community_name(coalesce(e.scope, a.scope)), 'count', r.n, 'since', r.since, 'inspectionId', r.inspection_id,
      'supervision', case when a.id is not null then jsonb_build_object('id', a.id, 'ownerName', a.owner_name, 'deadline', a.deadline) end)
      order by array_position(array['supervised', 'supervision_decide', 'supervision_overdue', 'extension', 'objection', 'escalation', 'major_overdue', 'major_decide', 'major', 'overdue', 'appeal', 'band', 'pending', 'event',
        'unpublished', 'measure_overdue', 'measure', 'report', 'submitted'], r.kind), r.place)
    from ranked r left join public.enterprises e on e.id = r.enterprise_id
    left join lateral (select v.* from public.supervisions v where v.id = r.supervision_id or (r.supervision_id is null and v.enterprise_id = r.enterprise_id
      and v.kind = r.kind and v.closed_on is null and app.may_read_supervision(v)) order by v.deadline, v.id limit 1) a on true
    where r.place <= p_limit), '[]'))
$$;
grant execute on function public.matters(int) to authenticated;
